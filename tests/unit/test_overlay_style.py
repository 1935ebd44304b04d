"""Caption styles: JSON both ways, and errors that name the field."""

from __future__ import annotations

import json
import re
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.overlay import (
    PRESETS,
    Glow,
    Outline,
    Plate,
    Shadow,
    Style,
    as_data,
    checked,
    read_style,
)
from engines.overlay.reading import read_known, style_schema
from engines.overlay.rules import length
from engines.overlay.style import ALIGNS, FITS, FONTS, MOST_LINE_COLOURS, POSITIONS, SIZES
from errors import InvalidInput

COLOURS = st.sampled_from(["auto", "red", "rebeccapurple", "#fa0", "#00ff7f"])
SHARES = st.floats(0, 1)
OFFSETS = st.builds("{}{}".format, st.integers(-999, 999), st.sampled_from(["px", "%"]))
STYLES = st.builds(
    Style,
    size=st.sampled_from([*SIZES, "48px", "6%", "0.5%", "1px"]),
    colour=COLOURS,
    position=st.sampled_from(POSITIONS),
    dx=OFFSETS,
    dy=OFFSETS,
    align=st.sampled_from(ALIGNS),
    plate=st.none() | st.builds(Plate, COLOURS, SHARES, st.floats(0, 300), st.floats(0, 300),
                                st.floats(0, 200)),
    outline=st.none() | st.builds(Outline, st.floats(0, 30), COLOURS),
    shadow=st.none() | st.builds(Shadow, COLOURS, SHARES, st.floats(0, 100),
                                 st.floats(-100, 100), st.floats(-100, 100)),
    font=st.sampled_from(FONTS),
    weight=st.integers(100, 900),
    upper=st.booleans(),
    line_spacing=st.floats(0.7, 3),
    rotation=st.floats(-180, 180),
    max_width=st.floats(5, 100),
    opacity=SHARES,
    glow=st.none() | st.builds(Glow, COLOURS, st.floats(1, 150), SHARES),
    italic=st.booleans(),
    letter_spacing=st.floats(-20, 100),
    fit=st.sampled_from(FITS),
    line_colours=st.lists(COLOURS, max_size=MOST_LINE_COLOURS).map(tuple),
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
NAMES = [each.name for each in fields(Style)]


@settings(deadline=None)
@given(STYLES)
def test_a_style_comes_back_from_json_as_it_went(style: Style) -> None:
    assert read_style(json.loads(json.dumps(as_data(style)))) == style == checked(style)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), JSON) | JSON)
def test_whatever_is_read_is_a_style_or_a_named_error(data: object) -> None:
    try:
        style = read_style(data)
    except InvalidInput as error:
        assert error.field
        assert error.field in str(error)
    else:
        assert read_style(as_data(style)) == style


def test_what_is_left_out_is_as_usual() -> None:
    assert read_style({}) == Style()
    assert read_style({"plate": {"blur": 20}}) == Style(plate=Plate(blur=20))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"colour": "greenish"}, "colour"),
        ({"size": "0px"}, "size"),
        ({"size": "enormous"}, "size"),
        ({"size": "200%"}, "size"),
        ({"weight": 450.5}, "weight"),
        ({"opacity": float("nan")}, "opacity"),
        ({"opacity": True}, "opacity"),
        ({"upper": 1}, "upper"),
        ({"dx": "12em"}, "dx"),
        ({"position": "middle"}, "position"),
        ({"plate": {"opacity": 2}}, "plate.opacity"),
        ({"plate": "red"}, "plate"),
        ({"shadow": {"colour": ["red"]}}, "shadow.colour"),
        ({"outline": {"thickness": 3}}, "outline.thickness"),
        ({"glow": {"radius": 0}}, "glow.radius"),
        ({"glow": {"strength": 1.01}}, "glow.strength"),
        ({"glow": {"blur": 3}}, "glow.blur"),
        ({"glow": "neon"}, "glow"),
        ({"italic": "yes"}, "italic"),
        ({"letter_spacing": 101}, "letter_spacing"),
        ({"letter_spacing": -20.5}, "letter_spacing"),
        ({"fit": "height"}, "fit"),
        ({"line_colours": "white"}, "line_colours"),
        ({"line_colours": ["white", 3]}, "line_colours"),
        ({"line_colours": ["white"] * 21}, "line_colours"),
        ({"color": "red"}, "color"),
        ([], "style"),
    ],
)
def test_a_wrong_value_is_named(data: object, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_style(data)
    assert caught.value.field == field
    assert field in str(caught.value)


def test_words_may_be_in_any_case() -> None:
    read = read_style({"colour": " White ", "position": "Top  LEFT", "size": "48 PX"})
    assert (read.colour, read.position, read.size) == ("white", "top left", "48px")


def test_an_old_style_reads_as_it_did() -> None:
    old = {"size": "large", "colour": "white", "plate": {"blur": 20}, "rotation": 8}
    style = read_style(old)
    assert style == Style(size="large", colour="white", plate=Plate(blur=20), rotation=8)
    assert (style.glow, style.italic, style.letter_spacing) == (None, False, 0)
    assert (style.fit, style.line_colours) == ("size", ())


def test_only_what_is_said_is_kept() -> None:
    data = {"colour": "Red", "plate": {"blur": 9, "wings": 2}, "glow": None, "text": "Hi", "a b": 1}
    assert read_known(data) == (
        {"colour": "red", "plate": {"blur": 9.0}, "glow": None}, ("text", "'a b'", "plate.wings"),
    )  # fmt: skip
    for wrong in ({"colour": 3}, {"plate": {"blur": "much"}}, {"plate": []}, [], "red"):
        with pytest.raises(InvalidInput):
            read_known(wrong)


def test_the_schema_is_that_of_the_style() -> None:
    schema = style_schema()
    assert json.loads(json.dumps(schema)) == schema
    assert set(schema["properties"]) == {each.name for each in fields(Style)}
    for name, kind in {"plate": Plate, "outline": Outline, "shadow": Shadow, "glow": Glow}.items():
        part = schema["properties"][name]
        assert set(part["properties"]) == {each.name for each in fields(kind)}
        assert part["additionalProperties"] is False


def test_presets_are_styles_that_hold() -> None:
    assert len(PRESETS) == 9
    assert all(checked(style) == style for style in PRESETS.values())


def test_lengths() -> None:
    assert length("-3.5%") == (-3.5, "%")
    for wrong in ("", "12", "1e9px", "٣px", "--1px", "9999999px"):
        with pytest.raises(ValueError, match="^" + re.escape(wrong) + "$"):
            length(wrong)
