"""A box for a picture with a face: as soon as one is there its faces are numbered under it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from errors import InvalidInput
from i18n import say
from studio.face_swap import Known, Numbered, number_faces
from studio.uploads import UploadedPicture
from ui.forms.uploads import one_picture, read_pictures
from ui.names import Names, Update


@dataclass(frozen=True)
class FaceBox:
    """The picture, what was found in it, and which of several faces is meant."""

    picture: gr.Image
    found: gr.HTML
    face: gr.Radio


def build_face_box(names: Names, name: str, label: str) -> FaceBox:
    """Lay the box out; the choice of a face shows itself once there is one to make."""
    picture = one_picture(names, name, label)
    found = gr.HTML(**names(f"{name}-found"))
    title = say("swap.which", label=label)
    face = gr.Radio([], value=1, label=title, visible=False, **names(f"{name}-face"))
    return FaceBox(picture, found, face)


async def look(box: FaceBox, value: Any, folder: Path, known: Known) -> Update:
    """What a picture that was just given holds, in words and numbered; nothing leaves the machine.

    `value`: the raw value of the box. Where faces cannot be found, that is said.
    """
    try:
        pictures = await read_pictures(value, folder)
        line, count = "", 0
        for taken in pictures:
            faces = await number_faces(taken, known)
            line, count = _describe(taken, faces), len(faces.boxes)
    except InvalidInput as error:
        line, count = _warning(str(error)), 0
    choices = [(say("swap.face", number=number), number) for number in range(1, count + 1)]
    chosen = gr.update(choices=choices, value=1, visible=count > 1)
    return {box.found: line, box.face: chosen}


def _describe(taken: UploadedPicture, faces: Numbered) -> str:
    """The words and the preview under a box."""
    if faces.missing:
        return _warning(say("swap.engine", package=faces.missing))
    count = len(faces.boxes)
    if not count:
        return _warning(f"{say('faces.none', name=taken.name)} {say('faces.none.advice')}")
    key, shape = ("swap.found", "several") if count > 1 else ("swap.found.one", "one")
    return _preview(faces.preview, shape, say(key, count=count))


def _preview(picture: bytes, shape: str, text: str) -> str:
    """The numbered picture: small where there is nothing to choose."""
    source = f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}"
    words = escape(text)
    return (
        f'<figure class="faces {shape}"><img src="{source}" alt="{words}">'
        f"<figcaption>{words}</figcaption></figure>"
    )


def _warning(text: str) -> str:
    return f'<p class="warning" role="alert">{escape(text)}</p>'
