"""Sides, corners and the middle of the picture, and the alignment of lines."""

from __future__ import annotations

from itertools import pairwise

from engines.wishes.draft import Draft
from engines.wishes.pieces import Piece
from engines.wishes.tables.kinds import Kind


def attach_places(pieces: list[Piece], draft: Draft) -> None:
    """Put the caption where the chunk says, or align its lines if the chunk speaks of that."""
    for piece in pieces:
        if piece.kind is Kind.ALIGN:
            draft.set("align", piece.value, piece.text)
            piece.used = True
    aligning = next((p for p in pieces if (p.kind, p.value) == (Kind.MEASURE, "align")), None)
    if aligning is not None:
        _align(pieces, aligning, draft)
    for piece in pieces:
        if piece.kind is Kind.PLACE and not piece.used:
            draft.put(piece.value, piece.text)
            piece.used = True
    for before, piece in pairwise(pieces):
        if before.kind is Kind.FROM and piece.kind is Kind.PLACE:
            before.used = True


def _align(pieces: list[Piece], aligning: Piece, draft: Draft) -> None:
    """The side nearest to the word of aligning is the alignment; top and bottom are places."""
    at = pieces.index(aligning)
    aligning.used = any(piece.kind is Kind.ALIGN for piece in pieces)
    sides = [
        (abs(index - at), index)
        for index, piece in enumerate(pieces)
        if piece.kind is Kind.PLACE and piece.value not in ("top", "bottom")
    ]
    auto = next((p for p in pieces if (p.kind, p.value) == (Kind.COLOUR, "auto")), None)
    if sides and not aligning.used:
        piece = pieces[min(sides)[1]]
        draft.set("align", piece.value, piece.text)
        piece.used = aligning.used = True
    elif auto is not None and not aligning.used:
        draft.set("align", "auto", auto.text)
        auto.used = aligning.used = True
    else:
        aligning.used = aligning.used or any(piece.kind is Kind.PLACE for piece in pieces)
