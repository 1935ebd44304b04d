"""The public API before the click: which models there are, and what a request would cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from providers.inputs import MOST_PICTURES, InputPicture
from providers.params import ASPECT_RATIO, MODE, SCALE
from providers.schema import Model, Task
from providers.tasks import TASKS
from studio.keys import Keyring
from studio.model_listing import list_models
from studio.money.quote import quote
from studio.policy import Policy
from studio.prompts.choices import choices_in
from studio.prompts.quick_line import ask_by_line, read_line
from studio.prompts.writing import read_writing
from studio.request import UserRequest
from studio.routing import is_auto
from studio.uploads.limits import MOST_SIDE
from studio.uploads.preparing import stand_in
from studio.values import read_price
from ui.api.arguments import (
    USUAL_SCALE,
    defaults_of,
    named,
    read_mode,
    read_scale,
    read_task,
    read_whole,
    settings_among,
)
from ui.context import AppContext
from ui.failures import as_gradio


@dataclass(frozen=True)
class Catalogue:
    """The handlers."""

    context: AppContext

    async def list_models(
        self,
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
            keys = self.context.keys(session, request, token)
            return await list_models(read_task(task), keys, self.context.studio.serves)

    async def estimate(
        self,
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
                "text-overlay", or "prompt-writing", without a picture and at its usual length.
            aspect_ratio: As in /text_to_image; so are the settings that follow. For a task that
                starts from a picture "1:1" stands for that picture's shape; "square" says 1:1.
            images: How many pictures go in; a face swap always takes two.
            image_width: Their width in pixels, where the price goes by it.
            image_height: Their height in pixels.
            scale: As in /upscale; blank for 2.
            mode: As in /retouch; blank for "soft".
            prompt: The words, where it matters to a model which; blank for any. A quick line and
                {one|another} are read as in /text_to_image, and so is its language.

        Raises:
            The error that the task's endpoint would raise before it sends anything.

        Returns:
            The model, its provider, the price in US dollars (null for unknown) with how it is
            known and how old it is, and the most that may be spent when Auto has to go on.
            "translation": who would translate the prompt first, and its part of "usd", at most.
            "choices": each {one|another} of the prompt, of which one is picked for each picture.
        """
        settings = settings_among(locals())
        with as_gradio():
            keys = self.context.keys(session, request, token)
            kind = read_task(task) or Task.TEXT_TO_IMAGE
            pictures = _stand_ins(kind, images, image_width, image_height)
            name, wanted = _read(kind, prompt, model, settings, pictures, keys)
            policy = Policy(max_price=read_price(max_price))
            first = await self.context.studio.choose(kind, name, wanted, keys, policy, session)
            choices = list(choices_in(kind, wanted))
            return {**quote(first, policy, pinned=not is_auto(name)), "choices": choices}


def _read(
    task: Task,
    prompt: str | None,
    model: Any,
    settings: dict[str, Any],
    pictures: list[InputPicture],
    keys: Keyring,
) -> tuple[str, UserRequest]:
    """Who is asked, and what, as the task's endpoint reads it."""
    line = read_line(prompt, task, keys)
    if not line.prompt and TASKS[task].needs_words(0):
        line = replace(line, prompt="…")  # any words stand for those it needs
    asked = _as_asked(task, settings, named(task, line.model or model, keys))
    given, defaults = str(model or "").strip(), defaults_of(Catalogue.estimate)
    name, wanted = ask_by_line(line, given, asked, defaults, task, pictures)
    if task is Task.PROMPT_WRITING:
        wanted = replace(wanted, brief=read_writing(wanted.prompt).brief)
    return name, wanted


def _stand_ins(task: Task, images: Any, width: Any, height: Any) -> list[InputPicture]:
    """Pictures of that size, as many as would go in: as many as the task needs where one is said,
    which is nothing said."""
    count = read_whole("images", images, MOST_PICTURES)
    if count == 1:
        count = TASKS[task].least_pictures
    wide = read_whole("image_width", width, MOST_SIDE)
    high = read_whole("image_height", height, MOST_SIDE)
    return [stand_in(number, wide, high) for number in range(1, count + 1)]


def _as_asked(task: Task, settings: dict[str, Any], row: Model | None) -> dict[str, Any]:
    """The settings as the task's endpoint asks them. A shape nobody asked for would leave out
    models without one."""
    asked = {name: value for name, value in settings.items() if name not in (SCALE, MODE)}
    if task is not Task.TEXT_TO_IMAGE and asked[ASPECT_RATIO] == "1:1":
        asked[ASPECT_RATIO] = None
    if task is Task.UPSCALE:
        scale = settings[SCALE]
        asked[SCALE] = read_scale(USUAL_SCALE if scale is None else scale, row)
    if task is Task.RETOUCH:
        asked[MODE] = read_mode(settings[MODE])
    return asked
