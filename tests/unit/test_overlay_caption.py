"""Captions on pictures: fit, place, contrast, hostile texts, previews, threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from engines.overlay import (
    PRESETS,
    Outline,
    Plate,
    Shadow,
    Style,
    caption,
    captions,
    contrast,
    masks,
    preview,
    reduced,
)
from engines.overlay.fitting import MARGIN, Frame, Reach, fit, reach
from engines.overlay.fonts import CJK, Face
from engines.overlay.wrapping import Lettering, paragraphs
from errors import InvalidInput
from tests.unit.test_overlay_style import STYLES

EVERYTHING = Style(outline=Outline(), shadow=Shadow(), plate=Plate(blur=40))
MIXED = "Hello, Київ! 👋🏽 שלום مرحبا हिन्दी 👨‍👩‍👧"


def plain(width: int = 640, height: int = 480, colour: str = "#7f9fbf") -> Image.Image:
    return Image.new("RGB", (width, height), colour)


def noise(side: int = 400) -> Image.Image:
    return Image.fromarray(np.random.default_rng(1).integers(0, 256, (side, side, 3), np.uint8))


def changed(before: Image.Image, after: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox()
    assert box, "nothing was drawn"
    return box


# ---- size and place


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("size", [(640, 480), (300, 900), (900, 200)])
def test_presets_stay_inside_the_margins(name: str, size: tuple[int, int]) -> None:
    image = plain(*size)
    done = caption(image, MIXED, PRESETS[name])
    left, top, right, bottom = changed(image, done.image)
    margin = int(MARGIN * min(size)) - 1
    assert left >= margin and top >= margin
    assert right <= size[0] - margin and bottom <= size[1] - margin
    assert done.box[0] <= left and done.box[1] <= top
    assert done.box[2] >= right and done.box[3] >= bottom


@settings(max_examples=60, deadline=None)
@given(STYLES, st.sampled_from(["Ї", "jÅg Ω", MIXED, "ক্ষ্ম ที่นี่ ٱلسَّلَامُ", "один\nдва 🙂"]))
def test_no_style_clips_a_letter(style: Style, text: str) -> None:
    """On a canvas with more room around, no more ink appears."""
    set_as = style.italic, style.letter_spacing / 100
    lines, _ = paragraphs([list_of(text)], Lettering(style.font, style.weight, Face(CJK), *set_as))
    try:
        fitted = fit(lines, replace(style, dx="0%", dy="0%"), Frame(500, 400))
    except InvalidInput:
        return
    bare = replace(style, rotation=0.0, plate=None, shadow=None, opacity=1.0)
    edges = reach(bare)
    wide = Reach(*(side + 0.5 for side in vars(edges).values()))
    tight, loose = (masks.draw_masks(replace(fitted, reach=each), bare) for each in (edges, wide))
    for part in ("letters", "outline", "emoji"):
        one, other = getattr(tight, part), getattr(loose, part)
        assert (one is None) == (other is None)
        if one:
            assert total(one) == pytest.approx(total(other), rel=0.002, abs=300), part


def list_of(text: str) -> list[str]:
    from engines.overlay.cleaning import clean

    return [each for line in clean(text).lines for each in line]


def total(mask: Image.Image) -> int:
    return sum(mask.getchannel("A" if mask.mode == "RGBA" else 0).tobytes())


@pytest.mark.parametrize("position", ["top left", "top", "right", "center", "bottom right"])
def test_positions(position: str) -> None:
    left, top, right, bottom = caption(plain(), "Привіт", Style(position=position)).box
    x, y = (left + right) / 2 / 640, (top + bottom) / 2 / 480
    across = "left" if x < 0.4 else "right" if x > 0.6 else ""
    down = "top" if y < 0.4 else "bottom" if y > 0.6 else ""
    assert " ".join(word for word in (down, across) if word) == position.replace("center", "")


def test_offsets_move_and_stop_at_the_edge() -> None:
    one = caption(plain(), "Hi", Style(position="center")).box
    other = caption(plain(), "Hi", Style(position="center", dx="10%", dy="-20px")).box
    assert (other[0] - one[0], other[1] - one[1]) == (64, -20)
    far = caption(plain(), "Hi", Style(dx="999%", dy="999%")).box
    assert far[2:] == (640, 480)


def test_a_named_size_shrinks_in_silence_and_a_number_is_told() -> None:
    text = "Слово за словом " * 12
    small = caption(plain(), text, Style(size="huge"))
    assert small.px < caption(plain(), "Слово", Style(size="huge")).px
    assert not [note for note in small.notes if "px" in note]
    told = caption(plain(), text, Style(size="200px"))
    assert [note for note in told.notes if "200 px" in note]
    assert caption(plain(), "Hi", Style(size="37px")).px == 37
    assert caption(plain(), "Hi", Style(size="10%")).px == 48


def test_a_named_size_shrinks_before_it_breaks_a_word() -> None:
    done = caption(plain(300, 300), "Донаудампфшиффарт", Style(size="huge"))
    assert not done.notes or "broken" not in " ".join(done.notes)


def test_lines_keep_to_the_width() -> None:
    style = Style(size="20px", max_width=40, colour="black")
    left, _, right, _ = changed(plain(), caption(plain(), MIXED * 3, style).image)
    assert right - left <= 0.4 * 640 + 4


def test_turned_text_stays_inside() -> None:
    image = plain(500, 500)
    for angle in (-180, -90, -33, 7, 45, 90, 180):
        style = replace(EVERYTHING, rotation=angle, size="huge", position="top left")
        left, top, right, bottom = changed(image, caption(image, MIXED, style).image)
        assert min(left, top) > 10 and max(right, bottom) < 490, angle


def test_turning_by_a_quarter_is_clockwise() -> None:
    """An L has its foot at the bottom right; turned clockwise, at the bottom left."""
    image = Image.new("L", (200, 200), 255)
    style = Style(size="150px", colour="black", position="center", rotation=90)
    box = np.asarray(caption(image, "L", style).image) < 128
    ys, xs = np.nonzero(box)
    cut = box[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    assert cut[-3:, :8].any() and not cut[-8:, -8:].any()


# ---- the picture


# What a picture of each mode becomes when something with colour is drawn on it.
COLOURED = {
    "RGB": "RGB", "RGBA": "RGBA", "L": "RGB", "LA": "RGBA", "1": "RGB", "P": "RGB", "PA": "RGBA",
    "CMYK": "RGB", "I;16": "RGB", "I": "RGB", "YCbCr": "RGB",
}  # fmt: skip


def of_mode(mode: str, level: int) -> Image.Image:
    """A grey picture, as light as a level of 255."""
    full = {"I;16": level * 257, "I": level * 257}.get(mode, level)
    if mode in ("I;16", "I"):
        return Image.new(mode, (320, 200), full)
    return Image.new("RGB", (320, 200), (level,) * 3).convert("LA" if mode == "PA" else mode)


@pytest.mark.parametrize("mode", COLOURED)
def test_colour_stays_colour_on_a_picture_of_any_mode(mode: str) -> None:
    level = {"1": 255, "P": 153}.get(mode, 128)  # these have few
    image = of_mode(mode, level)
    before = image.tobytes()
    red = Style(colour="#ff0000", size="20%")
    for text, style in (("😀😀", Style(size="20%")), ("red", red), ("all 😀", EVERYTHING)):
        done = caption(image, text, style)
        assert done.image.mode == COLOURED[mode if mode != "PA" else "LA"]
        assert done.image.size == image.size and image.tobytes() == before
        seen = np.asarray(done.image.convert("RGB"), int)
        assert np.ptp(seen, axis=-1).max() > 100, "it came out grey"
        away = seen[-1, -1] if style is not EVERYTHING else seen[0, 0]
        assert np.abs(away - level).max() <= 1, "the picture changed"
    told = any("mode" in note for note in done.notes)
    assert told is (mode not in ("RGB", "RGBA", "L", "LA", "PA"))


def test_grey_stays_grey_where_nothing_has_a_colour() -> None:
    for mode in ("L", "LA"):
        assert caption(of_mode(mode, 90), "white", Style(colour="#ffffff")).image.mode == mode


def gaps(wide: int) -> list[float]:
    """Between the strokes of a row of equal letters, in ems: a middle of one to that of the next.
    Means over a stroke's grey levels, so finer than a pixel."""
    image = Image.new("RGB", (wide, wide // 2))
    done = caption(image, "l" * 24, Style(size=f"{wide * 0.045:.2f}px", colour="#ffffff"))
    row = np.asarray(done.image.convert("L"), float).sum(axis=0)
    seen = row > 0.25 * row.max()
    parts = np.split(np.arange(wide), np.flatnonzero(np.diff(seen)) + 1)
    lit = [part for part in parts if seen[part[0]]]
    middles = [float((part * row[part]).sum() / row[part].sum()) for part in lit]
    return [float(each) / done.px for each in np.diff(middles)]


def test_letters_stand_as_evenly_on_small_pictures_as_on_large_ones() -> None:
    large = gaps(3200)
    assert len(large) == 23
    for wide in (300, 400, 500, 640, 800):
        found = gaps(wide)
        assert len(found) == 23, f"letters touch at {wide} px"
        assert np.mean(found) == pytest.approx(np.mean(large), rel=0.01)
        assert np.std(found) < (0.02 if wide < 400 else 0.01), f"uneven at {wide} px"


def test_transparency_stays_where_nothing_is_drawn() -> None:
    image = Image.new("RGBA", (300, 200), (10, 20, 30, 0))
    done = caption(image, "Hi 😀", Style(colour="red", position="center")).image
    alpha = done.getchannel("A")
    assert alpha.getpixel((2, 2)) == 0
    assert alpha.getextrema() == (0, 255)
    # Soft edges carry the letter's colour, not the hidden one of the void.
    soft = [rgba for _, rgba in done.getcolors(1 << 16) or [] if 60 < rgba[3] < 200]
    assert soft and all(rgba[0] > 90 for rgba in soft)


def test_only_the_region_of_the_text_changes() -> None:
    image = noise()
    done = caption(image, "Hi", Style(plate=Plate(blur=80)))
    rest = done.image.copy()
    rest.paste(image.crop(done.box), done.box[:2])
    assert rest.tobytes() == image.tobytes()


def test_several_captions_on_one_picture() -> None:
    image = plain()
    drawn, told = captions(image, [("up", PRESETS["meme"]), ("down", PRESETS["subtitle"])])
    assert told[0].box[3] < told[1].box[1]
    left, top, right, bottom = changed(image, drawn)
    assert top < 100 and bottom > 380 and left < right


# ---- contrast


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast.ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast.ratio((255, 255, 255), (255, 255, 255)) == pytest.approx(1)
    # The darkest grey that passes on white, a well-known value.
    assert contrast.ratio((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.005)


@settings(deadline=None)
@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_one_of_the_two_free_colours_reads_on_every_flat_one(colour: tuple[int, int, int]) -> None:
    behind = np.array([colour], dtype=float)
    assert contrast.readable(contrast.best(1, behind), 1, behind) >= 4.3


@pytest.mark.parametrize(("ground", "letters"), [("white", "#101010"), ("#222244", "#ffffff")])
def test_a_free_colour_stands_off_the_ground(ground: str, letters: str) -> None:
    done = caption(plain(colour=ground), "Hi", Style())
    assert done.colour == letters
    assert done.contrast > 10
    assert not done.notes


def test_weak_contrast_is_told_and_a_plate_helps() -> None:
    weak = caption(noise(), "Hello", Style())
    assert weak.contrast < 4.5
    assert "box" in weak.notes[-1]
    good = caption(noise(), "Hello", Style(plate=Plate(opacity=0.9)))
    assert good.contrast >= 4.5 and not good.notes
    lined = caption(noise(), "Hello", Style(colour="white", outline=Outline(colour="black")))
    assert lined.contrast == 21 and not lined.notes


def test_emoji_alone_need_no_contrast() -> None:
    assert not caption(noise(), "😀👨‍👩‍👧", Style()).notes


def test_a_free_plate_suits_the_colour_of_the_text() -> None:
    style = Style(colour="yellow", plate=Plate(opacity=1))
    assert caption(plain(colour="white"), "Hi", style).contrast > 12


def test_blur_softens_what_is_behind() -> None:
    image = noise()
    done = caption(
        image, "i", Style(position="center", plate=Plate(opacity=0, blur=100, padding=150))
    )
    x, y = done.box[0] + 8, (done.box[1] + done.box[3]) // 2
    spot = (x, y - 8, x + 6, y + 8)
    before, after = (np.asarray(each.crop(spot)).std() for each in (image, done.image))
    assert after < before / 4


# ---- previews and threads


@pytest.mark.parametrize("name", PRESETS)
def test_a_preview_looks_like_the_whole(name: str) -> None:
    image = plain(1600, 1200)
    wanted = [(MIXED, PRESETS[name])]
    whole, (told,) = captions(image, wanted)
    small, (seen,) = preview(image, wanted, side=800)
    assert small.size == (800, 600)
    assert [2 * value for value in seen.box] == pytest.approx(told.box, abs=14)
    assert 2 * seen.px == pytest.approx(told.px, rel=0.02)
    assert seen.colour == told.colour
    shrunk = np.asarray(whole.resize((800, 600), Image.Resampling.BOX), dtype=float)
    assert np.abs(shrunk - np.asarray(small)).mean() < 3


def test_a_preview_shrinks_pixels_too() -> None:
    style = Style(size="100px", dx="-50px", position="right")
    _, (told,) = captions(plain(1600, 1200), [("Hi", style)])
    _, (seen,) = preview(plain(1600, 1200), [("Hi", style)], side=400)
    assert (seen.px, told.px) == (25, 100)
    assert 4 * seen.box[2] == pytest.approx(told.box[2], abs=8)


def test_a_small_picture_is_its_own_preview() -> None:
    assert reduced(plain(100, 50)).size == (100, 50)


def test_threads_draw_the_same() -> None:
    image = plain(300, 200)
    styles = [replace(EVERYTHING, size=f"{px}px") for px in (17, 19, 23)]

    def draw(at: int) -> bytes:
        return caption(image, MIXED, styles[at % 3]).image.tobytes()

    with ThreadPoolExecutor(6) as pool:
        drawn = list(pool.map(draw, range(24)))
    assert [len({*drawn[at::3]}) for at in range(3)] == [1, 1, 1]


# ---- hostile texts and pictures


@pytest.mark.parametrize(
    "text",
    [
        ("lorem ipsum " * 1700)[:20_000],
        "x" * 5_000,
        "😀" * 5_000,
        "אב 1a" * 1_000,
        "a" + "\u200d" * 5_000,
        "\u202e\u202d\u2066" * 500 + "boo",
        "Z" + "\u0301\u0323\u0489" * 3_000,
        "\x00\x1b[31m\x7fx",
        "\ud800 x \udfff",
        "{key} %s {0}",
        "\U0010ffff\ue000𓀀",
        "\n" * 9_000 + "x",
    ],
    ids=lambda text: f"{text[:1]!a}-{len(text)}",
)
def test_hostile_texts_are_drawn(text: str) -> None:
    image = plain(1200, 900)
    done = caption(image, text, Style())
    assert done.image.size == image.size
    changed(image, done.image)


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (9, 9)])
def test_pictures_too_small_are_said(size: tuple[int, int]) -> None:
    with pytest.raises(InvalidInput, match=f"{size[0]}×{size[1]} pixels"):
        caption(plain(*size), "Hello", EVERYTHING)


def test_too_many_lines_are_said() -> None:
    with pytest.raises(InvalidInput, match="does not fit"):
        caption(plain(), "x\n" * 2_000, Style())


def test_a_large_picture() -> None:
    image = Image.new("L", (8000, 5000), 90)
    done = caption(image, MIXED, EVERYTHING)
    assert done.image.size == (8000, 5000)
    assert done.px == 275


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=40), STYLES)
def test_anything_is_drawn_or_refused_in_a_sentence(text: str, style: Style) -> None:
    try:
        done = caption(plain(160, 120), text, style)
    except InvalidInput as error:
        assert error.field == "text"
        assert str(error) == f"{error.message} {error.what_now}"
    else:
        assert done.image.size == (160, 120)
        assert 1 <= done.contrast <= 21
