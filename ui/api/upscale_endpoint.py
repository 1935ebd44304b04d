"""The public API of making a picture larger."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import gradio as gr

from providers.schema import Task
from studio.policy import Policy
from studio.request import read_request
from studio.values import read_price
from ui.api.answers import PAID, answer_boxes, answers
from ui.api.boxes import Boxes
from ui.api.rules import named, scale_of
from ui.context import AppContext
from ui.failures import as_gradio
from ui.uploads import read_given


def build_upscale_api(context: AppContext, boxes: Boxes) -> None:
    """Register the endpoint."""

    async def upscale(
        image: dict[str, Any],
        scale: int | None = 2,
        model: str = "auto",
        output_format: str | None = None,
        max_price: float | None = None,
        creativity: float | None = None,
        resemblance: float | None = None,
        session: Any = None,
        request: gr.Request = None,
        token: gr.OAuthToken | None = None,
        progress: gr.Progress = gr.Progress(),
    ) -> AsyncGenerator[Any, None]:
        """Make a picture larger.

        Args:
            image: One uploaded picture.
            scale: How many times as wide and as high. Blank lets the model decide, and so does 2
                for a named model that always decides itself.
            model: An id or alias from /list_models, or "auto": free ones first, then by price.
            output_format: "png", "jpeg" or "webp", where the model has it.
            max_price: US dollars for the whole request; 0 for free models only. Blank: what the
                named model costs, or in "auto" twice the first choice, at least 0.05.
            creativity: How much detail the model may invent, where it has it.
            resemblance: How closely to keep to the picture, where the model has it.

        Raises:
            An error that names what is wrong and what to do now, as /edit_image does.

        Returns:
            The picture as a file, and the receipt.
        """
        with as_gradio():
            keys = context.keys(session, request, token)
            pictures = await read_given(image, context.studio.folder, 1)
            settings = {
                "scale": scale_of(scale, named(Task.UPSCALE, model, keys)),
                "output_format": output_format,
                "creativity": creativity,
                "resemblance": resemblance,
            }
            user_request = read_request("", settings, pictures, Task.UPSCALE)
            policy = Policy(max_price=read_price(max_price), patience=session.limits.patience)
            jobs = context.studio.run(
                Task.UPSCALE, str(model or ""), user_request, session, keys, policy
            )
            async with aclosing(answers(jobs, progress, request)) as steps:
                async for step in steps:
                    yield step

    boxes.endpoint(
        upscale,
        [
            boxes(gr.Image, "image", type="filepath"),
            boxes(gr.Number, "scale", value=2),
            boxes(gr.Textbox, "model", value="auto"),
            boxes.text("output_format"),
            boxes.number("max_price"),
            boxes.number("creativity"),
            boxes.number("resemblance"),
            context.session,
        ],
        answer_boxes(boxes),
        api_name="upscale",
        **PAID,
    )
