"""What can be denied, and what each setting is then."""

from __future__ import annotations

from typing import Final

from engines.wishes.look import PARTS, Value
from engines.wishes.pieces import Piece
from engines.wishes.tables.kinds import Kind

# The value a setting has when it is denied.
DENIED: Final[dict[tuple[Kind | None, str], tuple[str, Value]]] = {
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


def can_be_denied(piece: Piece) -> bool:
    """Whether "without" may stand before it: a part, or an adjective that has an opposite."""
    is_part = piece.kind is Kind.THING and piece.value in PARTS
    return is_part or (piece.kind, piece.value) in DENIED
