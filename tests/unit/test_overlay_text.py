"""From a string to lines of shaped runs: cleaning, fonts, direction, line breaks."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.coverage import TABLE, coverage
from engines.overlay import fonts
from engines.overlay.breaks import may_break
from engines.overlay.cleaning import MAX_CHARACTERS, MAX_MARKS, clean
from engines.overlay.direction import levels, visual
from engines.overlay.fonts import CJK, EMOJI, Face, choose
from engines.overlay.masks import _draw_sprite
from engines.overlay.wrapping import (
    EMOJI_SIDE,
    Lettering,
    Wrapped,
    advance,
    balanced,
    in_visual_order,
    paragraphs,
    wrap,
)
from errors import InvalidInput

ZH = Face(CJK, 2)


def shaped(text: str, family: str = "text") -> Wrapped:
    lines, _ = paragraphs(clean(text).lines, Lettering(family, 600, ZH))
    return wrap(lines, 1e9)


def width(text: str) -> float:
    return sum(advance(line) for line in shaped(text).lines)


def broken_at(text: str, ems: float) -> list[str]:
    lines, _ = paragraphs(clean(text).lines, Lettering("text", 600, ZH))
    return ["".join(atom.text for atom in line) for line in balanced(lines, ems).lines]


# ---- cleaning


def test_controls_and_overrides_go_and_lines_stay() -> None:
    cleaned = clean("a\x00b\u202ec\u2066d\tx\r\ny\u2028z\x85w")
    assert ["".join(line) for line in cleaned.lines] == ["abcd x", "y", "z", "w"]
    assert len(cleaned.notes) == 1


def test_a_lone_surrogate_becomes_a_question_sign_and_a_pair_a_letter() -> None:
    cleaned = clean("a\ud83d b \ud83d\ude00")
    assert cleaned.lines == (("a", "\ufffd", " ", "b", " ", "😀"),)
    assert len(cleaned.notes) == 1


def test_zero_width_runs_shrink_and_heaps_of_marks_are_cut() -> None:
    assert len(clean("a" + "\u200b" * 5000 + "b").lines[0]) == 3
    heap = clean("Z" + "\u0301" * 5000)
    assert heap.lines == (("Z" + "\u0301" * MAX_MARKS,),)
    assert heap.notes


def test_hidden_tags_stay_in_flags_alone() -> None:
    scotland = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    assert clean(scotland + "a\U000e0041").lines == ((scotland, "a"),)


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u200d\ufeff", "\u202e", "\ufe0f"])
def test_nothing_to_draw_is_said(text: str) -> None:
    with pytest.raises(InvalidInput, match="no letters"):
        clean(text)


def test_too_much_is_said() -> None:
    assert clean("x" * MAX_CHARACTERS)
    with pytest.raises(InvalidInput, match="20,001"):
        clean("x" * (MAX_CHARACTERS + 1))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=60), st.floats(0.5, 30))
def test_wrapping_keeps_every_letter_in_order(text: str, ems: float) -> None:
    try:
        cleaned = clean(text)
        lines, _ = paragraphs(cleaned.lines, Lettering("text", 600, ZH))
    except InvalidInput:
        return
    wrapped = "".join(atom.text for line in wrap(lines, ems).lines for atom in line)
    plain = "".join("".join(line) for line in cleaned.lines)
    assert [c for c in wrapped if not c.isspace() and c != "\u200b"] == [
        c for c in plain if not c.isspace() and c != "\u200b"
    ]


# ---- fonts


def test_the_coverage_table_is_what_the_fonts_have() -> None:
    assert json.loads(TABLE.read_text(encoding="utf-8")) == coverage(), "python -m bench.coverage"


def test_carried_fonts_are_small_and_licensed() -> None:
    files = [*fonts.FOLDER.glob("*.ttf"), *fonts.FOLDER.glob("*.woff2")]
    assert sum(file.stat().st_size for file in files) < 6_000_000
    assert {file.name for file in files} == {*fonts.FAMILIES.values(), *fonts.FALLBACK, EMOJI}
    for file in files:
        family = "Noto" if file.name.startswith("Noto") else file.stem
        assert list(fonts.FOLDER.parent.rglob(f"{family}-*.txt")), file.name


@pytest.mark.parametrize("family", fonts.FAMILIES)
def test_every_family_has_cyrillic(family: str) -> None:
    for letter in "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёъыэАБВҐЄІЇЙЩЮЯЁ":
        assert choose(letter, family, ZH).face.file == fonts.FAMILIES[family]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("ش", "NotoSansArabic.woff2"), ("ש", "NotoSansHebrew.woff2"),
        ("क्ष", "NotoSansDevanagari.woff2"), ("ที่", "NotoSansThai.woff2"),
        ("ქ", "NotoSansGeorgian.woff2"), ("❤️", EMOJI), ("❤", EMOJI), ("1️⃣", EMOJI), ("🇺🇦", EMOJI),
        ("©️", EMOJI), ("1", "Oswald.ttf"), ("#", "Oswald.ttf"), ("©", "Oswald.ttf"),
    ],
)  # fmt: skip
def test_who_draws_what(text: str, file: str) -> None:
    assert choose(text, "display", ZH).face.file == file
    assert choose(text, "display", ZH).has


def test_what_nobody_has_is_told() -> None:
    _, missing = paragraphs(clean("a𓀀b").lines, Lettering("text", 600, ZH))
    assert missing == ["𓀀"]


def test_chinese_without_its_font_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "cjk_path", lambda: None)
    choose.cache_clear()
    with pytest.raises(InvalidInput, match="pip install"):
        choose("漢", "text", ZH)


def test_ideographs_follow_the_language() -> None:
    assert [fonts.cjk_face(text).index for text in ("直", "直す", "직直")] == [2, 0, 1]


# ---- shaping


def test_arabic_joins() -> None:
    """Kept apart by non-joiners, the same letters are wider."""
    for joined, apart in (("ننن", "ن\u200cن\u200cن"), ("سسس", "س\u200cس\u200cس")):
        assert width(joined) < 0.9 * width(apart)


def test_hindi_makes_conjuncts_and_reorders() -> None:
    assert width("क्ष") < 0.8 * (width("क") + width("ष"))
    assert width("त्र") < 0.8 * (width("त") + width("र"))


@pytest.mark.parametrize(
    "emoji",
    ["👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇺🇦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "❤️", "❤️‍🔥", "👩🏾‍🦱", "🧑‍🚀", "😀", "🫠", "🩷"],
)
def test_each_class_of_emoji_is_one_coloured_glyph(emoji: str) -> None:
    (line,) = shaped(emoji).lines
    (run,) = in_visual_order(line)
    assert width(emoji) == pytest.approx(1 + 2 * EMOJI_SIDE, abs=0.12)
    sprite = _draw_sprite(run, 64)
    opaque = [rgba for _, rgba in sprite.getcolors(1 << 16) or [] if rgba[3] == 255]
    assert max(max(rgba[:3]) - min(rgba[:3]) for rgba in opaque) > 60, "no colour in it"
    assert sum(1 for value in sprite.getchannel("A").tobytes() if value > 200) > 600


def test_skin_tones_and_families_differ_from_their_parts() -> None:
    sprites = {
        emoji: _draw_sprite(in_visual_order(shaped(emoji).lines[0])[0], 48).tobytes()
        for emoji in ("👍", "👍🏻", "👍🏿", "👨‍👩‍👧", "👨", "🇺🇦", "🇵🇱")
    }
    assert len(set(sprites.values())) == len(sprites)


# ---- direction


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("abc", "abc"),
        ("שלום", "שלום"),
        ("שלום abc", "abc| |שלום"),
        ("abc שלום 12", "abc |12| |שלום"),
        ("אב 👨‍👩‍👧 גד", "גד| |👨‍👩‍👧|אב "),
    ],
)
def test_runs_stand_in_visual_order(text: str, seen: str) -> None:
    (line,) = shaped(text).lines
    runs = in_visual_order(line)
    words = [run.text.strip() for run in runs if run.text.strip()]
    assert words == [word.strip() for word in seen.split("|") if word.strip()]
    hebrew = [run for run in runs if "א" <= run.text.strip()[:1] <= "ת"]
    assert all(run.shaping["direction"] == "rtl" for run in hebrew)


def test_the_order_of_levels() -> None:
    assert visual([0, 1, 1, 2, 1, 0]) == [0, 4, 3, 2, 1, 5]
    assert visual([1, 2, 2, 1]) == [3, 1, 2, 0]
    assert levels(list("abc")) == (0, [0, 0, 0])
    assert levels(list("אב 12"))[0] == 1


# ---- line breaks


def breaks(text: str) -> str:
    graphemes = clean(text).lines[0]
    may = may_break(graphemes)
    return "".join(g + ("|" if m else "") for g, m in zip(graphemes, may, strict=True))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("one two", "one |two|"),
        ("one\u00a0two", "one\u00a0two|"),
        ("one\u2060two", "one\u2060two|"),
        ("well-known -5", "well-|known |-5|"),
        ("гори — це", "гори — |це|"),
        ("ми в місті", "ми |в місті|"),
        ("你好，世界。", "你|好，|世|界。|"),
        ("「東京」です", "「東|京」|で|す|"),
        ("😀😀 ok", "😀|😀 |ok|"),
        ("👨‍👩‍👧🇺🇦", "👨‍👩‍👧|🇺🇦|"),
        ("a\u200bb", "a\u200b|b|"),
    ],
)
def test_where_lines_may_end(text: str, seen: str) -> None:
    assert breaks(text) == seen


def test_lines_are_balanced() -> None:
    lines = broken_at("one two three four five six seven eight", 16)
    lengths = [len(line) for line in lines]
    assert len(lines) > 1
    assert max(lengths) - min(lengths) < 9


def test_long_words_break_only_when_they_must() -> None:
    lines = broken_at("a extraordinarily b", width("a extraordinarily") - 0.1)
    assert lines[0] == "a"
    pieces = broken_at("x" * 50, 10)
    assert "".join(pieces) == "x" * 50
    assert len(pieces) > 2


def test_a_family_is_never_torn() -> None:
    assert set(broken_at("👨‍👩‍👧" * 8, 2.5)) == {"👨‍👩‍👧" * 2}
    assert set(broken_at("👨‍👩‍👧" * 8, 0.5)) == {"👨‍👩‍👧"}
