"""A quick line beside the parameters of a call: what counts, what is told, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from errors import InvalidInput
from providers.catalogue import MODELS
from providers.schema import Task
from studio.keys import Keyring
from studio.prompts.quick_line import ask_by_line, read_line
from studio.request import UserRequest, check
from studio.routing import plan
from ui.forms.line import place

TASK = Task.TEXT_TO_IMAGE
FAL, REPLICATE = Keyring(operator={"fal": "k"}), Keyring(operator={"replicate": "k"})
USUAL = {"aspect_ratio": "1:1", "num_images": 1}


def ask(
    text: str, model: str = "auto", task: Task = TASK, keys: Keyring = FAL, **settings: Any
) -> tuple[str, UserRequest]:
    given = {**USUAL, **settings} if task is TASK else settings
    return ask_by_line(read_line(text, task, keys), model, given, USUAL, task)


def test_the_line_says_all_that_parameters_can() -> None:
    by_line = ask(
        "a fox | model=fal/flux-dev | size=1024x768 | n=2 | seed=7 | steps=20 | guidance=3.5"
        " | format=jpg"
    )
    by_parameters = ask(
        "a fox", "fal/flux-dev", width=1024, height=768, num_images=2, seed=7,
        num_inference_steps=20, guidance_scale=3.5, output_format="jpeg",
    )  # fmt: skip
    assert by_line == by_parameters
    assert by_line[1].prompt == "a fox"
    assert by_line[1].notes == ()


def test_a_prompt_is_just_a_prompt() -> None:
    for text in ("a fox", "a fox | a hen", 'a sign "a|b"'):
        line = read_line(text, TASK, FAL)
        assert (line.prompt, line.says, line.bare) == (text, False, text)


@pytest.mark.parametrize("text", [r"a \| seed=4 | n=2", r"{a\|b} | n=2", "Изображение: fox | n=1"])
def test_the_bare_prompt_is_read_as_itself(text: str) -> None:
    line = read_line(text, TASK, FAL)
    again = read_line(line.bare, TASK, FAL)
    assert (again.prompt, again.says) == (line.prompt, False)


@pytest.mark.parametrize("text", ["a fox | foo=bar | seed=1", "a fox | style=vivid | seed=1"])
def test_what_nobody_knows_is_named(text: str) -> None:
    (note,) = ask(text)[1].notes
    assert text.split("|")[1].strip() in note
    _, asked = ask(text)
    candidate = plan(TASK, "fal/flux-dev", asked, FAL).candidates[0]
    assert note in candidate.checked.warnings


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, []),
        ({"seed": 7}, []),
        ({"seed": 5}, ["seed=7", "5"]),
        ({"num_images": 2}, []),
        ({"num_images": 3}, ["num_images=2", "3"]),
        ({"aspect_ratio": "16:9"}, ["aspect_ratio=portrait", "16:9"]),
        ({"aspect_ratio": "3:4"}, []),
        ({"model": "fal/flux-schnell"}, ["model=fal/flux-dev", "fal/flux-schnell"]),
        ({"model": "fal/flux-dev"}, []),
        ({"width": 640}, ["width 640"]),
    ],
)
def test_the_line_counts_and_what_differed_is_told(given: dict[str, Any], told: list[str]) -> None:
    model = given.pop("model", "auto")
    name, asked = ask("a fox | seed=7 | n=2 | size=portrait | model=fal/flux-dev", model, **given)
    assert name == "fal/flux-dev"
    assert asked.settings == {"seed": 7, "num_images": 2, "aspect_ratio": "3:4"}
    assert [all(each in note for each in told) for note in asked.notes] == [True] * bool(told)


def test_an_exact_size_replaces_a_resolution() -> None:
    _, asked = ask("a fox | size=640x480", resolution="2K")
    assert {"width": 640, "height": 480}.items() <= asked.settings.items()
    assert "resolution" not in asked.settings
    assert "2K" in asked.notes[0]


@pytest.mark.parametrize(
    ("line", "field"),
    [("strength=0.4", "strength"), ("negative=rain", "negative_prompt"), ("n=9", "num_images"),
     ("seed=x", "seed"), ("quality=low", "quality")],
)  # fmt: skip
def test_what_the_model_lacks_is_refused_as_a_parameter_is(line: str, field: str) -> None:
    with pytest.raises(InvalidInput) as by_line:
        name, asked = ask(f"a fox | model=fal/flux-dev | {line}")
        plan(TASK, name, asked, FAL)
    assert by_line.value.field == field
    value: Any = line.partition("=")[2]
    with pytest.raises(InvalidInput) as by_parameter:
        name, asked = ask("a fox", "fal/flux-dev", **{field: value})
        plan(TASK, name, asked, FAL)
    assert by_line.value.message == by_parameter.value.message


def test_under_auto_it_narrows_the_choice() -> None:
    name, asked = ask("a fox | negative=rain", keys=FAL)
    assert [each.model.id for each in plan(TASK, name, asked, FAL).candidates] == ["local/sketch"]


def test_a_model_nobody_knows_is_refused_by_name() -> None:
    name, asked = ask("a fox | model=acme/9")
    with pytest.raises(InvalidInput, match=r"There is no model 'acme/9'\. There are:"):
        plan(TASK, name, asked, FAL)
    with pytest.raises(InvalidInput, match="There is no model"):
        plan(Task.IMAGE_EDIT, *ask("x | model=fal/flux-dev", task=Task.IMAGE_EDIT), FAL)


@pytest.mark.parametrize("name", ["flux-dev", "FLUX.1 dev", "flux"])
def test_a_name_of_several_stands_for_one_with_a_key(name: str) -> None:
    for keys, service in ((FAL, "fal"), (REPLICATE, "replicate")):
        found, asked = ask(f"a fox | model={name}", keys=keys)
        first = plan(TASK, found, asked, keys).candidates[0]
        assert first.model.id == f"{service}/flux-dev"


def test_an_object_is_read_too() -> None:
    name, asked = ask('```json\n{"description": "a fox", "mood": "calm", "seed": 4}\n```')
    assert (name, asked.prompt, asked.settings["seed"]) == ("auto", "a fox, calm mood", 4)
    checked = check(plan(TASK, "fal/flux-dev", asked, FAL).candidates[0].model, asked)
    assert checked.request.settings["seed"] == 4


def test_an_object_keeps_what_is_no_setting() -> None:
    typed = '{"prompt": "a fox", "camera": {"lens": "35mm"}, "model": "a young woman", "n": 3}'
    line = read_line(typed, TASK, FAL)
    assert (line.prompt, line.says, line.bare) == (typed, False, typed)
    line = read_line('{"prompt": "a fox", "model": "flux", "lighting": "soft"}', TASK, FAL)
    assert (line.prompt, line.model) == ('{"prompt": "a fox", "lighting": "soft"}', "flux")
    deep = '{"prompt": ' * 5000 + "1" + "}" * 5000
    assert read_line(deep, TASK, FAL).prompt == deep


def test_a_leading_word_goes_only_with_a_word() -> None:
    for text in ("Изображение: лиса", "изображение лиса | seed=1"):
        line = read_line(text, TASK, FAL)
        assert line.prompt == "лиса"
        assert "зображение" in line.notes[0] and "left out" in line.notes[0]
    for text in ("Изображение кота", "Фото: кот", "Зображення: кіт", "Image: a fox", "Промпт: x"):
        line = read_line(text, TASK, FAL)
        assert (line.prompt, line.notes) == (text, ())


def test_any_seed_may_be_asked_for() -> None:
    """By a line, by an object, and on the page, where the box of the seed is emptied."""
    for text in ("a fox | seed=-1", '{"prompt": "a fox", "seed": -1}'):
        _, asked = ask(text)
        assert (asked.settings, asked.notes) == ({"aspect_ratio": "1:1", "num_images": 1}, ())
    row = MODELS["fal/flux-dev"]
    params = {param.name: param for param in row.params}
    form = {"prompt": "", "model": row.id, "seed": "5", "shape": "1:1", "exact": ""}
    line = read_line("a fox | seed=-1", TASK, FAL)
    placed = place(line, "prompt", form, lambda each: params, TASK, FAL)
    assert (placed.form["seed"], placed.notes) == ("", ())


@pytest.mark.parametrize(
    ("text", "may"),
    [("лиса", True), ("лиса | translate=no", False), ("лиса | перевод=нет", False),
     ("лиса | translate=yes | seed=1", True), ("лиса | translate=off", False)],
)  # fmt: skip
def test_a_line_may_refuse_a_translation(text: str, may: bool) -> None:
    _, asked = ask(text)
    assert (asked.prompt, asked.translate, asked.notes) == ("лиса", may, ())
    assert "translate" not in asked.settings


def test_what_cannot_be_read_as_yes_or_no_is_named() -> None:
    _, asked = ask("лиса | translate=perhaps")
    assert asked.translate is True
    (note,) = asked.notes
    assert "translate=perhaps" in note
