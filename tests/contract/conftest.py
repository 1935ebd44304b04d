"""One emulated cloud for all; quick polls; and what must hold after every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from easel.studio import life, service
from tests.cloud import Cloud
from tests.contract.play import PAID

# An SDK that fell back on the environment would send these.
POISON = {
    "REPLICATE_API_TOKEN": "poison-replicate-token",
    "FAL_KEY": "poison-fal-key",
    "FAL_KEY_ID": "poison-fal-key-id",
    "FAL_KEY_SECRET": "poison-fal-key-secret",
    "HF_TOKEN": "hf_poison_token",
    "HUGGING_FACE_HUB_TOKEN": "hf_poison_token",
    "WAVESPEED_API_KEY": "poison-wavespeed-key",
    "OPENAI_API_KEY": "poison-openai-key",
}


@pytest.fixture(scope="session")
def running() -> Iterator[Cloud]:
    with Cloud() as cloud:
        yield cloud


@pytest.fixture
def cloud(running: Cloud) -> Iterator[Cloud]:
    """A cloud with nothing remembered. After the test: no key went astray, none came from the
    environment, every planned failure struck, no emulator broke down."""
    running.reset()
    for name in PAID:
        running.pace(name, queue=1, steps=1, delay=0)
    yield running
    assert running.bugs == []
    assert running.leaks() == []
    assert running.pending() == []
    seen = " ".join(value for call in running.calls for value in call.headers.values())
    assert "poison" not in seen


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short pauses, short patience, and keys in the environment that nobody may use."""
    for name, seconds in {
        "FIRST_POLL": 0.005, "SLOWEST_POLL": 0.02, "FIRST_TROUBLE": 0.01, "LONGEST_PAUSE": 0.05,
        "ONE_POLL": 0.3, "SUBMIT_SECONDS": 0.6, "WITHDRAW_SECONDS": 0.6, "FETCH_PAUSE": 0.005,
        "FETCH_SECONDS": 10.0,
    }.items():  # fmt: skip
        assert hasattr(life, name)
        monkeypatch.setattr(life, name, seconds)
    monkeypatch.setattr(service, "STOP_SECONDS", 1.0)
    for name, value in POISON.items():
        monkeypatch.setenv(name, value)
