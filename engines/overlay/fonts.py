"""Which font draws which character, and the open fonts themselves.

Every font is carried in assets/fonts/captions/, except the Chinese, Japanese and Korean one,
which is a package of its own (33 MB). Plain .ttf files open in 0.1 ms; .woff2 takes 3 to 30 ms per
size, so only the fonts of single scripts are kept in that form.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Final

import regex
from PIL import ImageFont

from errors import InvalidInput
from i18n import say

FOLDER: Final = Path(__file__).parents[2] / "assets" / "fonts" / "captions"
EMOJI: Final = "Twemoji.ttf"
CJK: Final = "NotoSansCJK-VF.otf.ttc"

FAMILIES: Final = {
    "text": "Inter.ttf",
    "display": "Oswald.ttf",
    "serif": "PlayfairDisplay.ttf",
    "hand": "Caveat.ttf",
    "mono": "JetBrainsMono.ttf",
}
# Ligatures that turn != into one sign surprise in a caption, and old-style figures look uneven.
FEATURES: Final[dict[str, list[str]]] = {
    "JetBrainsMono.ttf": ["-calt"],
    "PlayfairDisplay.ttf": ["lnum"],
}
# Where the family's own font lacks a letter. The first that has it draws it.
FALLBACK: Final = (
    "Inter.ttf", "NotoSans.woff2", "NotoSansArabic.woff2", "NotoSansHebrew.woff2",
    "NotoSansDevanagari.woff2", "NotoSansBengali.woff2", "NotoSansThai.woff2",
    "NotoSansTamil.woff2", "NotoSansTelugu.woff2", "NotoSansGujarati.woff2",
    "NotoSansGurmukhi.woff2", "NotoSansKannada.woff2", "NotoSansMalayalam.woff2",
    "NotoSansOriya.woff2", "NotoSansSinhala.woff2", "NotoSansKhmer.woff2", "NotoSansLao.woff2",
    "NotoSansMyanmar.woff2", "NotoSansGeorgian.woff2", "NotoSansArmenian.woff2",
    "NotoSansEthiopic.woff2", "NotoSansSymbols.woff2",
)  # fmt: skip
# The faces of the collection, by the letters that tell the language.
_FACES: Final = {"ja": 0, "ko": 1, "zh": 2}

_CJK: Final = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\u3000-\u303f\uff00-\uffef]"
)
_KANA: Final = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_HANGUL: Final = regex.compile(r"\p{Hangul}")
_IGNORABLE: Final = regex.compile(r"\p{Default_Ignorable_Code_Point}")
_COLOURED: Final = regex.compile(
    r"\p{Emoji_Presentation}|\p{Regional_Indicator}{2}|\p{Emoji}\ufe0f|.\ufe0f?\u20e3"
    r"|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|\p{Extended_Pictographic}\u200d"
    # Hearts, suns and ticks are typed without the sign that asks for colour, and meant in colour.
    r"|[\p{Extended_Pictographic}--[\u0000-\u25ff]]",
    regex.VERSION1,
)


@dataclass(frozen=True)
class Face:
    """A font file and, in a collection, the face within it."""

    file: str
    index: int = 0


@dataclass(frozen=True)
class Choice:
    """The face for a character, and whether that face has it."""

    face: Face
    has: bool


class Opened:
    """A font at one size. FreeType fonts must not be used from two threads at once: hold `lock`."""

    def __init__(self, font: ImageFont.FreeTypeFont) -> None:
        self.font = font
        self.lock = Lock()


@lru_cache(maxsize=1)
def _coverage() -> dict[str, tuple[list[int], list[int]]]:
    """File name to the firsts and the lasts of its stretches of code points."""
    table = json.loads((FOLDER / "coverage.json").read_text(encoding="utf-8"))
    return {
        name: ([first for first, _ in rows], [last for _, last in rows])
        for name, rows in table.items()
    }


def _has(file: str, letters: str) -> bool:
    firsts, lasts = _coverage()[file]
    for letter in letters:
        at = bisect_right(firsts, ord(letter)) - 1
        if at < 0 or lasts[at] < ord(letter):
            return False
    return True


def cjk_path() -> Path | None:
    """The font file of the package manimgx-fonts-cjk, if it is installed."""
    spec = find_spec("manimgx_fonts_cjk")
    path = Path(spec.origin).parent / CJK if spec and spec.origin else None
    return path if path and path.is_file() else None


def cjk_face(text: str) -> Face:
    """The face for the ideographs of a whole text: they differ between the languages."""
    language = "ja" if _KANA.search(text) else "ko" if _HANGUL.search(text) else "zh"
    return Face(CJK, _FACES[language])


@lru_cache(maxsize=8192)
def choose(grapheme: str, family: str, cjk: Face) -> Choice:
    """The face that draws a grapheme: the family's own if it can, else the first that can.

    Raises `InvalidInput` for Chinese, Japanese and Korean when their font is not installed.
    """
    own = Face(FAMILIES[family])
    letters = _IGNORABLE.sub("", grapheme)
    if "\ufe0e" not in grapheme and _COLOURED.match(grapheme) and _has(EMOJI, grapheme[0]):
        return Choice(Face(EMOJI), True)
    if not letters:
        return Choice(own, True)
    for file in (own.file, *FALLBACK):
        if _has(file, letters):
            return Choice(Face(file), True)
    if _CJK.match(letters):
        if not cjk_path():
            advice = say("caption.cjk.advice")
            raise InvalidInput(say("caption.cjk"), field="text", advice=advice)
        return Choice(cjk, True)
    for file in (*FALLBACK, EMOJI):
        if _has(file, letters[0]):
            return Choice(Face(file), file == EMOJI)
    return Choice(own, False)


@lru_cache(maxsize=96)
def opened(face: Face, px: float, weight: int) -> Opened:
    """The font of a face at a size in pixels, set to the weight, or the nearest it has.

    At most 96 stay open. A font that falls out lives on while somebody draws with it.
    """
    path = (cjk_path() or FOLDER / CJK) if face.file == CJK else FOLDER / face.file
    font = ImageFont.truetype(path, px, index=face.index, layout_engine=ImageFont.Layout.RAQM)
    if face.file != EMOJI:
        axis = font.get_variation_axes()[0]
        low, high = axis["minimum"] or weight, axis["maximum"] or weight
        font.set_variation_by_axes([min(max(weight, low), high)])
    return Opened(font)
