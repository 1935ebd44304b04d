"""Every row that writes: what was asked is what goes out, once, and what is written comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from providers.catalogue import MODELS, models_for
from providers.schema import Task
from studio import runner
from studio.jobs.job import State
from tests.cloud import Cloud
from tests.contract.picture_rows import SMALL
from tests.contract.word_rows import CASES, IDEA, PICTURE, TOLD, Case
from tests.contract.writing import ONE, POLLED, STREAMING, write

LIVE = [model for model in models_for(Task.PROMPT_WRITING) if model.provider != "local"]


def test_every_row_written_out_is_tried() -> None:
    written = {case.model for case in CASES}
    assert written <= {model.id for model in LIVE}
    for model in (MODELS[name] for name in written):
        cold = model.fixed.get("reasoning_effort") == "none"
        assert model.brief["tokens"]
        assert [param.name for param in model.params] == ([] if cold else ["temperature"])
        shown = {case.pictures for case in CASES if case.model == model.id}
        assert shown == set(range(model.least_pictures, model.most_pictures + 1))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_asked_is_sent_and_written_comes_back(
    cloud: Cloud, tmp_path: Path, case: Case
) -> None:
    end = await write(cloud, tmp_path, case.model, case.idea, pictures=case.pictures)
    receipt = end.receipt
    (post,) = cloud.submissions()
    assert post.path.endswith(case.path) and post.accepted
    told = end.job.user_request.brief.told if end.job and end.job.user_request.brief else ""
    assert "at least 1000 characters" in told and IDEA not in told
    assert json.loads(post.raw) == filled(case.sent, told)
    assert cloud.ignored() == []
    (job,) = cloud.jobs()
    assert [picture.metadata for picture in job.received] == [()] * case.pictures
    assert [(each.width, each.height) for each in job.received] == [(64, 48)] * case.pictures

    text = job.notes.get("text") or "".join(job.notes["pieces"])
    assert receipt["text"] == text and len(text) >= 1000
    assert receipt["images"] == [] and receipt["upstream_id"]
    assert receipt["asked"]["prompt"] == case.idea
    assert receipt["asked"]["language"] == "en" and receipt["asked"]["length"] == 1000
    assert receipt["findings"]["contradictions"] == []
    kept = [each["kept"] for each in receipt["findings"]["protected"]]
    assert kept == ([True] if case.idea else [])
    assert "base64" not in json.dumps(receipt["sent"])
    assert (receipt["price"]["usd"] is None) == (receipt["price"]["basis"] == "unknown")
    states = [state for state, _ in receipt["moments"]]
    assert State.FETCHING not in states and states[-1] == State.COMPLETED
    assert not [call for call in cloud.calls if call.stage == "fetch"]


def filled(value: Any, told: str) -> Any:
    """The body with the instruction and the picture where they stand."""
    if isinstance(value, dict):
        return {name: filled(each, told) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, told) for each in value]
    return {TOLD: told, PICTURE: SMALL[0].data_uri}.get(value, value) if value else value


@pytest.mark.parametrize("name", [*STREAMING.values(), POLLED["replicate"]])
async def test_the_text_grows_before_it_is_there(
    cloud: Cloud, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "POLL_SECONDS", 0.01)
    cloud.pace(name.partition("/")[0], queue=0, steps=4, delay=0.02)
    texts: list[str] = []
    end = await write(cloud, tmp_path, name, texts=texts)
    partial = [text for text in texts if text and text != end.receipt["text"]]
    assert partial and all(end.receipt["text"].startswith(text) for text in partial)
    assert partial == sorted(partial, key=len)
    assert len(cloud.submissions()) == 1


@pytest.mark.parametrize("who", ["openai", "replicate"])
async def test_tokens_told_afterwards_are_the_price(cloud: Cloud, tmp_path: Path, who: str) -> None:
    name = {"openai": ONE["openai"], "replicate": "replicate/gemini-2.5-flash"}[who]
    end = await write(cloud, tmp_path, name)
    price = end.receipt["price"]
    assert price["basis"] == "actual" and 0 < price["usd"] < 0.01
    assert end.job and end.job.money.price and price["usd"] <= float(end.job.money.price), (
        "the most was told"
    )
    assert end.session.spend.actual == end.job.money.charged
    tally = end.session.statistics.of(name)
    assert (tally.successes, tally.pictures, tally.as_data()["mean_bytes"]) == (1, 0, None)


async def test_what_is_said_around_the_text_is_taken_away(cloud: Cloud, tmp_path: Path) -> None:
    cloud.writes("Sure! Here is the prompt:\n\n```\nA red fox at night.\n```\n\nLet me know!")
    end = await write(cloud, tmp_path, ONE["openai"], "a fox", asked={"length": 100})
    assert end.receipt["text"] == "A red fox at night."
    assert any("19 characters; 100" in warning for warning in end.receipt["warnings"])


async def test_what_was_lost_and_what_clashes_is_told(cloud: Cloud, tmp_path: Path) -> None:
    cloud.writes("A street at night under the midday sun, with a sign that says nothing.")
    end = await write(cloud, tmp_path, ONE["replicate"], 'a sign "Rosa"')
    found = end.receipt["findings"]
    assert found["protected"] == [{"kind": "quote", "text": '"Rosa"', "kept": False}]
    (clash,) = found["contradictions"]
    assert clash["matter"] == "time of day"
    told = " ".join(end.receipt["warnings"])
    assert '“"Rosa"” is not in the text' in told and clash["why"] in told


async def test_a_service_that_does_not_stream_is_read_whole(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("providers.openai.chat.STREAMED", {})
    end = await write(cloud, tmp_path, ONE["openai"])
    assert len(end.receipt["text"]) >= 1000 and end.receipt["price"]["basis"] == "actual"


async def test_without_a_key_it_is_composed_here(cloud: Cloud, tmp_path: Path) -> None:
    end = await write(cloud, tmp_path, "local/composer", asked={"temperature": None})
    receipt = end.receipt
    assert receipt["sent"]["prompt"] == IDEA and receipt["sent"]["style"] == "photo"
    assert receipt["warnings"] == ["Composed from templates, not by a language model."]
    assert receipt["price"]["basis"] == "free" and len(receipt["text"]) >= 1000
    assert MODELS["local/composer"].provider == "local" and cloud.calls == []
