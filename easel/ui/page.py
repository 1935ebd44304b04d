"""Gradio's Blocks, kinder to callers who give fewer values than a function takes, and stricter
about the files they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from easel.providers.errors import InvalidInput
from easel.studio.intake import inside
from easel.studio.session import Session
from easel.ui.failures import as_gradio
from easel.ui.lean_config import lean_config
from easel.ui.uploads import as_gallery, check_uploads

PICTURES = (gr.Image, gr.Gallery, gr.ImageSlider)
Called = Callable[[str, bool, Session, list[Path]], None]


class Page(gr.Blocks):  # type: ignore[misc]
    """What every call goes through before its handler.

    New parameters are only ever added at the end, so a call written for an older Easel keeps
    working. Gradio would refuse it, and write all its values into the log.

    A file is one of this app's own folder, or the call is refused: gradio by itself would fetch
    an address of any size that stands in a file's place. What is no file at all where a picture
    belongs is refused in words; gradio would log it with a traceback and say nothing.

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

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        """Complete the values in place; too many are gradio's to ignore."""
        inputs.extend(block.value for block in block_fn.inputs[len(inputs) :])
        folder = Path(gr.utils.get_upload_folder())
        with as_gradio():
            for place, block in enumerate(block_fn.inputs):
                if block.stateful:
                    continue
                if isinstance(block, gr.Gallery):
                    inputs[place] = as_gallery(inputs[place])
                if isinstance(block, PICTURES):
                    check_uploads(inputs[place])
                for path in paths_in(inputs[place]):
                    inside(Path(path), folder)


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
