"""The public API: the pictures and the models, the same session and the same studio as the screens.

Names and parameters are fixed; `tests/integration/test_api_surface.py` holds them. The docstrings
are the API page. Components stand here only to give each parameter its default.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import gradio as gr

from providers.schema import Task
from studio.model_listing import list_models
from studio.policy import Policy
from studio.prompts.quick_line import ask_by_line, read_line
from studio.values import read_price
from ui.api.answers import answer_boxes, answers
from ui.api.boxes import Boxes
from ui.api.estimate import build_estimate_api
from ui.api.face_endpoints import build_faces_api
from ui.api.job_endpoints import build_jobs_api
from ui.api.picture_endpoints import build_pictures_api
from ui.api.session_endpoints import build_session_api
from ui.api.settings_boxes import USUAL, read_task, setting_boxes, settings_among
from ui.api.text_endpoints import build_text_api
from ui.api.upscale_endpoint import build_upscale_api
from ui.api.write_endpoint import build_write_api
from ui.context import AppContext
from ui.failures import as_gradio


def build_api(context: AppContext) -> None:
    """Register the endpoints; nothing of them is seen on the page."""
    with gr.Column(visible=False):
        boxes = Boxes()
        _text_to_image(context, boxes)
        build_pictures_api(context, boxes)
        build_upscale_api(context, boxes)
        build_faces_api(context, boxes)
        build_write_api(context, boxes)
        _list_models(context, boxes)
        build_session_api(context, boxes)
        build_estimate_api(context, boxes)
        build_jobs_api(context, boxes)
        build_text_api(context, boxes)


def _text_to_image(context: AppContext, boxes: Boxes) -> None:
    async def text_to_image(
        prompt: str,
        model: str = "auto",
        aspect_ratio: str = "1:1",
        resolution: str | None = None,
        width: int | None = None,
        height: int | None = None,
        num_images: int = 1,
        seed: int | None = None,
        negative_prompt: str | None = None,
        num_inference_steps: int | None = None,
        guidance_scale: float | None = None,
        quality: str | None = None,
        output_format: str | None = None,
        max_price: float | None = None,
        session: Any = None,
        request: gr.Request = None,
        token: gr.OAuthToken | None = None,
        progress: gr.Progress = gr.Progress(),
    ) -> AsyncGenerator[Any, None]:
        """Create pictures from words.

        Args:
            prompt: What the pictures should show. Settings may follow as a quick line: "a fox |
                model=flux | size=1024x1024 | n=2 | seed=7". What the line says counts: over a
                parameter left out in silence, over one that says otherwise with a warning that
                names both. A name nobody knows is left out with a warning; all else is as if a
                parameter had said it. A plain bar is written with a backslash before it. Of
                "{red|green|blue}" one is picked for each picture by its seed; several pictures
                are then several jobs, one after the other, with the seeds that follow. Where the
                model does not read the prompt's language, a language model with a key translates
                it first, in a job of its own: cheapest first, within max_price for both, and one
                of unknown price only where none is set. "| translate=no" sends it as it is.
            model: An id or alias from /list_models, or "auto": free ones first, then by price.
            aspect_ratio: Width to height such as "4:3", or portrait, square, landscape.
            resolution: "1K", "2K" or "4K"; blank for the model's default.
            width: Exact width in pixels, with height; replaces aspect_ratio.
            height: Exact height in pixels, with width.
            num_images: How many pictures to make; each is paid for.
            seed: Where chance starts; blank draws one, which the receipt tells.
            negative_prompt: What should not be in the picture.
            num_inference_steps: Denoising steps.
            guidance_scale: How closely to keep to the prompt.
            quality: "low", "medium" or "high", where the model has it.
            output_format: "png", "jpeg" or "webp".
            max_price: US dollars for the whole request; 0 for free models only. Blank: what the
                named model costs, or in "auto" twice the first choice, at least 0.05.

        Raises:
            An error that names what is wrong and what to do now. An unknown model, a parameter
            the model lacks and a value out of bounds are errors; under "auto" a parameter narrows
            the choice instead. Keys of your own go in the headers X-Replicate-Token, X-Fal-Key,
            X-HF-Token, X-WaveSpeed-Key and X-OpenAI-Key.

        Returns:
            The pictures as files, and the receipt: who answered, what was asked and sent, seed,
            size, seconds, price, warnings; "translated_by", where the prompt was. Of several jobs
            it is the last one's, and "series" in it has them all, in order.
        """
        settings = settings_among(locals())
        with as_gradio():
            keys = context.keys(session, request, token)
            line = read_line(prompt, Task.TEXT_TO_IMAGE, keys)
            name, user_request = ask_by_line(
                line, str(model or ""), settings, USUAL, Task.TEXT_TO_IMAGE
            )
            policy = Policy(max_price=read_price(max_price), patience=session.limits.patience)
            jobs = context.studio.run(Task.TEXT_TO_IMAGE, name, user_request, session, keys, policy)
            async with aclosing(answers(jobs, progress, request)) as steps:
                async for step in steps:
                    yield step

    trigger = gr.Button(visible=False)
    trigger.click(
        text_to_image,
        [
            boxes(gr.Textbox, "prompt"),
            boxes(gr.Textbox, "model", value="auto"),
            *setting_boxes(boxes),
            context.session,
        ],
        answer_boxes(boxes),
        api_name="text_to_image",
        concurrency_limit=None,
        show_progress="hidden",
    )


def _list_models(context: AppContext, boxes: Boxes) -> None:
    async def list_all_models(
        task: str | None = None,
        session: Any = None,
        request: gr.Request = None,
        token: gr.OAuthToken | None = None,
    ) -> Any:
        """List the models, what each takes, costs and reads, and whether it can be had now.

        Args:
            task: Only models of this task, such as "text-to-image"; blank for all.

        Raises:
            An error for a task that does not exist.

        Returns:
            A list of rows: id, title, task, provider, available, why_not, params with bounds,
            price with source and date, limits, languages, licence, status.
        """
        with as_gradio():
            keys = context.keys(session, request, token)
            return await list_models(read_task(task), keys, context.studio.serves)

    boxes.endpoint(
        list_all_models,
        [boxes.text("task"), context.session],
        boxes(gr.JSON, "models"),
        api_name="list_models",
        concurrency_limit=None,
    )
