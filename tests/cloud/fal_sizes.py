"""The size in pixels of what a model of fal makes; pure functions."""

from __future__ import annotations

from .inputs import Received
from .ledger import Json
from .pictures import from_ratio

PRESETS = {
    "square_hd": (1024, 1024), "square": (512, 512), "portrait_4_3": (768, 1024),
    "portrait_16_9": (576, 1024), "landscape_4_3": (1024, 768), "landscape_16_9": (1024, 576),
}  # fmt: skip
# The side of a square of the same area; "auto" keeps the shape of the first picture given.
SIDES = {
    "0.5K": 512, "1K": 1024, "2K": 2048, "4K": 4096, "480p": 632, "720p": 960, "auto": 1024,
    "auto_2K": 2048, "auto_3K": 3072, "auto_4K": 4096,
}  # fmt: skip


def pixels(value: Json, row: Json, received: list[Received]) -> tuple[int, int]:
    """Width and height for a request whose defaults are filled in."""
    first = received[0] if received else None
    if first and "scale" in row:
        factor = row["scale"] if isinstance(row["scale"], (int, float)) else value[row["scale"]]
        return round(first.width * factor), round(first.height * factor)
    if first and row.get("size") == "input":
        return first.width, first.height
    shape = f"{first.width}:{first.height}" if first else "1:1"
    if "image_size" in row["input"]:
        size = value.get("image_size") or "auto_2K"
        if isinstance(size, dict):
            return size["width"], size["height"]
        return PRESETS[size] if size in PRESETS else from_ratio(shape, SIDES[size])
    ratio = value.get("aspect_ratio") or "auto"
    side = SIDES[value.get("resolution") or "1K"]
    return from_ratio(shape if ratio == "auto" else ratio, side)
