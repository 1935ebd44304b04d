"""The public API of faces: find them, and let one person's face stand in another picture."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import gradio as gr

from engines.admission import in_thread
from engines.missing import EngineMissing
from errors import NotAvailable
from i18n import say
from providers.schema import Task
from studio.consent import check_consent
from studio.face_swap import ask_swap, find, numbered
from studio.policy import Policy
from studio.results.image_files import store_own
from studio.uploads import UploadedPicture
from studio.values import read_price
from ui.api.answers import PAID, answer_boxes, answers
from ui.api.boxes import Boxes
from ui.context import AppContext
from ui.export import keep_file
from ui.failures import as_gradio
from ui.uploads import read_given

AT_ONCE = 2  # it is work for the processor, and asks for no key


def build_faces_api(context: AppContext, boxes: Boxes) -> None:
    """Register the endpoints; nothing of them is seen on the page."""
    _swap_face(context, boxes)
    _find_faces(context, boxes)


def _swap_face(context: AppContext, boxes: Boxes) -> None:
    async def swap_face(
        source: dict[str, Any],
        target: dict[str, Any],
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
            model: An id or alias from /list_models, or "auto": free ones first, then by price.
            source_face: Which face of the source, counted as /find_faces counts.
            target_face: Which face of the target, counted likewise.
            consent: True when the people in both pictures agree; once is enough for a session.
            max_price: US dollars for the whole request; 0 for free models only. Blank: what the
                named model costs, or in "auto" twice the first choice, at least 0.05.

        Raises:
            An error without consent, before anything is opened, and all /edit_image raises.

        Returns:
            The picture as a file, and the receipt.
        """
        with as_gradio():
            keys = context.keys(session, request, token)
            session.consent = session.consent or consent is True
            check_consent(Task.FACE_SWAP, session)
            folder = context.studio.folder
            (face,) = await read_given(source, folder, 1, "source")
            (body,) = await read_given(target, folder, 1, "target")
            known = session.cache.faces
            user_request = await ask_swap(face, body, source_face, target_face, known=known)
            policy = Policy(max_price=read_price(max_price), patience=session.limits.patience)
            jobs = context.studio.run(
                Task.FACE_SWAP, str(model or ""), user_request, session, keys, policy
            )
            async with aclosing(answers(jobs, progress, request)) as steps:
                async for step in steps:
                    yield step

    boxes.endpoint(
        swap_face,
        [
            boxes(gr.Image, "source", type="filepath"),
            boxes(gr.Image, "target", type="filepath"),
            boxes(gr.Textbox, "model", value="auto"),
            boxes(gr.Number, "source_face", value=1),
            boxes(gr.Number, "target_face", value=1),
            boxes(gr.Checkbox, "consent", value=False),
            boxes.number("max_price"),
            context.session,
        ],
        answer_boxes(boxes),
        api_name="swap_face",
        **PAID,
    )


def _find_faces(context: AppContext, boxes: Boxes) -> None:
    async def find_faces(
        image: dict[str, Any],
        session: Any = None,
        request: gr.Request = None,
    ) -> Any:
        """Find the faces in a picture and number them, on this machine: no key, nothing leaves.

        Args:
            image: One uploaded picture.

        Raises:
            An error for what is no picture, and where OpenCV is not installed.

        Returns:
            A small version of the picture with its faces numbered, and where they are: count,
            the picture's width and height as it stands upright, and each face's number, x, y,
            width and height in its pixels, from left to right. Small faces and profiles may be
            missed.
        """
        with as_gradio():
            context.meet(session, request)
            (taken,) = await read_given(image, context.studio.folder, 1)
            found = await in_thread(taken.megapixels, _look, taken, context.studio.folder)
            faces, preview = found
            keep_file(session, preview)
            size = {"width": taken.width, "height": taken.height}
            return str(preview), {"count": len(faces), **size, "faces": faces}

    boxes.endpoint(
        find_faces,
        [boxes(gr.Image, "image", type="filepath"), context.session],
        [boxes(gr.Image, "numbered"), boxes(gr.JSON, "faces")],
        api_name="find_faces",
        concurrency_limit=AT_ONCE,
        preprocess=False,
        show_progress="hidden",
    )


def _look(taken: UploadedPicture, folder: Path) -> tuple[list[dict[str, int]], Path]:
    """The faces by number, and the file in which they are numbered."""
    try:
        faces = find(taken)
        preview = numbered(taken, faces)
    except EngineMissing as missing:
        text = say("api.faces.engine", package=missing.name)
        raise NotAvailable(text, created=False) from missing
    told = []
    for number, face in enumerate(faces, 1):
        left, top, right, bottom = face.box
        size = {"width": right - left, "height": bottom - top}
        told.append({"number": number, "x": left, "y": top, **size})
    return told, store_own(preview, folder, "faces").path
