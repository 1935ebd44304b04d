"""The public API of the price before the click, for every task that has an endpoint."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import gradio as gr

from providers.inputs import MOST_PICTURES, InputPicture
from providers.schema import Brief, Model, Task
from providers.tasks import TASKS
from studio.money.quote import quote
from studio.policy import Policy
from studio.prompts.choices import choices_in
from studio.prompts.quick_line import ask_by_line, read_line
from studio.prompts.writing import read_writing
from studio.routing import is_auto
from studio.uploads.limits import MOST_SIDE
from studio.uploads.preparing import stand_in
from studio.values import read_price
from ui.api.boxes import Boxes
from ui.api.rules import USUAL_SCALE, mode_of, named, scale_of
from ui.api.settings_boxes import (
    USUAL,
    read_task,
    read_whole,
    setting_boxes,
    settings_among,
)
from ui.context import AppContext
from ui.failures import as_gradio


def build_estimate_api(context: AppContext, boxes: Boxes) -> None:
    """Register the endpoint."""

    async def estimate(
        task: str = "text-to-image",
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
        images: int = 1,
        image_width: int = 1024,
        image_height: int = 1024,
        scale: int | None = None,
        mode: str | None = None,
        prompt: str | None = None,
        session: Any = None,
        request: gr.Request = None,
        token: gr.OAuthToken | None = None,
    ) -> Any:
        """Tell what a request would cost and who would get it, without sending anything.

        Args:
            task: "text-to-image", "image-edit", "retouch", "upscale", "face-swap",
                "text-overlay", or "prompt-writing", which is counted without a picture, at its
                usual length.
            model: An id or alias from /list_models, or "auto".
            aspect_ratio: As in /text_to_image; so are the settings that follow. For a task that
                starts from a picture "1:1" stands for that picture's shape; "square" says 1:1.
            resolution: "1K", "2K" or "4K".
            width: Exact width in pixels.
            height: Exact height in pixels.
            num_images: How many pictures.
            seed: Where chance starts.
            negative_prompt: What should not be in the picture.
            num_inference_steps: Denoising steps.
            guidance_scale: How closely to keep to the prompt.
            quality: "low", "medium" or "high".
            output_format: "png", "jpeg" or "webp".
            max_price: US dollars for the whole request; 0 for free models only.
            images: How many pictures go in; a face swap always takes two.
            image_width: Their width in pixels, where the price goes by it.
            image_height: Their height in pixels.
            scale: As in /upscale; blank for 2.
            mode: As in /retouch; blank for "soft".
            prompt: The words, where it matters to a model which; blank for any. A quick line and
                {one|another} are read as in /text_to_image, the price following; so is
                its language, where a translation would be needed.

        Raises:
            The error that the task's endpoint would raise before it sends anything.

        Returns:
            The model, its provider, the price in US dollars (null for unknown) with how it is
            known and how old it is, and the most that may be spent when Auto has to go on. Where
            the prompt would be translated first, "translation" tells by whom and at what price,
            at most, which is part of "usd". "choices" lists the {one|another} that the prompt
            holds: one of each is picked for each picture.
        """
        settings = settings_among(locals())
        with as_gradio():
            keys = context.keys(session, request, token)
            kind = read_task(task) or Task.TEXT_TO_IMAGE
            pictures = _stand_ins(kind, images, image_width, image_height)
            line = read_line(prompt, kind, keys)
            line = replace(line, prompt=_words(kind, line.prompt))
            row = named(kind, line.model or model, keys)
            asking = _fitting(kind, settings) | _more(kind, row, scale, mode)
            given = str(model or "").strip()
            name, user_request = ask_by_line(line, given, asking, USUAL, kind, pictures)
            user_request = replace(user_request, brief=_brief(kind, user_request.prompt))
            policy = Policy(max_price=read_price(max_price))
            first = await context.studio.choose(kind, name, user_request, keys, policy, session)
            told = quote(first, policy, pinned=not is_auto(name))
            return {**told, "choices": list(choices_in(kind, user_request))}

    boxes.endpoint(
        estimate,
        [
            boxes(gr.Textbox, "task", value="text-to-image"),
            boxes(gr.Textbox, "model", value="auto"),
            *setting_boxes(boxes),
            boxes(gr.Number, "images", value=1),
            boxes(gr.Number, "image_width", value=1024),
            boxes(gr.Number, "image_height", value=1024),
            boxes.number("scale"),
            boxes.text("mode"),
            boxes.text("prompt"),
            context.session,
        ],
        boxes(gr.JSON, "estimate"),
        api_name="estimate",
        concurrency_limit=None,
    )


def _stand_ins(task: Task, images: Any, width: Any, height: Any) -> list[InputPicture]:
    """Pictures of that size, as many as would go in."""
    count = read_whole("images", images, MOST_PICTURES)
    if count == 1:
        count = TASKS[task].least_pictures
    wide = read_whole("image_width", width, MOST_SIDE)
    high = read_whole("image_height", height, MOST_SIDE)
    return [stand_in(number, wide, high) for number in range(1, count + 1)]


def _more(task: Task, row: Model | None, scale: Any, mode: Any) -> dict[str, Any]:
    """The settings of one task alone, as its endpoint asks them."""
    if task is Task.UPSCALE:
        return {"scale": scale_of(USUAL_SCALE if scale is None else scale, row)}
    return mode_of(mode, None) if task is Task.RETOUCH else {}


def _fitting(task: Task, settings: dict[str, Any]) -> dict[str, Any]:
    """The settings without a shape nobody asked for, which would leave out models without one."""
    if task is Task.TEXT_TO_IMAGE or settings["aspect_ratio"] != "1:1":
        return settings
    return {**settings, "aspect_ratio": None}


def _brief(task: Task, words: str) -> Brief | None:
    """What goes with the words where the answer is a text."""
    return read_writing(words).brief if task is Task.PROMPT_WRITING else None


def _words(task: Task, prompt: str | None) -> str:
    """Any words stand for those of a task that needs some."""
    return prompt or ("…" if TASKS[task].needs_words(0) else "")
