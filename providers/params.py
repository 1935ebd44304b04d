"""The vocabulary of settings: one function a name, so that every row says the same thing.

A row picks what its model takes and gives bounds and the provider's wire name; help texts and
kinds stand here once. Names are the field's: see the public API in the README.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypedDict, Unpack

from providers.schema import Param, Value

SEED_MAXIMUM = 2**31 - 1
MOST_FACES = 99
NAMED_RATIOS = {"portrait": "3:4", "square": "1:1", "landscape": "4:3"}
TIERS = {"1K": 1024**2, "2K": 2048**2, "4K": 4096**2}


def next_seed(first: int, further: int) -> int:
    """The seed of a later picture of a run; after the greatest that all models take comes 0."""
    seed = first + further
    return seed if first > SEED_MAXIMUM else seed % (SEED_MAXIMUM + 1)


class Facts(TypedDict, total=False):
    """What a row may say of any param besides its bounds."""

    wire: str
    wire_values: Mapping[Value, Value]
    unverified: str


def aspect_ratio(
    choices: Sequence[str], default: str | None = None, **facts: Unpack[Facts]
) -> Param:
    """Width to height, as "4:3"."""
    return Param(
        name="aspect_ratio",
        help="Shape of the picture, width to height; portrait, square and landscape work too.",
        kind="choice",
        default=default,
        choices=tuple(choices),
        **_wired("aspect_ratio", facts),
    )


def resolution(
    choices: Sequence[str] = ("1K", "2K", "4K"), default: str | None = None, **facts: Unpack[Facts]
) -> Param:
    """Size as a tier: 1K is about 1 megapixel, 2K about 4, 4K about 16."""
    return Param(
        name="resolution",
        help="Size as a tier: 1K is about 1 megapixel, 2K about 4, 4K about 16.",
        kind="choice",
        default=default,
        choices=tuple(choices),
        **_wired("resolution", facts),
    )


def width(minimum: int, maximum: int, **facts: Unpack[Facts]) -> Param:
    """Exact width in pixels."""
    return Param(
        name="width",
        help="Exact width in pixels; goes with height and replaces shape and resolution.",
        kind="integer",
        minimum=minimum,
        maximum=maximum,
        **_wired("width", facts),
    )


def height(minimum: int, maximum: int, **facts: Unpack[Facts]) -> Param:
    """Exact height in pixels."""
    return Param(
        name="height",
        help="Exact height in pixels; goes with width and replaces shape and resolution.",
        kind="integer",
        minimum=minimum,
        maximum=maximum,
        **_wired("height", facts),
    )


def num_images(maximum: int, **facts: Unpack[Facts]) -> Param:
    """How many pictures one job makes. A model without it makes one."""
    return Param(
        name="num_images",
        help="How many pictures to make in one job; each is paid for.",
        kind="integer",
        default=1,
        minimum=1,
        maximum=maximum,
        **_wired("num_images", facts),
    )


def seed(maximum: int = SEED_MAXIMUM, **facts: Unpack[Facts]) -> Param:
    """Where chance starts. Easel draws one when it is blank, so that it can be shown."""
    return Param(
        name="seed",
        help="Same seed, prompt and settings: the same picture, as far as the model keeps to it. "
        "Blank or -1 draws one and shows it.",
        kind="integer",
        minimum=0,
        maximum=maximum,
        **_wired("seed", facts),
    )


def negative_prompt(**facts: Unpack[Facts]) -> Param:
    """What should not be seen."""
    return Param(
        name="negative_prompt",
        help="What should not be in the picture.",
        kind="text",
        **_wired("negative_prompt", facts),
    )


def num_inference_steps(
    minimum: int, maximum: int, default: int | None = None, **facts: Unpack[Facts]
) -> Param:
    """Denoising steps."""
    return Param(
        name="num_inference_steps",
        help="Denoising steps: more is slower and, up to a point, finer.",
        kind="integer",
        default=default,
        minimum=minimum,
        maximum=maximum,
        **_wired("num_inference_steps", facts),
    )


def guidance_scale(
    minimum: float, maximum: float, default: float | None = None, **facts: Unpack[Facts]
) -> Param:
    """Classifier-free guidance."""
    return Param(
        name="guidance_scale",
        help="How closely to keep to the prompt: low is freer, high is stricter.",
        kind="number",
        default=default,
        minimum=minimum,
        maximum=maximum,
        **_wired("guidance_scale", facts),
    )


def quality(choices: Sequence[str], default: str | None = None, **facts: Unpack[Facts]) -> Param:
    """How much work the model puts in; it sets the price."""
    return Param(
        name="quality",
        help="How much work the model puts in; it sets the price.",
        kind="choice",
        default=default,
        choices=tuple(choices),
        **_wired("quality", facts),
    )


def output_format(
    choices: Sequence[str], default: str | None = None, **facts: Unpack[Facts]
) -> Param:
    """File type of the result: png, jpeg or webp."""
    return Param(
        name="output_format",
        help="File type of the picture.",
        kind="choice",
        default=default,
        choices=tuple(choices),
        **_wired("output_format", facts),
    )


def scale(minimum: int, maximum: int, default: int | None = None, **facts: Unpack[Facts]) -> Param:
    """How many times as wide and as high an upscaled picture gets."""
    return Param(
        name="scale",
        help="How many times as wide and as high: 2 makes four times the pixels.",
        kind="integer",
        default=default,
        minimum=minimum,
        maximum=maximum,
        **_wired("scale", facts),
    )


def scale_choice(
    choices: Sequence[int], default: int | None = None, **facts: Unpack[Facts]
) -> Param:
    """`scale` where the model takes only a few values."""
    return replace(
        scale(min(choices), max(choices), default, **facts), kind="choice", choices=tuple(choices)
    )


def creativity(
    minimum: float, maximum: float, default: float | None = None, **facts: Unpack[Facts]
) -> Param:
    """How much detail a model may invent."""
    return Param(
        name="creativity",
        help="How much detail the model may invent: low keeps to the picture.",
        kind="number",
        default=default,
        minimum=minimum,
        maximum=maximum,
        **_wired("creativity", facts),
    )


def resemblance(
    minimum: float, maximum: float, default: float | None = None, **facts: Unpack[Facts]
) -> Param:
    """How closely a model keeps to the picture it was given."""
    return Param(
        name="resemblance",
        help="How closely to keep to the picture: high changes less.",
        kind="number",
        default=default,
        minimum=minimum,
        maximum=maximum,
        **_wired("resemblance", facts),
    )


def fidelity(
    minimum: float, maximum: float, default: float | None = None, **facts: Unpack[Facts]
) -> Param:
    """Likeness against beauty, in face restoration."""
    return Param(
        name="fidelity",
        help="Likeness of a restored face: low looks better, high looks more like the picture.",
        kind="number",
        default=default,
        minimum=minimum,
        maximum=maximum,
        **_wired("fidelity", facts),
    )


def enhance_model(
    choices: Sequence[str], default: str | None = None, **facts: Unpack[Facts]
) -> Param:
    """Which of its own networks an upscaler uses."""
    return Param(
        name="enhance_model",
        help="Which of its networks the upscaler uses.",
        kind="choice",
        default=default,
        choices=tuple(choices),
        **_wired("enhance_model", facts),
    )


def face_enhancement(default: bool | None = None, **facts: Unpack[Facts]) -> Param:
    """Whether faces are restored as well."""
    return Param(
        name="face_enhancement",
        help="Restore faces as well; it may change a likeness.",
        kind="boolean",
        default=default,
        **_wired("face_enhancement", facts),
    )


def wishes(**facts: Unpack[Facts]) -> Param:
    """How a caption shall look, in words."""
    return Param(
        name="wishes",
        help="How the text shall look, in words, English, Russian or Ukrainian; laid over style.",
        kind="text",
        **_wired("wishes", facts),
    )


def style(**facts: Unpack[Facts]) -> Param:
    """How a caption looks, as JSON."""
    return Param(
        name="style",
        help="How the text looks, as JSON: size, colour, position, plate and so on.",
        kind="text",
        **_wired("style", facts),
    )


def mode(choices: Sequence[str], default: str | None = None, **facts: Unpack[Facts]) -> Param:
    """What kind of retouching is wanted. A model that does only one kind is not told (`wire=""`):
    the choice then decides whether it is asked at all."""
    return Param(
        name="mode",
        help="soft evens the skin and keeps its pores; enhance makes eyes and brows clearer.",
        kind="choice",
        default=default,
        choices=tuple(choices),
        **_wired("mode", facts),
    )


def strength(
    minimum: float, maximum: float, default: float | None = None, **facts: Unpack[Facts]
) -> Param:
    """How much is changed."""
    return Param(
        name="strength",
        help="How much is changed: 0 leaves the picture as it is.",
        kind="number",
        default=default,
        minimum=minimum,
        maximum=maximum,
        **_wired("strength", facts),
    )


def temperature(
    minimum: float, maximum: float, default: float | None = None, **facts: Unpack[Facts]
) -> Param:
    """How freely a language model chooses its words."""
    return Param(
        name="temperature",
        help="How freely words are chosen: low keeps to the likeliest, high surprises.",
        kind="number",
        default=default,
        minimum=minimum,
        maximum=maximum,
        **_wired("temperature", facts),
    )


def source_face(maximum: int = MOST_FACES, **facts: Unpack[Facts]) -> Param:
    """Which face is given, where its picture shows several."""
    return Param(
        name="source_face",
        help="Which face of the first picture is given, counted from the left, from 1.",
        kind="integer",
        default=1,
        minimum=1,
        maximum=maximum,
        **_wired("source_face", facts),
    )


def target_face(maximum: int = MOST_FACES, **facts: Unpack[Facts]) -> Param:
    """Which face is changed, where the picture shows several."""
    return Param(
        name="target_face",
        help="Which face of the second picture is changed, counted from the left, from 1.",
        kind="integer",
        default=1,
        minimum=1,
        maximum=maximum,
        **_wired("target_face", facts),
    )


def _wired(name: str, facts: Facts) -> Facts:
    """The facts with the wire name filled in: our own name unless the row says otherwise."""
    return {"wire": name, **facts}
