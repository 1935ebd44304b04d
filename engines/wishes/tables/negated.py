"""What can be negated, and what each setting is then."""

from __future__ import annotations

from typing import Final

from engines.wishes.draft import Value
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
