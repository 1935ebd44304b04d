"""Finds and reads the tables of words that stand as files beside the code."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

ASSETS: Final = Path(__file__).parents[2] / "assets"


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of the assets, such as "words/opposites.toml"; read once, not to be changed."""
    return tomllib.loads((ASSETS / name).read_text(encoding="utf-8"))
