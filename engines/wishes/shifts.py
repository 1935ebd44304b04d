"""Angles, shifts and distances from the picture's edges: numbers that have a direction."""

from __future__ import annotations

from typing import Final

from engines.wishes.context import Context
from engines.wishes.draft import Draft
from engines.wishes.pieces import Piece
from engines.wishes.tables.kinds import Kind

_AXES: Final = {
    "up": ("dy", "y", -1), "down": ("dy", "y", 1), "left": ("dx", "x", -1),
    "right": ("dx", "x", 1), "top": ("dy", "y", -1), "bottom": ("dy", "y", 1),
}  # fmt: skip


_BESIDE_CENTER: Final = {
    "above": "up", "выше": "up", "вище": "up",
    "below": "down", "under": "down", "ниже": "down", "нижче": "down",
}  # fmt: skip
TILT: Final = 8.0
"""Degrees, for a caption that is to be tilted and nobody says how far."""
NUDGE: Final = 5
"""Percent of the picture, for a caption that is to go higher and nobody says how far."""


def attach_turn(pieces: list[Piece], draft: Draft) -> None:
    """Rotation in degrees clockwise: "15°", "90 degrees counterclockwise", "45° to the left"."""
    word = next((p for p in pieces if p.kind is Kind.MEASURE and p.value == "rotation"), None)
    turn = next((p for p in pieces if p.kind is Kind.TURN), None)
    for at, piece in enumerate(pieces):
        is_angle = piece.unit == "°" or (word is not None and not piece.unit)
        if piece.kind is not Kind.NUMBER or piece.used or not is_angle:
            continue
        side = pieces[at + 1] if at + 1 < len(pieces) else None
        sign = float(turn.value) if turn is not None and turn.value != "180" else 1.0
        used = [piece, *(p for p in (word, turn) if p is not None)]
        if turn is None and word is not None and side is not None and _is_sideways(side):
            sign = -1.0 if side.value == "left" else 1.0
            used.append(side)
        angle = round((piece.number * sign + 180) % 360 - 180, 6)
        draft.set("rotation", 180.0 if angle == -180 and piece.number * sign > 0 else angle,
                 " ".join(p.text for p in used))  # fmt: skip
        for each in used:
            each.used = True
        return
    if turn is not None and turn.value == "180":
        draft.set("rotation", 180.0, turn.text)
        turn.used = True
    elif word is not None and not any(p.kind is Kind.NUMBER for p in pieces):
        _tilt(pieces, word, turn, draft)


def _tilt(pieces: list[Piece], word: Piece, turn: Piece | None, draft: Draft) -> None:
    """ "Tilted to the left", "наклони вправо": a usual angle, where no number is said."""
    way = turn or next((p for p in pieces if _is_sideways(p) and not p.used), None)
    if way is None:
        return
    sign = -1.0 if way.value in ("left", "-1") else 1.0
    draft.set("rotation", TILT * sign, f"{word.text} {way.text}")
    word.used = way.used = True


def _is_sideways(piece: Piece) -> bool:
    return piece.kind in (Kind.PLACE, Kind.MOVE) and piece.value in ("left", "right")


def attach_shift(pieces: list[Piece], draft: Draft, default: str, context: Context) -> None:
    """Moves of the caption by "12px right", or of the shadow when the chunk continues one."""
    carried = context.moving
    context.moving = False
    head = next((p.value for p in pieces if p.kind is Kind.THING), default)
    words = ("move", "margin") if head == "shadow" else ("move",)
    word = next((p for p in pieces if p.kind is Kind.MEASURE and p.value in words), None)
    for at, piece in enumerate(pieces):
        if piece.kind is not Kind.NUMBER or piece.used or piece.unit == "°":
            continue
        for index in (at + 1, at - 1):
            side = pieces[index] if 0 <= index < len(pieces) else None
            if side is None or side.used or side.value not in _AXES:
                continue
            moves = side.kind is Kind.MOVE or (side.kind is Kind.PLACE and (word or carried))
            if moves:
                _shift(draft, head, piece, side)
                piece.used = side.used = context.moving = True
                if word is not None:
                    word.used = True
                break
    if head != "shadow" and not any(p.kind is Kind.NUMBER for p in pieces):
        _nudge(pieces, draft, word)


