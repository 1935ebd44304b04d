"""Every row that takes pictures: its body, its limits, its words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from errors import InvalidInput
from providers.catalogue import MODELS, models_for, provider_of
from providers.easel_prompts import RETOUCH
from providers.inputs import MOST_PICTURES, InputPicture
from providers.payload import full_prompt, pictured
from providers.schema import Model, Slot, Task
from studio.keys import Keyring
from studio.request import UserRequest, check, read_request
from studio.routing import nobody, sort_out
from tests.loops import for_each
from tests.making import asked_of, in_picture, words_for
from tests.unit.picture_rows import CASES

TASKS = (Task.IMAGE_EDIT, Task.RETOUCH, Task.UPSCALE, Task.FACE_SWAP)
# Those that write may be shown a picture; they are the subject of test_word_rows.py.
TAKING = [
    model for model in MODELS.values() if model.slots and model.task is not Task.PROMPT_WRITING
]
each_row = for_each(TAKING)


def asked(model: Model, count: int, words: str = "", **settings: Any) -> UserRequest:
    pictures = [in_picture(f"picture {number}") for number in range(1, count + 1)]
    return read_request(words, settings, pictures, model.task)


def refused(model: Model, count: int, words: str = "") -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        check(model, asked(model, count, words))
    return caught.value


def test_every_param_of_a_row_written_out_is_tried() -> None:
    written = {name for name, *_ in CASES}
    assert written <= {model.id for model in TAKING}
    for model in (MODELS[name] for name in written):
        values = {k: v for name, _, asked, _ in CASES if name == model.id for k, v in asked.items()}
        assert set(values) == {param.name for param in model.params}, model.id
        for param in model.params:
            assert values[param.name] != param.default or len(param.choices) == 1


@for_each(CASES)
def test_the_body_is_the_providers_own(
    name: str, count: int, settings: dict[str, Any], body: dict[str, Any]
) -> None:
    model = MODELS[name]
    words = words_for(model)
    request = check(model, asked(model, count, words, **settings)).request
    addresses = [str(number) for number in range(1, count + 1)]
    sent = dict(provider_of(model).payload(request, addresses))
    if "seed" not in settings:  # drawn
        sent.pop("seed", None)
    assert sent == body
    for field in body:  # 4.0 is 4 to Python, and not to every service
        assert type(sent[field]) is type(body[field]), field


@each_row
def test_a_receipt_shows_labels_where_pictures_went(model: Model) -> None:
    request = check(model, asked_of(model)).request
    shown = json.dumps(provider_of(model).payload(request, request.labels), ensure_ascii=False)
    for number in range(1, model.least_pictures + 1):
        assert f"picture {number}: 64×48 PNG, 1 kB" in shown
    assert "base64" not in shown and len(shown) < 2000


@each_row
def test_row_says_what_it_takes_in(model: Model) -> None:
    limits = model.limits
    assert 1 <= model.least_pictures <= model.most_pictures <= MOST_PICTURES
    ours = not provider_of(model).needs_key
    assert limits.image_bytes == (1024**3 if ours else 4 * 1024**2)
    assert limits.image_types and all(kind.startswith("image/") for kind in limits.image_types)
    assert len({slot.name for slot in model.slots}) == len(model.slots)
    assert bool(model.general) <= bool(model.guard)
    if model.task is Task.FACE_SWAP:
        assert [slot.name for slot in model.slots] == ["source", "target"]
    else:
        assert [slot.name for slot in model.slots] == ["picture"]


@each_row
def test_the_number_of_pictures_is_held_to(model: Model) -> None:
    words = words_for(model)
    for count in {0, model.least_pictures - 1, model.most_pictures + 1}:
        error = refused(model, count, words)
        assert error.field == "pictures" and model.id in error.message
        assert ("one" if model.most_pictures == 1 else str(model.most_pictures)) in error.message
    for count in (model.least_pictures, model.most_pictures):
        assert len(check(model, asked(model, count, words)).request.pictures) == count


@for_each(models_for(Task.TEXT_TO_IMAGE))
def test_text_to_image_takes_no_picture(model: Model) -> None:
    assert model.most_pictures == 0 and model.words == "needed" and not model.guard
    assert refused(model, 1, "a fox").field == "pictures"


@each_row
def test_words_are_asked_for_where_they_are_read(model: Model) -> None:
    count = model.least_pictures
    if model.task is Task.IMAGE_EDIT:
        assert model.words == "needed"
        with pytest.raises(InvalidInput, match="empty") as caught:
            asked(model, count)
        assert caught.value.field == "prompt"
    elif model.task is Task.TEXT_OVERLAY:
        assert model.words == "needed" and refused(model, count).field == "prompt"
    elif model.task is not Task.RETOUCH:
        assert model.words == "none"
    if model.words == "none":
        assert refused(model, count, "a fox").field == "prompt"
        assert check(model, asked(model, count)).request.prompt == ""
    if model.words == "optional":
        request = check(model, asked(model, count)).request
        assert provider_of(model).payload(request, ["1"])["prompt"] == model.guard


def test_the_wish_stands_behind_our_own_words() -> None:
    model = MODELS["fal/seedream-4-enhance"]
    prompt = full_prompt(model, "brighter eyes")
    assert prompt.startswith(RETOUCH) and prompt.endswith(": brighter eyes")
    short = len(full_prompt(model, "x")) - 1
    fitting = "x" * (model.limits.prompt - short)
    check(model, asked(model, 1, fitting))
    assert refused(model, 1, fitting + "x").field == "prompt"


@pytest.mark.parametrize(
    ("slots", "count", "body"),
    [
        ((Slot("p", "a"),), 1, {"a": "1"}),
        ((Slot("p", "a", 1, 3, many=True),), 2, {"a": ["1", "2"]}),
        ((Slot("s", "a"), Slot("t", "b")), 2, {"a": "1", "b": "2"}),
        ((Slot("s", "a", many=True), Slot("t", "a", many=True)), 2, {"a": ["1", "2"]}),
        ((Slot("s", "a", 1, 3, many=True), Slot("t", "b")), 3, {"a": ["1", "2"], "b": "3"}),
        ((Slot("s", "a"), Slot("t", "b", 0, 1)), 1, {"a": "1"}),
        ((Slot("p", "a", many=True),), 0, {}),
        ((), 0, {}),
    ],
)
def test_slots_are_filled_in_their_order(
    slots: tuple[Slot, ...], count: int, body: dict[str, Any]
) -> None:
    model = Model("fal/x", "X", "x", Task.IMAGE_EDIT, (), slots=slots)
    assert pictured(model, [str(number) for number in range(1, count + 1)]) == body


@pytest.mark.parametrize(
    ("size", "made"),
    [((1600, 900), (2730, 1536)), ((900, 1600), (1536, 2730)), ((500, 500), (2048, 2048))],
)
def test_a_picture_keeps_its_shape_when_only_a_size_is_asked(
    size: tuple[int, int], made: tuple[int, int]
) -> None:
    picture = InputPicture("picture 1", b"x", "image/png", *size)
    wish = UserRequest("a fox", {"resolution": "2K"}, (picture,))
    settings = check(MODELS["fal/seedream-4-edit"], wish).request.settings
    assert (settings["width"], settings["height"]) == pytest.approx(made, abs=1)


def test_a_panorama_is_held_to_what_the_model_can_make() -> None:
    picture = InputPicture("picture 1", b"x", "image/png", 8000, 1000)
    wish = UserRequest("a fox", {"resolution": "1K"}, (picture,))
    settings = check(MODELS["openai/gpt-image-2-edit"], wish).request.settings
    assert int(settings["width"]) <= 3 * int(settings["height"])


def test_a_flag_is_read_in_every_dress() -> None:
    for value, read in ((True, True), ("true", True), (" No ", False), (0, False), ("1", True)):
        found = read_request("", {"face_enhancement": value}, (), Task.UPSCALE)
        assert found.settings == {"face_enhancement": read}
    with pytest.raises(InvalidInput) as caught:
        read_request("", {"face_enhancement": "perhaps"}, (), Task.UPSCALE)
    assert caught.value.field == "face_enhancement" and "perhaps" in caught.value.message


EVERY = Keyring(operator={model.provider: "k" for model in MODELS.values()})


@pytest.mark.parametrize("task", TASKS)
def test_auto_finds_somebody_for_each_task(task: Task) -> None:
    count = 2 if task is Task.FACE_SWAP else 1
    words = "a fox" if task is Task.IMAGE_EDIT else ""
    wish = read_request(words, {}, [in_picture()] * count, task)
    found, _ = sort_out(task, wish, EVERY)
    cloud = [each.model for each in found if provider_of(each.model).needs_key]
    order = [model.general for model in cloud]
    assert found and order == sorted(order), "models made for something else come last"
    assert [each.model for each in found[: len(cloud)]] == cloud, "our own come after all others"


def test_auto_for_a_retouch_with_a_wish_leaves_out_who_reads_none() -> None:
    wish = read_request("brighter eyes", {}, [in_picture()], Task.RETOUCH)
    found, why_not = sort_out(Task.RETOUCH, wish, EVERY)
    assert found and all(candidate.model.words == "optional" for candidate in found)
    assert "takes no prompt" in str(nobody(wish, EVERY, why_not))


def _does(model: Model, mode: str) -> bool:
    param = model.param("mode")
    return param is not None and mode in param.choices


@pytest.mark.parametrize("mode", ["soft", "enhance"])
def test_the_mode_decides_who_retouches(mode: str) -> None:
    wish = read_request("", {"mode": mode}, [in_picture()], Task.RETOUCH)
    found, why_not = sort_out(Task.RETOUCH, wish, EVERY)
    cloud = [each.model for each in found if provider_of(each.model).needs_key]
    assert cloud and all(_does(model, mode) for model in cloud)
    assert all(mode in why for model, why in why_not)
    assert len(found) + len(why_not) == len(models_for(Task.RETOUCH))


def test_every_retoucher_says_what_it_does() -> None:
    for model in models_for(Task.RETOUCH):
        mode = model.param("mode")
        assert mode and set(mode.choices) <= {"soft", "enhance"}, model.id


def test_blank_words_are_fine_where_none_are_needed() -> None:
    for task in (Task.UPSCALE, Task.FACE_SWAP, Task.RETOUCH):
        assert read_request(None, {}, (), task).prompt == ""
    with pytest.raises(InvalidInput):
        read_request(" ", {})
