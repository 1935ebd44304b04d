"""Gradio's Blocks: what every call goes through before its handler, and what a browser is sent."""

from __future__ import annotations

from collections.abc import Callable, Container
from pathlib import Path
from typing import Any, Final

import gradio as gr

from i18n import say
from studio.session import Session
from ui.api.docs import with_descriptions
from ui.failures import as_gradio
from ui.gradio_fixes.places_fixes import upload_folder
from ui.gradio_fixes.requests_fixes import is_nameless
from ui.http.call_inputs import complete_and_check, files_in

Called = Callable[[str, bool, Session, list[Path]], None]
SCHEMAS: Final = ("api_info", "api_info_as_input", "api_info_as_output")


class Page(gr.Blocks):  # type: ignore[misc]
    """What every call goes through before its handler.

    Why: gradio has no place to look at a call. A call with fewer values than a function takes it
    would refuse, and write all its values into the log; an address in a file's place it would
    fetch, of any size; what its data models cannot read it would log with a traceback. Can go when
    gradio's Blocks take a check of their own.

    `session`: the State that holds a visitor's `Session`. `called`: told of each call that has to
    do with a session, before its handler: gradio's name for the session, whether the call brought
    none, the session, and the files that are named, all inside the folder; what it raises refuses
    the call.
    """

    session: gr.State | None = None
    called: Called | None = None

    def get_config_file(self) -> Any:
        """What a browser is sent, as `lean_config` has it."""
        offered = [fn for fn in self.fns.values() if fn.api_visibility != "private"]
        public = {block._id for fn in offered for block in (*fn.inputs, *fn.outputs)}
        return lean_config(super().get_config_file(), public)

    def get_api_info(self, *args: Any, **kwargs: Any) -> Any:
        """What the API page and `view_api` show, each parameter with its description."""
        public = [fn for fn in self.fns.values() if fn.api_visibility == "public"]
        handlers = {f"/{fn.api_name}": fn.fn for fn in public}
        return with_descriptions(super().get_api_info(*args, **kwargs), handlers)

    async def process_api(
        self, block_fn: Any, inputs: list[Any], state: Any = None, request: Any = None, **how: Any
    ) -> dict[str, Any]:
        """Report the call first, but not its later steps."""
        fn = self.fns[block_fn] if isinstance(block_fn, int) else block_fn
        if how.get("iterator") is None and state is not None:
            with as_gradio():
                self._report(fn, inputs, state, request)
        answer: dict[str, Any] = await super().process_api(block_fn, inputs, state, request, **how)
        return answer

    def _report(self, fn: Any, inputs: list[Any], state: Any, request: Any) -> None:
        if self.called is None or self.session is None:
            return
        files = files_in(inputs, upload_folder())
        if not files and all(block is not self.session for block in fn.inputs):
            return
        name = getattr(request, "session_hash", None) or ""
        nameless = not name or is_nameless(request)
        self.called(name, nameless, state[self.session._id], files)

    async def preprocess_data(self, block_fn: Any, inputs: list[Any], *rest: Any) -> Any:
        """As gradio has it; a value its data models cannot read is the caller's mistake, and
        answered in a sentence instead of a traceback that repeats it."""
        try:
            return await super().preprocess_data(block_fn, inputs, *rest)
        except gr.Error:  # a ValueError, too; it has its sentence already
            raise
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise gr.Error(say("value.unreadable"), print_exception=False) from error

    async def call_function(self, *args: Any, **named: Any) -> Any:
        """As gradio has it; what a listener finds wrong is answered as endpoints answer it."""
        with as_gradio():
            return await super().call_function(*args, **named)

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        """Complete the values in place; too many are gradio's to ignore."""
        with as_gradio():
            complete_and_check(block_fn, inputs, upload_folder())


def lean_config(config: dict[str, Any], public: Container[int]) -> dict[str, Any]:
    """Gradio's description of the page (`Blocks.get_config_file`), changed in place. `public`: the
    ids of the parts that endpoints take or give.

    Schemas of values are read by callers of the API alone; those that go are a quarter of it.

    Each listener is given a prototype of its own. The page is sent this as JavaScript, where that
    is what `__proto__` means, and Svelte watches no object whose prototype is another than
    Object's. Why: while the page is built gradio compares every part with every listener, twice,
    and through what watches them that takes a third of its scripts' time (2026-11-21,
    `python -m bench.page`). Listeners never change, so nothing need watch them. Can go when gradio
    compares them once.
    """
    for part in config["components"]:
        for name in SCHEMAS if part["id"] not in public else ():
            part.pop(name, None)
    for listener in config["dependencies"]:
        listener["__proto__"] = {}
    return config


def number_of(block: Any) -> int:
    """The number by which gradio's page and clients name a part, or the page itself.

    Why: a call says by it which part was touched. Can go when gradio's Block has it.
    """
    return int(block._id)
