"""The public API of writing prompts: what is written so far while it streams, then the receipt."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import gradio as gr

from providers.schema import Task
from studio.policy import Policy
from studio.prompts.writing import DEFAULT_LENGTH, read_writing
from studio.values import read_price
from ui.api.answers import PAID, Silence, tell
from ui.api.boxes import Boxes
from ui.context import AppContext
from ui.export import public, root_of
from ui.failures import as_gradio
from ui.uploads import read_given


def build_write_api(context: AppContext, boxes: Boxes) -> None:
    """Register the endpoint."""

    async def write_prompt(
        idea: str,
        image: dict[str, Any] | None = None,
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
            max_price: US dollars for the whole request; 0 for free models only. Blank: what the
                named model costs, or in "auto" twice the first choice, at least 0.05.
            length: Least characters, 100 to 4000.

        Raises:
            An error that names what is wrong and what to do now, as /text_to_image does. Where the
            line is cut, what was written until then has been yielded, and /status keeps it.

        Returns:
            The prompt, as it is written, and in the end the receipt: who wrote, price, warnings,
            and findings: what was protected and whether it is there, contradictions.
        """
        with as_gradio():
            keys = context.keys(session, request, token)
            given = await read_given(image, context.studio.folder, 1) if image else ()
            user_request = read_writing(
                idea,
                given,
                language=language,
                target_model=target_model,
                style=style,
                length=length,
            )
            policy = Policy(max_price=read_price(max_price), patience=session.limits.patience)
            name = str(model or "")
            jobs = context.studio.run(
                Task.PROMPT_WRITING, name, user_request, session, keys, policy
            )
            silence, told = Silence(), ""
            async with aclosing(jobs):
                async for job in jobs:
                    tell(progress, job)
                    if job.text != told or silence.is_long():
                        told = job.text
                        yield told or gr.skip(), gr.skip()
            if job.receipt:
                yield job.text, public(job.receipt, root_of(request))

    boxes.endpoint(
        write_prompt,
        [
            boxes(gr.Textbox, "idea"),
            boxes(gr.Image, "image", type="filepath"),
            boxes(gr.Textbox, "language", value="auto"),
            boxes.text("target_model"),
            boxes(gr.Textbox, "model", value="auto"),
            boxes.text("style"),
            boxes.number("max_price"),
            boxes(gr.Number, "length", value=DEFAULT_LENGTH),
            context.session,
        ],
        [boxes(gr.Textbox, "prompt"), boxes(gr.JSON, "receipt")],
        api_name="write_prompt",
        **PAID,
    )
