"""The vocabulary of settings: each is declared once, and everything else reads it here.

Forms, the API and its page, validation, the quick line and /list_models take a setting's kind,
help, label and spellings from `PARAMS`. A model's row says that it has the setting, within which
bounds and by which name of the provider's: `guidance_scale(1, 20, 3.5, wire="guidance")`. Names are
the field's; the label of each stands in assets/locales as `param-NAME`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypedDict, Unpack

from providers.param import Param, Value

SEED_MAXIMUM = 2**31 - 1
MOST_FACES = 99
NAMED_RATIOS = {"portrait": "3:4", "square": "1:1", "landscape": "4:3"}
TIERS = {"1K": 1024**2, "2K": 2048**2, "4K": 4096**2}
# The settings that code asks for by name, because it computes with them.
ASPECT_RATIO: Final = "aspect_ratio"
RESOLUTION: Final = "resolution"
WIDTH: Final = "width"
HEIGHT: Final = "height"
NUM_IMAGES: Final = "num_images"
SEED: Final = "seed"
SCALE: Final = "scale"
MODE: Final = "mode"
OUTPUT_FORMAT: Final = "output_format"
# A size is said exactly or roughly; the two ways exclude each other.
SIDES: Final = (WIDTH, HEIGHT)
SHAPES: Final = (ASPECT_RATIO, RESOLUTION)
_PIXELS = re.compile(r"\s*px$", re.IGNORECASE)


def next_seed(first: int, further: int) -> int:
    """The seed of a later picture of a run; after the greatest that all models take comes 0."""
    seed = first + further
    return seed if first > SEED_MAXIMUM else seed % (SEED_MAXIMUM + 1)


class Facts(TypedDict, total=False):
    """What a row may say of any param besides its bounds."""

    wire: str
    wire_values: Mapping[Value, Value]
    unverified: str


def _wired(param: Param, facts: Facts) -> Facts:
    """The facts with the wire name filled in: our own name unless the row says otherwise."""
    return {"wire": param.name, **facts}


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting of which each model has a few values, the usual ones where its row names none."""

    param: Param

    def __call__(
        self, choices: Sequence[Value] = (), default: Value | None = None, **facts: Unpack[Facts]
    ) -> Param:
        """It, as one model has it."""
        offered = tuple(choices) or self.param.choices
        return replace(self.param, choices=offered, default=default, **_wired(self.param, facts))


@dataclass(frozen=True, slots=True)
class Number:
    """A setting of which each model takes the numbers between two."""

    param: Param

    def __call__(
        self,
        minimum: float,
        maximum: float,
        default: float | None = None,
        **facts: Unpack[Facts],
    ) -> Param:
        """It, as one model has it."""
        return replace(
            self.param,
            minimum=minimum,
            maximum=maximum,
            default=default,
            **_wired(self.param, facts),
        )


@dataclass(frozen=True, slots=True)
class Count:
    """A setting that begins at the same number everywhere; models differ in the greatest."""

    param: Param
    # The greatest where the row names none.
    most: int

    def __call__(self, maximum: int | None = None, **facts: Unpack[Facts]) -> Param:
        """It, as one model has it."""
        return replace(self.param, maximum=maximum or self.most, **_wired(self.param, facts))


@dataclass(frozen=True, slots=True)
class Plain:
    """A setting that is the same everywhere: a text, or a yes or no."""

    param: Param

    def __call__(self, default: Value | None = None, **facts: Unpack[Facts]) -> Param:
        """It, as one model has it."""
        return replace(self.param, default=default, **_wired(self.param, facts))


aspect_ratio: Final = Choice(
    Param(
        ASPECT_RATIO,
        "choice",
        'Width to height such as "4:3", or portrait, square, landscape.',
        spellings="aspect ar ratio shape пропорции соотношение пропорції",
        in_json=True,
        line_only="aspect shape",
        value_spellings=NAMED_RATIOS,
    )
)

resolution: Final = Choice(
    Param(
        RESOLUTION,
        "choice",
        "Size as a tier: 1K is about 1 megapixel, 2K about 4, 4K about 16.",
        # Behind any of these a line may name pixels or a shape as well.
        spellings="size res dimensions размер разрешение розмір",
        choices=tuple(TIERS),
        in_json=True,
        line_only="dimensions",
        value_spellings={tier.lower(): tier for tier in TIERS},
    )
)

