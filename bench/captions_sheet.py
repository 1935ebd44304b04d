"""A test sheet of captions to look at: scripts and classes of emoji, each at three sizes.

Run from the repository's root: python -m bench.captions_sheet sheet.png
Lines in Chinese, Japanese and Korean are there when their font is installed (the extra `cjk`).
"""

from __future__ import annotations

import sys
from typing import Final

from PIL import Image

from engines.overlay import Plate, Style, captions
from engines.overlay.fonts import cjk_path

SIZES: Final = (20, 34, 56)
ROW: Final = 92
LEFT: Final = 24
STARTS: Final = (24, 470, 1130)
WIDTH: Final = 2160

# What it shows, the text, and the family where it is not the plain one.
LINES: Final = (
    ("Latin", "Fjörd çà Zażółć gęślą ﬁ fi AVATo", "text"),
    ("Ukrainian", "Щастя їжакам, ґава — п’ять ₴", "display"),
    ("Russian", "Съешь ещё этих булок №5", "serif"),
    ("by hand", "Привіт, Mère! Ёлка ґанок", "hand"),
    ("mono", "if (x != 0) { їм(ё); }", "mono"),
    ("Greek, Vietnamese", "Γειά σου κόσμε · Việt Nam ơi", "text"),
    ("Hebrew", "שלום (עולם) 123, abc!", "text"),
    ("Arabic", "السلام عليكم ١٢٣ (لا) abc", "text"),
    ("Persian, Urdu", "پیشی‌می‌خواهم گچ ٹڈی", "text"),
    ("Hindi", "क्षत्रिय हिन्दी र्कि ॐ १२३", "text"),
    ("Bengali, Tamil", "বাংলা ক্ষ্ম · தமிழ் கொள்", "text"),
    ("Thai, Khmer", "ภาษาไทย ที่นี่ · ខ្មែរ", "text"),
    ("Georgian, Armenian", "ქართული · Հայերեն · አማርኛ", "text"),
    ("Chinese", "你好，世界！「骨直」", "text"),
    ("Japanese, Korean", "こんにちは骨直 안녕하세요", "text"),
    ("skin tones", "👍👍🏻👍🏽👍🏿 🤝🏼 👩🏾‍🦱", "text"),
    ("families", "👨‍👩‍👧‍👦 👩‍❤️‍💋‍👨 🧑‍🚀 🏳️‍🌈 🏴‍☠️", "text"),
    ("flags", "🇺🇦🇩🇪🇯🇵 🏴󠁧󠁢󠁳󠁣󠁴󠁿🏴󠁧󠁢󠁷󠁬󠁳󠁿", "text"),
    ("keycaps, hearts", "1️⃣#️⃣🔟 ❤️ ❤️‍🔥 ❤ ☀ ✔ © ™", "text"),
    ("emoji in Hebrew", "אני 👨‍👩‍👧 אוהב ❤️‍🔥 😀😎", "text"),
    ("newest", "🫨 🩷 🪿 🫎 🐦‍⬛ 🫷🏽", "text"),
)


def sheet() -> Image.Image:
    """All lines at all sizes, on a light ground."""
    lines = [line for line in LINES if cjk_path() or line[0] not in ("Chinese", "Japanese, Korean")]
    picture = Image.new("RGB", (WIDTH, ROW * len(lines) + 40), "#f2efe9")
    wanted = []
    for row, (title, text, font) in enumerate(lines):
        y = 20 + row * ROW
        label = Style(size="13px", colour="#7a4b00", position="top left", font="mono", weight=500)
        wanted.append((title, _at(label, LEFT, y)))
        for px, x in zip(SIZES, STARTS, strict=True):
            style = Style(size=f"{px}px", colour="#1b1b1b", position="top left", font=font)
            wanted.append((text, _at(style, x, y + 20)))
    return captions(picture, wanted)[0]


def _at(style: Style, x: int, y: int) -> Style:
    """The same style with its upper left corner at a place (less the margin all captions keep)."""
    from dataclasses import replace

    return replace(style, dx=f"{x - 75}px", dy=f"{y - 75}px", plate=Plate(opacity=0, padding=0))


if __name__ == "__main__":
    sheet().save(sys.argv[1])
