"""Reads a prompt that is an object of JSON, such as `{"description": …, "style": …, "seed": 7}`.

What Easel knows as a setting, and understands, becomes one. What is left is the prompt: plain words
where that is a description with its style and mood, else the object without those settings, in its
order. An object with nothing to take out stays as it was typed, and so does one that is not valid,
names a key twice, or is not an object at all. Nothing typed is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engines.words.wildcards import escaped
from providers.params import SIDES
from studio.prompts.quick_line_names import json_names, squeeze

FENCE: Final = re.compile(r"\s*```(?:json)?\s*(\{.*\})\s*```\s*", re.DOTALL | re.IGNORECASE)
DESCRIPTIONS: Final = ("description", "prompt", "описание", "опис")
# How a word beside the description joins it.
ADDED: Final = {"style": "{} style", "mood": "{} mood"}
LONGEST: Final = 100_000

Fits = Callable[[str, str], bool]


@dataclass(frozen=True)
class Described:
    """A prompt from an object, and the settings it held, by their keys, as text."""

    prompt: str
    settings: dict[str, str] = field(default_factory=dict)


def read_object(text: str, fits: Fits) -> Described | None:
    """The prompt of an object, bare or fenced; None where the text is to stay as it is. `fits`:
    whether a value makes sense for a setting, by its name in Easel."""
    fenced = FENCE.fullmatch(text) if "```" in text else None
    bare = (fenced[1] if fenced else text).strip()
    if not bare.startswith("{") or not bare.endswith("}") or len(bare) > LONGEST:
        return None
    try:
        found = json.loads(bare, object_pairs_hook=_unique, parse_constant=_refuse)
        return _describe(found, text, bare, fits)
    # RecursionError: braces within braces without end.
    except (ValueError, RecursionError):
        return None


def _describe(found: dict[str, Any], text: str, bare: str, fits: Fits) -> Described | None:
    settings = _settings(found, fits)
    rest = {key: value for key, value in found.items() if key not in settings}
    if words := _words(rest):
        return Described(escaped(words), settings)
    if not settings or not rest:
        return None
    indent = 2 if "\n" in bare else None
    left = json.dumps(rest, ensure_ascii=False, indent=indent, allow_nan=False)
    return Described(text.replace(bare, left).strip(), settings)


def _settings(found: Mapping[str, Any], fits: Fits) -> dict[str, str]:
    """What is a setting beyond doubt. A width without a height may be anything's."""
    taken, names = {}, json_names()
    for key, value in found.items():
        name = names.get(squeeze(key))
        plain = isinstance(value, str | int | float) and not isinstance(value, bool)
        if name and plain and fits(name, str(value).strip()):
            taken[key] = str(value).strip()
    sides = [key for key in taken if names[squeeze(key)] in SIDES]
    return taken if len(sides) == 2 else {k: v for k, v in taken.items() if k not in sides}


def _words(rest: Mapping[str, Any]) -> str:
    """A description with its style and mood as plain words; "" where there is anything else."""
    small = {key.strip().lower(): value for key, value in rest.items()}
    name = next((name for name in DESCRIPTIONS if name in small), "")
    kept = {key: value for key, value in small.items() if key in (name, *ADDED)}
    if len(kept) < len(rest) or not all(isinstance(value, str) for value in kept.values()):
        return ""
    words = str(kept.pop(name, "")).strip().rstrip(".")
    more = [ADDED[key].format(value.strip()) for key, value in kept.items() if value.strip()]
    return ", ".join([words, *more]) if words else ""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. Raises `ValueError` where a key comes twice: one of the two would be lost."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key comes twice")
    return found


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
