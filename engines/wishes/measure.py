"""Gives every number of a chunk to the word that wants it, and reads it in its unit."""

from __future__ import annotations

from typing import Final

from engines.wishes.context import Context
from engines.wishes.draft import Draft, Value
from engines.wishes.pieces import Piece
from engines.wishes.shifts import attach_margin, attach_shift, attach_turn
from engines.wishes.tables.grammar import REACHES
from engines.wishes.tables.kinds import Kind

SMALLEST_BARE_SIZE: Final = 8
"""A number without a unit and without a word for it is a size in pixels from this on."""
NARROWEST_TEXT: Final = 30
"""Up to this many pixels, a width said after an outline is the outline's and not the text's."""
MEDIUM_BLUR: Final = 20.0
MEDIUM_RADIUS: Final = 30.0
PILL: Final = 300.0
SPACED: Final = 15.0
TIGHT: Final = -5.0
_ASSUMED: Final = frozenset(["blur", "radius", "spaced", "letter_spacing", "tight"])
_OPACITIES: Final = frozenset(["opacity", "opaque", "transparency", "transparent"])
_OF_GLOW: Final = ("glow", "radius", "plate blur", "size", "max_width", "thickness")
_GROUPED: Final = frozenset(["margin", "move", "rotation", "align"])
# Lengths in percent of the letters' height: where they go and the most they may be.
_LENGTHS: Final[dict[str, tuple[str, float]]] = {
    "padding": ("plate.padding", 300), "radius": ("plate.radius", 300),
    "plate blur": ("plate.blur", 200), "shadow blur": ("shadow.blur", 100),
    "outline width": ("outline.width", 30), "glow radius": ("glow.radius", 150),
    "letter_spacing": ("letter_spacing", 100),
}  # fmt: skip


def attach_numbers(pieces: list[Piece], draft: Draft, default: str, context: Context) -> None:
    """Bind opacities, angles and shifts first, whose unit or neighbour is plain; then lengths."""
    _attach_opacities(pieces, draft, default, context)
    attach_turn(pieces, draft)
    attach_shift(pieces, draft, default, context)
    _attach_lengths(pieces, draft, default, context)
    attach_margin(pieces, draft, _head(pieces, default), context)
    for at, piece in enumerate(pieces):
        if piece.kind is Kind.NUMBER and not piece.used:
            piece.used = _alone(pieces, at, draft, default, context)


def _head(pieces: list[Piece], default: str) -> str:
    return next((piece.value for piece in pieces if piece.kind is Kind.THING), default)


def _near(pieces: list[Piece], at: int, kinds: frozenset[str]) -> Piece | None:
    """The measure of these kinds that stands next to a number, before it first."""
    for index in (at - 1, at + 1, at - 2):
        if 0 <= index < len(pieces):
            piece = pieces[index]
            if piece.kind is Kind.MEASURE and piece.value in kinds and not piece.used:
                return piece
    return None


def _attach_opacities(pieces: list[Piece], draft: Draft, default: str, context: Context) -> None:
    for at, piece in enumerate(pieces):
        if piece.kind is not Kind.NUMBER or piece.unit not in ("", "%"):
            continue
        word = _near(pieces, at, _OPACITIES)
        share = piece.number / 100 if piece.unit or piece.number > 1 else piece.number
        if word is not None and 0 <= share <= 1:
            opaque = word.value in ("opacity", "opaque")
            value = round(share if opaque else 1 - share, 6)
            owner = _head(pieces, default) or context.last or _unnamed(draft)
            draft.moment = piece.at
            draft.set(opacity_of(owner), value, f"{word.text} {piece.text}")
            word.used = piece.used = True


def _unnamed(draft: Draft) -> str:
    """Whose an opacity is when nothing was named: the text's, if something was said of it."""
    return "text" if draft.settings and "plate" not in draft.settings else "plate"


def opacity_of(owner: str) -> str:
    """Where the opacity of a thing is kept; that of light is its strength."""
    own = {"text": "opacity", "shadow": "shadow.opacity", "glow": "glow.strength"}
    return own.get(owner, "plate.opacity")


def _wants(piece: Piece) -> bool:
    if piece.kind is Kind.THING:
        return piece.value in ("outline", "glow")
    return (
        piece.kind is Kind.MEASURE
        and not piece.used
        and piece.value not in _GROUPED
        and piece.value not in _OPACITIES
    )


def _attach_lengths(pieces: list[Piece], draft: Draft, default: str, context: Context) -> None:
    """Numbers go to the word before them if such words come first in the chunk, else after."""
    taken: set[int] = set()
    wanting = [index for index, piece in enumerate(pieces) if _wants(piece)]
    numbers = [i for i, p in enumerate(pieces) if p.kind is Kind.NUMBER and not p.used]
    if not wanting or not numbers:
        return
    behind = wanting[0] < numbers[0]
    for at in numbers:
        free = [index for index in wanting if index not in taken]
        before = [index for index in free if index < at][::-1]
        after = [index for index in free if index > at]
        for index in before + after if behind else after + before:
            if _measure(pieces, index, at, draft, default, context):
                taken.add(index)
                pieces[at].used = True
                break
    _share_used(pieces, taken)


def _share_used(pieces: list[Piece], taken: set[int]) -> None:
    """In "размер обводки 3px" one number answers two words."""
    if taken:
        for piece in pieces:
            if piece.kind is Kind.MEASURE and piece.value in ("size", "max_width", "thickness"):
                piece.used = True


