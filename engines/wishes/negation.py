"""What "without", "no" and "not needed" take away."""

from __future__ import annotations

from typing import Final

from engines.wishes.chunks import Chunk
from engines.wishes.draft import Draft
from engines.wishes.negatable import NEGATED, can_be_negated, part_of
from engines.wishes.pieces import Piece
from engines.wishes.tables.kinds import Kind

_ADJECTIVES: Final = frozenset([Kind.COLOUR, Kind.SIZE, Kind.DEGREE, Kind.OPACITY])


def negate_following(
    chunk: Chunk, pieces: list[Piece], draft: Draft, *, still_negated: bool
) -> list[Piece]:
    """Take away what follows a "without", adjectives before it included; the rest is returned.

    "Without plate and outline" denies both; "without plate and white outline" only the plate.
    """
    carried = still_negated and chunk.link == "and" and len(pieces) == 1
    if (chunk.negated is None and not carried) or not pieces:
        return pieces
    words = chunk.negated.text if chunk.negated else "no"
    things = [index for index, piece in enumerate(pieces) if can_be_negated(piece)]
    first = things[0] if things else 0
    parts = [i for i in things if pieces[i].kind is Kind.THING]
    if parts and all(piece.kind in _ADJECTIVES for piece in pieces[: parts[0]]):
        first = parts[0]
    if things and (first == 0 or all(p.kind in _ADJECTIVES for p in pieces[:first])):
        _take_away(pieces[first], f"{words} {pieces[first].text}", draft)
        for piece in pieces[: first + 1]:
            piece.used = True
        return pieces[first + 1 :]
    if carried:
        return pieces
    if chunk.negated is not None:
        chunk.negated.used = False
    return pieces[1:]


def negate_preceding(pieces: list[Piece], draft: Draft) -> list[Piece]:
    """Take away what a "not needed" follows; the rest is returned."""
    for at, piece in enumerate(pieces):
        if piece.kind is not Kind.UNWANTED:
            continue
        before = [index for index in range(at) if can_be_negated(pieces[index])]
        if before:
            _take_away(pieces[before[-1]], f"{pieces[before[-1]].text} {piece.text}", draft)
            pieces[before[-1]].used = piece.used = True
    return [piece for piece in pieces if not piece.used]


def _take_away(piece: Piece, words: str, draft: Draft) -> None:
    if part := part_of(piece):
        draft.without(part, words)
    else:
        draft.set(*NEGATED[piece.kind, piece.value], words)
