"""What can be asked for: one row a task, read by the forms, the API and the checks of a request.

A row says what a person gives (pictures, words) and which settings stand in view or folded away, in
the order of the form. A model that lacks one of them hides its control. Names of settings are those
of `providers.params`, names of pictures and words those of the endpoint's parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from providers.inputs import MOST_PICTURES
from providers.schema import Task


@dataclass(frozen=True, slots=True)
class Pictures:
    """A place for pictures in a form and in an endpoint."""

    # The endpoint's parameter.
    name: str
    # How many pictures it needs, and takes.
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class Prompt:
    """The words of a request."""

    # The endpoint's parameter.
    name: str
    # Whether it may stay blank.
    optional: bool = False


@dataclass(frozen=True, slots=True)
class TaskForm:
    """What one task asks of a person."""

    task: Task
    # The name of its endpoint, without the slash.
    endpoint: str
    # Where pictures go, in the order in which they are sent.
    pictures: tuple[Pictures, ...] = ()
    # None where no words are read.
    prompt: Prompt | None = None
    # The settings in view, in the order of the form.
    fields: tuple[str, ...] = ()
    # The settings that few people need, folded away.
    folded: tuple[str, ...] = ()

    @property
    def settings(self) -> tuple[str, ...]:
        """All its settings, those in view first."""
        return self.fields + self.folded

    @property
    def least_pictures(self) -> int:
        """How many pictures it needs."""
        return sum(place.least for place in self.pictures)

    @property
    def most_pictures(self) -> int:
        """How many pictures it takes."""
        return sum(place.most for place in self.pictures)

    def needs_words(self, pictures: int) -> bool:
        """Whether so many pictures without words are no request. Where pictures may be left out,
        one that is given stands for the words."""
        if self.prompt is None or self.prompt.optional:
            return False
        return not (pictures and self.least_pictures == 0)


_SHAPE: Final = ("aspect_ratio", "resolution", "num_images")
_DIFFUSION: Final = ("num_inference_steps", "guidance_scale")
_FILE: Final = ("seed", "output_format")

TASKS: Final[dict[Task, TaskForm]] = {
    form.task: form
    for form in (
        TaskForm(
            Task.TEXT_TO_IMAGE,
            endpoint="text_to_image",
            prompt=Prompt("prompt"),
            fields=_SHAPE,
            folded=(
                "width", "height", "negative_prompt", "seed", *_DIFFUSION, "quality",
                "output_format",
            ),
        ),
        TaskForm(
            Task.IMAGE_EDIT,
            endpoint="edit_image",
            pictures=(Pictures("images", 1, MOST_PICTURES),),
            prompt=Prompt("prompt"),
            fields=_SHAPE,
            folded=("width", "height", "seed", *_DIFFUSION, "quality", "output_format"),
        ),
        TaskForm(
            Task.RETOUCH,
            endpoint="retouch",
            pictures=(Pictures("image"),),
            prompt=Prompt("instruction", optional=True),
            fields=("mode", "strength"),
            folded=("fidelity", "scale", "enhance_model", "face_enhancement", *_FILE),
        ),
        TaskForm(
            Task.UPSCALE,
            endpoint="upscale",
            pictures=(Pictures("image"),),
            fields=("scale",),
            folded=(
                "enhance_model", "face_enhancement", "creativity", "resemblance",
                "guidance_scale", "num_inference_steps", "negative_prompt", *_FILE,
            ),
        ),
        TaskForm(
            Task.FACE_SWAP,
            endpoint="swap_face",
            pictures=(Pictures("source"), Pictures("target")),
            fields=("source_face", "target_face"),
            folded=("num_images", *_FILE),
        ),
        TaskForm(
            Task.TEXT_OVERLAY,
            endpoint="overlay_text",
            pictures=(Pictures("image"),),
            prompt=Prompt("text"),
            fields=("wishes", "style"),
            folded=("output_format",),
        ),
        TaskForm(
            Task.PROMPT_WRITING,
            endpoint="write_prompt",
            pictures=(Pictures("image", 0),),
            prompt=Prompt("idea"),
        ),
    )
}  # fmt: skip
