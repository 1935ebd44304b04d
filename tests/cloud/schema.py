"""Checks a request's fields against a table of fields; each service words the problems itself.

A field: {"type": string|integer|number|boolean|array|object|size|picture, "required", "enum",
"default", "minimum", "maximum", "max_length", "min_items", "max_items", "items"}. A "size" is one
of `enum` (a preset) or {"width": int, "height": int} within `edge` [low, high], `multiple`,
`ratio`, `pixels`. A "picture" is a string, read by inputs.py.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Field = dict[str, Any]

DATA = Path(__file__).parent / "data"
TEXT = {"picture": "string"}


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field. `kind`: missing, unknown, type, enum, low, high, length, few,
    items, size. `limit` is the bound or the list of permitted values."""

    field: str
    kind: str
    value: Any = None
    limit: Any = None


def load(name: str) -> dict[str, Any]:
    """The data file of this name, and what the files `name_….json` add to it."""
    found: dict[str, Any] = {}
    for path in (DATA / f"{name}.json", *sorted(DATA.glob(f"{name}_*.json"))):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def problems(given: dict[str, Any], fields: dict[str, Field]) -> list[Problem]:
    """Every problem of the given values, in the table's order; unknown fields last."""
    found = []
    for name, rule in fields.items():
        if name not in given:
            if rule.get("required"):
                found.append(Problem(name, "missing"))
        elif given[name] is not None or not rule.get("nullable"):
            problem = check(name, given[name], rule)
            if problem:
                found.append(problem)
    return found + [Problem(name, "unknown", given[name]) for name in given if name not in fields]


def check(name: str, value: Any, rule: Field) -> Problem | None:
    """The first problem of one value, or None."""
    kind = rule["type"]
    if kind == "size":
        return check_size(name, value, rule)
    if not is_a(value, kind):
        return Problem(name, "type", value, TEXT.get(kind, kind))
    if "enum" in rule and value not in rule["enum"]:
        return Problem(name, "enum", value, rule["enum"])
    if "minimum" in rule and value < rule["minimum"]:
        return Problem(name, "low", value, rule["minimum"])
    if "maximum" in rule and value > rule["maximum"]:
        return Problem(name, "high", value, rule["maximum"])
    if "max_length" in rule and len(value) > rule["max_length"]:
        return Problem(name, "length", value, rule["max_length"])
    if kind == "array":
        if len(value) < rule.get("min_items", 0):
            return Problem(name, "few", value, rule["min_items"])
        if len(value) > rule.get("max_items", len(value)):
            return Problem(name, "items", value, rule["max_items"])
        items = rule.get("items", "string")
        for item in value:
            if not is_a(item, items):
                return Problem(name, "type", item, TEXT.get(items, items))
    return None


def is_a(value: Any, kind: str) -> bool:
    """Whether a JSON value is of the kind; a boolean is never a number."""
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, {"array": list, "object": dict}.get(kind, str))


def check_size(name: str, value: Any, rule: Field) -> Problem | None:
    """A size is a preset's name or a width and a height within the model's limits."""
    if isinstance(value, str):
        return None if value in rule["enum"] else Problem(name, "enum", value, rule["enum"])
    if not isinstance(value, dict) or not all(
        is_a(value.get(side), "integer") for side in ("width", "height")
    ):
        return Problem(name, "type", value, "size")
    why = size_fault(value["width"], value["height"], rule)
    return Problem(name, "size", value, why) if why else None


def size_fault(width: int, height: int, rule: Field) -> str:
    """Why this size cannot be made, or "" when it can."""
    low, high = rule.get("edge", [1, 4096])
    if not (low <= width <= high and low <= height <= high):
        return f"width and height must be between {low} and {high}"
    multiple = rule.get("multiple", 1)
    if width % multiple or height % multiple:
        return f"width and height must both be divisible by {multiple}"
    if max(width, height) > rule.get("ratio", 1e9) * min(width, height):
        return f"the aspect ratio must be between 1:{rule['ratio']} and {rule['ratio']}:1"
    fewest, most = rule.get("pixels", [1, 4096 * 4096])
    if not fewest <= width * height <= most:
        return f"the total number of pixels must be between {fewest} and {most}"
    return ""
