"""Pictures a visitor gives: the controls for them, and how an event's value is taken in.

Values come as gradio's own file data (`preprocess=False`): nothing is decoded before
`studio.uploads` has looked at the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from errors import InvalidInput
from i18n import say
from providers.inputs import MOST_PICTURES
from studio.uploads import UploadedPicture, take_in
from ui.names import Names

# What the file dialogue offers; what a file really is, its bytes tell.
OFFERED = [".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".bmp", ".tif", ".tiff", ".heic"]

# What gradio's upload, and nothing else, puts on a file's data.
MARK = "gradio.FileData"
ADDRESSES = ("http://", "https://", "data:")


def one_picture(names: Names, name: str, label: str) -> gr.Image:
    """A box for one picture: chosen, dropped or pasted."""
    return gr.Image(
        label=label,
        type="filepath",
        sources=["upload", "clipboard"],
        height=240,
        buttons=["fullscreen"],
        **names(name),
    )


def several_pictures(names: Names, name: str, label: str) -> gr.Gallery:
    """A box for several pictures in an order: chosen at once, dropped or pasted."""
    return gr.Gallery(
        label=label,
        type="filepath",
        file_types=OFFERED,
        sources=["upload"],  # its clipboard knows no endings; see static/drop_and_paste.js
        columns=3,
        height="auto",
        object_fit="cover",
        interactive=True,
        allow_preview=False,
        buttons=[],
        **names(name),
    )


def files_of(value: Any) -> Iterator[dict[str, Any]]:
    """The file data in the raw value of an Image, a Gallery or a list of either, in order."""
    if isinstance(value, list):
        for each in value:
            yield from files_of(each)
    elif isinstance(value, dict):
        inner = value.get("image")
        yield from files_of(inner) if isinstance(inner, dict) else iter((value,))


def as_gallery(value: Any) -> Any:
    """A gallery's value as gradio wants it, from a plain list of files, or from one file, too."""
    if isinstance(value, dict):
        return as_gallery([value])
    if not isinstance(value, list):
        return value
    return [{"image": each} if _is_bare(each) else each for each in value]


def _is_bare(value: Any) -> bool:
    return isinstance(value, dict) and not {"image", "video"} & value.keys()


def check_uploads(value: Any) -> None:
    """Raise `InvalidInput` unless a picture's raw value is made of uploads alone, or blank."""
    if isinstance(value, list):
        for each in value:
            check_uploads(each)
        return
    if value is None:
        return
    inner = value.get("image") if isinstance(value, dict) else None
    if isinstance(inner, dict):
        check_uploads(inner)
        return
    file = value if isinstance(value, dict) else {"path": value}
    if str(file.get("path") or file.get("url") or "").startswith(ADDRESSES):
        raise InvalidInput(say("upload.address"), field="pictures")
    if not _is_marked(file):
        raise InvalidInput(say("upload.unmarked"), field="pictures")


def _is_marked(file: dict[str, Any]) -> bool:
    meta = file.get("meta")
    return (
        isinstance(file.get("path"), str) and isinstance(meta, dict) and meta.get("_type") == MARK
    )


async def read_given(
    value: Any, folder: Path, most: int = MOST_PICTURES, name: str = "picture"
) -> tuple[UploadedPicture, ...]:
    """As `read_pictures`, where there must be one at least and no more than so many; they are
    counted before any is opened. `name`: what is told to be missing."""
    count = sum(1 for _ in files_of(value))
    if not count:
        raise InvalidInput(say("upload.missing", name=name), field=name)
    if count > most:
        raise InvalidInput(say("upload.many", count=count, most=most), field=name)
    return await read_pictures(value, folder)


async def read_pictures(value: Any, folder: Path) -> tuple[UploadedPicture, ...]:
    """The pictures of a raw value, taken in one after the other. `folder`: where uploads lie.

    Raises `InvalidInput` naming the file that cannot be taken, and for anything that is no upload.
    """
    taken = []
    for file in files_of(value):
        path = file.get("path")
        if not isinstance(path, str) or not path:
            raise InvalidInput(say("upload.none"), field="pictures")
        name = str(file.get("orig_name") or Path(path).name)
        taken.append(await take_in(Path(path), name, folder))
    return tuple(taken)
