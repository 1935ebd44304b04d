"""Several captions on one picture: which takes which lines of the text, and where each stands.

Each line of the text goes to one caption. A caption called "line 2" takes that line, "line last"
the last one; the others take a line each, in their order, and the last of them all that is left.
A caption whose lines do not follow each other is drawn in pieces. Captions at the same place
stand below each other, in the order of the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Final

from PIL import Image

from engines.overlay.caption import Told, captions, reduced
from engines.overlay.reading import as_data, checked, read_style
from engines.overlay.rules import length
from engines.overlay.style import Style
from errors import InvalidInput
from i18n import say

MOST: Final = 12
REST: Final = "rest"
LINE: Final = "line "
_MEASURED: Final = 500  # the longer side of the copy that heights are measured on, in pixels
_GAP: Final = 0.3  # between two captions at one place, in ems of the upper one
_LONGEST_ROLE: Final = 40


@dataclass(frozen=True)
class Part:
    """One caption of several. `role`: "" for the only one, else "title", "date", "line 2"."""

    role: str = ""
    style: Style = field(default_factory=Style)


@dataclass(frozen=True)
class Run:
    """Lines of the text that one caption draws; `at` is its place among the parts."""

    at: int
    text: str


def read_parts(data: object) -> tuple[Part, ...]:
    """The captions that JSON data describe: one style, or `{"captions": [...]}` with a style
    each, and in it the caption's `role`. Raises `InvalidInput` as `read_style` does."""
    if not isinstance(data, Mapping) or "captions" not in data:
        return (Part("", read_style(data)),)
    rows = data["captions"]
    if len(data) > 1 or not isinstance(rows, list) or not 1 <= len(rows) <= MOST:
        raise InvalidInput(say("caption.several", most=MOST), field="captions")
    return tuple(_read_part(row, number) for number, row in enumerate(rows, 1))


def _read_part(row: object, number: int) -> Part:
    role = row.get("role", "") if isinstance(row, Mapping) else ""
    if not isinstance(row, Mapping) or not isinstance(role, str) or len(role) > _LONGEST_ROLE:
        raise InvalidInput(say("caption.several.row", number=number), field="captions")
    style = {name: value for name, value in row.items() if name != "role"}
    return Part(role.strip(), read_style(style))


def parts_data(parts: Sequence[Part]) -> dict[str, Any]:
    """Captions as plain JSON data that `read_parts` reads back."""
    if len(parts) == 1 and not parts[0].role:
        return as_data(checked(parts[0].style))
    return {"captions": [{"role": each.role} | as_data(checked(each.style)) for each in parts]}


def share_lines(text: str, roles: Sequence[str]) -> tuple[Run, ...]:
    """The text's lines as the captions of these roles draw them, in the order of the text. A line
    that nobody asks for goes with the one before it, so that none is lost."""
    if len(roles) == 1:
        return (Run(0, text),)
    lines = [line for line in text.splitlines() if line.strip()]
    owners: list[int | None] = [None] * len(lines)
    for at, role in enumerate(roles):
        number = _line_of(role, len(lines))
        if number is not None and 0 <= number < len(lines):
            owners[number] = at
    others = [at for at, role in enumerate(roles) if _line_of(role, len(lines)) is None]
    free = [number for number, owner in enumerate(owners) if owner is None]
    for count, number in enumerate(free):
        before = owners[number - 1] if number else 0
        owners[number] = others[min(count, len(others) - 1)] if others else before
    return tuple(
        Run(int(owner or 0), "\n".join(lines[number] for number, _ in group))
        for owner, group in groupby(enumerate(owners), key=lambda pair: pair[1])
    )


def _line_of(role: str, count: int) -> int | None:
    """Which line, from 0, a role such as "line 2" names."""
    word = role.removeprefix(LINE)
    if word == role:
        return None
    if word == "last":
        return count - 1
    return int(word) - 1 if word.isdecimal() else None


def without_lines(text: str, parts: Sequence[Part]) -> tuple[str, ...]:
    """The roles of captions for which the text has no line; the rest may well be empty."""
    drawn = {run.at for run in share_lines(text, [part.role for part in parts])}
    return tuple(
        part.role for at, part in enumerate(parts) if at not in drawn and part.role != REST
    )


def write(
    image: Image.Image,
    text: str,
    parts: Sequence[Part],
    scale: float = 1.0,
    own: bool = False,
) -> tuple[Image.Image, tuple[Told, ...]]:
    """Write a text on a copy of a picture in one or several captions; see `captions`.

    Raises `InvalidInput` as `caption` does.
    """
    runs = share_lines(text, [part.role for part in parts]) or (Run(0, text),)
    wanted = [(run.text, checked(parts[run.at].style)) for run in runs]
    drawn, told = captions(image, _stacked(image, wanted, scale), scale, own)
    if missing := without_lines(text, parts):
        note = say("note.caption.lineless", roles=", ".join(missing))
        told = (replace(told[0], notes=(*told[0].notes, note)), *told[1:])
    return drawn, told


def _stacked(
    image: Image.Image, wanted: Sequence[tuple[str, Style]], scale: float
) -> list[tuple[str, Style]]:
    """The captions with those at the same place moved apart."""
    places: dict[tuple[str, str, str], list[int]] = {}
    for at, (_, style) in enumerate(wanted):
        places.setdefault((style.position, style.dx, style.dy), []).append(at)
    result = list(wanted)
    for (position, _, dy), members in places.items():
        if len(members) < 2:
            continue
        shifts = _shifts(image, [wanted[at] for at in members], scale, position)
        for at, shift in zip(members, shifts, strict=True):
            text, style = wanted[at]
            moved = _pixels(dy, image.height / scale) + shift
            result[at] = (text, replace(style, dy=f"{moved:.2f}px"))
    return result


def _shifts(
    image: Image.Image, wanted: Sequence[tuple[str, Style]], scale: float, position: str
) -> list[float]:
    """How far down each of some captions at one place goes, in pixels of the whole picture."""
    small = reduced(image, _MEASURED)
    share = scale * small.width / image.width
    _, told = captions(small, wanted, share)
    heights = [(each.box[3] - each.box[1]) / share for each in told]
    gaps = [_GAP * each.px / share for each in told[:-1]] + [0.0]
    steps = [height + gap for height, gap in zip(heights, gaps, strict=True)]
    whole = sum(steps)
    tops = [sum(steps[:at]) for at in range(len(steps))]
    if "top" in position:
        return tops
    if "bottom" in position:
        return [top + high - whole for top, high in zip(tops, heights, strict=True)]
    return [top + (high - whole) / 2 for top, high in zip(tops, heights, strict=True)]


def _pixels(offset: str, height: float) -> float:
    number, unit = length(offset)
    return number if unit == "px" else number / 100 * height
