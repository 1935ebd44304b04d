"""Who is asked: Auto's order, what narrows it, names and aliases, and why nobody can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from errors import InvalidInput, MissingKey, NotAvailable
from providers.catalogue import ALIASES, MODELS, PROVIDERS, models_for, provider_of
from providers.schema import Model, Status, Task
from studio import routing
from studio.keys import Key, Keyring
from studio.request import read_request
from studio.routing import (
    Candidate,
    auto_order,
    nobody,
    obstacle,
    resolve,
    retired,
    sort_out,
)
from studio.session import Session
from tests.making import fake_job
from tests.unit.choosing import choose

TASK = Task.TEXT_TO_IMAGE
EVERY = Keyring(operator={it.name: f"{it.name}-key" for it in PROVIDERS if it.needs_key})
NONE = Keyring()


async def served(model: Model, key: Key) -> str:
    return ""


async def auto(keys: Keyring = EVERY, serves: Any = served, **settings: Any) -> Candidate:
    return await choose("auto", TASK, read_request("a fox", settings), keys, serves)


def order(keys: Keyring = EVERY, **settings: Any) -> list[Candidate]:
    return sort_out(TASK, read_request("a fox", settings), keys)[0]


def test_free_then_by_price_then_unknown_then_our_own() -> None:
    found = order()
    ranks = []
    for each in found:
        if not provider_of(each.model).needs_key:
            ranks.append((3, Decimal(0)))
        elif each.price is None:
            ranks.append((2, Decimal(0)))
        else:
            ranks.append((int(each.price > 0), each.price))
    assert ranks == sorted(ranks)
    assert found[0].model.provider == "huggingface"
    assert found[-1].model.id == "local/sketch"


def test_unknown_price_comes_after_known_and_before_the_sketch() -> None:
    dear, unknown = order(NONE)[0], order(NONE)[0]
    cloud = order(Keyring(operator={"fal": "k"}))[0]
    dear, unknown = replace(cloud, price=Decimal(9)), replace(cloud, price=None)
    sketch = order(NONE)[0]
    shuffled = [sketch, unknown, dear, replace(cloud, price=Decimal(0))]
    assert [each.price for each in sorted(shuffled, key=auto_order)] == [0, 9, None, 0]
    assert sorted(shuffled, key=auto_order)[-1].model.id == "local/sketch"


def test_at_the_same_price_the_one_that_stays_comes_first() -> None:
    cloud = order(Keyring(operator={"fal": "k"}))[0]
    request = cloud.checked.request
    old = replace(request.model, id="fal/old", status=Status("deprecated"))
    aging = replace(cloud, checked=replace(cloud.checked, request=replace(request, model=old)))
    assert sorted([aging, cloud], key=auto_order) == [cloud, aging]


def test_at_the_same_price_the_one_read_at_its_source_comes_first() -> None:
    sure = order(Keyring(operator={"fal": "k"}))[0]
    request = sure.checked.request
    row = replace(request.model, price=replace(request.model.price, verified=True))
    rows = [replace(row, id="fal/guess", price=replace(row.price, verified=False)), row]
    guess, sure = (
        replace(sure, checked=replace(sure.checked, request=replace(request, model=each)))
        for each in rows
    )
    assert sorted([guess, sure], key=auto_order) == [sure, guess]


async def test_with_no_key_the_sketch_answers() -> None:
    assert (await auto(NONE)).model.id == "local/sketch"


async def test_who_is_not_served_is_passed_over() -> None:
    async def serves(model: Model, key: Key) -> str:
        return "Nobody serves it." if model.provider == "huggingface" else ""

    found = await auto(serves=serves)
    assert found.model.provider != "huggingface"
    assert found.price == min(each.price for each in order() if each.price)


async def test_a_look_up_that_fails_passes_over_too() -> None:
    async def serves(model: Model, key: Key) -> str:
        raise NotAvailable("The hub is down.")

    with pytest.raises(InvalidInput, match=r"The hub is down\."):
        await auto(serves=serves)


NARROWING: list[dict[str, Any]] = [
    {"num_images": 3},
    {"num_images": 10},
    {"seed": 5},
    {"negative_prompt": "rain"},
    {"num_inference_steps": 12},
    {"guidance_scale": 3.5},
    {"quality": "high"},
    {"resolution": "4K"},
    {"output_format": "webp"},
    {"aspect_ratio": "21:9"},
    {"width": 1200, "height": 630},
    {"quality": "low", "num_images": 2, "output_format": "jpeg"},
]


@pytest.mark.parametrize("settings", NARROWING, ids=str)
def test_what_is_asked_narrows_the_choice(settings: dict[str, Any]) -> None:
    """Whoever is found has every param asked; nobody with it and a key is left out."""
    found = {each.model.id for each in order(**settings)}
    assert found
    for model in models_for(TASK):
        has = all(model.param(name) for name in settings)
        if model.id in found:
            assert has, model.id
        elif has and not retired(model):
            _, why = sort_out(TASK, read_request("a fox", settings), EVERY)
            assert {row.id: reason for row, reason in why}[model.id]


async def test_auto_takes_the_first_in_order() -> None:
    for settings in NARROWING:
        assert (await auto(**settings)).model == order(**settings)[0].model


@pytest.mark.parametrize("alias", ALIASES)
def test_aliases_go_where_a_key_is(alias: str) -> None:
    for model_id in ALIASES[alias]:
        model = MODELS[model_id]
        keys = Keyring(operator={provider_of(model).name: "k"})
        assert resolve(alias, model.task, keys).id == model_id
        assert resolve(alias.upper(), model.task, keys).id == model_id
    assert resolve(alias, MODELS[ALIASES[alias][0]].task, NONE).id == ALIASES[alias][0]


@pytest.mark.parametrize("task", [Task.TEXT_TO_IMAGE, Task.IMAGE_EDIT, Task.UPSCALE])
def test_only_short_names_of_the_task_are_offered(task: Task) -> None:
    with pytest.raises(InvalidInput) as caught:
        resolve("nope", task, EVERY)
    offered = caught.value.message.split(": ", 1)[1].rstrip(".").split(", ")
    for alias, ids in ALIASES.items():
        assert (alias in offered) == any(MODELS[each].task is task for each in ids)


def test_ids_are_read_in_any_case() -> None:
    assert resolve("FAL/Flux-Dev", TASK, EVERY).id == "fal/flux-dev"


@pytest.mark.parametrize("name", ["nope", "fal", "fal/", "flux-dev", "null", "x" * 500])
def test_an_unknown_model_lists_what_there_is(name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        resolve(name, TASK, EVERY)
    assert caught.value.field == "model"
    assert "auto" in caught.value.message
    for model in models_for(TASK):
        assert (model.id in caught.value.message) == (not retired(model))
    assert "x" * 61 not in caught.value.message


async def test_pinned_without_a_key_says_what_to_set() -> None:
    with pytest.raises(MissingKey) as caught:
        await choose("fal/flux-dev", TASK, read_request("a fox", {}), NONE, served)
    assert "FAL_KEY" in caught.value.what_now


async def test_pinned_is_never_replaced() -> None:
    asked = read_request("a fox", {"quality": "high"})
    with pytest.raises(InvalidInput, match="fal/flux-dev has no quality"):
        await choose("fal/flux-dev", TASK, asked, EVERY, served)


async def test_pinned_and_not_served() -> None:
    async def serves(model: Model, key: Key) -> str:
        return "Nobody serves it."

    with pytest.raises(NotAvailable, match="Nobody") as caught:
        await choose("huggingface/sdxl", TASK, read_request("a fox", {}), EVERY, serves)
    assert caught.value.created is False


async def test_retired_names_its_successor() -> None:
    with pytest.raises(NotAvailable, match=r"was shut down on .* Use openai/gpt-image-2 instead"):
        await choose("dalle3", TASK, read_request("a fox", {}), EVERY, served)


def test_deprecated_is_there_until_its_last_day() -> None:
    last = date(2026, 12, 31)
    model = replace(MODELS["fal/flux-dev"], status=Status("deprecated", last, "fal/seedream-4"))
    assert retired(model, last) == ""
    assert obstacle(model, EVERY, last) == ""
    after = retired(model, last + timedelta(days=1))
    assert "2026-12-31" in after
    assert "fal/seedream-4" in after
    assert obstacle(model, EVERY, last + timedelta(days=1)) == after


def test_retired_is_gone_with_or_without_a_date() -> None:
    row = MODELS["fal/flux-dev"]
    assert retired(replace(row, status=Status("retired"))) == "fal/flux-dev was shut down."
    assert retired(replace(row, status=Status("deprecated"))) == ""


async def test_nobody_says_whose_key_would_help() -> None:
    with pytest.raises(InvalidInput) as caught:
        await auto(NONE, quality="high")
    assert "quality" in caught.value.message
    for name in ("FAL_KEY", "REPLICATE_API_TOKEN", "OPENAI_API_KEY"):
        assert name in caught.value.what_now
    assert "HF_TOKEN" not in caught.value.what_now
    assert "dall-e" not in str(caught.value)


async def test_nobody_promises_no_key_where_none_would_help() -> None:
    with pytest.raises(InvalidInput) as caught:
        await auto(NONE, aspect_ratio="7:5")
    assert "_KEY" not in caught.value.what_now


def test_nobody_speaks_of_no_retired_model() -> None:
    gone = [(model, "gone") for model in MODELS.values() if model.status.state == "retired"]
    assert gone
    assert "gone" not in str(nobody(read_request("a fox", {}), EVERY, gone))


def test_a_price_belongs_to_each_candidate() -> None:
    for each in order(num_images=2):
        assert each.price == routing.estimate(each.checked.request)
        assert each.key == EVERY.require(provider_of(each.model))


def test_keys_of_the_session_widen_the_choice() -> None:
    session = Session(keys={"fal": "typed"})
    found = {each.model.provider for each in order(Keyring(typed=session.keys))}
    assert found == {"fal", "local"}
    assert fake_job().request.model.id in {e.model.id for e in order(Keyring(typed=session.keys))}
