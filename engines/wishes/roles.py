"""Which caption each part of a wish speaks of: all of them, the title, the second line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from engines.wishes.chunks import Chunk
from engines.wishes.halves import ROLES as _LINES
from engines.wishes.halves import halves
from engines.wishes.pieces import Piece
from engines.wishes.tables.kinds import Kind

# "Подпись" is any caption when it is alone, and a caption of its own beside a title.
_SIGNATURES: Final = ("подпис", "підпис")
_BEFORE_NOUN: Final = frozenset([Kind.SIZE, Kind.COLOUR, Kind.DEGREE, Kind.OPACITY, Kind.UPPER])


@dataclass
class Share:
    """The chunks that speak of one caption; the empty role is what holds for all."""

    role: str
    chunks: list[Chunk] = field(default_factory=list)


def name_lines(pieces: list[Piece]) -> list[Piece]:
    """ "First line", "line 2" and "верхняя строка" joined into one piece with a role."""
    result: list[Piece] = []
    for piece in pieces:
        before = result[-1] if result else None
        role = _line_of(before, piece)
        if before is not None and role:
            result[-1] = replace(piece, kind=Kind.ROLE, value=role)
        elif before is not None and piece.kind is Kind.NUMBER and before.kind is Kind.LINE:
            result[-1] = replace(before, kind=Kind.ROLE, value=f"line {piece.number:g}")
        else:
            result.append(piece)
    lines = any(piece.kind is Kind.ROLE and piece.value.startswith("line ") for piece in result)
    for piece in result:
        if piece.kind is Kind.LINE:
            piece.kind = Kind.FILLER
        elif piece.kind is Kind.ORDINAL and lines:
            piece.kind, piece.value = Kind.ROLE, f"line {piece.value}"
    return result


def _line_of(before: Piece | None, piece: Piece) -> str:
    is_line = piece.kind is Kind.LINE or (piece.kind is Kind.THING and piece.value == "text")
    if before is None or not is_line:
        return ""
    if before.kind is Kind.ORDINAL:
        return f"line {before.value}"
    if before.kind is Kind.PLACE and piece.kind is Kind.LINE:
        return _LINES.get(before.value, "")
    return ""


def share_out(chunks: list[Chunk]) -> list[Share]:
    """The chunks by the caption they speak of, in the order the captions are first named."""
    if apart := halves(chunks):
        return [Share(role, found) for role, found in apart.items()]
    shares = [Share("")]
    for chunk in chunks:
        for part in _per_role(chunk):
            role = _role_of(part, several=any(share.role for share in shares))
            if role:
                found = next((share for share in shares if share.role == role), Share(role))
                shares = [share for share in shares if share is not found] + [found]
            shares[-1].chunks.append(part)
    return shares


def _role_of(chunk: Chunk, *, several: bool) -> str:
    for piece in chunk.pieces:
        if piece.kind is Kind.ROLE:
            role = piece.value
            piece.kind, piece.value = Kind.THING, "text"
            return role
    if several and chunk.link in ("", "and") and chunk.negated is None:
        for piece in chunk.pieces:
            if piece.kind is Kind.THING and piece.value == "text":
                return "signature" if piece.text.startswith(_SIGNATURES) else "text"
    return ""


def _per_role(chunk: Chunk) -> list[Chunk]:
    """A chunk that names two roles ("title top date bottom") cut before the second."""
    at = [index for index, piece in enumerate(chunk.pieces) if piece.kind is Kind.ROLE]
    if len(at) < 2:
        return [chunk]
    cut = at[1]
    while at[0] > 0 and cut - 1 > at[0] and chunk.pieces[cut - 1].kind in _BEFORE_NOUN:
        cut -= 1
    first = replace(chunk, pieces=chunk.pieces[:cut])
    return [first, *_per_role(Chunk("", chunk.pieces[cut:]))]
