"""The page's own JavaScript: the files of `ui/static`, and how a listener calls into them.

Each file is a script of its own that leaves nothing behind but, at most, functions in the one
global `easel`. `tests/unit/test_scripts.py` holds that, and has node run their tests.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

__all__ = ["STATIC", "call", "script_tags"]

STATIC: Final = Path(__file__).parent / "static"
EXPLAINING: Final = re.compile(r"^ *(//.*)?\n", re.MULTILINE)


def script_tags() -> str:
    """Every script for the page's head, in its text: they must be there before gradio's own ask
    the server for anything. Each has a tag of its own, so that one that fails stops no other. Lines
    that only explain are not sent."""
    files = sorted(STATIC.glob("*.js"))
    texts = (EXPLAINING.sub("", file.read_text(encoding="utf-8")) for file in files)
    return "".join(f"<script>{text}</script>" for text in texts)


def call(name: str, *values: str | int) -> str:
    """What a listener's `js=` says to call `easel.<name>` with these values."""
    return f"() => easel.{name}({', '.join(map(json.dumps, values))})"
