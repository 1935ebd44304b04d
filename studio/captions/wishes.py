"""Wishes about captions: laid over them, explained in sentences, or read by a language model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from engines.overlay.fitting import MARGIN
from engines.overlay.several import Part, parts_data
from engines.wishes import Parsed, parse, say_back
from engines.wishes.answer import read_answer
from engines.wishes.saying import Language, unknown_line
from engines.wishes.several import lay_over
from engines.wishes.styling import Sheet
from studio.captions.layout import Layout, role_name

NO_PICTURE: Final = Sheet(1200, 800, MARGIN * 800)


@dataclass(frozen=True)
class Explanation:
    """How a wish was understood, in sentences."""

    # What was understood of each caption; blank where nothing was.
    understood: str
    # The words that were not; blank where all were.
    unknown: str
    # What else the user should know.
    notes: tuple[str, ...]


def apply_wish(layout: Layout, wish: str, sheet: Sheet) -> tuple[Layout, Explanation | None]:
    """The captions with a wish laid over them, and how it was understood; None for a blank one."""
    return _apply(layout, parse(wish), wish, sheet)


def apply_answer(
    layout: Layout, answer: str, wish: str, sheet: Sheet
) -> tuple[Layout, Explanation | None]:
    """The same with a language model's reading of the wish. Raises `InvalidInput` for an answer
    that is no style."""
    return _apply(layout, read_answer(answer), wish, sheet)


def needs_model(wish: str) -> bool:
    """Whether a language model may understand what the grammar does not."""
    parsed = parse(wish)
    return bool(wish.strip()) and (not parsed.captions or bool(parsed.unknown))


def wish_data(wish: str) -> dict[str, Any]:
    """What is understood of a wish, as JSON data."""
    parsed = parse(wish)
    return {
        "captions": [
            {"role": each.role, "settings": dict(each.settings)} for each in parsed.captions
        ],
        "style": parts_data(lay_over(parsed.captions, (Part(),), NO_PICTURE)),
        "unknown": list(parsed.unknown),
        "notes": list(parsed.notes),
    }


def _apply(
    layout: Layout, parsed: Parsed, wish: str, sheet: Sheet
) -> tuple[Layout, Explanation | None]:
    parts = lay_over(parsed.captions, layout.parts, sheet)
    return Layout(parts, min(layout.at, len(parts) - 1), wish), explain(parsed, wish)


def explain(parsed: Parsed, wish: str) -> Explanation | None:
    """How a wish was understood; None for a blank one."""
    if not wish.strip():
        return None
    language, lines = language_of(wish), []
    for each in parsed.captions:
        name = f"{role_name(each.role)}: " if each.role else ""
        lines.append(name + say_back(each.settings, language))
    unknown = unknown_line(parsed.unknown) if parsed.unknown else ""
    return Explanation("; ".join(lines) if any(lines) else "", unknown, tuple(parsed.notes))


def language_of(text: str) -> Language:
    """Which of the three languages a wish is most likely in, by its letters alone."""
    small = text.lower()
    if set("іїєґ") & set(small):
        return "uk"
    return "ru" if any("а" <= sign <= "я" or sign == "ё" for sign in small) else "en"
