"""Reads a prompt from an object such as `{"description": …, "style": …, "mood": …}`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Final

FENCE: Final = re.compile(r"\s*```(?:json)?\s*(\{.*\})\s*```\s*", re.DOTALL | re.IGNORECASE)
DESCRIPTIONS: Final = ("description", "prompt", "описание", "опис")
# How a word beside the description joins it.
ADDED: Final = {"style": "{} style", "mood": "{} mood"}
LONGEST: Final = 100_000


@dataclass(frozen=True)
class Described:
    """A prompt from an object, and what else the object held, as text."""

    prompt: str
    settings: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def read_object(text: str) -> Described | None:
    """The prompt of an object, bare or fenced; None when the text is anything else."""
    fenced = FENCE.fullmatch(text) if "```" in text else None
    bare = (fenced[1] if fenced else text).strip()
    if not bare.startswith("{") or not bare.endswith("}") or len(bare) > LONGEST:
        return None
    try:
        found = json.loads(bare)
    # RecursionError: braces within braces without end.
    except (ValueError, RecursionError):
        return None
    return _describe({str(key).strip().lower(): value for key, value in found.items()})


def _describe(found: dict[str, Any]) -> Described | None:
    name = next((name for name in DESCRIPTIONS if isinstance(found.get(name), str)), "")
    if not name or not found[name].strip():
        return None
    pieces = [found.pop(name).strip().rstrip(".")]
    settings, unknown = {}, []
    for key, value in found.items():
        if key in ADDED and isinstance(value, str):
            if value.strip():
                pieces.append(ADDED[key].format(value.strip()))
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            settings[_name(key)] = str(value).strip()
        else:
            unknown.append(f"{_name(key)}={json.dumps(value, ensure_ascii=False)}")
    return Described(", ".join(pieces), settings, tuple(unknown))


def _name(key: str) -> str:
    """A key as a quick line can write it: "2nd light?" is "nd_light_"."""
    return re.sub(r"[^\w.-]+|^[\W\d_]+", "_", key).lstrip("_.-0123456789")[:30] or "field"
