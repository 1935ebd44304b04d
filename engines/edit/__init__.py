"""Edits pictures by instruction, without a model: a small grammar and plain picture work.

`understand` reads an instruction, `abilities` says what can be asked.
Doing it is in `engines.edit.apply`, which needs numpy and OpenCV; import it late.
"""

from __future__ import annotations

from engines.edit.abilities import abilities
from engines.edit.errors import EditError
from engines.edit.understand import Understood, understand

__all__ = ["EditError", "Understood", "abilities", "understand"]
