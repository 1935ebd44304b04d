"""What can be negated, and what each setting is then."""

from __future__ import annotations

from typing import Final

from engines.wishes.draft import PARTS, Value
from engines.wishes.pieces import Piece
from engines.wishes.tables.kinds import Kind

# The value a setting has when it is negated.
NEGATED: Final[dict[tuple[Kind | None, str], tuple[str, Value]]] = {
    (Kind.ITALIC, "yes"): ("italic", False),
    (Kind.FIT, "width"): ("fit", "size"),
    (Kind.SLOPE, "diagonal"): ("rotation", 0.0),
    (Kind.SLOPE, "rising"): ("rotation", 0.0),
    (Kind.SLOPE, "falling"): ("rotation", 0.0),
    (Kind.MEASURE, "letter_spacing"): ("letter_spacing", 0.0),
    (Kind.MEASURE, "spaced"): ("letter_spacing", 0.0),
    (Kind.UPPER, "yes"): ("upper", False),
    (Kind.DEGREE, "bold"): ("weight", 400),
    (Kind.DEGREE, "thick"): ("weight", 400),
    (Kind.DEGREE, "thin"): ("weight", 400),
    (Kind.MEASURE, "rotation"): ("rotation", 0.0),
    (Kind.MEASURE, "blur"): ("plate.blur", 0.0),
    (Kind.MEASURE, "radius"): ("plate.radius", 0.0),
    (Kind.MEASURE, "padding"): ("plate.padding", 0.0),
    (Kind.MEASURE, "transparent"): ("plate.opacity", 1.0),
    (Kind.MEASURE, "transparency"): ("plate.opacity", 1.0),
    (Kind.OPACITY, "0.5"): ("plate.opacity", 1.0),
}


def can_be_negated(piece: Piece) -> bool:
    """Whether "without" may stand before it: a part, or an adjective that has an opposite."""
    return part_of(piece) != "" or (piece.kind, piece.value) in NEGATED


def part_of(piece: Piece) -> str:
    """The part that goes with it: the glow, of "glowing" and of "neon"; "" for none."""
    if piece.kind in (Kind.THING, Kind.HAVING) and piece.value in PARTS:
        return piece.value
    return "glow" if (piece.kind, piece.value) == (Kind.PRESET, "neon") else ""
