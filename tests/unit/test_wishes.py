"""Wishes about a caption: 500 of them read exactly, settings said back, and noise survived."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.overlay import PRESETS
from engines.overlay import style as overlay
from engines.overlay.several import Part
from engines.wishes import Parsed, parse, say_back
from engines.wishes.lexicon import mend
from engines.wishes.saying import Language, unknown_line
from engines.wishes.several import lay_over
from engines.wishes.styling import Sheet, style_of
from engines.wishes.tables.colours import COLOURS
from engines.wishes.tokenizer import LONGEST_WISH
from tests.loops import for_each

WISHES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "wishes.json").read_text(encoding="utf-8")
)
LANGUAGES = ("en", "ru", "uk", "mixed")
ENOUGH = 0.97
SQUARE = Sheet(600, 600, 21.0)


def plain(parsed: Parsed) -> list[dict[str, Any]]:
    return [
        ({"role": each.role} if each.role else {}) | {"settings": each.settings}
        for each in parsed.captions
    ]


def is_exact(row: Mapping[str, Any]) -> bool:
    parsed = parse(row["text"])
    return plain(parsed) == row["captions"] and list(parsed.unknown) == row.get("unknown", [])


# ---- the wishes


def test_the_data_are_as_they_should_be() -> None:
    texts = [row["text"] for row in WISHES]
    assert len(texts) >= 330 and len(set(texts)) == len(texts)
    assert {row["language"] for row in WISHES} == set(LANGUAGES)


@pytest.mark.parametrize(
    "row", [row for row in WISHES if row["set"] == "origin"], ids=lambda row: row["text"]
)
def test_first_examples_are_exact(row: dict[str, Any]) -> None:
    assert plain(parse(row["text"])) == row["captions"]
    assert list(parse(row["text"]).unknown) == row.get("unknown", [])


def test_nearly_every_wish_is_exact(capsys: pytest.CaptureFixture[str]) -> None:
    asked: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    wrong = []
    for row in WISHES:
        for column in (row["language"], "all"):
            asked[column] += 1
            exact[column] += is_exact(row)
        if not is_exact(row):
            wrong.append(row["text"])
    with capsys.disabled():
        table = "  ".join(f"{name} {exact[name]}/{asked[name]}" for name in (*LANGUAGES, "all"))
        sys.stdout.write(f"\nwishes exact: {table}\n" + "".join(f"  {text}\n" for text in wrong))
    rest = len(WISHES) - sum(row["set"] == "origin" for row in WISHES)
    assert len(wrong) <= (1 - ENOUGH) * rest


# ---- what must never happen


REAL = ("block", "blocks", "write", "while", "whole", "bread", "slate", "белка", "полка", "правда",
        "красиво", "гарний")  # fmt: skip


@pytest.mark.parametrize("word", REAL)
def test_a_real_word_is_no_misspelling(word: str) -> None:
    assert mend(word) is None


@for_each(COLOURS)
def test_no_misspelt_colour_becomes_another(hue: Any) -> None:
    """Each letter of each name left out: the colour itself, or nothing."""
    for name in hue.names:
        for at in range(1, len(name)):
            parsed = parse(f"text {name[:at]}{name[at + 1 :]}")
            for caption in parsed.captions:
                if caption.settings.get("colour", hue.code) != hue.code:
                    assert parsed.unknown, (name, at, parsed)


def test_a_misspelling_is_told() -> None:
    assert parse("purle text").notes == ("Read “purle” as “purple”.",)


def test_a_contradiction_is_told() -> None:
    parsed = parse("white text on top, then to the bottom, all red")
    assert plain(parsed) == [{"settings": {"colour": "#ff0000", "position": "bottom"}}]
    assert len(parsed.notes) == 2 and "“white”, then “red”" in "".join(parsed.notes)
    assert parse("no plate, black plate").notes and parse("plate, no plate").notes
    assert not parse("размытый фон, радиус размытия 5").notes


LATER = [
    ("Крупный белый текст снизу 48px", {"size": "48px"}),
    ("48px, крупный", {"size": "large"}),
    ("белый, с чёрной обводкой, 72px", {"size": "72px", "outline": {"colour": "#000000"}}),
    ("outline 3px, thick outline", {"outline": {"width": 12.0}}),
]


@pytest.mark.parametrize(("text", "expected"), LATER)
def test_what_is_said_later_counts(text: str, expected: dict[str, Any]) -> None:
    found = parse(text).captions[0].settings
    assert {name: found[name] for name in expected} == expected


UNREAD = ("weight 1000", "line spacing 5", "rgb(300,0,0)", "#12345", "hsl(0,100%,50%)", "3 капли")


@pytest.mark.parametrize("text", UNREAD)
def test_what_cannot_be_is_not_taken_for_something_else(text: str) -> None:
    parsed = parse(text)
    assert parsed.captions == () and parsed.unknown


def test_what_is_too_long_is_told() -> None:
    assert parse("white " + " " * LONGEST_WISH + "top").notes == (
        "Only the first 2000 characters were read.",
    )


NEAR = st.text(st.sampled_from("abcdefgh бвгдеёжзиі'’-.,:;%°#()/1234567890\n"), max_size=20_000)
SAID = st.lists(st.sampled_from([row["text"] for row in WISHES]), max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20_000) | NEAR)
def test_no_text_breaks_it(text: str) -> None:
    assert parse(text) == parse(text)


@pytest.mark.parametrize("piece", ["rgb(1,", "top left ", "1.", "-", "'", "a-", "no ", "#", "и "])
def test_what_repeats_does_not_hang_it(piece: str) -> None:
    parse(piece * (20_000 // len(piece)))


@settings(max_examples=200, deadline=None)
@given(SAID, st.randoms(use_true_random=False))
def test_wishes_in_any_mixture_are_read(texts: list[str], dice: Any) -> None:
    words = " ".join(texts).split()
    dice.shuffle(words)
    for text in (", ".join(texts), " ".join(words)):
        parsed = parse(text)
        again = [parse(text.upper()), parse(text.lower()), parse(text.title().replace("'S", "'s"))]
        assert all(each == parsed for each in again)
        for caption in parsed.captions:
            style_of(caption.settings, Sheet(1200, 800, 28.0))
            say_back(caption.settings)


# ---- said back


def number(low: float, high: float, digits: int = 2) -> st.SearchStrategy[float]:
    return st.floats(low, high).map(lambda value: round(value, digits) + 0.0)


def length(low: float, high: float, unit: str) -> st.SearchStrategy[str]:
    return number(low, high).map(lambda value: f"{value:.10g}{unit}")


HUES = st.one_of(
    st.just("auto"),
    st.sampled_from([hue.code for hue in COLOURS]),
    st.integers(0, 2**24 - 1).map("#{:06x}".format),
)
SHIFTS = length(-500, 500, "px") | length(-100, 100, "%")
STYLES = st.builds(
    overlay.Style,
    size=st.sampled_from(sorted(overlay.SIZES)) | length(1, 4000, "px") | length(0.1, 100, "%"),
    colour=HUES,
    position=st.sampled_from(overlay.POSITIONS),
    dx=SHIFTS,
    dy=SHIFTS,
    align=st.sampled_from(overlay.ALIGNS),
    plate=st.none()
    | st.builds(
        overlay.Plate, HUES, number(0, 1, 4), number(0, 300), number(0, 300), number(0, 200)
    ),
    outline=st.none() | st.builds(overlay.Outline, number(0, 30), HUES),
    shadow=st.none()
    | st.builds(
        overlay.Shadow, HUES, number(0, 1, 4), number(0, 100), number(-100, 100), number(-100, 100)
    ),
    font=st.sampled_from(overlay.FONTS),
    weight=st.integers(100, 900),
    upper=st.booleans(),
    line_spacing=number(0.7, 3),
    rotation=number(-180, 180),
    max_width=number(5, 100),
    opacity=number(0, 1, 4),
    glow=st.none() | st.builds(overlay.Glow, HUES, number(1, 150), number(0, 1, 4)),
    italic=st.booleans(),
    letter_spacing=number(-20, 100),
    fit=st.sampled_from(overlay.FITS),
    line_colours=st.lists(HUES, min_size=1, max_size=5),
)
SPOKEN = st.sampled_from(["en", "ru", "uk"])


@settings(max_examples=250, deadline=None)
@given(STYLES, SPOKEN, st.data())
def test_what_is_said_back_is_read_again(
    style: overlay.Style, language: Language, data: st.DataObject
) -> None:
    whole = asdict(style)
    some = data.draw(st.sets(st.sampled_from(sorted(whole)), min_size=1))
    for wanted in (whole, {name: whole[name] for name in whole if name in some}):
        words = say_back(wanted, language)
        parsed = parse(words)
        assert parsed.unknown == parsed.notes == (), words
        assert plain(parsed) == [{"settings": wanted}], words


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_every_wish_can_be_said_back(language: Language) -> None:
    for row in WISHES:
        for caption in row["captions"]:
            words = say_back(caption["settings"], language)
            assert plain(parse(words)) == [{"settings": caption["settings"]}], (row["text"], words)


def test_every_setting_of_a_style_is_known() -> None:
    """A control that style.py gains must be said back, too."""
    for language in ("en", "ru", "uk"):
        full = overlay.Style(
            plate=overlay.Plate(),
            outline=overlay.Outline(),
            shadow=overlay.Shadow(),
            glow=overlay.Glow(),
        )
        assert say_back(asdict(full), language)  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        say_back({"wings": "2px"})


# ---- laid over a style


def test_pixels_become_percent_of_the_letters() -> None:
    wished = parse("72px, outline 3px, plate with padding 36px and radius 9000px").captions[0]
    style = style_of(wished.settings, Sheet(1000, 500, 20.0))
    assert style.outline and style.outline.width == pytest.approx(3 / 72 * 100, abs=1e-3)
    assert style.plate and style.plate.padding == 50 and style.plate.radius == 300


def test_a_distance_becomes_a_shift_beyond_the_margin() -> None:
    wished = parse("bottom right, 10% from the bottom and 24px from the right").captions[0]
    style = style_of(wished.settings, Sheet(1000, 500, 20.0))
    assert (style.position, style.dx, style.dy) == ("bottom right", "-4px", "-6%")


def test_many_unknown_words_are_named_once_and_counted() -> None:
    words = [f"zzz{chr(97 + n)}" for n in range(20)]
    told = unknown_line(parse(" ".join([*words, *words])).unknown)
    assert told.count(words[0]) == 1 and words[19] not in told and "8 more" in told
    assert len(unknown_line(parse("q" * 5000).unknown)) < 100


def test_every_preset_has_a_name_in_words() -> None:
    sheet, base = Sheet(1000, 500, 20.0), overlay.Style(colour="red", rotation=5)
    for name, style in PRESETS.items():
        for language in LANGUAGES[:3]:
            words = say_back({"preset": name}, language)  # type: ignore[arg-type]
            (caption,) = parse(words).captions
            assert style_of(caption.settings, sheet, base) == style, words
    (caption,) = parse("meme style, at the bottom").captions
    assert style_of(caption.settings, sheet, base) == replace(PRESETS["meme"], position="bottom")


def test_a_diagonal_is_that_of_the_picture() -> None:
    sheet = Sheet(1000, 500, 20.0)
    rising, falling = (
        style_of(parse(words).captions[0].settings, sheet, overlay.Style(position="top"))
        for words in ("diagonally", "diagonally down, on the left")
    )
    assert (rising.rotation, rising.position) == (-26.57, "center")
    assert (falling.rotation, falling.position) == (26.57, "left")


def test_lengths_of_the_new_settings_become_percent() -> None:
    wished = parse("72px, letter spacing 7.2px, glow radius 36px").captions[0]
    style = style_of(wished.settings, Sheet(1000, 500, 20.0))
    assert style.letter_spacing == 10 and style.glow and style.glow.radius == 50
    wide = parse("12px, letter spacing 300px, glow 0px").captions[0]
    style = style_of(wide.settings, Sheet(1000, 500, 20.0))
    assert style.letter_spacing == 100 and style.glow and style.glow.radius == 1


def test_top_and_bottom_are_two_captions_of_one_text() -> None:
    parts = lay_over(parse("white on top, yellow at the bottom").captions, [Part()], SQUARE)
    assert [(part.role, part.style.colour, part.style.position) for part in parts] == [
        ("line 1", "#ffffff", "top"), ("line last", "#ffff00", "bottom"),
        ("rest", "auto", "bottom"),
    ]  # fmt: skip


def test_what_was_not_said_stays() -> None:
    base = overlay.Style(colour="#ff0000", plate=overlay.Plate(opacity=0.3))
    style = style_of(parse("a black plate").captions[0].settings, Sheet(100, 100, 3), base)
    assert style.colour == "#ff0000" and style.plate == overlay.Plate("#000000", opacity=0.3)
    assert style_of(parse("no plate").captions[0].settings, Sheet(100, 100, 3), base).plate is None
