"""The app's own files, read as Python reads them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("ui", "studio", "providers", "engines")
FILES = (
    *sorted(ROOT.glob("*.py")),
    *sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")),
)


@cache
def tree(path: Path) -> ast.Module:
    """What a file says; read when it is first asked for, as every worker loads every test."""
    return ast.parse(path.read_text(encoding="utf-8"))
