"""The public API of faces: find them, and let one person's face stand in another picture."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr

from errors import NotAvailable
from i18n import say
from providers.schema import Task
from studio.consent import check_consent
from studio.face_swap import Box, ask_swap, number_faces
from studio.results.image_files import store_own
from ui.api.answers import Call
from ui.api.boxes import Upload
from ui.context import AppContext
from ui.failures import as_gradio
from ui.forms.uploads import read_given
from ui.results.export import keep_file

AT_ONCE = 2  # it is work for the processor, and asks for no key


@dataclass(frozen=True)
class Faces:
    """The handlers."""

    context: AppContext

    async def swap_face(
        self,
        source: Upload,
        target: Upload,
        model: str = "auto",
        source_face: int = 1,
        target_face: int = 1,
        consent: bool = False,
        max_price: float | None = None,
        session: Any = None,
        request: gr.Request = None,
        token: gr.OAuthToken | None = None,
        progress: gr.Progress = gr.Progress(),
    ) -> AsyncGenerator[Any, None]:
        """Put the face of one picture into another.

        Args:
            source: One uploaded picture, with the face to take.
            target: One uploaded picture, in which a face is replaced.
            source_face: Which face of the source, counted as /find_faces counts.
            target_face: Which face of the target, counted likewise.
            consent: True when the people in both pictures agree; once is enough for a session.

        Raises:
            An error without consent, before anything is opened, and all /edit_image raises.

        Returns:
            The picture as a file, and the receipt.
        """
        with as_gradio():
            keys = self.context.keys(session, request, token)
            call = Call(self.context, session, keys, request, progress)
            session.consent = session.consent or consent is True
            check_consent(Task.FACE_SWAP, session)
            folder = self.context.studio.folder
            (face,) = await read_given(source, folder, 1, "source")
            (body,) = await read_given(target, folder, 1, "target")
            wanted = await ask_swap(face, body, source_face, target_face, known=session.cache.faces)
            async with aclosing(call.run(Task.FACE_SWAP, model, wanted, max_price)) as steps:
                async for step in steps:
                    yield step

    async def find_faces(
        self, image: Upload, session: Any = None, request: gr.Request = None
    ) -> Any:
        """Find the faces in a picture and number them, on this machine: no key, nothing leaves.

        Raises:
            An error for what is no picture, and where OpenCV is not installed.

        Returns:
            A small version of the picture with its faces numbered, and where they are: count,
            the picture's width and height as it stands upright, and each face's number, x, y,
            width and height in its pixels, from left to right. Small faces and profiles may be
            missed.
        """
        with as_gradio():
            self.context.meet(session, request)
            folder = self.context.studio.folder
            (taken,) = await read_given(image, folder, 1)
            faces = await number_faces(taken)
            if faces.missing:
                text = say("api.faces.engine", package=faces.missing)
                raise NotAvailable(text, created=False)
            preview = (await asyncio.to_thread(store_own, faces.preview, folder, "faces")).path
            keep_file(session, preview)
            size = {"width": taken.width, "height": taken.height}
            return str(preview), {"count": len(faces.boxes), **size, "faces": _listed(faces.boxes)}


def _listed(boxes: Sequence[Box]) -> list[dict[str, int]]:
    """Faces by number."""
    listed = []
    for number, (left, top, right, bottom) in enumerate(boxes, 1):
        size = {"width": right - left, "height": bottom - top}
        listed.append({"number": number, "x": left, "y": top, **size})
    return listed
