"""What a word can be in a wish. Each row of the tables belongs to one of these kinds."""

from __future__ import annotations

from enum import Enum, auto


class Kind(Enum):
    """The part a word plays."""

    THING = auto()  # text, plate, outline, shadow: what has a colour
    COLOUR = auto()  # a value #rrggbb or auto
    SHADE = auto()  # dark, light: belongs to the colour after it
    SIZE = auto()  # tiny ... huge
    DEGREE = auto()  # thick, thin, bold: of an outline its width, of letters their weight
    FONT = auto()
    UPPER = auto()
    ITALIC = auto()
    HAVING = auto()  # glowing: letters that have a part
    PRESET = auto()  # a whole look by its name
    FIT = auto()  # fill the width
    SLOPE = auto()  # along a diagonal of the picture
    OPACITY = auto()  # a word that says how opaque: opaque, half-transparent
    PLACE = auto()  # top, bottom, left, right, center, and both of an angle
    ALIGN = auto()  # a whole alignment: "по левому краю"
    MEASURE = auto()  # a word that wants a number: size, padding, opacity, rotation
    TURN = auto()  # clockwise, counterclockwise
    MOVE = auto()  # higher, to the right: a direction of a shift
    NUMBER = auto()
    UNIT = auto()
    ROLE = auto()  # title, date: which caption or line is meant
    ORDINAL = auto()
    LINE = auto()
    NOT = auto()  # no, without: before the thing
    UNWANTED = auto()  # not needed: after the thing
    AND = auto()
    WITH = auto()
    ON = auto()
    BREAK = auto()  # but, while: a new part of the wish
    FROM = auto()  # from an edge
    FILLER = auto()  # says nothing of the look
