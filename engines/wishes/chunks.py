"""A wish cut where its commas, "and", "with", "on" and "without" cut it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from engines.wishes.negatable import can_be_negated
from engines.wishes.pieces import Piece
from engines.wishes.tables.kinds import Kind

# What may follow "on" when "on" speaks of a plate; before a place it says nothing.
_ON_A_PLATE: Final = frozenset([Kind.COLOUR, Kind.THING, Kind.OPACITY, Kind.SHADE])
_ON_MEASURES: Final = frozenset(["opaque", "transparent", "blur", "radius"])
_PASSED: Final = frozenset(["a", "an", "the", "its", "my", "very", "очень", "дуже"])


@dataclass
class Chunk:
    """Pieces that belong together."""

    # How they are joined to those before: "and", "with", "on", "" for a new part, or "not" where
    # the first thing is unwanted.
    link: str
    # What it says, joining words left out.
    pieces: list[Piece] = field(default_factory=list)
    # The word that negates the first thing.
    negated: Piece | None = None


def split(pieces: list[Piece]) -> list[Chunk]:
    """Chunks of a wish, in order. Joining words themselves are used up."""
    chunks = [Chunk("")]
    for at, piece in enumerate(pieces):
        piece.at = at
        link = _link(pieces, at, chunks[-1])
        if link is None:
            chunks[-1].pieces.append(piece)
            continue
        piece.used = True
        if link == "none":
            continue
        if chunks[-1].pieces or (chunks[-1].negated and link != "not"):
            chunks.append(Chunk(link))
        elif link or chunks[-1].link in ("and", "with", "on"):
            chunks[-1].link = link or chunks[-1].link
        if link == "not":
            chunks[-1].negated = piece
    return [chunk for chunk in chunks if chunk.pieces or chunk.negated]


def _link(pieces: list[Piece], at: int, chunk: Chunk) -> str | None:
    """How a joining word joins; "none" if it says nothing here, None if it is no joining word."""
    kind = pieces[at].kind
    if kind is Kind.BREAK:
        return ""
    if kind is Kind.AND:
        return "and"
    if kind is Kind.WITH:
        return "with"
    if kind is Kind.NOT:
        following = next((p for p in pieces[at + 1 :] if p.kind is not Kind.FILLER), None)
        ends = following is None or following.kind is Kind.BREAK
        if ends and any(map(can_be_negated, chunk.pieces[-2:])):
            pieces[at].kind = Kind.UNWANTED  # "shadow: none", "фон убрать"
            return None
        limit = following is not None and following.value == "max_width"
        return "none" if ends or limit else "not"
    if kind is Kind.UNWANTED:
        # "No plate needed" and "плашка не нужна" look back; "не надо тени" looks ahead.
        return None if any(map(can_be_negated, chunk.pieces)) else "not"
    if kind is Kind.ON:
        following = next((p for p in pieces[at + 1 :] if not _is_passed(p)), None)
        return "on" if following is not None and _is_plate_like(following) else "none"
    return None


def _is_passed(piece: Piece) -> bool:
    return piece.kind in (Kind.SIZE, Kind.DEGREE) or piece.text in _PASSED


def _is_plate_like(piece: Piece) -> bool:
    if piece.kind is Kind.MEASURE:
        return piece.value in _ON_MEASURES
    return piece.kind in _ON_A_PLATE and piece.value != "text"
