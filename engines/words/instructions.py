"""What a language model is told when it writes, repairs or translates a prompt, writes one from a
picture, or rewrites a wish about a caption.

The texts stand in `assets/instructions/`, in English; the user's own words go in a message of
their own, never into these. The parts that must stay as they are, `protect.mask` takes out first.
"""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import Final, Literal

from engines.language.tables import ASSETS

Name = Literal["write", "describe", "repair", "translate", "wish"]
# What each is filled with; "length" is in characters.
FIELDS: Final[dict[Name, frozenset[str]]] = {
    "write": frozenset({"model", "language", "length", "style"}),
    "describe": frozenset({"model", "language", "length", "style"}),
    "repair": frozenset({"model", "language", "style", "contradictions"}),
    "translate": frozenset({"model", "language"}),
    "wish": frozenset(),
}


def instruction(name: Name, **values: object) -> str:
    """The instruction with its values filled in. Raises `KeyError` when one is left out."""
    return _text(name).format(**values)


def fields(name: Name) -> frozenset[str]:
    """The values that an instruction's text asks for."""
    return frozenset(field for _, field, _, _ in Formatter().parse(_text(name)) if field)


@cache
def _text(name: Name) -> str:
    return (ASSETS / "instructions" / f"{name}.txt").read_text(encoding="utf-8").strip()
