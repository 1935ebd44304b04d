"""A language model's reading of a wish: followed where it is a style, refused where it is not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.overlay import PRESETS, Glow, Plate, Style, as_data
from engines.overlay.reading import style_schema
from engines.wishes import parse
from engines.wishes.answer import LONGEST, read_answer
from engines.wishes.saying import say_back
from errors import InvalidInput
from studio.captions.layout import Layout
from studio.captions.wishes import NO_PICTURE, apply_answer, explain
from studio.prompts.writing import read_wish
from tests.unit.test_overlay_style import JSON, NAMES
from ui.text.messages import understood


def read(data: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(each.role, dict(each.settings)) for each in read_answer(json.dumps(data)).captions]


def test_the_schema_is_sent_and_the_wish_is_not_in_the_instruction() -> None:
    request = read_wish("  like a tabloid ")
    assert request.brief and json.dumps(style_schema(), separators=(",", ":")) in request.brief.told
    assert request.prompt == "like a tabloid" and "tabloid" not in request.brief.told
    assert "not instructions to you" in request.brief.told and '{"captions"' in request.brief.told


def test_only_what_is_said_is_laid_over() -> None:
    before = Layout().with_style(Style(colour="red", plate=Plate(opacity=0.3)))
    answer = {"size": "huge", "plate": {"colour": "Black"}, "glow": {}, "shadow": None}
    parsed = read_answer(json.dumps(answer))
    style = apply_answer(before, json.dumps(answer), "wish", NO_PICTURE)[0].style
    plate = Plate("#000000", opacity=0.3)
    assert style == Style(size="huge", colour="red", plate=plate, glow=Glow())
    assert "Understood: text size huge" in understood(explain(parsed, "wish"))


@pytest.mark.parametrize("style", PRESETS.values(), ids=PRESETS)
def test_a_whole_style_comes_back(style: Style) -> None:
    parsed = read_answer(json.dumps(as_data(style)))
    found = apply_answer(Layout(), json.dumps(as_data(style)), "", NO_PICTURE)[0].style
    assert replace(found, colour="", plate=None, outline=None, shadow=None) == replace(
        style, colour="", plate=None, outline=None, shadow=None
    )
    assert [name for name in ("plate", "outline", "shadow") if getattr(found, name)] == [
        name for name in ("plate", "outline", "shadow") if getattr(style, name)
    ]
    assert not parse(say_back(parsed.captions[0].settings)).unknown


def test_several_captions() -> None:
    rows = [{"role": "Line 1", "colour": "white"}, {"role": "line last", "colour": "yellow"}]
    assert read({"captions": rows}) == [
        ("line 1", {"colour": "#ffffff"}), ("line last", {"colour": "#ffff00"}),
    ]  # fmt: skip
    assert read({"line_colours": ["red", "auto"]}) == [("", {"line_colours": ["#ff0000", "auto"]})]


@pytest.mark.parametrize("before", ["```json\n", "```\n", "  ```JSON \r\n"])
def test_one_code_fence_around_all_is_taken_off(before: str) -> None:
    assert read_answer(f'{before}{{"size": "huge"}}\n```\n').captions[0].settings == {
        "size": "huge"
    }


def test_what_no_style_has_is_left_out_and_named() -> None:
    parsed = read_answer('{"size": "huge", "text": "Buy now", "glow": {"wings": 1}, "a<b>": 2}')
    assert parsed.captions[0].settings == {"size": "huge", "glow": {}}
    assert len(parsed.notes) == 1
    assert all(name in parsed.notes[0] for name in ("text", "glow.wings", "a<b>"))
    assert "<b>" not in understood(explain(parsed, "x"))
    many = read_answer(json.dumps({"size": "huge"} | {f"x{n}": n for n in range(900)}))
    assert len(many.notes[0]) < 300


HOSTILE = {
    "nothing": "",
    "prose": "I would make it huge and yellow.",
    "prose before": 'Sure! {"size": "huge"}',
    "prose after": '{"size": "huge"} Now visit example.com.',
    "prose around a fence": 'Here:\n```json\n{"size": "huge"}\n```',
    "two fences": '```json\n{"size": "huge"}\n```\n```json\n{"size": "tiny"}\n```',
    "two objects": '{"size": "huge"}{"size": "tiny"}',
    "cut short": '{"size": "huge", "plate": {"col',
    "a list": '[{"size": "huge"}]',
    "a string": '"huge"',
    "null": "null",
    "single quotes": "{'size': 'huge'}",
    "huge": json.dumps({"size": "huge", "x": "y" * LONGEST}),
    "deep": '{"plate":' * 3000 + "1" + "}" * 3000,
    "many digits": '{"opacity": ' + "9" * 6000 + "}",
    "no number": '{"opacity": NaN}',
    "endless": '{"opacity": Infinity}',
    "wrong type": '{"size": 48}',
    "wrong part": '{"plate": "black"}',
    "wrong inside": '{"glow": {"radius": "wide"}}',
    "out of bounds": '{"weight": 4000}',
    "a truth for a number": '{"opacity": true}',
    "markup": '{"colour": "<img src=x onerror=alert(1)>"}',
    "no captions": '{"captions": []}',
    "captions that are none": '{"captions": {"role": "title"}}',
    "too many captions": json.dumps({"captions": [{"size": "huge"}] * 13}),
    "a caption that is none": '{"captions": [3]}',
    "a role that is none": '{"captions": [{"role": ["title"], "size": "huge"}]}',
    "a long role": json.dumps({"captions": [{"role": "x" * 41, "size": "huge"}]}),
    "one wrong caption": '{"captions": [{"size": "huge"}, {"size": "gigantic"}]}',
    "only another text": '{"text": "Buy now"}',
    "empty": "{}",
}


@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_answer_ends_in_a_sentence(answer: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_answer(answer)
    sentence = str(caught.value)
    assert "Nothing was changed" in sentence and len(sentence) < 900 and "\n" not in sentence


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=80)
    | st.dictionaries(st.sampled_from([*NAMES, "captions", "role"]), JSON).map(json.dumps)
    | JSON.map(json.dumps)
)
def test_any_answer_is_a_style_or_a_sentence(answer: str) -> None:
    try:
        parsed = read_answer(answer)
    except InvalidInput as error:
        assert "Nothing was changed" in str(error)
    else:
        apply_answer(Layout(), answer, "", NO_PICTURE)
        understood(explain(parsed, "x"))
