"""The settings of one caption, as they are gathered from the words of a wish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

Value = str | float | bool | list[str]
Settings = Mapping[str, "Value | Mapping[str, Value] | None"]

PARTS: Final = ("plate", "outline", "shadow", "glow")
_OPPOSITE: Final = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}


@dataclass
class Draft:
    """What a wish has asked for so far. A path is "size" or "plate.colour"."""

    # The values, those of parts in mappings of their own; None for an unwanted part.
    settings: dict[str, Value | dict[str, Value] | None] = field(default_factory=dict)
    # The words that each path was asked for with.
    said: dict[str, str] = field(default_factory=dict)
    # Words that contradict each other: the earlier, the later.
    twice: list[tuple[str, str]] = field(default_factory=list)
    # Paths whose value was assumed, not asked for.
    assumed: set[str] = field(default_factory=set)
    # Where in the wish the words stand that are being read.
    moment: int = 0
    # Where in the wish each path was asked for.
    when: dict[str, int] = field(default_factory=dict)
    # "top", "bottom" or "".
    vertical: str = ""
    # "left", "right" or "".
    horizontal: str = ""
    # Whether the middle was asked for.
    centred: bool = False
    # The distances from edges: "24px" or "10%".
    margins: dict[str, str] = field(default_factory=dict)

    def set(self, path: str, value: Value, words: str) -> None:
        """Keep a value under "size" or "plate.colour".

        Of two, that said later counts: `moment` is where in the wish it stands.
        """
        later = self.when.get(path, -1)
        if later > self.moment and self.has(path) and path not in self.assumed:
            self.twice.append((words, self.said[path]))
            return
        self.when[path] = self.moment
        owner, _, name = path.rpartition(".")
        place = self.part(owner, words) if owner else self.settings
        if name in place and place[name] != value and path not in self.assumed:
            self.twice.append((self.said[path], words))
        self.assumed.discard(path)
        self.said[path] = words
        place[name] = value

    def assume(self, path: str, value: Value, words: str) -> None:
        """Keep a usual value for what was said without a number; a number later replaces it."""
        if not self.has(path):
            self.set(path, value, words)
            self.assumed.add(path)

    def part(self, name: str, words: str) -> dict[str, Value]:
        """The settings of a part, such as the plate, which is hereby wanted."""
        found = self.settings.get(name)
        if isinstance(found, dict):
            return found
        if name in self.settings:
            self.twice.append((self.said[name], words))
        self.said[name] = words
        fresh: dict[str, Value] = {}
        self.settings[name] = fresh
        return fresh

    def without(self, name: str, words: str) -> None:
        """A part, such as the plate, is not wanted."""
        if self.settings.get(name) is not None:
            self.twice.append((self.said[name], words))
        self.said[name] = words
        self.settings[name] = None

    def has(self, path: str) -> bool:
        """Whether a value was said."""
        owner, _, name = path.rpartition(".")
        place = self.settings.get(owner) if owner else self.settings
        return isinstance(place, dict) and name in place

    def put(self, place: str, words: str) -> None:
        """Move the caption to a side or into the middle; the later of two opposite sides wins."""
        axis = {"top": "vertical", "bottom": "vertical", "left": "horizontal",
                "right": "horizontal"}.get(place)  # fmt: skip
        if axis is None:
            self.centred = True
            self.said.setdefault("center", words)
            return
        if getattr(self, axis) == _OPPOSITE[place]:
            self.twice.append((self.said[axis], words))
        self.said[axis] = words
        setattr(self, axis, place)

    def lean(self, place: str, words: str) -> None:
        """Move the caption to a side unless another was said for the same axis."""
        if place != "center" and not (
            self.vertical if place in ("top", "bottom") else self.horizontal
        ):
            self.put(place, words)

    def finished(self) -> dict[str, Value | Mapping[str, Value] | None]:
        """The settings, with the position and the distances from its edges."""
        result: dict[str, Value | Mapping[str, Value] | None] = dict(self.settings)
        position = " ".join(filter(None, (self.vertical, self.horizontal)))
        if position or self.centred:
            result["position"] = position or "center"
        if self.margins:
            edges = position.split() or ["edge"]
            everywhere = self.margins.get("edge")
            shared = dict.fromkeys(edges, everywhere) if everywhere else {}
            own = {edge: value for edge, value in self.margins.items() if edge != "edge"}
            result["margin"] = {k: v for k, v in {**shared, **own}.items() if v}
        return result