def _nudge(pieces: list[Piece], draft: Draft, word: Piece | None) -> None:
    """ "A bit higher", "чуть ниже центра": a usual distance, where no number is said."""
    for piece, after in zip(pieces, [*pieces[1:], None], strict=True):
        side = "" if piece.used else piece.value
        if piece.kind is Kind.FROM and after is not None and after.value == "center":
            side = _BESIDE_CENTER.get(piece.text, "")
        elif piece.kind is not Kind.MOVE:
            continue
        if side in _AXES:
            whole, _, sign = _AXES[side]
            draft.set(whole, f"{NUDGE * sign}%", piece.text)
            piece.used = True
            if word is not None:
                word.used = True


def _shift(draft: Draft, head: str, number: Piece, side: Piece) -> None:
    whole, part, sign = _AXES[side.value]
    amount, unit = number.number * sign, number.unit or "px"
    words = f"{number.text} {side.text}"
    if head == "shadow":
        draft.set(f"shadow.{part}", amount if unit == "%" else f"{amount:.10g}px", words)
    else:
        draft.set(whole, f"{amount:.10g}{unit}", words)


def attach_margin(pieces: list[Piece], draft: Draft, owner: str, context: Context) -> None:
    """Distances from an edge: "24 px from the left", "bottom 10 %"; "margin 40px" from all."""
    word = next((p for p in pieces if p.kind is Kind.MEASURE and p.value == "margin"), None)
    for at, piece in enumerate(pieces):
        if piece.kind is not Kind.NUMBER or piece.used or piece.unit == "°" or piece.number < 0:
            continue
        source = next((p for p in pieces if p.kind is Kind.FROM and not p.used), None)
        value = f"{piece.number:.10g}{piece.unit or 'px'}"
        sides = _sides(pieces, at, source, word)
        if word is not None and owner == "plate" and not sides:
            draft.set("plate.padding", piece.number if piece.unit == "%" else value, piece.text)
        elif source is None and word is None and not (sides and piece.unit == "%"):
            continue
        keep_distance(sides, draft, value)
        context.distance = value if sides else ""
        if not sides and not (word is not None and owner == "plate"):
            _keep(draft, "edge", value, piece.text)
        piece.used = True
        for each in (source, word):
            if each is not None:
                each.used = True


def is_edges(pieces: list[Piece]) -> bool:
    """Whether a chunk is edges alone, as in "24 px from the left and the top"."""
    said = [piece for piece in pieces if piece.kind is not Kind.FILLER]
    return all(
        piece.kind is Kind.FROM or (piece.kind is Kind.PLACE and piece.value != "center")
        for piece in said
    ) and not any(piece.text == "at" for piece in pieces)


def keep_distance(sides: list[Piece], draft: Draft, value: str) -> None:
    """The caption stands that far from these edges."""
    for side in sides:
        if side.kind is Kind.PLACE:
            _keep(draft, side.value, value, side.text)
            draft.lean(side.value, side.text)
        side.used = True


def _keep(draft: Draft, edge: str, value: str, words: str) -> None:
    if draft.margins.get(edge, value) != value:
        draft.twice.append((draft.margins[edge], words))
    draft.margins[edge] = value


def _sides(pieces: list[Piece], at: int, source: Piece | None, word: Piece | None) -> list[Piece]:
    """The edges a distance is from: after "from"; else beside the number or the word."""
    start = pieces.index(source) + 1 if source is not None else None
    found: list[Piece] = []
    if start is not None:
        for piece in pieces[start:]:
            if piece.kind is not Kind.PLACE or piece.value == "center":
                break
            found.append(piece)
        return found
    near = {at - 1, at + 1}
    if word is not None:
        near |= {pieces.index(word) - 1, pieces.index(word) + 1}
    return [
        piece
        for index, piece in enumerate(pieces)
        if index in near and piece.kind is Kind.PLACE and piece.value != "center"
    ]
