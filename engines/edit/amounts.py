"""Reads from the words of one matched rule how much is asked for, and in which direction."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from engines.edit.tokens import Token

Span = tuple[Token, ...]

# Degrees of a change: not said, "a little", "much".
TONE: Final = (0.2, 0.1, 0.4)
FOCUS: Final = (0.5, 0.25, 1.0)
BLUR: Final = (0.3, 0.15, 0.8)
CRISP: Final = (0.5, 0.25, 1.0)
SLIGHT: Final = ("SLIGHT", "BUTSLIGHT")
NEGATIVE: Final = frozenset(["COOL", "DARK", "PALE"])


def value(span: Span, concept: str) -> float | None:
    """The number of the first word of a concept, if there is one."""
    return next((token.values[0] for token in span if token.concept == concept), None)


def has(span: Span, *concepts: str) -> bool:
    """Whether a word of one of these concepts is said."""
    return any(token.concept in concepts for token in span)


def degree(span: Span, steps: tuple[float, float, float]) -> float:
    """How much, without direction: by a number when one is said."""
    percent = value(span, "PERCENT")
    signed = value(span, "SIGNEDPERCENT") or value(span, "SIGNEDNUM")
    if percent is not None:
        return abs(100 - percent) / 100 if _says_to(span) else percent / 100
    if signed is not None:
        return abs(signed) / 100
    return steps[1] if has(span, *SLIGHT) else steps[2] if has(span, "MUCH") else steps[0]


def _says_to(span: Span) -> bool:
    """Whether the percentage is where to end, not by how much: "reduce to 80 %"."""
    return has(span, "UP", "DOWN") and any(
        one.concept == "TO" and other.concept == "PERCENT" for one, other in pairwise(span)
    )


def tone(span: Span, largest: float = 2.0) -> float | None:
    """A signed amount; words of less and of the opposite each turn it round."""
    signed = value(span, "SIGNEDPERCENT") or value(span, "SIGNEDNUM") or 0
    turns = has(span, "LESS", "DOWN") + has(span, *NEGATIVE) + (signed < 0)
    amount = round(degree(span, TONE) * (-1 if turns % 2 else 1), 4)
    return amount if -1 <= amount <= largest and amount else None
