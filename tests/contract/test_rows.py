"""Every row that lives: what was asked is what goes out, once, and what was made comes back."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from errors import NotAvailable
from providers.catalogue import MODELS
from studio.jobs.job import State
from tests.cloud import Cloud
from tests.contract.play import LIVE, check_told, create
from tests.contract.rows import CASES, PROMPT, UNSERVED, Case

RETIRED = [model for model in MODELS.values() if model.status.state == "retired"]
ENDINGS = {"png": "png", "jpeg": "jpg", "webp": "webp"}
RECEIPT = {"id", "created", "state", "task", "model", "title", "provider", "asked", "sent",
           "warnings", "seed", "images", "seconds", "price", "key", "upstream_id",
           "moments", "attempts", "order", "text"}  # fmt: skip


def test_every_param_of_a_row_written_out_is_tried() -> None:
    wanted = {model.id for model in LIVE if model.provider != "local"}
    written = {case.model for case in CASES}
    assert written <= wanted - UNSERVED
    for row in (MODELS[name] for name in written):
        asked = [case.asked for case in CASES if case.model == row.id]
        values = {name: value for each in asked for name, value in each.items()}
        assert set(values) == {param.name for param in row.params}, row.id
        for param in row.params:
            # seedream-4.5 at fal: 2K is the first of its tiers and no default.
            assert values[param.name] != param.default, (row.id, param.name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_asked_is_sent_and_made_comes_back(cloud: Cloud, tmp_path: Path, case: Case) -> None:
    end = await create(cloud, tmp_path, case.model, case.asked)
    receipt = end.receipt

    (post,) = cloud.submissions()
    assert post.path.endswith(case.path) and post.accepted
    assert wire(post.body, case) == case.sent
    assert cloud.ignored() == []

    (made,) = cloud.jobs()
    served = [hashlib.sha256(picture.encode()).hexdigest() for picture in made.pictures]
    stored = [Path(image["path"]) for image in receipt["images"]]
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in stored] == served
    form, wide, high, count = case.made
    assert [(i["format"], i["width"], i["height"]) for i in receipt["images"]] == [
        (form, wide, high)
    ] * count
    assert all(path.suffix == f".{ENDINGS[form]}" for path in stored)
    check_receipt(receipt, case)


def wire(body: Any, case: Case) -> dict[str, Any]:
    """The body without its prompt, which must be there and be the one asked."""
    inner = body["input"] if case.model.startswith("replicate/") else dict(body)
    if "input" in body:
        assert set(body) == {"input"}
    name = "inputs" if "hf-inference" in case.path else "prompt"
    assert inner[name] == PROMPT
    return {field: value for field, value in inner.items() if field != name}


def check_receipt(receipt: dict[str, Any], case: Case) -> None:
    row = MODELS[case.model]
    assert set(receipt) == RECEIPT
    assert (receipt["state"], receipt["model"], receipt["title"]) == (
        "completed", case.model, row.title)  # fmt: skip
    assert receipt["asked"] == {"prompt": PROMPT, **case.asked}
    if row.provider != "huggingface":  # there the form depends on who serves; see test_hub
        assert {k: v for k, v in receipt["sent"].items() if k != "prompt"} == case.sent
    assert receipt["seed"] == case.asked.get("seed")
    assert receipt["upstream_id"] and receipt["key"] == "operator"
    tells = row.provider in ("openai", "wavespeed")  # what a job cost, when it is done
    usual = ("actual",) if tells else ("estimate", "free", "unknown")
    assert receipt["price"]["basis"] in usual
    assert (receipt["price"]["usd"] is None) == (receipt["price"]["basis"] == "unknown")
    assert receipt["price"]["source"] == row.price.source
    assert receipt["seconds"] >= 0 and datetime.fromisoformat(receipt["created"]).tzinfo
    states = [state for state, _ in receipt["moments"]]
    assert states[0] == State.SUBMITTING and states[-2:] == [State.FETCHING, State.COMPLETED]


@pytest.mark.parametrize("name", sorted({case.model for case in CASES}))
async def test_a_prompt_alone_is_enough(cloud: Cloud, tmp_path: Path, name: str) -> None:
    end = await create(cloud, tmp_path, name)
    assert len(end.receipt["images"]) == 1 and len(cloud.submissions()) == 1
    assert cloud.ignored() == []


@pytest.mark.parametrize("row", RETIRED, ids=lambda row: row.id)
async def test_a_retired_row_names_its_successor(cloud: Cloud, tmp_path: Path, row: Any) -> None:
    end = await create(cloud, tmp_path, row.id)
    assert isinstance(end.error, NotAvailable) and end.error.created is False
    assert row.status.successor in end.error.message and row.id in end.error.message
    check_told(end.error, cloud.keys)
    assert cloud.calls == []


async def test_the_sketch_asks_nobody(cloud: Cloud, tmp_path: Path) -> None:
    asked = {"width": 320, "height": 200, "num_images": 2, "seed": 5, "output_format": "webp"}
    receipt = (await create(cloud, tmp_path, "local/sketch", asked)).receipt
    assert [(i["format"], i["width"], i["height"]) for i in receipt["images"]] == [
        ("webp", 320, 200)] * 2  # fmt: skip
    assert "not AI" in receipt["warnings"][0] and receipt["price"]["basis"] == "free"
    assert cloud.calls == []
