"""The public API of making, editing, retouching and enlarging pictures.

Pictures come as gradio's file data (`preprocess=False`), so that nothing is decoded before the
studio has looked at the file. The docstrings are the API page; what they do not say of a setting
stands in `providers.params`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr

from providers.params import MODE, SCALE
from providers.schema import Task
from studio.prompts.quick_line import ask_by_line, read_line
from studio.request import read_request
from ui.api.answers import Call
from ui.api.arguments import defaults_of, named, read_mode, read_scale, settings_among
from ui.api.boxes import Upload, Uploads
from ui.context import AppContext
from ui.failures import as_gradio
from ui.forms.uploads import read_given


@dataclass(frozen=True)
class Pictures:
    """The handlers."""

    context: AppContext

    async def text_to_image(
        self,
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
        task, settings = Task.TEXT_TO_IMAGE, settings_among(locals())
        with as_gradio():
            keys = self.context.keys(session, request, token)
            call = Call(self.context, session, keys, request, progress)
            defaults = defaults_of(self.text_to_image)
            line = read_line(prompt, task, keys)
            name, wanted = ask_by_line(line, str(model or ""), settings, defaults, task)
            async with aclosing(call.run(task, name, wanted, max_price)) as steps:
                async for step in steps:
                    yield step

    async def edit_image(
        self,
        images: Uploads,
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
            aspect_ratio: Width to height such as "4:3"; blank keeps the first picture's, as far
                as the model can.

        Raises:
            An error that names what is wrong and what to do now: no picture or too many, a file
            that is no picture, cut short, above 30 MB or 40 megapixels, and all /text_to_image
            raises.

        Returns:
            The pictures as files, and the receipt as in /text_to_image; your own pictures stand
            in it as labels.
        """
        task, settings = Task.IMAGE_EDIT, settings_among(locals())
        with as_gradio():
            keys = self.context.keys(session, request, token)
            call = Call(self.context, session, keys, request, progress)
            defaults = defaults_of(self.edit_image)
            pictures = await read_given(images, self.context.studio.folder)
            line = read_line(prompt, task, keys)
            name, wanted = ask_by_line(line, str(model or ""), settings, defaults, task, pictures)
            async with aclosing(call.run(task, name, wanted, max_price)) as steps:
                async for step in steps:
                    yield step

    async def retouch(
        self,
        image: Upload,
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
            mode: "soft" evens skin and light; "enhance" restores detail. Most models do one of
                them, and refuse the other when they are named.
            instruction: A wish in words, within what a retouch may change; only models that read
                words are asked then. A quick line is read as in /text_to_image, and may stand
                alone: "| strength=0.4 | model=auto". It is translated as there.

        Raises:
            An error that names what is wrong and what to do now, as /edit_image does.

        Returns:
            The picture as a file, and the receipt.
        """
        task, settings = Task.RETOUCH, settings_among(locals())
        with as_gradio():
            keys = self.context.keys(session, request, token)
            call = Call(self.context, session, keys, request, progress)
            pictures = await read_given(image, self.context.studio.folder, 1)
            settings[MODE] = read_mode(mode)
            line = read_line(instruction, task, keys)
            name, wanted = ask_by_line(line, str(model or ""), settings, {}, task, pictures)
            async with aclosing(call.run(task, name, wanted, max_price)) as steps:
                async for step in steps:
                    yield step

    async def upscale(
        self,
        image: Upload,
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
            scale: How many times as wide and as high. Blank lets the model decide, and so does 2
                for a named model that always decides itself.

        Raises:
            An error that names what is wrong and what to do now, as /edit_image does.

        Returns:
            The picture as a file, and the receipt.
        """
        task, settings = Task.UPSCALE, settings_among(locals())
        with as_gradio():
            keys = self.context.keys(session, request, token)
            call = Call(self.context, session, keys, request, progress)
            pictures = await read_given(image, self.context.studio.folder, 1)
            settings[SCALE] = read_scale(scale, named(task, model, keys))
            wanted = read_request("", settings, pictures, task)
            async with aclosing(call.run(task, model, wanted, max_price)) as steps:
                async for step in steps:
                    yield step
