"""Colours written as numbers, and shades of named ones, as #rrggbb."""

from __future__ import annotations

import re

from engines.wishes.tables.colours import SHADES


def short_hex(text: str) -> str | None:
    """#rrggbb of #rgb or #rrggbb; None for any other length, such as one with an alpha."""
    digits = text.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return f"#{digits}" if len(digits) == 6 else None


def rgb_code(text: str) -> str | None:
    """#rrggbb of "rgb(255, 136, 0)"; None where a part is above 255 or there is an alpha."""
    if not text.startswith("rgb") or "%" in text:
        return None
    parts = [int(part) for part in re.findall(r"\d+", text)]
    if len(parts) != 3 or max(parts) > 255:
        return None
    return "#{:02x}{:02x}{:02x}".format(*parts)


ALONE = {"dark": "#1a1a1a", "light": "#f5f5f5"}
"""What "dark" and "light" mean where no colour follows: "a dark plate"."""
_BY_WORD = {"deep": "dark", "pale": "light"}


def shaded(shade: str, code: str) -> str:
    """The dark or light shade of a colour: CSS's where it has one, else half way to an end."""
    shade = _BY_WORD.get(shade, shade)
    if (shade, code) in SHADES:
        return SHADES[shade, code]
    parts = [int(code[at : at + 2], 16) for at in (1, 3, 5)]
    end = 0 if shade == "dark" else 255
    return "#{:02x}{:02x}{:02x}".format(*((part + end) // 2 for part in parts))
