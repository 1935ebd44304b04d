"""Providers that fail rest: each kind of failure for its own time, each key for itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from errors import (
    InvalidInput,
    KeyRefused,
    NoCredit,
    NotAvailable,
    RateLimited,
    Refused,
    StudioError,
)
from studio import health as health_module
from studio.health import (
    FOR_EVER,
    LONGEST_DOWN_SECONDS,
    LONGEST_RATE_SECONDS,
    NO_CREDIT_SECONDS,
    RATE_SECONDS,
    Health,
)
from studio.keys import Key, Keyring
from ui.results.figures import health_table

MINE, OTHER = Key("my-secret-key", "user"), Key("another-key", "user")


class Clock:
    """A clock that is set by hand."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def down(status: int | None = 503) -> NotAvailable:
    return NotAvailable("Down.", status=status, created=False)


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (KeyRefused("No."), FOR_EVER),
        (NoCredit("No."), NO_CREDIT_SECONDS),
        (RateLimited("No.", retry_after=17), 17),
        (RateLimited("No."), RATE_SECONDS),
        (RateLimited("No.", retry_after=1e9), LONGEST_RATE_SECONDS),
        (down(), 30),
        (down(None), 30),
        (down(404), 0),  # a model that is gone says nothing of the others
        (Refused("No."), 0),
        (InvalidInput("No."), 0),
    ],
)
def test_how_long(error: StudioError, seconds: float) -> None:
    clock = Clock()
    health = Health(clock)
    health.failed("fal", MINE, error)
    record = health.resting("fal", MINE)
    assert (record.resting_until - clock.now if record else 0) == seconds
    if seconds and seconds != FOR_EVER:
        clock.now += seconds - 1
        assert health.resting("fal", MINE)
        clock.now += 1
        assert health.resting("fal", MINE) is None


def test_a_service_that_is_down_rests_longer_each_time() -> None:
    clock = Clock()
    health, rests = Health(clock), []
    for _ in range(2000):  # many: a named model is asked all the same
        health.failed("fal", MINE, down())
        record = health.resting("fal", MINE)
        assert record
        rests.append(record.resting_until - clock.now)
    assert rests[:6] == [30, 60, 120, 240, 480, 600] and rests[-1] == LONGEST_DOWN_SECONDS
    health.succeeded("fal", MINE)
    assert health.resting("fal", MINE) is None
    health.failed("fal", MINE, down())
    assert health.of("fal", MINE).resting_until == clock.now + 30


@pytest.mark.parametrize("error", [KeyRefused("No."), NoCredit("No."), RateLimited("No.")])
def test_a_key_rests_alone(error: StudioError) -> None:
    health = Health()
    health.failed("fal", MINE, error)
    assert health.resting("fal", MINE)
    for provider, key in (("fal", OTHER), ("fal", Key()), ("openai", MINE)):
        assert health.resting(provider, key) is None


def test_a_service_that_is_down_is_down_for_all() -> None:
    health = Health()
    health.failed("fal", MINE, down())
    assert health.resting("fal", OTHER) and not health.resting("openai", MINE)
    health.succeeded("fal", OTHER)
    assert health.resting("fal", MINE) is None


def test_the_longer_rest_is_told() -> None:
    health = Health()
    health.failed("fal", MINE, down())
    health.failed("fal", MINE, KeyRefused("Refused."))
    record = health.resting("fal", MINE)
    assert record and record.last_error == "Refused." and record.resting_until == FOR_EVER


def test_no_key_is_kept() -> None:
    health = Health()
    health.failed("fal", MINE, KeyRefused("No."))
    assert MINE.value not in repr(health)


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        (lambda health: None, "not used yet"),
        (lambda health: health.succeeded("fal", MINE), "last success"),
        (lambda health: health.failed("fal", MINE, KeyRefused("<No.>")), "key refused"),
        (lambda health: health.failed("fal", MINE, down()), "paused until"),
    ],
)
def test_settings_tell(happens: Callable[[Health], None], told: str) -> None:
    health = Health()
    happens(health)
    page = health_table(health, Keyring(typed={"fal": MINE.value}))
    assert told in page and "<No" not in page and MINE.value not in page
    assert "Replicate" not in page, "it has no key"


def test_keys_that_nobody_uses_any_more_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anyone may bring a key, and a thousand of them; a provider that is down stays so."""
    monkeypatch.setattr(health_module, "KEPT_KEYS", 3)
    health = Health()
    health.failed("fal", Key("first", "user"), NotAvailable("down", created=False))
    health.failed("fal", Key("refused", "user"), KeyRefused("no"))
    for number in range(5):
        assert health.resting("fal", Key("refused", "user"))
        health.of("fal", Key(f"key {number}", "user"))
    assert len(health._records) == 3
    assert health.resting("fal", Key("another", "user")), "the provider rests for everyone"
