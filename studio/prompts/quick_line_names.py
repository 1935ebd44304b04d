"""What people call a setting on a quick line, in English, Russian and Ukrainian.

Case, blanks, hyphens and underscores in a name do not count. The names of settings are declared
with them, in `providers.params`; here stand those of what is no setting of a model.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from providers.params import PARAMS

# The word that used to lead such a line.
LEADING: Final = "изображение"

MODEL: Final = "model"
TRANSLATE: Final = "translate"
OTHERS: Final = {
    MODEL: "engine m модель",
    TRANSLATE: "translation перевод переклад",
}
# Of these, the ones that may mean something else as a key of JSON.
LINE_ONLY: Final = "engine m"

# Shapes by name; the values are those that Easel's own `aspect_ratio` takes.
SHAPES: Final[dict[str, str]] = {
    "portrait": "portrait vertical tall портрет вертикальное вертикальный вертикально "
    "вертикальне вертикальний",
    "square": "square 1 квадрат квадратное квадратный квадратне",
    "landscape": "landscape horizontal wide ландшафт горизонтальное горизонтальный горизонтально "
    "горизонтальне альбом",
}

# Short names of models in the older bots, as (what was typed, the end of an endpoint or id).
MODEL_NAMES: Final[dict[str, str]] = {
    "flux": "flux/dev",
    "dalle3": "gpt-image-1",
    "dalle": "gpt-image-1",
    "nanobanana": "nano-banana",
    "banana": "nano-banana",
    "nanobananapro": "nano-banana-pro",
    "sdxl": "stable-diffusion-xl-base-1.0",
    "sd3": "stable-diffusion-3-medium-diffusers",
}


def squeeze(name: str) -> str:
    """A name without case, blanks and joints, so that "Aspect-Ratio" is "aspectratio"."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


SHAPE_NAMES: Final = {
    squeeze(name): shape for shape, names in SHAPES.items() for name in names.split()
}


@cache
def line_names() -> dict[str, str]:
    """Every name of a setting on a line, squeezed, with the setting's own."""
    spelled = {name: each.spellings for name, each in PARAMS.items() if each.spellings is not None}
    return {
        squeeze(name): setting
        for setting, names in {**OTHERS, **spelled}.items()
        for name in (setting, *names.split())
    }


@cache
def json_names() -> dict[str, str]:
    """Those that mean nothing else as a key of JSON."""
    only = " ".join([LINE_ONLY, *(param.line_only for param in PARAMS.values())])
    elsewhere = {squeeze(name) for name in only.split()}
    known = {*OTHERS, *(name for name, param in PARAMS.items() if param.in_json)}
    return {
        name: setting
        for name, setting in line_names().items()
        if setting in known and name not in elsewhere
    }


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
