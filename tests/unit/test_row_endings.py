"""Models that end: said a week before, passed over by Auto and refused by name afterwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from errors import NotAvailable
from providers.catalogue import MODELS, PROVIDERS, models_for
from providers.schema import Task
from studio.keys import Keyring
from studio.model_listing import describe
from studio.prompts.writing import read_writing
from studio.request import read_request
from studio.retired_models import SOON_DAYS, ending, retired
from studio.routing import plan
from tests.contract.picture_rows import SMALL
from ui.forms.controls import model_choices

EVERY = Keyring(operator={it.name: f"{it.name}-key" for it in PROVIDERS if it.needs_key})
FLASH, GPT, BANANA = date(2026, 12, 1), date(2027, 1, 14), date(2027, 3, 15)
NEXT = "google/nano-banana-2.1"
# The row, its last day, and who follows.
ENDS = [
    ("fal/gemini-2.5-flash", FLASH, "fal/gemini-3.5-flash-lite"),
    ("fal/gemini-2.5-flash-vision", FLASH, "fal/gemini-3.5-flash-lite-vision"),
    ("replicate/gemini-2.5-flash", FLASH, "google/gemini-3.5-flash-lite"),
    ("openai/gpt-4.1-mini", GPT, "openai/gpt-6-luna"),
    ("fal/gpt-4.1", GPT, "openai/gpt-6-luna"),
    *((f"{who}/nano-banana{edit}", BANANA, NEXT)
      for who in ("fal", "replicate") for edit in ("", "-edit")),
    *((f"{who}/nano-banana-2{edit}", None, NEXT)
      for who in ("fal", "replicate") for edit in ("", "-edit")),
    ("fal/topaz", None, "topaz/upscale/image/precision"),
    ("huggingface/gemma-3-27b", None, "huggingface/gemma-4-31b"),
    ("huggingface/sd-1.4", None, "huggingface/sd3-medium"),
    ("huggingface/sd-1.5", None, "huggingface/sd3-medium"),
    ("huggingface/sd-2.1", None, "huggingface/sd3-medium"),
]  # fmt: skip


def at(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.retired_models.now", lambda: day)


def test_rows_say_when_they_end_and_who_follows() -> None:
    for id, until, successor in ENDS:
        told = describe(MODELS[id])["status"]
        assert told["state"] == "deprecated" and told["note"], id
        assert told["until"] == (until and until.isoformat()), id
        assert told["successor"] == successor, id


def test_a_week_before_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for id, until, successor in ENDS:
        model = MODELS[id]
        if until is None:
            assert ending(model, date(2030, 1, 1)) == retired(model, date(2030, 1, 1)) == ""
            continue
        for days in (0, 1, SOON_DAYS):
            told = ending(model, until - timedelta(days=days))
            assert until.isoformat() in told and successor in told, id
            assert ("does not have yet" in told) == (successor not in MODELS)
        assert ending(model, until - timedelta(days=SOON_DAYS + 1)) == ""
        assert ending(model, until + timedelta(days=1)) == ""
    at(FLASH, monkeypatch)
    labels = {id: label for label, id in model_choices(EVERY, Task.PROMPT_WRITING)}
    assert "ends 2026-12-01" in labels["fal/gemini-2.5-flash"]
    assert "ends" not in labels["fal/gemini-3.5-flash-lite"]
    at(FLASH + timedelta(days=1), monkeypatch)
    left = {id for _, id in model_choices(EVERY, Task.PROMPT_WRITING)}
    assert "fal/gemini-2.5-flash" not in left and "fal/gemini-3.5-flash-lite" in left


def test_one_that_has_ended_is_refused_by_name_and_never_taken_by_auto(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for id, until, successor in ENDS:
        model = MODELS[id]
        if until is None:
            continue
        writing = model.task is Task.PROMPT_WRITING
        pictures = SMALL[: model.most_pictures and 1]
        asked = (
            read_writing("a fox", pictures)
            if writing
            else read_request("a fox", {}, pictures, model.task)
        )
        at(until, monkeypatch)
        assert plan(model.task, id, asked, EVERY).candidates[0].model is model
        taken = [each.model for each in plan(model.task, "auto", asked, EVERY).candidates]
        assert model in taken
        at(until + timedelta(days=1), monkeypatch)
        with pytest.raises(NotAvailable) as caught:
            plan(model.task, id, asked, EVERY)
        assert until.isoformat() in str(caught.value) and successor in str(caught.value)
        assert caught.value.created is False
        taken = [each.model for each in plan(model.task, "auto", asked, EVERY).candidates]
        assert taken and model not in taken


def test_auto_goes_on_where_one_service_is_within_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever has a date is gone in 2030: each task of each service keeps a model in the cloud."""
    at(date(2030, 1, 1), monkeypatch)
    for provider in PROVIDERS:
        for task in {model.task for model in provider.models}:
            left = [m for m in models_for(task) if m.provider == provider.name and not retired(m)]
            assert left, (provider.name, task)
    only_fal = Keyring(operator={"fal": "k"})
    seen = plan(Task.PROMPT_WRITING, "auto", read_writing("", SMALL[:1]), only_fal).candidates
    assert seen[0].model.id == "fal/gemini-3.5-flash-lite-vision"
