"""The public API of text: write it on a picture, read wishes about it, and write prompts."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr

from errors import InvalidInput
from i18n import say
from providers.schema import Task
from studio.captions.layout import RENDERER, read_layout
from studio.captions.wishes import wish_data
from studio.prompts.writing import DEFAULT_LENGTH, read_writing
from studio.request import read_request
from ui.api.answers import Call
from ui.api.arguments import settings_among
from ui.api.boxes import Json, Upload
from ui.context import AppContext
from ui.failures import as_gradio
from ui.forms.uploads import read_given


@dataclass(frozen=True)
class Texts:
    """The handlers."""

    context: AppContext

    async def overlay_text(
        self,
        image: Upload,
        text: str,
        wishes: str | None = None,
        style: Json = None,
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
        settings = settings_among(locals())
        with as_gradio():
            keys = self.context.keys(session, request, token)
            call = Call(self.context, session, keys, request, progress)
            if not str(text or "").strip():
                raise InvalidInput(say("text.empty"), field="text")
            taken = await read_given(image, self.context.studio.folder, 1)
            settings["style"] = _style_text(style)
            wanted = read_request(text, settings, taken, Task.TEXT_OVERLAY)
            async with aclosing(call.run(Task.TEXT_OVERLAY, RENDERER, wanted)) as steps:
                async for step in steps:
                    yield step

    async def parse_wishes(
        self, wishes: str, session: Any = None, request: gr.Request = None
    ) -> Any:
        """Read wishes about text on a picture, without drawing anything.

        Args:
            wishes: In English, Russian or Ukrainian, also mixed; up to 2,000 characters.

        Returns:
            What was said of each caption: its role ("" for every one) and its settings; the whole
            style to give to /overlay_text; the words not understood; notes.
        """
        self.context.meet(session, request)
        return wish_data(str(wishes or ""))

    async def write_prompt(
        self,
        idea: str,
        image: Upload | None = None,
        language: str = "auto",
        target_model: str | None = None,
        model: str = "auto",
        style: str | None = None,
        max_price: float | None = None,
        length: int | None = DEFAULT_LENGTH,
        session: Any = None,
        request: gr.Request = None,
        token: gr.OAuthToken | None = None,
        progress: gr.Progress = gr.Progress(),
    ) -> AsyncGenerator[Any, None]:
        """Write a detailed prompt from a plain idea, a picture, or both.

        Args:
            idea: What the picture should show. Blank describes the picture that is given. Text in
                quotation marks, names and numbers are kept.
            image: One uploaded picture to describe or to build on; only models that see are asked
                then. Location and camera data leave no machine.
            language: A code such as "en", "ru" or "uk", or "auto": the idea's own, or English
                where the target model does not read that.
            target_model: An id or alias of the model the prompt is for, from /list_models.
            model: Who writes: an id from /list_models, or "auto": free ones first, then by price;
                without any key Easel's own composer, which is no language model and says so.
            style: "photo", "cinematic", "watercolour", "3d", "line-art", "product", "portrait",
                "poster", "pixel" or "anime"; blank for the idea's own.
            length: Least characters, 100 to 4000.

        Raises:
            An error that names what is wrong and what to do now, as /text_to_image does. Where the
            line is cut, what was written until then has been yielded, and /status keeps it.

        Returns:
            The prompt, as it is written, and in the end the receipt: who wrote, price, warnings,
            and findings: what was protected and whether it is there, contradictions.
        """
        with as_gradio():
            keys = self.context.keys(session, request, token)
            call = Call(self.context, session, keys, request, progress)
            given = await read_given(image, self.context.studio.folder, 1) if image else ()
            wanted = read_writing(
                idea,
                given,
                language=language,
                target_model=target_model,
                style=style,
                length=length,
            )
            async with aclosing(call.run(Task.PROMPT_WRITING, model, wanted, max_price)) as steps:
                async for step in steps:
                    yield step


def _style_text(given: Any) -> str | None:
    """A style as JSON text: an object, or the text of one. Raises `InvalidInput`."""
    if given is None or given == "":
        return None
    read_layout(given)
    return given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
