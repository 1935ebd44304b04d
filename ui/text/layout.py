"""The captions a visitor works on, one of which the controls show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape

from engines.overlay import Style
from engines.overlay.several import Part
from engines.wishes import Parsed, parse, say_back
from engines.wishes.saying import Language, unknown_line
from engines.wishes.several import lay_over
from engines.wishes.styling import Sheet
from i18n import say


@dataclass(frozen=True)
class Layout:
    """The captions, and which of them is in the controls."""

    parts: tuple[Part, ...] = field(default_factory=lambda: (Part(),))
    # The place of the one in the controls.
    at: int = 0
    # The last one applied, so that leaving its box does not undo what was changed since.
    wish: str = ""

    def with_style(self, style: Style) -> Layout:
        """The same, the caption in the controls with another style."""
        part = replace(self.parts[self.at], style=style)
        return replace(self, parts=(*self.parts[: self.at], part, *self.parts[self.at + 1 :]))

    def turned_to(self, at: int) -> Layout:
        """The same with another caption in the controls."""
        return replace(self, at=max(0, min(at, len(self.parts) - 1)))

    def alone(self) -> Layout:
        """Only the caption in the controls, which then takes the whole text."""
        return replace(self, parts=(Part("", self.parts[self.at].style),), at=0)

    @property
    def style(self) -> Style:
        """The style in the controls."""
        return self.parts[self.at].style


def wished(layout: Layout, wish: str, sheet: Sheet) -> tuple[Layout, Parsed]:
    """The captions with a wish laid over them, and how it was understood."""
    parsed = parse(wish)
    parts = lay_over(parsed.captions, layout.parts, sheet)
    at = min(layout.at, len(parts) - 1)
    return Layout(parts, at, wish), parsed


def understood(parsed: Parsed, wish: str) -> str:
    """How a wish was understood, and which words were not, as HTML."""
    if not wish.strip():
        return ""
    language = language_of(wish)
    said = []
    for each in parsed.captions:
        name = f"{role_name(each.role)}: " if each.role else ""
        said.append(name + say_back(each.settings, language))
    lines = [f'<p class="hint">{escape(say("text.understood", what="; ".join(said)))}</p>'] * any(
        said
    )
    if parsed.unknown:
        unknown = unknown_line(parsed.unknown)
        lines.append(f'<p class="warning unknown">{escape(unknown)}</p>')
    elif not said:
        lines.append(f'<p class="warning unknown">{say("text.nothing")}</p>')
    lines += [f'<p class="hint">{escape(note)}</p>' for note in parsed.notes]
    return "".join(lines)


def language_of(text: str) -> Language:
    """Which of the three languages a wish is most likely in, by its letters alone."""
    small = text.lower()
    if set("іїєґ") & set(small):
        return "uk"
    return "ru" if any("а" <= sign <= "я" or sign == "ё" for sign in small) else "en"


def role_name(role: str) -> str:
    """A caption's role as a person reads it."""
    return (role or say("text.caption.only")).capitalize()


def choices(parts: Sequence[Part]) -> list[tuple[str, int]]:
    """The captions to choose among."""
    return [(role_name(part.role), at) for at, part in enumerate(parts)]
