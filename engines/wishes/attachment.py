"""Gives every adjective of a chunk to the thing it describes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from engines.wishes.chunks import Chunk
from engines.wishes.context import Context
from engines.wishes.draft import PARTS, Draft
from engines.wishes.lines import attach_line_colours
from engines.wishes.measure import attach_numbers, finish_measures, opacity_of
from engines.wishes.negation import negate_following, negate_preceding
from engines.wishes.pieces import Piece
from engines.wishes.places import attach_places
from engines.wishes.shifts import is_edges, keep_distance
from engines.wishes.tables.grammar import (
    ARTICLES,
    GENTLE,
    REACHES,
    SOFTNESS,
    STRENGTHS,
    WEIGHTS,
    WIDTHS,
)
from engines.wishes.tables.kinds import Kind

_OUTLINE_SIZES: Final = {"tiny": "thin", "small": "thin", "large": "thick", "huge": "thick"}


def attach(chunk: Chunk, draft: Draft, context: Context) -> None:
    """Take over everything a chunk says; what is not understood stays unused."""
    colon = any(piece.value == ":" for piece in chunk.pieces if piece.kind is Kind.FILLER)
    for piece in chunk.pieces:
        piece.used = piece.used or piece.kind is Kind.FILLER
    _read_ahead(chunk.pieces)
    pieces = [piece for piece in chunk.pieces if not piece.used]
    pieces = negate_following(chunk, pieces, draft, still_negated=context.negated)
    draft.moment = chunk.pieces[0].at if chunk.pieces else draft.moment
    context.negated = chunk.negated is not None and not pieces
    pieces = negate_preceding(pieces, draft)
    if not pieces:
        return
    pieces = _without_owners(pieces)
    heads = [piece for piece in pieces if piece.kind is Kind.THING]
    if heads:
        context.subject = heads[-1].value if chunk.link == "" else ""
        context.listed = heads[-1].value if colon else ""
    joined = chunk.link in ("with", "and") or bool(context.listed)
    before = context.listed or (context.last if joined else "")
    for piece in heads:
        piece.used = True
        if piece.value in PARTS:
            draft.part(piece.value, piece.text)
    default = "plate" if chunk.link == "on" else before
    if chunk.link == "and" and context.distance and is_edges(chunk.pieces):
        keep_distance(pieces, draft, context.distance)
    else:
        context.distance = ""
    attach_line_colours(chunk, pieces, draft, context)
    attach_numbers(pieces, draft, default, context)
    attach_places(pieces, draft)
    for at, piece in enumerate(pieces):
        if piece.kind not in _ATTACHING or piece.used:
            continue
        draft.moment = piece.at
        owner = _owner(pieces, at) or _fallback(piece, default, chunk.link, draft, context)
        if not _is_of_unknown(pieces, at, owner, draft):
            piece.used = _is_spent(pieces, at) or _ATTACHING[piece.kind](piece, owner, draft)
        if chunk.link == "on" and owner == "plate" and not heads:
            context.last = "plate"
    finish_measures(pieces, draft, default or context.last, context)
    context.last = heads[-1].value if heads else context.last


def _read_ahead(pieces: list[Piece]) -> None:
    """What the words that say nothing by themselves tell of those after them."""
    gentle = False
    for before, piece in pairwise([Piece(Kind.FILLER, "", ""), *pieces]):
        gentle = before.text in GENTLE or (gentle and before.kind is Kind.FILLER)
        piece.led = before.text in ARTICLES
        if gentle and piece.kind is Kind.PLACE and piece.value != "center":
            piece.kind = Kind.MOVE


def _without_owners(pieces: list[Piece]) -> list[Piece]:
    """In "тень текста" and "text outline" the text only says whose shadow or outline it is."""
    result: list[Piece] = []
    for piece in pieces:
        before = result[-1] if result else None
        if before is not None and before.kind is Kind.THING and piece.kind is Kind.THING:
            if piece.value == "text" and before.value != "text":
                piece.used = True
                continue
            if before.value == "text" and before.text.isascii():
                before.used = True
                result.pop()
        result.append(piece)
    return result


def _owner(pieces: list[Piece], at: int) -> str:
    """The thing of this chunk a piece describes: the next one if adjectives come first, else the
    one before, or the one after that when the one before has such a piece already."""
    heads = [index for index, piece in enumerate(pieces) if piece.kind is Kind.THING]
    if not heads:
        return ""
    described = [index for index, piece in enumerate(pieces) if piece.kind in _ATTACHING]
    before = [index for index in heads if index < at]
    after = [index for index in heads if index > at]
    if described[0] < heads[0] or not before:
        return pieces[after[0] if after else before[-1]].value
    if after and pieces[at].led and all(p.kind in _ATTACHING for p in pieces[at : after[0]]):
        return pieces[after[0]].value
    taken = any(pieces[index].kind is pieces[at].kind for index in range(before[-1], at))
    return pieces[after[0] if taken and after else before[-1]].value


def _is_of_unknown(pieces: list[Piece], at: int, owner: str, draft: Draft) -> bool:
    """Whether a second colour belongs to a thing not known: in "white text, blue glow" blue."""
    return (
        pieces[at].kind is Kind.COLOUR
        and owner == "text"
        and draft.has("colour")
        and at + 1 < len(pieces)
        and pieces[at + 1].kind is None
    )


def _is_spent(pieces: list[Piece], at: int) -> bool:
    """Whether a number has said it already: in "2px thick" thick."""
    before = pieces[at - 1] if at else None
    bound = before is not None and before.kind is Kind.NUMBER and before.used
    return bound and pieces[at].kind is Kind.DEGREE and pieces[at].value == "thick"


def _fallback(piece: Piece, default: str, link: str, draft: Draft, context: Context) -> str:
    """Whose a piece is when its chunk names nothing.

    "Фон внизу, белый" goes on about the plate; "текст с тенью, белый" does not about the shadow.
    """
    if default:
        return default
    if piece.kind is Kind.OPACITY:
        return context.last or "plate"
    if piece.value in STRENGTHS and context.last == "glow":
        return "glow"
    if piece.kind is Kind.COLOUR and link == "" and context.last in PARTS:
        open_ = draft.has("colour") or context.subject in ("plate", "outline")
        return context.last if open_ and not draft.has(f"{context.last}.colour") else "text"
    return "text"


def _colour(piece: Piece, owner: str, draft: Draft) -> bool:
    draft.set("colour" if owner == "text" else f"{owner}.colour", piece.value, piece.text)
    return True


def _size(piece: Piece, owner: str, draft: Draft) -> bool:
    if owner == "outline" and piece.value in _OUTLINE_SIZES:
        draft.set("outline.width", WIDTHS[_OUTLINE_SIZES[piece.value]], piece.text)
    elif owner == "glow":
        return _light(piece, draft)
    elif owner == "text":
        draft.set("size", piece.value, piece.text)
    return owner == "text" or (owner == "outline" and piece.value in _OUTLINE_SIZES)


def _degree(piece: Piece, owner: str, draft: Draft) -> bool:
    if owner == "glow":
        return _light(piece, draft)
    if piece.value in ("strong", "weak"):
        return False
    if piece.value in SOFTNESS:
        if owner == "shadow":
            draft.set("shadow.blur", SOFTNESS[piece.value], piece.text)
        return owner == "shadow"
    if owner == "outline":
        draft.set("outline.width", WIDTHS[piece.value], piece.text)
    elif owner == "text":
        draft.set("weight", WEIGHTS[piece.value], piece.text)
    return owner in ("outline", "text")


def _light(piece: Piece, draft: Draft) -> bool:
    """How far the light of a glow reaches, or how strong it is."""
    if piece.value in STRENGTHS:
        draft.set("glow.strength", STRENGTHS[piece.value], piece.text)
    elif piece.value in REACHES:
        draft.set("glow.radius", REACHES[piece.value], piece.text)
    return piece.value in STRENGTHS or piece.value in REACHES


def _opacity(piece: Piece, owner: str, draft: Draft) -> bool:
    draft.set(opacity_of(owner), float(piece.value), piece.text)
    return True


def _font(piece: Piece, owner: str, draft: Draft) -> bool:
    draft.set("font", piece.value, piece.text)
    return True


def _preset(piece: Piece, owner: str, draft: Draft) -> bool:
    draft.set("preset", piece.value, piece.text)
    return True


def _having(piece: Piece, owner: str, draft: Draft) -> bool:
    draft.part(piece.value, piece.text)
    return True


def _italic(piece: Piece, owner: str, draft: Draft) -> bool:
    draft.set("italic", piece.value == "yes", piece.text)
    return True


def _fit(piece: Piece, owner: str, draft: Draft) -> bool:
    if owner == "text":
        draft.set("fit", piece.value, piece.text)
    return owner == "text"


def _slope(piece: Piece, owner: str, draft: Draft) -> bool:
    """Along a diagonal; which one, a phrase beside "diagonally" may tell."""
    if piece.value == "diagonal":
        draft.assume("rotation", "diagonal", piece.text)
    else:
        slope = "diagonal" if piece.value == "rising" else "falling diagonal"
        draft.set("rotation", slope, piece.text)
    return True


def _upper(piece: Piece, owner: str, draft: Draft) -> bool:
    draft.set("upper", piece.value == "yes", piece.text)
    return True


_ATTACHING: Final[dict[Kind | None, Callable[[Piece, str, Draft], bool]]] = {
    Kind.COLOUR: _colour,
    Kind.SIZE: _size,
    Kind.DEGREE: _degree,
    Kind.OPACITY: _opacity,
    Kind.FONT: _font,
    Kind.UPPER: _upper,
    Kind.PRESET: _preset,
    Kind.HAVING: _having,
    Kind.ITALIC: _italic,
    Kind.FIT: _fit,
    Kind.SLOPE: _slope,
}
