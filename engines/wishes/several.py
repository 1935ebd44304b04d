"""Lays what was wished for over the captions there are, and adds those a wish names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engines.overlay.several import LINE, MOST, REST, Part
from engines.wishes.parse import CaptionWish
from engines.wishes.styling import Sheet, style_of


def lay_over(
    wishes: Sequence[CaptionWish], parts: Sequence[Part], sheet: Sheet
) -> tuple[Part, ...]:
    """The captions as wished for. What names no caption holds for every one; a caption that is
    named and not there yet is added, in the look of the only one or the plain one."""
    found = list(parts)
    for wish in wishes:
        if not wish.role:
            found = [_wished(part, wish, sheet) for part in found]
    base = found[0].style if len(found) == 1 else Part().style
    named = [wish for wish in wishes if wish.role]
    if named and len(found) == 1 and not found[0].role:
        found = []
    for wish in named:
        at = next((at for at, part in enumerate(found) if part.role == wish.role), len(found))
        if at == len(found):
            found.append(Part(wish.role, base))
        found[at] = _wished(found[at], wish, sheet)
    if found and all(part.role.startswith(LINE) for part in found):
        found.append(Part(REST, base))  # the lines nobody spoke of look as they did
    return tuple(found[:MOST])


def _wished(part: Part, wish: CaptionWish, sheet: Sheet) -> Part:
    return replace(part, style=style_of(wish.settings, sheet, part.style))