width: Final = Number(
    Param(
        WIDTH,
        "integer",
        "Exact width in pixels; goes with height and replaces shape and resolution.",
        minimum=10,
        maximum=99_999,
        spellings="w ширина",
        in_json=True,
        line_only="w",
        frills=_PIXELS,
    )
)
height: Final = Number(
    Param(
        HEIGHT,
        "integer",
        "Exact height in pixels; goes with width and replaces shape and resolution.",
        minimum=10,
        maximum=99_999,
        spellings="h высота висота",
        in_json=True,
        line_only="h",
        frills=_PIXELS,
    )
)
# A model without it makes one.
num_images: Final = Count(
    Param(
        NUM_IMAGES,
        "integer",
        "How many pictures to make in one job; each is paid for.",
        default=1,
        minimum=1,
        maximum=99,
        spellings="n count images number num batch количество кількість",
        in_json=True,
        line_only="n count images number num batch количество кількість",
    ),
    most=1,
)
# Easel draws one when it is blank, so that it can be shown.
seed: Final = Count(
    Param(
        SEED,
        "integer",
        "Same seed, prompt and settings: the same picture, as far as the model keeps to it. "
        "Blank or -1 draws one and shows it.",
        minimum=0,
        maximum=10**12 - 1,
        random_value=-1,
        spellings="сид зерно",
        in_json=True,
    ),
    most=SEED_MAXIMUM,
)
negative_prompt: Final = Plain(
    Param(
        "negative_prompt",
        "text",
        "What should not be in the picture.",
        spellings="negative neg no avoid негатив негативный_промпт негативний_промпт",
        in_json=True,
        line_only="no avoid",
    )
)
num_inference_steps: Final = Number(
    Param(
        "num_inference_steps",
        "integer",
        "Denoising steps: more is slower and, up to a point, finer.",
        minimum=0,
        maximum=999,
        spellings="steps inference_steps шаги кроки",
        in_json=True,
    )
)
guidance_scale: Final = Number(
    Param(
        "guidance_scale",
        "number",
        "How closely to keep to the prompt: low is freer, high is stricter.",
        minimum=0,
        maximum=99,
        spellings="guidance cfg cfg_scale scale_guidance",
        in_json=True,
    )
)
quality: Final = Choice(
    Param(
        "quality",
        "choice",
        "How much work the model puts in; it sets the price.",
        choices=("auto", "low", "medium", "high"),
        spellings="качество якість",
        in_json=True,
        lowercase=True,
    )
)
output_format: Final = Choice(
    Param(
        OUTPUT_FORMAT,
        "choice",
        "File type of the picture.",
        choices=("png", "jpeg", "webp"),
        spellings="format filetype формат",
        in_json=True,
        value_spellings={"jpg": "jpeg", "jpe": "jpeg", "jfif": "jpeg"},
        lowercase=True,
        frills=re.compile(r"^(?:image/|\.)+", re.IGNORECASE),
    )
)
scale: Final = Number(
    Param(
        SCALE,
        "integer",
        "How many times as wide and as high: 2 makes four times the pixels.",
        spellings="upscale увеличение збільшення",
        frills=re.compile(r"^[x×*]\s*|\s*[x×*]$", re.IGNORECASE),
    )
)


def scale_choice(
    choices: Sequence[int], default: int | None = None, **facts: Unpack[Facts]
) -> Param:
    """`scale` where the model takes only a few values."""
    return replace(
        scale(min(choices), max(choices), default, **facts), kind="choice", choices=tuple(choices)
    )


creativity: Final = Number(
    Param(
        "creativity",
        "number",
        "How much detail the model may invent: low keeps to the picture.",
    )
)
resemblance: Final = Number(
    Param("resemblance", "number", "How closely to keep to the picture: high changes less.")
)
fidelity: Final = Number(
    Param(
        "fidelity",
        "number",
        "Likeness of a restored face: low looks better, high looks more like the picture.",
    )
)
# Which of its own networks an upscaler uses.
enhance_model: Final = Choice(
    Param("enhance_model", "choice", "Which of its networks the upscaler uses.", spellings=None)
)
face_enhancement: Final = Plain(
    Param(
        "face_enhancement",
        "boolean",
        "Restore faces as well; it may change a likeness.",
        spellings=None,
    )
)
wishes: Final = Plain(
    Param(
        "wishes",
        "text",
        "How the text shall look, in words, English, Russian or Ukrainian; laid over style.",
        spellings=None,
    )
)
style: Final = Plain(
    Param(
        "style",
        "text",
        "How the text looks, as JSON: size, colour, position, plate and so on.",
        spellings="стиль",
    )
)
# A model that does only one kind is not told (`wire=""`): the choice then decides whether it is
# asked at all.
mode: Final = Choice(
    Param(
        MODE,
        "choice",
        "soft evens the skin and keeps its pores; enhance makes eyes and brows clearer.",
        choices=("soft", "enhance"),
        spellings=None,
        lowercase=True,
    )
)
strength: Final = Number(
    Param(
        "strength",
        "number",
        "How much is changed: 0 leaves the picture as it is.",
        spellings="denoise сила",
    )
)
temperature: Final = Number(
    Param(
        "temperature",
        "number",
        "How freely words are chosen: low keeps to the likeliest, high surprises.",
        spellings=None,
    )
)
source_face: Final = Count(
    Param(
        "source_face",
        "integer",
        "Which face of the first picture is given, counted from the left, from 1.",
        default=1,
        minimum=1,
        spellings=None,
        chosen_by_model=True,
    ),
    most=MOST_FACES,
)
target_face: Final = Count(
    Param(
        "target_face",
        "integer",
        "Which face of the second picture is changed, counted from the left, from 1.",
        default=1,
        minimum=1,
        spellings=None,
        chosen_by_model=True,
    ),
    most=MOST_FACES,
)

# All of them by name, in the order above.
PARAMS: Final[dict[str, Param]] = {
    each.param.name: each.param
    for each in [*globals().values()]
    if isinstance(each, Choice | Number | Count | Plain)
}
