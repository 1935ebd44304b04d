"""The public API of what starts from a picture: edit and retouch.

Pictures come as gradio's file data (`preprocess=False`), so that nothing is decoded before the
studio has looked at the file. The docstrings are the API page.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import gradio as gr

from providers.schema import Task
from studio.policy import Policy
from studio.prompts.quick_line import ask_by_line, read_line
from studio.values import read_price
from ui.api.answers import PAID, answer_boxes, answers
from ui.api.boxes import Boxes
from ui.api.rules import mode_of
from ui.api.settings_boxes import USUAL, settings_among
from ui.context import AppContext
from ui.failures import as_gradio
from ui.uploads import read_given


def build_pictures_api(context: AppContext, boxes: Boxes) -> None:
    """Register the endpoints; nothing of them is seen on the page."""
    _edit_image(context, boxes)
    _retouch(context, boxes)


def _edit_image(context: AppContext, boxes: Boxes) -> None:
    async def edit_image(
        images: list[Any],
        prompt: str,
        model: str = "auto",
        aspect_ratio: str | None = None,
        resolution: str | None = None,
        num_images: int = 1,
        seed: int | None = None,
        max_price: float | None = None,
        negative_prompt: str | None = None,
        num_inference_steps: int | None = None,
        guidance_scale: float | None = None,
        quality: str | None = None,
        output_format: str | None = None,
        session: Any = None,
        request: gr.Request = None,
        token: gr.OAuthToken | None = None,
        progress: gr.Progress = gr.Progress(),
    ) -> AsyncGenerator[Any, None]:
        """Change a picture by words, or make a new one from several.

        Args:
            images: 1 to 14 uploaded pictures in the order the prompt counts them: a list of
                files, plain or as {"image": file}. Location and camera data leave no machine.
            prompt: What to change. A quick line and {one|another} are read as in /text_to_image,
                and it is translated as there.
            model: An id or alias from /list_models, or "auto": free ones first, then by price.
            aspect_ratio: Width to height such as "4:3"; blank keeps the first picture's, as far
                as the model can.
            resolution: "1K", "2K" or "4K"; blank for the model's default.
            num_images: How many pictures to make; each is paid for.
            seed: Where chance starts; blank draws one, which the receipt tells.
            max_price: US dollars for the whole request; 0 for free models only. Blank: what the
                named model costs, or in "auto" twice the first choice, at least 0.05.
            negative_prompt: What should not be in the picture.
            num_inference_steps: Denoising steps.
            guidance_scale: How closely to keep to the prompt.
            quality: "low", "medium" or "high", where the model has it.
            output_format: "png", "jpeg" or "webp".

        Raises:
            An error that names what is wrong and what to do now: no picture or too many, a file
            that is no picture, cut short, above 30 MB or 40 megapixels, and all /text_to_image
            raises.

        Returns:
            The pictures as files, and the receipt as in /text_to_image; your own pictures stand
            in it as labels.
        """
        settings = settings_among(locals())
        with as_gradio():
            keys = context.keys(session, request, token)
            pictures = await read_given(images, context.studio.folder)
            line = read_line(prompt, Task.IMAGE_EDIT, keys)
            usual = {"num_images": USUAL["num_images"]}
            name, user_request = ask_by_line(
                line, str(model or ""), settings, usual, Task.IMAGE_EDIT, pictures
            )
            policy = Policy(max_price=read_price(max_price), patience=session.limits.patience)
            jobs = context.studio.run(Task.IMAGE_EDIT, name, user_request, session, keys, policy)
            async with aclosing(answers(jobs, progress, request)) as steps:
                async for step in steps:
                    yield step

    boxes.endpoint(
        edit_image,
        [
            boxes(gr.Gallery, "images", type="filepath"),
            boxes(gr.Textbox, "prompt"),
            boxes(gr.Textbox, "model", value="auto"),
            boxes.text("aspect_ratio"),
            boxes.text("resolution"),
            boxes(gr.Number, "num_images", value=1),
            boxes.number("seed"),
            boxes.number("max_price"),
            boxes.text("negative_prompt"),
            boxes.number("num_inference_steps"),
            boxes.number("guidance_scale"),
            boxes.text("quality"),
            boxes.text("output_format"),
            context.session,
        ],
        answer_boxes(boxes),
        api_name="edit_image",
        **PAID,
    )


def _retouch(context: AppContext, boxes: Boxes) -> None:
    async def retouch(
        image: dict[str, Any],
        mode: str = "soft",
        instruction: str | None = None,
        model: str = "auto",
        strength: float | None = None,
        seed: int | None = None,
        max_price: float | None = None,
        output_format: str | None = None,
        session: Any = None,
        request: gr.Request = None,
        token: gr.OAuthToken | None = None,
        progress: gr.Progress = gr.Progress(),
    ) -> AsyncGenerator[Any, None]:
        """Make the skin of a portrait even, or restore what is blurred, and keep the person.

        Args:
            image: One uploaded picture.
            mode: "soft" evens skin and light; "enhance" restores detail. Most models do one of
                them, and refuse the other when they are named.
            instruction: A wish in words, within what a retouch may change; only models that read
                words are asked then. A quick line is read as in /text_to_image, and may stand
                alone: "| strength=0.4 | model=auto". It is translated as there.
            model: An id or alias from /list_models, or "auto": free ones first, then by price.
            strength: How much, from 0 to 1, where the model has it.
            seed: Where chance starts; blank draws one, which the receipt tells.
            max_price: US dollars for the whole request; 0 for free models only. Blank: what the
                named model costs, or in "auto" twice the first choice, at least 0.05.
            output_format: "png", "jpeg" or "webp", where the model has it.

        Raises:
            An error that names what is wrong and what to do now, as /edit_image does.

        Returns:
            The picture as a file, and the receipt.
        """
        with as_gradio():
            keys = context.keys(session, request, token)
            pictures = await read_given(image, context.studio.folder, 1)
            settings = {
                **mode_of(mode, strength),
                "seed": seed,
                "output_format": output_format,
            }
            line = read_line(instruction, Task.RETOUCH, keys)
            name, user_request = ask_by_line(
                line, str(model or ""), settings, {}, Task.RETOUCH, pictures
            )
            policy = Policy(max_price=read_price(max_price), patience=session.limits.patience)
            jobs = context.studio.run(Task.RETOUCH, name, user_request, session, keys, policy)
            async with aclosing(answers(jobs, progress, request)) as steps:
                async for step in steps:
                    yield step

    boxes.endpoint(
        retouch,
        [
            boxes(gr.Image, "image", type="filepath"),
            boxes(gr.Textbox, "mode", value="soft"),
            boxes.text("instruction"),
            boxes(gr.Textbox, "model", value="auto"),
            boxes.number("strength"),
            boxes.number("seed"),
            boxes.number("max_price"),
            boxes.text("output_format"),
            context.session,
        ],
        answer_boxes(boxes),
        api_name="retouch",
        **PAID,
    )
