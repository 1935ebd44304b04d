"""Two captions told apart by their place alone: "white on top, yellow at the bottom"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from engines.wishes.chunks import Chunk
from engines.wishes.draft import PARTS
from engines.wishes.tables.kinds import Kind

ROLES: Final = {"top": "line 1", "bottom": "line last"}
# What two captions at two places have of their own; "at the top, no, at the bottom" has none.
_LOOKS: Final = frozenset(
    [Kind.COLOUR, Kind.SIZE, Kind.DEGREE, Kind.FONT, Kind.ITALIC, Kind.HAVING, Kind.PRESET]
)


def halves(chunks: list[Chunk]) -> dict[str, list[Chunk]] | None:
    """The chunks of a caption at the top, of one at the bottom, and under "" those of both.

    None unless exactly one part of the wish gives a look to the top and another to the bottom, and
    nothing names a caption otherwise.
    """
    if any(piece.kind is Kind.ROLE for chunk in chunks for piece in chunk.pieces):
        return None
    found: dict[str, list[Chunk]] = {"": []}
    for group in _groups([part for chunk in chunks for part in _cut(chunk)]):
        sides = _sides(group)
        if len(sides) == 1 and _has_look(group):
            role = ROLES[sides.pop()]
            if role in found:
                return None
            found[role] = group
        elif sides:
            return None
        else:
            found[""] += group
    return found if len(found) == 3 else None


def _groups(chunks: list[Chunk]) -> list[list[Chunk]]:
    """Chunks that go on about the same: what is joined by "with" and "on" to one before."""
    groups: list[list[Chunk]] = []
    for chunk in chunks:
        anew = chunk.link == "" or (chunk.link == "and" and _sides([chunk]))
        if anew or not groups:
            groups.append([])
        groups[-1].append(chunk)
    return groups


def _sides(group: list[Chunk]) -> set[str]:
    return {
        piece.value
        for chunk in group
        for piece in chunk.pieces
        if piece.kind is Kind.PLACE and piece.value in ROLES
    }


def _has_look(group: list[Chunk]) -> bool:
    """Whether it says how the letters look, and not only a plate or an outline."""
    return any(
        piece.kind in _LOOKS
        for chunk in group
        if not any(p.kind is Kind.THING and p.value in PARTS for p in chunk.pieces)
        for piece in chunk.pieces
    )


def _cut(chunk: Chunk) -> list[Chunk]:
    """ "White top yellow bottom" as two chunks; others as they are."""
    told = [
        (at, piece)
        for at, piece in enumerate(chunk.pieces)
        if piece.kind is Kind.COLOUR or (piece.kind is Kind.PLACE and piece.value in ROLES)
    ]
    kinds = [piece.kind for _, piece in told]
    if len(told) != 4 or kinds[:2] != kinds[2:] or kinds[0] is kinds[1]:
        return [chunk]
    at = told[2][0]
    return [replace(chunk, pieces=chunk.pieces[:at]), Chunk("", chunk.pieces[at:])]
