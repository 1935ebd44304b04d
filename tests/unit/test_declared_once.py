"""A setting is declared once: nobody else states its name, and everything follows a new one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import gradio as gr
import pytest

from errors import InvalidInput
from providers.catalogue import models_for
from providers.param import Param
from providers.params import PARAMS, Number
from providers.schema import Model, Task
from providers.tasks import TASKS
from studio.prompts.quick_line_grammar import parse
from studio.prompts.quick_line_names import json_names, line_names
from studio.request import check, read_request
from tests.unit.house import FILES, ROOT, tree
from ui.api.boxes import Boxes
from ui.api.docs import arguments, describe
from ui.api.endpoints import register
from ui.api.pictures import Pictures
from ui.forms.setting_controls import setting_control, setting_update

# Where a setting's name may stand as a literal: its declaration, and rows that say who has it.
ROWS = ("providers/params.py", "providers/tasks.py", "_rows.py")
# Names that are also words of other things: a picture's width, a receipt's seed, a prompt's style,
# the wishes that a language model answers.
WORDS = {"width", "height", "seed", "scale", "style", "mode", "quality", "strength", "resolution"}
WORDS.add("wishes")
# Whoever computes with a setting asks for it by name.
COMPUTED = {
    "providers/local/": "our own engines read the settings they are sent",
    "providers/replicate/adapter.py": "one field of the provider's holds two settings",
    "studio/face_swap.py": "the faces are looked for before anybody is asked",
    "studio/money/": "the price goes by the number of pictures",
    "studio/prompts/choices.py": "a prompt with choices becomes several jobs",
    "studio/prompts/writing.py": "the composer sets how freely words are chosen",
    "studio/results/expected_size.py": "the size of what comes back is computed",
    "ui/": "forms lay sizes and counts out in a way of their own",
}


def test_names_of_settings_stand_in_their_declaration_alone() -> None:
    names = PARAMS.keys() - WORDS
    for path in FILES:
        where = str(path.relative_to(ROOT))
        if where.endswith(ROWS) or where.startswith(tuple(COMPUTED)):
            continue
        literals = {each.value for each in ast.walk(tree(path)) if isinstance(each, ast.Constant)}
        assert not names & literals, where


def test_whoever_may_name_settings_does() -> None:
    """So that the list above grows no moss."""
    for place in COMPUTED:
        files = [path for path in FILES if str(path.relative_to(ROOT)).startswith(place)]
        literals = {
            each.value
            for path in files
            for each in ast.walk(tree(path))
            if isinstance(each, ast.Constant)
        }
        assert literals & (PARAMS.keys() - WORDS | {"resolution"}), place


def test_every_setting_is_spelled_and_labelled() -> None:
    for name, param in PARAMS.items():
        assert param.name == name and param.label and param.help.endswith(".")
        spelled = {*(param.spellings or "").split(), name}
        assert {*param.line_only.split()} <= spelled, name


def test_a_task_names_settings_there_are_and_pictures_its_models_take() -> None:
    assert {*TASKS} == {*Task}
    for task, form in TASKS.items():
        assert {*form.settings} <= PARAMS.keys() and len({*form.settings}) == len(form.settings), (
            task
        )
        slots = [model.slots for model in models_for(task) if model.slots]
        assert bool(slots) == bool(form.pictures)


def test_endpoints_take_what_their_task_says(endpoints: dict[str, Any]) -> None:
    for form in TASKS.values():
        taken = {*arguments(endpoints[form.endpoint])}
        assert {place.name for place in form.pictures} <= taken
        assert form.prompt is None or form.prompt.name in taken


def test_every_argument_of_an_endpoint_is_described(endpoints: dict[str, Any]) -> None:
    for name, handler in endpoints.items():
        assert all(arguments(handler).values()), name
        describe(handler)  # once more changes nothing
        before = handler.__doc__
        describe(handler)
        assert handler.__doc__ == before
        for each in arguments(handler):
            assert f"\n    {each}: " in before, (name, each)


@pytest.fixture(scope="module")
def endpoints() -> dict[str, Any]:
    """The handlers of all endpoints by name."""
    found: dict[str, Any] = {}

    class Listing(Boxes):
        def __init__(self) -> None:
            """No components are needed."""

        def __call__(self, *kind: Any, **rest: Any) -> None:
            """As there."""

        def endpoint(self, api_name: str, handler: Any, gives: Any, **rest: Any) -> None:
            found[api_name] = handler

    register(None, Listing())  # type: ignore[arg-type]
    return found


@pytest.fixture
def warmth(monkeypatch: pytest.MonkeyPatch) -> Iterator[Number]:
    """A new setting, as its one declaration in `providers.params` would add it."""
    entry = Number(
        Param("warmth", "number", "How warm the light is.", spellings="тепло", in_json=True,
              minimum=0, maximum=10)
    )  # fmt: skip
    monkeypatch.setitem(PARAMS, "warmth", entry.param)
    line_names.cache_clear()
    json_names.cache_clear()
    yield entry
    monkeypatch.undo()
    line_names.cache_clear()
    json_names.cache_clear()


def test_a_new_setting_is_read_and_checked(warmth: Number) -> None:
    model = Model("local/w", "W", "w", Task.TEXT_TO_IMAGE, (warmth(0, 5, wire="heat"),))
    wanted = read_request("a fox", {"warmth": "2,5"})
    assert wanted.settings == {"warmth": 2.5}
    assert check(model, wanted).request.settings["warmth"] == 2.5
    with pytest.raises(InvalidInput, match="warmth"):
        check(model, replace(wanted, settings={"warmth": 6.0}))
    with pytest.raises(InvalidInput, match="warmth"):
        read_request("a fox", {"warmth": "cosy"})
    assert model.params[0].wire == "heat" and model.params[0].help == "How warm the light is."


def test_a_new_setting_is_read_from_a_line_and_from_json(warmth: Number) -> None:
    for text in ("a fox | warmth=3", "a fox | Тепло=3", '{"prompt": "a fox", "warmth": 3}'):
        line = parse(text)
        assert (line.prompt, line.settings) == ("a fox", {"warmth": "3"}), text
    assert parse('{"prompt": "a fox", "warmth": "cosy"}').settings == {}


async def test_a_new_setting_is_described_where_an_endpoint_takes_it(warmth: Number) -> None:
    class Warm(Pictures):
        async def warm(self, prompt: str, warmth: float | None = None) -> None:
            """Warm a picture.

            Args:
                prompt: What to warm.
            """

    handler = Warm(None).warm  # type: ignore[arg-type]
    with gr.Blocks() as page:
        Boxes(gr.State(None)).endpoint("warm", handler, None)
    (fn,) = page.fns.values()
    assert [type(box) for box in fn.inputs] == [gr.Textbox, gr.Number]
    assert [box.label for box in fn.inputs] == ["prompt", "warmth"]
    assert "    warmth: How warm the light is.\n" in f"{handler.__doc__}\n"


def spoken(key: str, **values: object) -> str:
    """In place of the catalogue, which has no label for it."""
    return " ".join([key, *map(str, values.values())])


async def test_a_new_setting_has_a_control(warmth: Number, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("providers.param.say", spoken)
    with gr.Blocks():
        control = setting_control(lambda name: {"elem_id": name}, "warmth")
    assert isinstance(control, gr.Textbox)
    assert control.label == "param.warmth" and control.elem_id == "warmth"
    form = {"warmth": "9"}
    shown = setting_update("warmth", {"warmth": warmth(0, 5, 2)}, form)
    assert shown["visible"] and "0 5" in shown["info"] and shown["value"] == ""
    assert not setting_update("warmth", {}, form)["visible"]
