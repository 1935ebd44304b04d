"""Gradio's Blocks, kinder to callers who give fewer values than a function takes, and stricter
about the files they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from errors import InvalidInput
from i18n import say
from studio.session import Session
from studio.uploads import inside
from ui.api.docs import with_descriptions
from ui.failures import as_gradio
from ui.gradio_config import lean_config
from ui.http.answers import Refused
from ui.http.value_limits import check_values
from ui.uploads import as_gallery, check_uploads

PICTURES = (gr.Image, gr.Gallery, gr.ImageSlider)
Called = Callable[[str, bool, Session, list[Path]], None]


class Page(gr.Blocks):  # type: ignore[misc]
    """What every call goes through before its handler.

    New parameters are only ever added at the end, so a call written for an older Easel keeps
    working. Gradio would refuse it, and write all its values into the log.

    A file is one of this app's own folder, or the call is refused: gradio by itself would fetch
    an address of any size that stands in a file's place. What is no file at all where a picture
    belongs is refused in words; gradio would log it with a traceback and say nothing.

    Texts are measured before anybody reads them, and a listener of the page gets only what its
    parts could hold (`check_values`).

    `session`: the State that holds a visitor's `Session`. `called`: told of each call that has to
    do with a session, before its handler: gradio's name for it, whether that is for this one call
    because the caller brought none, the session, and the files that are named, all inside the
    folder; what it raises refuses the call.
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
        """Tell of the call first, but not of its later steps."""
        fn = self.fns[block_fn] if isinstance(block_fn, int) else block_fn
        if how.get("iterator") is None and state is not None:
            with as_gradio():
                self._tell(fn, inputs, state, request, how.get("event_id"))
        answer: dict[str, Any] = await super().process_api(block_fn, inputs, state, request, **how)
        return answer

    def _tell(
        self, fn: Any, inputs: list[Any], state: Any, request: Any, event_id: str | None
    ) -> None:
        if self.called is None or self.session is None:
            return
        named = [Path(path) for value in inputs for path in paths_in(value)]
        files = [path for path in named if self._is_file(path)]
        if not files and all(block is not self.session for block in fn.inputs):
            return
        name = getattr(request, "session_hash", None) or ""
        # Gradio names the session of who brings none after the call.
        self.called(name, not name or name == event_id, state[self.session._id], files)

    @staticmethod
    def _is_file(path: Path) -> bool:
        """Whether `validate_inputs` will let this path pass."""
        try:
            inside(path, Path(gr.utils.get_upload_folder()))
        except InvalidInput:
            return False
        return True

    async def preprocess_data(self, block_fn: Any, inputs: list[Any], *rest: Any) -> Any:
        """As gradio has it; a value its data models cannot read is the caller's mistake, and told
        in a sentence instead of a traceback that repeats it."""
        try:
            return await super().preprocess_data(block_fn, inputs, *rest)
        except gr.Error:  # a ValueError, too; it has its sentence already
            raise
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise gr.Error(say("value.unreadable"), print_exception=False) from error

    async def call_function(self, *args: Any, **named: Any) -> Any:
        """As gradio has it; what a listener finds wrong is told as endpoints tell it."""
        with as_gradio():
            return await super().call_function(*args, **named)

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        """Complete the values in place; too many are gradio's to ignore."""
        with as_gradio():
            _check_inputs(block_fn, inputs)


def refuse_values(block_fn: Any, inputs: list[Any]) -> None:
    """As `Page.validate_inputs`, on a copy; raises `Refused` for what does not go through gradio's
    queue, where its answer would be 500."""
    try:
        _check_inputs(block_fn, list(inputs))
    except InvalidInput as error:
        raise Refused(400, str(error)) from None


def _check_inputs(block_fn: Any, inputs: list[Any]) -> None:
    inputs.extend(block.value for block in block_fn.inputs[len(inputs) :])
    folder = Path(gr.utils.get_upload_folder())
    for place, block in enumerate(block_fn.inputs):
        if block.stateful:
            continue
        if isinstance(block, gr.Gallery):
            inputs[place] = as_gallery(inputs[place])
        if isinstance(block, PICTURES):
            check_uploads(inputs[place])
        for path in paths_in(inputs[place]):
            inside(Path(path), folder)
    check_values(block_fn, inputs)


def paths_in(value: Any) -> Iterator[str]:
    """Every file's path, or address in a path's place, in a value as it came over the wire."""
    if isinstance(value, list):
        for each in value:
            yield from paths_in(each)
    elif isinstance(value, dict):
        path, url = value.get("path"), value.get("url")
        if isinstance(path, str):
            yield path
        elif isinstance(url, str):
            yield url
        for each in value.values():
            if isinstance(each, list | dict):
                yield from paths_in(each)
