"""What the value of a quick line's setting means in Easel's own settings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from engines.words.quickline_names import (
    FORMATS,
    MODEL_NAMES,
    SHAPE_NAMES,
    TIERS,
    squeeze,
)

# The sign between the two may be a Latin or a Cyrillic x.
PIXELS: Final = re.compile(r"(\d{2,5})\s*(?:[x×*х]|px)\s*(\d{2,5})(?:\s*px)?", re.IGNORECASE)
SIDE: Final = re.compile(r"(\d{3,5})(?:\s*px)?", re.IGNORECASE)
SENSIBLE: Final = {
    "seed": re.compile(r"-?\d{1,12}(?:\.0)?"),
    "num_images": re.compile(r"\d{1,2}(?:\.0)?"),
    "num_inference_steps": re.compile(r"\d{1,3}(?:\.0)?"),
    "width": re.compile(r"\d{2,5}(?:\.0)?"),
    "height": re.compile(r"\d{2,5}(?:\.0)?"),
    "guidance_scale": re.compile(r"\d{1,2}(?:\.\d+)?"),
    "quality": re.compile(r"auto|low|medium|high", re.IGNORECASE),
    "output_format": re.compile(r"\.?(?:png|jpe?g|webp)|image/(?:png|jpe?g|webp)", re.IGNORECASE),
    "translate": re.compile(r"yes|no|true|false|on|off|да|нет|так|ні", re.IGNORECASE),
}
RATIO: Final = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*[:/x×хX]\s*(\d{1,3}(?:[.,]\d+)?)")


def read_value(setting: str, value: str) -> dict[str, str]:
    """The settings that a value stands for; none when it cannot be read.

    A size gives width and height, a tier ("2K") or a shape; any other setting keeps its value.
    """
    if setting == "size":
        return size_of(value) or shape_of(value)
    if setting == "aspect_ratio":
        return shape_of(value) or {"aspect_ratio": value}
    if setting == "output_format":
        shape = SHAPE_NAMES.get(squeeze(value))
        plain = value.lower().removeprefix("image/").lstrip(".")
        return {"aspect_ratio": shape} if shape else {setting: FORMATS.get(plain, plain)}
    if setting == "quality":
        return {setting: value.lower()}
    return {setting: value}


def makes_sense(setting: str, value: str) -> bool:
    """Whether a value is one that a setting can have, so that it cannot have meant anything else;
    a model's name is for others to judge."""
    if setting in ("size", "aspect_ratio"):
        return bool(shape_of(value) or (setting == "size" and size_of(value)))
    if setting == "output_format" and SHAPE_NAMES.get(squeeze(value)):
        return True
    known = SENSIBLE.get(setting)
    return bool(known.fullmatch(value)) if known else bool(value)


def size_of(value: str) -> dict[str, str]:
    """Width and height, or a tier; nothing where a value is neither."""
    pixels, side = PIXELS.fullmatch(value), SIDE.fullmatch(value)
    if pixels:
        return {"width": pixels[1], "height": pixels[2]}
    if side:
        return {"width": side[1], "height": side[1]}
    return {"resolution": value.upper()} if value.lower() in TIERS else {}


def shape_of(value: str) -> dict[str, str]:
    """A shape by its name or as a ratio; nothing where a value is neither."""
    shape = ratio_of(value) or SHAPE_NAMES.get(squeeze(value))
    return {"aspect_ratio": shape} if shape else {}


def ratio_of(value: str) -> str:
    """ "16:9" of "16x9", "16/9" or "16 : 9"; "" where a value is none of these."""
    found = RATIO.fullmatch(value)
    return ":".join(found.groups()).replace(",", ".") if found else ""


def model_names(rows: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Every name a model goes by, squeezed, with its id; the first row to claim a name has it.

    A row is (id, endpoint, title), such as ("fal/flux-dev", "fal-ai/flux/dev", "FLUX.1 dev").
    Ids come before endpoints, endpoints before titles and ends of names.
    """
    rows = tuple(rows)
    names: dict[str, str] = {}
    for position in range(3):
        for row in rows:
            names.setdefault(squeeze(row[position]), row[0])
    for row in rows:
        for whole in row[:2]:
            names.setdefault(squeeze(whole.partition("/")[2]), row[0])
    for short, end in MODEL_NAMES.items():
        for row in rows:
            if row[0].endswith(end) or row[1].endswith(end):
                names.setdefault(short, row[0])
    return names
