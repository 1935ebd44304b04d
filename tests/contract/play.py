"""How the contract tests play: one studio over the emulated cloud, one job, its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from errors import StudioError
from providers.catalogue import MODELS, PROVIDERS, models_for
from providers.inputs import InputPicture
from providers.schema import Task
from settings import read_settings
from studio.jobs.job import Job
from studio.request import read_request
from studio.service import Studio
from studio.session import Session
from tests.cloud import Cloud
from tests.contract.picture_rows import SMALL
from tests.contract.rows import CASES, PROMPT

PAID = ("fal", "replicate", "wavespeed", "huggingface", "openai")
# One row of each service, for what does not depend on the row.
ONE = {
    "fal": "fal/flux-dev",
    "replicate": "replicate/flux-schnell",
    "wavespeed": "wavespeed/flux-dev",
    "huggingface": "huggingface/sd-1.4",
    "openai": "openai/gpt-image-2",
}
# Those whose jobs are asked after; of Hugging Face's, one that the router queues.
POLLED = {**{name: ONE[name] for name in ("fal", "replicate", "wavespeed")},
          "huggingface": "huggingface/flux-dev"}  # fmt: skip
EVERY_ROW = sorted({case.model for case in CASES})
# The subject of test_rows.py; the rows that take pictures are that of test_picture_rows.py.
LIVE = [model for model in models_for(Task.TEXT_TO_IMAGE) if model.status.state != "retired"]


@dataclass
class End:
    """How a job ended: the receipt when it was completed, the error when it was not."""

    studio: Studio
    session: Session
    job: Job | None = None
    error: StudioError | None = None

    @property
    def receipt(self) -> dict[str, Any]:
        assert self.error is None, repr(self.error)
        (receipt,) = self.session.results.history
        return receipt


def open_studio(cloud: Cloud, folder: Path) -> Studio:
    return Studio(read_settings(PROVIDERS, cloud.environment(), None), folder)


async def create(
    cloud: Cloud,
    folder: Path,
    model: str,
    asked: Mapping[str, Any] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    end: End | None = None,
    pictures: Sequence[InputPicture] | None = None,
) -> End:
    """One request, to its end, whatever that is. `pictures`: as many small ones as the row needs,
    unless others are given; words go along where the row reads any."""
    studio = open_studio(cloud, folder)
    end = end or End(studio, Session())
    end.studio = studio
    end.session.consent = True  # to a face swap, which is asked for once
    end.session.keys.update(typed or {})
    keys = studio.keyring(end.session, headers)
    row = MODELS[model]
    given = SMALL[: row.least_pictures] if pictures is None else pictures
    words = "" if row.words == "none" else PROMPT
    try:
        wish = read_request(words, asked or {}, given, row.task)
        async for job in studio.run(row.task, model, wish, end.session, keys):
            end.job = job
    except StudioError as error:
        end.error = error
    return end


def shorten(monkeypatch: pytest.MonkeyPatch, model: str, seconds: float = 1.0) -> None:
    """Give the row's jobs less time."""
    monkeypatch.setitem(MODELS, model, replace(MODELS[model], seconds=seconds))


def serve_by(cloud: Cloud, provider: str, name: str, model: str = "huggingface/flux-dev") -> None:
    """Let the hub say that one provider serves the model."""
    cloud.mapping(MODELS[model].endpoint, {provider: {"providerId": name}})


def check_told(error: StudioError, keys: Mapping[str, str]) -> None:
    """Every error: plain sentences, what to do now, whose it is, and no key in anything."""
    assert error.message and error.message[-1] in ".!?…", error.message
    assert error.what_now and error.what_now[-1] in ".!?…", error.what_now
    assert ".." not in str(error) and "{" not in error.message
    if error.created:
        assert "nothing was" not in error.what_now.lower()
    shown = f"{error} {error!r} {error.args} {error.__dict__}"
    for key in keys.values():
        assert not keyed(shown, key), f"a key stands in {shown}"


def keyed(text: str, key: str) -> bool:
    """Whether the key stands in the text, whole or half."""
    half = len(key) // 2
    return key[:half] in text or key[half:] in text
