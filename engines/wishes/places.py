"""Sides, corners and the middle of the picture, and the alignment of lines."""

from __future__ import annotations

from itertools import pairwise

from engines.wishes.look import Look
from engines.wishes.pieces import Piece
from engines.wishes.tables.kinds import Kind


def bind_places(pieces: list[Piece], look: Look) -> None:
    """Put the caption where the chunk says, or align its lines if the chunk speaks of that."""
    for piece in pieces:
        if piece.kind is Kind.ALIGN:
            look.set("align", piece.value, piece.text)
            piece.used = True
    aligning = next((p for p in pieces if (p.kind, p.value) == (Kind.MEASURE, "align")), None)
    if aligning is not None:
        _align(pieces, aligning, look)
    for piece in pieces:
        if piece.kind is Kind.PLACE and not piece.used:
            look.put(piece.value, piece.text)
            piece.used = True
    for before, piece in pairwise(pieces):
        if before.kind is Kind.FROM and piece.kind is Kind.PLACE:
            before.used = True


def _align(pieces: list[Piece], aligning: Piece, look: Look) -> None:
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
        look.set("align", piece.value, piece.text)
        piece.used = aligning.used = True
    elif auto is not None and not aligning.used:
        look.set("align", "auto", auto.text)
        auto.used = aligning.used = True
    else:
        aligning.used = aligning.used or any(piece.kind is Kind.PLACE for piece in pieces)
