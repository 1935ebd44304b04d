"""The values of a call before its handler: completed, and checked against the page.

New parameters are only ever added at the end, so a call written for an older Easel keeps working.

A file is one of this app's own folder, or the call is refused. What is no file at all where a
picture belongs is refused in words. Texts are measured before anybody reads them, and a listener
of the page gets only what its parts could hold (`check_values`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from errors import InvalidInput
from studio.uploads import inside
from ui.forms.uploads import as_gallery, check_uploads
from ui.http.answers import Refused
from ui.http.value_limits import check_values

PICTURES = (gr.Image, gr.Gallery, gr.ImageSlider)


def complete_and_check(fn: Any, inputs: list[Any], folder: Path) -> None:
    """Add the values that a call leaves out, in place, and check them all. `folder`: where uploads
    lie. Raises `InvalidInput`."""
    inputs.extend(block.value for block in fn.inputs[len(inputs) :])
    for place, block in enumerate(fn.inputs):
        if block.stateful:
            continue
        if isinstance(block, gr.Gallery):
            inputs[place] = as_gallery(inputs[place])
        if isinstance(block, PICTURES):
            check_uploads(inputs[place])
        for path in paths_in(inputs[place]):
            inside(Path(path), folder)
    check_values(fn, inputs)


def refuse_values(fn: Any, inputs: list[Any], folder: Path) -> None:
    """As `complete_and_check`, on a copy; raises `Refused` for what does not go through gradio's
    queue, where its answer would be 500."""
    try:
        complete_and_check(fn, list(inputs), folder)
    except InvalidInput as error:
        raise Refused(400, str(error)) from None


def files_in(inputs: list[Any], folder: Path) -> list[Path]:
    """The files that values name and that `complete_and_check` will let pass."""
    named = [Path(path) for value in inputs for path in paths_in(value)]
    return [path for path in named if _is_inside(path, folder)]


def _is_inside(path: Path, folder: Path) -> bool:
    try:
        inside(path, folder)
    except InvalidInput:
        return False
    return True


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
