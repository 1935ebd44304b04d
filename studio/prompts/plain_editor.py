"""What can be asked of Easel's own editor, which is no model and understands few words."""

from __future__ import annotations

from typing import Final

from engines.edit.abilities import EXAMPLES, abilities

# Which abilities are shown at once.
FIRST, FEW = 2, 3
ONE: Final = "grey"
SEVERAL: Final = "join"


def example(pictures: int) -> str:
    """Words that it understands about so many pictures."""
    return EXAMPLES[SEVERAL if pictures > 1 else ONE][0]


def abilities_shown() -> tuple[list[str], list[str]]:
    """A sentence for each ability: the few to show at once, then the rest."""
    every = abilities()
    few = every[FIRST : FIRST + FEW]
    return few, [each for each in every if each not in few]
