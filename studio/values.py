"""Reads single values as people and programs write them: a form's, an API's, a quick line's.

The one place that knows that "jpg", ".JPEG" and "image/jpeg" are one format, "16x9" and "16/9" one
shape, "null" a blank, and a seed of -1 a random one.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation

from engines.words.quickline_values import ratio_of, size_of
from errors import InvalidInput
from i18n import say
from providers.params import NAMED_RATIOS, TIERS
from providers.schema import Value

FRACTIONS = (
    "guidance_scale", "creativity", "resemblance", "fidelity", "strength", "temperature",
)  # fmt: skip
# Which of several faces is meant. A model that cannot be told chooses itself: said, not refused.
FACES = ("source_face", "target_face")
COUNTS = ("num_images", "seed", "num_inference_steps", "scale", *FACES)
NUMBERS = ("width", "height", *COUNTS, *FRACTIONS)
WHOLE = frozenset(NUMBERS) - frozenset(FRACTIONS)
FLAGS = {"face_enhancement"}
TRUTH = {
    "true": True, "yes": True, "1": True, "on": True,
    "false": False, "no": False, "0": False, "off": False,
}  # fmt: skip
# What programs write where they mean nothing.
BLANKS = frozenset({"", "none", "null", "undefined"})
RANDOM = -1  # the seed that asks for any
# How the rows write what people write in more than one way.
SPELLINGS = {
    **NAMED_RATIOS,
    **{tier.lower(): tier for tier in TIERS},
    "jpg": "jpeg",
    "jpe": "jpeg",
    "jfif": "jpeg",
}
SPELLED = ("aspect_ratio", "resolution")
SMALL = ("quality", "output_format", "mode")
FRILLS = {
    "scale": re.compile(r"^[x×*]\s*|\s*[x×*]$", re.IGNORECASE),
    "width": re.compile(r"\s*px$", re.IGNORECASE),
    "height": re.compile(r"\s*px$", re.IGNORECASE),
    "output_format": re.compile(r"^(?:image/|\.)+", re.IGNORECASE),
}


def is_blank(value: object) -> bool:
    """Whether a value says nothing."""
    return value is None or (isinstance(value, str) and value.strip().lower() in BLANKS)


def read_settings(name: str, value: object) -> dict[str, Value]:
    """What a setting says, by the names of settings; nothing for a blank, or a random seed. A size
    in pixels may stand where a shape or a tier does. Raises `InvalidInput` naming it."""
    if is_blank(value):
        return {}
    if name in SPELLED:
        words = str(value).strip()
        sized = (name == "resolution" or not ratio_of(words)) and size_of(words)
        if sized and "width" in sized:
            return {side: int(pixels) for side, pixels in sized.items()}
    read = read_setting(name, value)
    return {} if name == "seed" and read == RANDOM else {name: read}


def read_setting(name: str, value: object) -> Value:
    """One setting as a plain value. Raises `InvalidInput` when it is not of its kind."""
    if name in FLAGS:
        return _flag(name, value)
    return _number(name, value) if name in NUMBERS else read_text(name, value)


def read_price(value: object) -> Decimal | None:
    """An amount of US dollars, 0 or more; None for blank. Raises `InvalidInput` otherwise."""
    if is_blank(value):
        return None
    try:
        amount = Decimal(str(value).strip().lstrip("$"))
    except (InvalidOperation, ValueError):
        amount = Decimal(-1)
    if isinstance(value, bool) or not amount.is_finite() or amount < 0:
        raise InvalidInput(say("studio.price.odd", value=shown(value)), field="max_price")
    return amount


def read_text(name: str, value: object) -> str:
    """A text without the blanks around it, in the rows' spelling. Raises `InvalidInput`."""
    text = str(value).strip()
    try:
        text.encode()
    except UnicodeEncodeError as error:  # half of a pair, which JSON allows and UTF-8 does not
        raise InvalidInput(say("studio.text.broken", name=name), field=name) from error
    if name not in (*SPELLED, *SMALL):
        return text
    small = FRILLS[name].sub("", text.lower()) if name in FRILLS else text.lower()
    if name == "aspect_ratio" and small not in SPELLINGS:
        small = text = ratio_of(text) or text
    return SPELLINGS.get(small, small if name in SMALL else text)


def shown(value: object) -> str:
    """A value in a sentence, cut short. A whole number may have more digits than Python writes."""
    try:
        return repr(str(value)[:40])
    except ValueError:
        return say("studio.number.digits")


def _flag(name: str, value: object) -> bool:
    """True or false from whatever a form or an API gives."""
    found = TRUTH.get(str(value).strip().lower())
    if found is None:
        raise InvalidInput(say("studio.flag", name=name, value=shown(value)), field=name)
    return found


def _number(name: str, value: object) -> int | float:
    """A number from whatever a form or an API gives. A comma may stand for the decimal point
    only where a fraction makes sense: in "1,024 pixels" it would mean something else."""
    told = shown(value)
    try:
        text = str(value).strip().replace("−", "-")
        text = FRILLS[name].sub("", text) if name in FRILLS else text
        number = float(text if name in WHOLE else text.replace(",", "."))
    except ValueError:
        text, number = "", math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise InvalidInput(say("studio.number", name=name, value=told), field=name)
    if name not in WHOLE:
        return number
    if number != int(number):
        raise InvalidInput(say("studio.number.whole", name=name, value=told), field=name)
    return int(text) if text.lstrip("-").isdecimal() else int(number)