def _measure(
    pieces: list[Piece], index: int, at: int, draft: Draft, default: str, context: Context
) -> bool:
    """Read one number for one word; False if the number cannot be meant for it."""
    word, number = pieces[index], pieces[at]
    head = _head(pieces, default)
    name = word.value
    if name == "some radius":
        blurred = any(p.kind is Kind.MEASURE and p.value == "blur" for p in pieces)
        name = "blur" if blurred or context.measured == "blur" else "radius"
    name = "radius" if name == "corner" else name
    if name == "blur":
        name = "shadow blur" if head == "shadow" or default == "shadow" else "plate blur"
    narrow = number.unit == "px" and number.number <= NARROWEST_TEXT
    if name == "max_width" and context.last == "outline" and narrow:
        head = "outline"
    if head == "glow" and name in _OF_GLOW:
        name = "glow radius"
    if name == "outline" or (head == "outline" and name in ("size", "max_width", "thickness")):
        name = "outline width"
    found = _value(name, number)
    if found is None:
        return False
    draft.moment = number.at
    draft.set(*found, f"{word.text} {number.text}")
    word.used = True
    context.measured = word.value if word.value != "some radius" else context.measured
    if name.endswith("blur"):
        for piece in pieces:
            piece.used = piece.used or (piece.kind is Kind.MEASURE and piece.value == "blur")
    return True


def _value(name: str, number: Piece) -> tuple[str, Value] | None:
    """Where a number goes and how it is written there; None if unit or range do not fit."""
    amount, unit = number.number, number.unit
    if unit == "°" or (amount < 0 and name != "letter_spacing") or (not unit and 0 < amount < 0.7):
        return None
    if name in _LENGTHS:
        path, most = _LENGTHS[name]
        if unit == "%":
            least = -20 if name == "letter_spacing" else 0
            return (path, amount) if least <= amount <= most else None
        return path, f"{amount:.10g}px"
    if name == "size":
        low, high = (0.1, 100) if unit == "%" else (1, 4000)
        return ("size", f"{amount:.10g}{unit or 'px'}") if low <= amount <= high else None
    if name == "thickness":
        return ("weight", round(amount)) if unit == "" and 100 <= amount <= 900 else None
    if name == "line_spacing":
        share = amount / 100 if unit == "%" else amount
        return ("line_spacing", round(share, 6)) if unit != "px" and 0.7 <= share <= 3 else None
    if name == "max_width":
        if unit == "%":
            return ("max_width", amount) if 5 <= amount <= 100 else None
        return "max_width", f"{amount:.10g}px"
    return None


def _alone(pieces: list[Piece], at: int, draft: Draft, default: str, context: Context) -> bool:
    """A number nobody wants: the outline's width, the plate's opacity, or the letters' size."""
    number, head = pieces[at], _head(pieces, default)
    thin = number.unit == "%" or number.number <= NARROWEST_TEXT
    owner = head or (context.last if thin or context.last != "outline" else "")
    if owner == "outline" and not draft.has("outline.width"):
        found = _value("outline width", number)
    elif head in ("plate", "shadow") or (number.unit == "%" and owner == "plate"):
        head = head or "plate"
        fits = number.unit == "%" and 0 <= number.number <= 100
        found = (opacity_of(head), round(number.number / 100, 6)) if fits else None
    else:
        # "Weight 1000" is no size: the word beside it wanted a number of another kind.
        wanting = any(p.kind is Kind.MEASURE and not p.used for p in pieces)
        bare = wanting or (not number.unit and number.number < SMALLEST_BARE_SIZE)
        found = None if bare else _value("size", number)
    if found is not None:
        draft.moment = number.at
        draft.set(*found, number.text)
    return found is not None


def finish_measures(pieces: list[Piece], draft: Draft, owner: str, context: Context) -> None:
    """Words that stand without a number: "blurred", "rounded", "opaque"; others stay unused."""
    owner = _head(pieces, owner)
    for piece in pieces:
        if piece.kind is not Kind.MEASURE or piece.used:
            continue
        plain: dict[str, tuple[str, Value]] = {
            "blur": ("shadow.blur" if owner == "shadow" else "plate.blur", MEDIUM_BLUR),
            "radius": ("plate.radius", MEDIUM_RADIUS),
            "pill": ("plate.radius", PILL),
            "spaced": ("letter_spacing", SPACED),
            "letter_spacing": ("letter_spacing", SPACED),
            "tight": ("letter_spacing", TIGHT),
            "opaque": (opacity_of(owner), 1.0),
            "transparent": (opacity_of(owner), 0.0),
        }
        if piece.value in plain:
            keep = draft.assume if piece.value in _ASSUMED else draft.set
            keep(*plain[piece.value], piece.text)
            context.measured = piece.value
            piece.used = True
        elif piece.value == "max_width" and owner == "glow":
            draft.set("glow.radius", REACHES["large"], piece.text)
            piece.used = True
        elif piece.value == "corner":
            piece.used = True
        else:
            piece.used = _is_echoed(piece, pieces)


def _is_echoed(piece: Piece, pieces: list[Piece]) -> bool:
    """ "Размер крупный" and "font weight bold" say with a word what the measure asks for."""
    kinds = {
        "size": Kind.SIZE, "thickness": Kind.DEGREE, "opacity": Kind.OPACITY,
        "transparency": Kind.OPACITY, "rotation": Kind.TURN, "move": Kind.PLACE,
    }  # fmt: skip
    wanted = kinds.get(piece.value)
    return any(other.kind is wanted for other in pieces if wanted)
