"""How many pictures a model at Replicate makes, and how large; pure functions."""

from __future__ import annotations

from .inputs import Received
from .ledger import Json
from .pictures import from_ratio

KNOBS = ("megapixels", "resolution", "size")
# The side of a square of the same area.
SIDES = {"1K": 1024, "2K": 2048, "4K": 4096, "1": 1024, "0.25": 512}


def count(value: Json) -> int:
    """How many pictures are made."""
    if value.get("sequential_image_generation") == "auto":
        return int(value["max_images"])
    return value.get("num_outputs") or value.get("number_of_images") or 1


def pixels(value: Json, row: Json, received: list[Received]) -> tuple[int, int]:
    """Width and height for a request whose defaults are filled in."""
    first = received[0] if received else None
    if first and row.get("size") == "input":
        return first.width, first.height
    if first and "scale" in row:
        by = factor(value, row["scale"])
        return max(1, round(first.width * by)), max(1, round(first.height * by))
    if "aspect_ratio" not in row["input"] or value.get("size") == "custom":
        return value["width"], value["height"]
    ratio = value.get("aspect_ratio") or "1:1"
    if ratio in row.get("sizes", {}):
        width, height = row["sizes"][ratio]
        return width, height
    if ratio == "match_input_image" and first:
        ratio = f"{first.width}:{first.height}"
    side = SIDES[next((value[k] for k in KNOBS if value.get(k, "custom") != "custom"), "1K")]
    return from_ratio(ratio, side)


def factor(value: Json, scale: str | float) -> float:
    """How many times larger each side becomes; a string names the field, "None" is one."""
    found = value[scale] if isinstance(scale, str) else scale
    if isinstance(found, str):
        found = 1 if found == "None" else found.removesuffix("x")
    return float(found)
