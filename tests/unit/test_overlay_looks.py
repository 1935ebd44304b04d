"""Glow, italics, letter spacing, lines that fill the width, and lines of several colours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from engines.overlay import PRESETS, Captioned, Glow, Outline, Plate, Style, caption
from engines.overlay.block import set_block
from engines.overlay.cleaning import clean
from engines.overlay.contrast import light_of
from engines.overlay.fonts import cjk_face
from engines.overlay.wrapping import Lettering, paragraphs, wrap

DARK = (20, 24, 40)
BIG = Style(size="20%", colour="white", position="center")


def drawn(text: str, style: Style, size: tuple[int, int] = (900, 600)) -> Captioned:
    return caption(Image.new("RGB", size, DARK), text, style)


def ink_box(made: Captioned) -> tuple[int, int, int, int]:
    """The box of all that differs from the picture."""
    gap = np.abs(np.asarray(made.image, dtype=int) - DARK).max(axis=-1) > 24
    down, across = np.where(gap.any(axis=1))[0], np.where(gap.any(axis=0))[0]
    return int(across[0]), int(down[0]), int(across[-1]) + 1, int(down[-1]) + 1


def wide(made: Captioned) -> int:
    left, _, right, _ = ink_box(made)
    return right - left


# ---- glow


def test_a_glow_is_light_around_the_letters_that_fades() -> None:
    plain, lit = drawn("I", BIG), drawn("I", replace(BIG, glow=Glow("#00ff00", 60, 1)))
    _, _, right, _ = ink_box(plain)
    row = np.asarray(lit.image)[300, right + 2 : right + 70, 1].astype(int)
    assert row[0] > 150 and row[-1] < 60
    assert (np.diff(row) <= 1).all()


def test_a_stronger_glow_is_brighter_and_a_wider_one_reaches_further() -> None:
    faint, strong = (drawn("I", replace(BIG, glow=Glow("#00ff00", 60, s))) for s in (0.3, 1))
    assert np.asarray(strong.image).sum() > np.asarray(faint.image).sum()
    near, far = (drawn("I", replace(BIG, glow=Glow("#00ff00", r, 1))) for r in (15, 100))
    assert wide(far) > wide(near) + 20


def test_nothing_of_a_glow_is_cut_off() -> None:
    made = drawn("Glow", replace(BIG, glow=Glow("#00ff00", 150, 1), position="top left"))
    left, top, right, bottom = made.box
    pixels = np.asarray(made.image, dtype=int)
    edge = [pixels[top, left:right], pixels[top:bottom, left], pixels[bottom - 1, left:right]]
    assert all(np.abs(each - DARK).max() < 40 for each in edge)


def test_an_automatic_glow_is_deeper_than_the_letters() -> None:
    assert light_of((255, 255, 255)) == (255, 255, 255) and light_of((16, 16, 16)) == (16, 16, 16)
    assert sum(light_of((255, 138, 230))) < 255 + 138 + 230
    made = drawn("I", replace(BIG, colour="#ff8ae6", glow=Glow(strength=1)))
    _, _, right, _ = ink_box(drawn("I", BIG))
    red, green, blue = np.asarray(made.image)[300, right + 4]
    assert red > 120 > green and blue > 60


def test_emoji_shed_light_too() -> None:
    plain, lit = drawn("🚀", BIG), drawn("🚀", replace(BIG, glow=Glow("#00ff00", 80, 1)))
    assert wide(lit) > wide(plain) + 40


def test_a_dark_glow_lets_white_letters_be_read() -> None:
    image = Image.new("RGB", (900, 600), "white")
    assert caption(image, "Hello", BIG).contrast < 1.1
    assert caption(image, "Hello", replace(BIG, glow=Glow("black", 40, 1))).contrast > 4.5
    assert drawn("Hello", replace(BIG, glow=Glow())).contrast > 10  # of their own colour: no harm


def test_the_neon_preset_glows() -> None:
    assert PRESETS["neon"].glow is not None
    assert drawn("Open", PRESETS["neon"]).image.getextrema() != ((20, 20), (24, 24), (40, 40))


# ---- italics


def lean(made: Captioned) -> float:
    """How far the upper end of what was drawn stands to the right of the lower, by its height."""
    gap = np.abs(np.asarray(made.image, dtype=int) - DARK).max(axis=-1) > 100
    down = np.where(gap.any(axis=1))[0]
    high, low = down[len(down) // 10], down[-1 - len(down) // 10]
    middle = [np.where(gap[row])[0].mean() for row in (high, low)]
    return float((middle[0] - middle[1]) / (low - high))


@pytest.mark.parametrize("px", ["12%", "32%"])
@pytest.mark.parametrize("text", ["I", "l", "І", "Ι"])
def test_letters_lean(text: str, px: str) -> None:
    style = replace(BIG, size=px)
    assert abs(lean(drawn(text, style))) < 0.02
    made = drawn(text, replace(style, italic=True))
    assert lean(made) == pytest.approx(0.21, abs=0.04)
    assert any("slanted" in note for note in made.notes)


@pytest.mark.parametrize("text", ["ا", "سلام", "ו", "क", "ก", "🗼"])
def test_what_has_no_italics_stands_upright(text: str) -> None:
    plain, italic = drawn(text, BIG), drawn(text, replace(BIG, italic=True))
    assert plain.image.tobytes() == italic.image.tobytes()
    assert any("upright" in note for note in italic.notes) is text.isalpha()
    assert not any("slanted" in note for note in italic.notes)


def test_digits_lean_with_the_letters_before_them() -> None:
    def slanted(text: str) -> list[bool]:
        made, _ = paragraphs(clean(text).lines, Lettering("text", 600, cjk_face(text), italic=True))
        return [atom.slanted for atom in made[0].atoms]

    assert slanted("A1") == [True, True] and slanted("س1") == [False, False]
    assert slanted("🚀1") == [False, True] and slanted("12") == [True, True]


def test_slanted_letters_stay_inside_plate_and_picture() -> None:
    style = Style(size="40%", colour="white", italic=True, outline=Outline(30, "red"))
    for position in ("left", "right", "top", "bottom"):
        made = drawn("Wjf", replace(style, position=position))
        left, top, right, bottom = ink_box(made)
        box = made.box
        assert box[0] <= left and box[1] <= top and right <= box[2] and bottom <= box[3]
        assert left > 0 and top > 0 and right < 900 and bottom < 600


# ---- letter spacing


def test_letters_stand_apart_and_near() -> None:
    plain = drawn("spacing", BIG)
    apart, near = (drawn("spacing", replace(BIG, letter_spacing=s)) for s in (20, -10))
    assert wide(apart) - wide(plain) == pytest.approx(6 * 0.2 * plain.px, abs=6)
    assert wide(plain) - wide(near) == pytest.approx(6 * 0.1 * plain.px, abs=6)


def test_a_spaced_line_stands_in_the_middle() -> None:
    for text in ("HH", "HHHHH", "שש"):
        left, _, right, _ = ink_box(drawn(text, replace(BIG, letter_spacing=60)))
        assert (left + right) / 2 == pytest.approx(450, abs=3)


def test_a_spaced_text_keeps_its_kerning() -> None:
    def gap(text: str, spacing: float) -> float:
        return wide(drawn(text, replace(BIG, font="serif", letter_spacing=spacing)))

    assert gap("AV", 20) - gap("AV", 0) == pytest.approx(gap("HH", 20) - gap("HH", 0), abs=2)


@pytest.mark.parametrize("text", ["السلام عليكم", "क्षत्रिय हिन्दी", "বাংলা"])
def test_joined_scripts_keep_their_spacing(text: str) -> None:
    plain, apart = drawn(text, BIG), drawn(text, replace(BIG, letter_spacing=40))
    assert plain.image.tobytes() == apart.image.tobytes()
    assert any("joined" in note for note in apart.notes) and not plain.notes


def test_spaced_runs_keep_their_visual_order() -> None:
    lettering = Lettering("text", 600, cjk_face(""), spacing=0.3)
    made, _ = paragraphs(clean("ab שלום").lines, lettering)
    block = set_block(wrap(made, 99).lines, 40, "left", 1.2)
    in_order = sorted(block.placed, key=lambda each: each.x)
    assert "".join(each.run.text for each in in_order) == "ab םולש"


def test_spaced_text_shrinks_to_fit() -> None:
    style = Style(size="30%", letter_spacing=100, plate=Plate(), colour="white")
    made = drawn("A rather long text that is spaced very far", style)
    left, top, right, bottom = ink_box(made)
    assert left > 0 and top > 0 and right < 900 and bottom < 600


# ---- the width


@pytest.mark.parametrize("text", ["AAAA", "fill the width", "one\nand a longer line", "Ширина 🚀"])
@pytest.mark.parametrize("share", [40, 90])
def test_lines_fill_the_width(text: str, share: float) -> None:
    made = drawn(text, replace(BIG, size="small", fit="width", max_width=share), (900, 900))
    assert wide(made) == pytest.approx(share * 9, rel=0.06)


def test_a_long_text_is_wrapped_and_fills_the_width() -> None:
    text = "A long text that has to be wrapped over several lines since it is longer than one line"
    made = drawn(text, replace(BIG, size="8%", fit="width"))
    assert wide(made) == pytest.approx(810, rel=0.03) and made.px >= 48


@pytest.mark.parametrize("text", ["I", "a\n" * 9 + "a", "🚀"])
def test_what_fills_the_width_stays_in_the_height(text: str) -> None:
    for rotation in (0, -34, 90):
        made = drawn(text, replace(BIG, fit="width", plate=Plate(), rotation=rotation))
        assert made.box[1] >= 0 and made.box[3] <= 600 and made.px >= 20


def test_a_diagonal_fills_the_diagonal() -> None:
    made = drawn("DIAGONAL", replace(BIG, fit="width", rotation=-33.69, max_width=95))
    left, top, right, bottom = ink_box(made)
    assert right - left > 600 and bottom - top > 400


# ---- lines of several colours


def test_each_line_has_its_colour() -> None:
    style = replace(BIG, size="10%", line_colours=("#ff0000", "#00ff00"), colour="#0000ff")
    made = drawn("HHH\nHHH\nHHH\nHHH", style)
    pixels = np.asarray(made.image, dtype=int)
    _, top, _, bottom = ink_box(made)
    bands = np.array_split(pixels[top:bottom], 4)
    tallest = [int(np.argmax([band[..., part].max() for part in range(3)])) for band in bands]
    assert tallest == [0, 1, 2, 2]
    assert made.colour == "#ff0000"


def test_a_wrapped_line_keeps_its_colour() -> None:
    style = replace(BIG, size="16%", max_width=50, line_colours=("#ff0000",), colour="#00ff00")
    pixels = np.asarray(drawn("HHHH HHHH\nHHHH", style).image, dtype=int)
    green = np.where((pixels[..., 1] > 200).any(axis=1))[0]
    red = np.where((pixels[..., 0] > 200).any(axis=1))[0]
    assert red[-1] < green[0] and len(red) > 1.5 * len(green)


def test_as_many_colours_as_lines_or_not() -> None:
    style = replace(BIG, size="10%", line_colours=("white",) * 20)
    assert drawn("one", style).image.tobytes() == drawn("one", BIG.__class__(
        size="10%", colour="white", position="center")).image.tobytes()  # fmt: skip
