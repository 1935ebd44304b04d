"""Reads single values as people and programs write them: a form's, an API's, a quick line's.

The one place that knows that "jpg", ".JPEG" and "image/jpeg" are one format, "16x9" and "16/9" one
shape, "null" a blank, and a seed of -1 a random one.
"""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation

from errors import InvalidInput
from i18n import say
from providers.params import ASPECT_RATIO, PARAMS, RESOLUTION, SHAPES, WIDTH
from providers.schema import Param, Value
from providers.sizes import ratio_of, size_of

TRUTH = {
    "true": True, "yes": True, "1": True, "on": True,
    "false": False, "no": False, "0": False, "off": False,
}  # fmt: skip
# What programs write where they mean nothing.
BLANKS = frozenset({"", "none", "null", "undefined"})


def is_blank(value: object) -> bool:
    """Whether a value says nothing."""
    return value is None or (isinstance(value, str) and value.strip().lower() in BLANKS)


def read_settings(name: str, value: object) -> dict[str, Value]:
    """What a setting says, by the names of settings; nothing for a blank, or a random seed. A size
    in pixels may stand where a shape or a tier does. Raises `InvalidInput` naming it."""
    if is_blank(value):
        return {}
    if name in SHAPES:
        words = str(value).strip()
        sized = (name == RESOLUTION or not ratio_of(words)) and size_of(words)
        if sized and WIDTH in sized:
            return {side: int(pixels) for side, pixels in sized.items()}
    param, read = PARAMS.get(name), read_setting(name, value)
    return {} if param and read == param.random_value else {name: read}


def read_setting(name: str, value: object) -> Value:
    """One setting as a plain value. Raises `InvalidInput` when it is not of its kind."""
    param = PARAMS.get(name)
    if param is None:
        return read_text(name, value)
    if param.kind == "boolean":
        return _flag(name, value)
    if param.kind in ("integer", "number"):
        return _number(param, value)
    return spelled(param, read_text(name, value))


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
    """A text without the blanks around it. Raises `InvalidInput`."""
    text = str(value).strip()
    try:
        text.encode()
    except UnicodeEncodeError as error:  # half of a pair, which JSON allows and UTF-8 does not
        raise InvalidInput(say("studio.text.broken", name=name), field=name) from error
    return text


def spelled(param: Param, text: str) -> str:
    """A text as the rows write it: "jpeg" of "JPG", "3:4" of "portrait"."""
    small = param.frills.sub("", text.lower()) if param.frills else text.lower()
    if small in param.value_spellings:
        return param.value_spellings[small]
    if param.name == ASPECT_RATIO:
        return ratio_of(text) or text
    return small if param.lowercase else text


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


def _number(param: Param, value: object) -> int | float:
    """A number from whatever a form or an API gives. A comma may stand for the decimal point
    only where a fraction makes sense: in "1,024 pixels" it would mean something else."""
    name, whole, told = param.name, param.kind == "integer", shown(value)
    try:
        text = str(value).strip().replace("−", "-")
        text = param.frills.sub("", text) if param.frills else text
        number = float(text if whole else text.replace(",", "."))
    except ValueError:
        text, number = "", math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise InvalidInput(say("studio.number", name=name, value=told), field=name)
    if not whole:
        return number
    if number != int(number):
        raise InvalidInput(say("studio.number.whole", name=name, value=told), field=name)
    return int(text) if text.lstrip("-").isdecimal() else int(number)
