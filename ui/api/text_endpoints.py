"""The public API of text on pictures: write it, and read wishes about how it shall look."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import gradio as gr

from engines.overlay.several import parts_data, read_parts
from engines.wishes import Parsed, parse
from engines.wishes.several import lay_over
from errors import InvalidInput
from i18n import say
from providers.local.text import TEXT, read_json
from providers.schema import Task
from studio.request import read_request
from ui.api.answers import PAID, answer_boxes, answers
from ui.api.boxes import Boxes
from ui.context import AppContext
from ui.failures import as_gradio
from ui.text.preview import NO_PICTURE
from ui.uploads import read_given


def build_text_api(context: AppContext, boxes: Boxes) -> None:
    """Register the endpoints; nothing of them is seen on the page."""
    _overlay_text(context, boxes)
    _parse_wishes(context, boxes)


def _overlay_text(context: AppContext, boxes: Boxes) -> None:
    async def overlay_text(
        image: dict[str, Any],
        text: str,
        wishes: str | None = None,
        style: Any = None,
        output_format: str | None = None,
        session: Any = None,
        request: gr.Request = None,
        token: gr.OAuthToken | None = None,
        progress: gr.Progress = gr.Progress(),
    ) -> AsyncGenerator[Any, None]:
        """Write text on a picture: any language, several lines, emoji. Free, on this machine.

        Args:
            image: One uploaded picture. Its size stays; JPEG, PNG and WebP stay what they
                are, other kinds become PNG.
            text: What is written.
            wishes: How it shall look, in English, Russian or Ukrainian, such as "large white text
                in the centre on a black half-transparent plate"; laid over style.
            style: The controls as a JSON object: size, colour, position, dx, dy, align, plate,
                outline, shadow, glow, font, weight, upper, italic, letter_spacing, line_spacing,
                rotation, fit, max_width, opacity, line_colours.
                Several captions: {"captions": [{"role": "title", ...}, {"role": "date", ...}]};
                each takes one line of the text, in their order, the last all that is left.
            output_format: "png", "jpeg" or "webp"; blank for the picture's own format.

        Raises:
            An error that names what is wrong: no picture, no text, a style's wrong value, or a
            text that does not fit the picture.

        Returns:
            The picture as a file, and the receipt. Its warnings list the words of the wishes that
            were not understood, and say where the text is hard to read.
        """
        with as_gradio():
            keys = context.keys(session, request, token)
            if not str(text or "").strip():
                raise InvalidInput(say("text.empty"), field="text")
            taken = await read_given(image, context.studio.folder, 1)
            settings = {
                "wishes": wishes, "style": _style(style), "output_format": output_format
            }  # fmt: skip
            user_request = read_request(text, settings, taken, Task.TEXT_OVERLAY)
            jobs = context.studio.run(Task.TEXT_OVERLAY, TEXT.id, user_request, session, keys)
            async with aclosing(answers(jobs, progress, request)) as steps:
                async for step in steps:
                    yield step

    boxes.endpoint(
        overlay_text,
        [
            boxes(gr.Image, "image", type="filepath"),
            boxes(gr.Textbox, "text"),
            boxes.text("wishes"),
            boxes(gr.JSON, "style", value=None),
            boxes.text("output_format"),
            context.session,
        ],
        answer_boxes(boxes),
        api_name="overlay_text",
        **PAID,
    )


def _parse_wishes(context: AppContext, boxes: Boxes) -> None:
    async def parse_wishes(wishes: str, session: Any = None, request: gr.Request = None) -> Any:
        """Read wishes about text on a picture, without drawing anything.

        Args:
            wishes: In English, Russian or Ukrainian, also mixed; up to 2,000 characters.

        Returns:
            What was said of each caption: its role ("" for every one) and its settings; the whole
            style to give to /overlay_text; the words not understood; notes.
        """
        context.meet(session, request)
        return told(parse(str(wishes or "")))

    boxes.endpoint(
        parse_wishes,
        [boxes(gr.Textbox, "wishes"), context.session],
        boxes(gr.JSON, "understood"),
        api_name="parse_wishes",
        concurrency_limit=None,
        show_progress="hidden",
    )


def told(parsed: Parsed) -> dict[str, Any]:
    """What was understood of wishes, as JSON data."""
    return {
        "captions": [
            {"role": each.role, "settings": dict(each.settings)} for each in parsed.captions
        ],
        "style": parts_data(lay_over(parsed.captions, read_parts({}), NO_PICTURE)),
        "unknown": list(parsed.unknown),
        "notes": list(parsed.notes),
    }


def _style(given: Any) -> str | None:
    """A style as JSON text: an object, or the text of one. Raises `InvalidInput`."""
    if given is None or given == "":
        return None
    data = read_json(given) if isinstance(given, str) else given
    read_parts(data)
    return json.dumps(data, ensure_ascii=False)
