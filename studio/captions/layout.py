"""The captions a visitor works on, one of which the controls show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from engines.overlay import PRESETS, Style, read_style
from engines.overlay.reading import read_json
from engines.overlay.several import Part, parts_data, read_parts
from i18n import say
from providers.catalogue import models_for
from providers.schema import Task
from studio.captions.values import style_data, values_of

# The model that writes them.
RENDERER: Final = models_for(Task.TEXT_OVERLAY)[0].id
PRESET_NAMES: Final = tuple(PRESETS)


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

    def with_values(self, values: Mapping[str, Any]) -> Layout:
        """The same, the caption in the controls as their values say. Raises `InvalidInput` naming
        a wrong one."""
        return self.with_style(read_style(style_data(values)))

    def with_preset(self, name: str) -> Layout:
        """The same, the caption in the controls in a look with a name."""
        return self.with_style(PRESETS[name])

    def moved_to(self, right: float, down: float) -> Layout:
        """The same, the caption in the controls so far from the picture's middle, in percent."""
        dx, dy = f"{right:g}%", f"{down:g}%"
        return self.with_style(replace(self.style, position="center", dx=dx, dy=dy))

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

    @property
    def values(self) -> dict[str, Any]:
        """What the controls say."""
        return values_of(self.style)

    @property
    def choices(self) -> list[tuple[str, int]]:
        """The captions to choose among, by name and place."""
        return [(role_name(part.role), at) for at, part in enumerate(self.parts)]

    def data(self) -> dict[str, Any]:
        """The captions as plain JSON data that `read_layout` reads back."""
        return parts_data(self.parts)


def read_layout(style: object) -> Layout:
    """The captions of a style, as JSON data or the text of it. Raises `InvalidInput`."""
    return Layout(read_parts(read_json(style) if isinstance(style, str) else style))


def role_name(role: str) -> str:
    """A caption's role as a person reads it."""
    return (role or say("text.caption.only")).capitalize()
