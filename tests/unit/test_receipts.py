"""The receipt: what was asked and sent, who answered, what it cost and how that is known."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from providers.catalogue import MODELS, PROVIDERS, provider_of
from providers.schema import Model
from studio.jobs.job import Job, State
from studio.jobs.parts import JobMoney
from studio.keys import Key
from studio.money.pricing import estimate
from studio.request import check
from studio.results.image_files import StoredPicture
from studio.results.receipt_writer import price_paid, write_receipt
from studio.session import Session
from tests.loops import for_each
from tests.making import asked_of, fake_job
from ui.results.export import public, write_history

LIVE = [model for model in MODELS.values() if model.status.state != "retired"]


def finished(model: Model) -> Job:
    asked = asked_of(model)
    checked = check(model, asked)
    job = Job(
        asked, checked.request, Key("secret-key", "operator"), JobMoney(estimate(checked.request))
    )
    job.result.stored = [StoredPicture(Path("/cache/token/easel.png"), "png", 64, 32, 999)]
    for state in (State.SUBMITTING, State.FETCHING, State.COMPLETED):
        job.enter(state)
    return job


@for_each(LIVE)
def test_every_row_has_a_receipt_fit_for_json(model: Model) -> None:
    job = finished(model)
    receipt = write_receipt(job, provider_of(model))
    text = json.dumps(receipt, allow_nan=False)
    assert "secret-key" not in text
    assert receipt["id"] == job.id
    assert receipt["asked"]["prompt"] == job.user_request.prompt
    assert receipt["asked"].get("pictures", []) == list(job.request.labels)
    assert "base64" not in text and "IHDR" not in text
    assert receipt["sent"] == dict(provider_of(model).payload(job.request, job.request.labels))
    assert receipt["provider"] in {it.title for it in PROVIDERS}
    assert receipt["state"] == "completed"
    assert receipt["price"]["basis"] in ("estimate", "free", "unknown")
    assert (receipt["price"]["usd"] is None) == (receipt["price"]["basis"] == "unknown")


@pytest.mark.parametrize(
    ("price", "charged", "usd", "basis"),
    [
        ("0.10", None, 0.10, "estimate"),
        ("0.10", Decimal("0.12"), 0.12, "actual"),
        (None, Decimal("0.12"), 0.12, "actual"),
        (None, None, None, "unknown"),
        ("0", None, 0.0, "free"),
    ],
)
def test_what_it_cost(
    price: str | None, charged: Decimal | None, usd: float | None, basis: str
) -> None:
    job = fake_job(price)
    job.money.charged = charged
    paid = price_paid(job)
    assert (paid["usd"], paid["basis"]) == (usd, basis)


def test_others_see_addresses_and_no_paths() -> None:
    model = MODELS["local/sketch"]
    receipt = write_receipt(finished(model), provider_of(model))
    shown = public(receipt, "http://host:7860")
    (image,) = shown["images"]
    assert image["url"] == "http://host:7860/gradio_api/file=/cache/token/easel.png"
    assert "path" not in image
    assert "path" in receipt["images"][0], "the session's own copy is as it was"
    assert "/cache" not in json.dumps(public(receipt))


async def test_history_is_saved_and_old_saves_go(tmp_path: Path) -> None:
    model, session = MODELS["local/sketch"], Session()
    session.results.remember(write_receipt(finished(model), provider_of(model)), 20)
    places = [await write_history(session, tmp_path) for _ in range(8)]
    assert [place.exists() for place in places] == [False] * 3 + [True] * 5
    (saved,) = json.loads(places[-1].read_text(encoding="utf-8"))
    assert saved["model"] == "local/sketch"
    assert "/cache" not in places[-1].read_text(encoding="utf-8")
    session.end()
    assert list(tmp_path.iterdir()) == []
