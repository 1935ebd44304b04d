"""What an engine raises when a package it works with is not installed."""

from __future__ import annotations


class EngineMissing(ImportError):
    """A package is not installed; `name` is what to give to pip."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not installed", name=name)
