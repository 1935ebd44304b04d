"""One setting of a model: its name, what it takes, how people write it and how it is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from i18n import say

Value = str | int | float | bool
Kind = Literal["text", "integer", "number", "choice", "boolean"]


def _digits(number: float | None) -> str | None:
    """A bound as people write it: 2147483647, not 2.14748e+09; 0.5."""
    if number is None:
        return None
    return str(int(number)) if number == int(number) else str(number)


@dataclass(frozen=True, slots=True)
class Param:
    """One setting, declared once in `providers.params`; a model's row adds its bounds and its wire.

    Several params may share one wire name when the provider packs them into one field
    (aspect_ratio, width, height -> image_size).
    """

    # Its name in Easel, in forms, in the API and in receipts.
    name: str
    # What its value is; a choice may be of numbers.
    kind: Kind
    # What it does, in a sentence: for the API page, /list_models and the README.
    help: str
    # What the model uses where nothing is said; None where that is not known.
    default: Value | None = None
    # The least and the greatest number.
    minimum: float | None = None
    maximum: float | None = None
    # The values of a choice.
    choices: tuple[Value, ...] = ()
    # The number that asks for any, as -1 does for a seed.
    random_value: int | None = None
    # Whether a model without it decides by itself, which is said and not refused.
    chosen_by_model: bool = False
    # Its names on a quick line besides its own, apart by blanks; None: it is not read there.
    spellings: str | None = ""
    # Whether a prompt that is an object of JSON may hold it, and the spellings that would say
    # something else there: {"count": 3} may count cats.
    in_json: bool = False
    line_only: str = ""
    # What people write for a value, in small letters, and what is meant.
    value_spellings: Mapping[str, str] = field(default_factory=dict)
    # Whether its words are written in small letters.
    lowercase: bool = False
    # What people write around a value and nobody needs, such as "px".
    frills: re.Pattern[str] | None = None
    # The provider's own name for it. Blank: never sent, it only says what the model does, so that
    # the model is not asked for anything else.
    wire: str = ""
    # The provider's word for a value, where it is not ours: "jpeg" -> "jpg".
    wire_values: Mapping[Value, Value] = field(default_factory=dict)
    # What about it no fact backs. It is then sent only when its value differs from the default, so
    # that a guess never breaks a plain request.
    unverified: str = ""

    @property
    def label(self) -> str:
        """What stands beside its control."""
        return say(f"param.{self.name}")

    def to_wire(self, value: Value) -> Value:
        """Our value in the provider's word."""
        return self.wire_values.get(value, value)

    def within(self, value: Value) -> bool:
        """Whether it takes a value of its kind."""
        if self.choices:
            return value in self.choices
        if self.kind in ("integer", "number"):
            low, high, number = self.minimum, self.maximum, float(value)
            return (low is None or number >= low) and (high is None or number <= high)
        return True

    def allowed(self) -> str:
        """What is allowed, as a reader would say it: "1 to 4" or "png, jpeg, webp"."""
        if self.choices:
            return ", ".join(str(choice) for choice in self.choices)
        if self.kind == "boolean":
            return say("error.allowed.any.boolean")
        low, high = _digits(self.minimum), _digits(self.maximum)
        if low is not None and high is not None:
            return say("error.allowed.between", least=low, most=high)
        if low is not None:
            return say("error.allowed.least", least=low)
        if high is not None:
            return say("error.allowed.most", most=high)
        return say(f"error.allowed.any.{self.kind}")
