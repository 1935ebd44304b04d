"""The Text tab's glue: a wish becomes the controls, the controls become the style again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from engines.overlay import PRESETS, Plate, Shadow, Style
from engines.overlay.several import (
    Part,
    parts_data,
    read_parts,
    share_lines,
    without_lines,
    write,
)
from errors import InvalidInput
from studio.captions.layout import Layout
from studio.captions.preview import KEPT_FOR, Small, draw, plated, shares
from studio.captions.values import NUMBERS, values_of
from studio.captions.wishes import NO_PICTURE, apply_wish
from studio.session import Session
from ui.text.controls import SLIDES
from ui.text.messages import understood
from ui.text.run import texts_of

RUSSIAN = "Крупный белый текст в центре, на чёрной плашке"
STYLES = {**PRESETS, "plain": Style(), "codes": Style(colour="#12ab9f", dx="12px", dy="-3%")}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_a_style_survives_the_controls(style: Style) -> None:
    shown = values_of(style)
    assert Layout().with_values(shown).style == style
    assert SLIDES.keys() == NUMBERS
    for path, slide in SLIDES.items():
        assert slide.low <= shown[path] <= slide.high


def test_a_wish_sets_the_controls() -> None:
    layout, read = apply_wish(Layout(), RUSSIAN, NO_PICTURE)
    shown = values_of(layout.style)
    found = [shown[path] for path in ("size", "colour", "position", "plate", "plate.colour")]
    assert found == ["large", "white", "center", True, "black"]
    assert read and read.unknown == "" and layout.wish == RUSSIAN
    assert layout.with_values(shown).style == replace(
        layout.style, colour="white", plate=replace(layout.style.plate or Plate(), colour="black")
    )


def test_a_later_wish_keeps_what_it_does_not_speak_of() -> None:
    first, _ = apply_wish(Layout(), RUSSIAN, NO_PICTURE)
    second, _ = apply_wish(first, "no plate, red", NO_PICTURE)
    assert second.style.plate is None and second.style.size == "large"
    assert values_of(second.style)["colour"] == "red"


def test_what_was_understood_and_what_was_not_is_said() -> None:
    _, read = apply_wish(Layout(), "white <b>elephants</b>", NO_PICTURE)
    told = understood(read)
    assert "Understood" in told and "Not understood" in told and "elephants" in told
    assert "<b>" not in told
    _, nothing = apply_wish(Layout(), "please", NO_PICTURE)
    assert "Nothing in this" in understood(nothing)
    _, blank = apply_wish(Layout(), " ", NO_PICTURE)
    assert understood(blank) == ""


def test_a_wish_that_names_captions_makes_them() -> None:
    layout, _ = apply_wish(Layout(), "title on top, small date bottom right", NO_PICTURE)
    assert [(part.role, part.style.position) for part in layout.parts] == [
        ("title", "top"), ("date", "bottom right"),
    ]  # fmt: skip
    again, _ = apply_wish(layout, "date in red", NO_PICTURE)
    assert [part.role for part in again.parts] == ["title", "date"]
    assert again.parts[1].style.position == "bottom right" and "ff0000" in repr(again.parts[1])
    both, _ = apply_wish(again, "everything in green", NO_PICTURE)
    assert len({part.style.colour for part in both.parts}) == 1
    assert both.turned_to(1).alone().parts == (Part("", both.parts[1].style),)


@pytest.mark.parametrize(
    ("text", "roles", "runs"),
    [
        ("a\nb", [""], [(0, "a\nb")]),
        ("a\nb\nc", ["title", "date"], [(0, "a"), (1, "b\nc")]),
        ("a\n\nb\nc", ["line 2", "rest"], [(1, "a"), (0, "b"), (1, "c")]),
        ("a\nb\nc", ["line 1", "line last"], [(0, "a\nb"), (1, "c")]),
        ("a", ["title", "date"], [(0, "a")]),
        ("a", ["line 7", "rest"], [(1, "a")]),
    ],
)
def test_every_line_goes_to_one_caption(
    text: str, roles: list[str], runs: list[tuple[int, str]]
) -> None:
    found = share_lines(text, roles)
    assert [(run.at, run.text) for run in found] == runs
    assert sorted("".join(run.text for run in found).replace("\n", "")) == sorted(
        text.replace("\n", "")
    )


@pytest.mark.parametrize("position", ["top", "center", "bottom left"])
def test_captions_at_one_place_stand_below_each_other(position: str) -> None:
    parts = [Part(role, Style(position=position)) for role in ("title", "date", "text")]
    image = Image.new("RGB", (900, 600), (40, 60, 80))
    drawn, told = write(image, "One\nTwo\nThree", parts)
    assert drawn.size == image.size
    bottoms = [each.box[3] for each in told]
    tops = [each.box[1] for each in told]
    assert all(below >= above for above, below in zip(bottoms, tops[1:], strict=False))


def test_a_caption_without_a_line_is_told() -> None:
    parts = [Part("title"), Part("date")]
    assert without_lines("One", parts) == ("date",)
    _, told = write(Image.new("RGB", (400, 300)), "One", parts)
    assert any("date" in note for note in told[0].notes)


def test_styles_as_json() -> None:
    parts = (Part("title", PRESETS["meme"]), Part("date", Style(shadow=Shadow())))
    assert read_parts(json.loads(json.dumps(parts_data(parts)))) == parts
    one = (Part("", PRESETS["quote"]),)
    assert read_parts(parts_data(one)) == one and "captions" not in parts_data(one)


@pytest.mark.parametrize(
    "data",
    [[], {"captions": []}, {"captions": [1]}, {"captions": [{}] * 13}, {"captions": [{"role": 1}]},
     {"captions": [{}], "size": "large"}, {"captions": [{"sise": "large"}]}, {"dx": 3}],
)  # fmt: skip
def test_what_is_no_style_is_refused(data: object) -> None:
    with pytest.raises(InvalidInput):
        read_parts(data)


def test_what_is_written_on_each_picture() -> None:
    assert texts_of("a\nb", False, 3) == ["a\nb"] * 3
    assert texts_of("a\n \nb", True, 1) == ["a", "b"]
    for text, per_line, pictures in [
        ("  ", False, 1), ("a", False, 0), ("a", False, 21), ("a", True, 2), ("a\n" * 21, True, 1),
    ]:  # fmt: skip
        with pytest.raises(InvalidInput):
            texts_of(text, per_line, pictures)


async def test_previews_go_with_the_session(tmp_path: Path) -> None:
    session = Session()
    session.cache.sheet = Small("x", Image.new("RGB", (300, 200), (90, 90, 90)), 1200, 800)
    paths = [(await draw(session, f"text {n}", (Part(),), tmp_path)).path for n in range(20)]
    assert paths[-1].is_file() and paths[0].is_file()
    again = await draw(session, "text 19", (Part(),), tmp_path)
    assert again.path == paths[-1]
    session.cache.sheet.shown[:5] = [
        (at - KEPT_FOR, path) for at, path in session.cache.sheet.shown[:5]
    ]
    await draw(session, "other", (Part(),), tmp_path)
    assert [path.exists() for path in paths] == [False] * 5 + [True] * 15
    assert shares(session.cache.sheet, 150, 50) == (0.0, -25.0)
    session.end()
    assert list(tmp_path.rglob("preview*")) == [] and session.cache.sheet is None


async def test_the_plate_offered_makes_the_text_readable(tmp_path: Path) -> None:
    session = Session()
    noise = Image.effect_noise((300, 200), 90).convert("RGB")
    session.cache.sheet = Small("x", noise, 300, 200)
    layout = Layout((Part("", Style(colour="white")),))
    drawn = await draw(session, "Hello", layout.parts, tmp_path)
    assert drawn.poor and drawn.contrast and drawn.contrast < 4.5
    layout = await plated(session, "Hello", layout)
    drawn = await draw(session, "Hello", layout.parts, tmp_path)
    assert not drawn.poor and drawn.contrast and drawn.contrast >= 4.5
