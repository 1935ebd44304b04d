"""Every label and sentence people read, by key: `say("create.stop")`.

The texts stand in assets/locales/, a file for each language, in Fluent, which knows plurals
(https://projectfluent.org). There is one language so far.
"""

from __future__ import annotations

from functools import cache
from math import isfinite
from pathlib import Path
from typing import Final

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentFloat, FluentInt, FluentType

LOCALES: Final = Path(__file__).parent / "assets" / "locales"


class Words(str, FluentType):  # type: ignore[misc]
    """Text to fill in, of any length: Fluent takes 2,500 characters of a plain string."""

    __slots__ = ()

    def format(self, locale: object) -> Words:  # type: ignore[override]
        """The text as it is."""
        return self


class Texts:
    """The texts of one language, "en"."""

    def __init__(self, language: str) -> None:
        text = (LOCALES / f"{language}.ftl").read_text(encoding="utf-8")
        self._bundle = FluentBundle([language], use_isolating=False)
        self._bundle.add_resource(FluentResource(text))
        self._plain: dict[str, str] = {}

    def say(self, key: str, values: dict[str, object]) -> str:
        """The text for a key. Raises `KeyError` for an unknown key and for a missing value."""
        if not values and key in self._plain:
            return self._plain[key]
        message = self._bundle.get_message(key.replace(".", "-")).value
        text, faults = self._bundle.format_pattern(
            message, {name: _shown(value) for name, value in values.items()}
        )
        if faults:
            raise KeyError(f"{key}: {faults[0]}")
        if not values:
            self._plain[key] = str(text)
        return str(text)


@cache
def texts(language: str) -> Texts:
    """The texts of a language, read once."""
    return Texts(language)


def say(key: str, **values: object) -> str:
    """The text for a key, with its values filled in by name.

    Whole numbers are counted with (plurals, and thousands apart where the text asks for it);
    everything else is shown as `str` shows it.
    """
    return texts("en").say(key, values)


def _shown(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return FluentInt(value, useGrouping=False)
    if isinstance(value, float) and isfinite(value):
        return FluentFloat(value, useGrouping=False, maximumFractionDigits=6)
    return Words(value)
