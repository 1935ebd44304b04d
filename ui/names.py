"""Ids and classes of a tool's parts, and what a handler gives back."""

from __future__ import annotations

from typing import Any

# What a handler gives back: the parts that change, with what becomes of each.
Update = dict[Any, Any]


class Names:
    """Ids and classes of a tab's parts: the first tab's ids are plain, the others' have the tab's
    name before them."""

    def __init__(self, tab: str = "") -> None:
        self._tab = tab

    def __call__(self, name: str) -> dict[str, Any]:
        """For a component of that name."""
        full = f"{self._tab}-{name}" if self._tab else name
        return {"elem_id": full, "elem_classes": [f"at-{name}"]}
