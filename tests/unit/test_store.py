"""Jobs under their ids: each owner sees his own, the oldest go, nothing holds a key."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal

import pytest

from errors import InvalidInput, KeyRefused, UnknownOutcome
from providers.schema import Handle, Task
from studio import runner
from studio.jobs.job import Job, State
from studio.keys import Key, Keyring
from studio.request import read_request
from studio.results.receipts import Record
from studio.routing import provider_of
from studio.service import Studio
from studio.session import Session
from studio.storage.job_store import KEPT, MemoryStore
from studio.storage.records import is_open, public_record, revive, write_record
from tests.making import Bench, fake_job

Make = Callable[..., Studio]
SECRET = "operators-own-secret"
KEYS = Keyring(operator={"fal": SECRET})


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "POLL_SECONDS", 0.01)


async def run(studio: Studio, session: Session) -> Job:
    asked = read_request("a fox", {})
    async for job in studio.run(Task.TEXT_TO_IMAGE, "fal/flux-dev", asked, session, KEYS):
        last = job
    return last


def test_owners_see_only_their_own() -> None:
    store = MemoryStore()
    store.save("me", {"id": "a", "n": 1})
    store.save("me", {"id": "a", "n": 2})
    assert store.load("me", "a") == {"id": "a", "n": 2}
    assert store.load("you", "a") is None and store.load("me", "b") is None
    store.forget("you")
    assert store.load("me", "a")
    store.forget("me")
    assert store.load("me", "a") is None


def test_the_oldest_go() -> None:
    store = MemoryStore()
    for number in range(KEPT + 3):
        store.save("me", {"id": str(number)})
    assert [store.load("me", str(n)) is None for n in (0, 2, 3, KEPT + 2)] == [1, 1, 0, 0]


async def test_saved_at_every_state(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio, session, seen = make_studio(), Session(), list[str]()
    save = studio.store.save

    def watch(owner: str, record: Record) -> None:
        assert owner == session.id
        assert SECRET not in json.dumps(record)
        if record["state"] not in seen:
            seen.append(record["state"])
        save(owner, record)

    monkeypatch.setattr(studio.store, "save", watch)
    task = asyncio.create_task(run(studio, session))
    async with asyncio.timeout(5):
        while "running" not in seen:
            await asyncio.sleep(0.01)
    (job,) = studio.running(session)
    live = studio.status(session, job.id)
    assert (live["state"], live["upstream_id"]) == ("running", "job-1")
    assert [step async for step in studio.check(session, job.id, KEYS)] == [], "it runs: it stands"
    bench.finish.set()
    await task
    assert seen == ["priced", "submitting", "accepted", "running", "fetching", "completed"]
    record = studio.status(session, job.id)
    assert [state for state, _ in record["moments"]] == seen[1:]
    moments = [at for _, at in record["moments"]]
    assert moments == sorted(moments) and all("+00:00" in at for at in moments)


async def test_nobody_elses_and_no_such(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(), Session()
    bench.finish.set()
    job = await run(studio, session)
    for who, job_id in ((Session(), job.id), (session, "nope"), (session, "")):
        with pytest.raises(InvalidInput, match="has no job"):
            studio.status(who, job_id)
        with pytest.raises(InvalidInput, match="has no job"):
            await anext(studio.check(who, job_id, KEYS))
    assert bench.submitted == 1


async def test_forgotten_with_the_session_even_when_the_answer_is_late(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "STOP_SECONDS", 0.02)
    studio, session, slow = make_studio(), Session(), bench._cancel

    async def cancel(*given: object) -> str:
        await asyncio.sleep(0.1)
        return await slow(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(bench, "_cancel", cancel)
    task = asyncio.create_task(run(studio, session))
    async with asyncio.timeout(5):
        while not bench.submitted:
            await asyncio.sleep(0.01)
    (job,) = studio.running(session)
    await studio.end(session)
    await asyncio.gather(task, return_exceptions=True)
    await job.closed.wait()
    await asyncio.sleep(0.02)
    assert job.state is State.CANCELLED and bench.cancelled == 1
    assert studio.store.load(session.id, job.id) is None


@pytest.mark.parametrize("price", ["0.10", "0", None])
def test_revived_as_it_was(price: str | None) -> None:
    job = fake_job(price, key=SECRET)
    job.origin.order, job.origin.attempts = "order", [{"model": "x"}]  # who was asked before
    job.upstream.handle, job.upstream.id = Handle("up", {"poll": "https://x"}), "up"
    job.error = UnknownOutcome("Cut.")
    for state in (State.SUBMITTING, State.UNKNOWN):
        job.enter(state)
    record = json.loads(json.dumps(write_record(job, provider_of(job.request.model))))
    assert SECRET not in json.dumps(record)
    again = revive(record, Key("another"))
    assert again.money.price == (None if price is None else Decimal(price))
    for name in (
        "id",
        "user_request",
        "request",
        "origin",
        "upstream",
        "state",
    ):
        assert getattr(again, name) == getattr(job, name), name
    assert again.submitted and job.submitted and again.elapsed >= record["seconds"]
    assert not {"handle", "settings"} & public_record(record).keys()


@pytest.mark.parametrize(
    ("state", "kind", "handle", "expected"),
    [
        ("unknown", "unknown_outcome", None, True),
        ("unknown", None, None, True),
        *(("failed", kind, {"id": "x"}, True) for kind in
          ("timed_out", "result_lost", "not_available", "key_refused", "rate_limited")),
        ("failed", "timed_out", None, False),
        *(("failed", kind, {"id": "x"}, False) for kind in ("refused", "provider_failed")),
        ("not_accepted", KeyRefused("").kind, None, False),
        ("completed", None, {"id": "x"}, False),
        ("cancelled", "cancelled", {"id": "x"}, False),
    ],
)  # fmt: skip
def test_what_is_worth_asking_again(
    state: str, kind: str | None, handle: object, expected: bool
) -> None:
    error = {"kind": kind} if kind else None
    assert is_open({"state": state, "error": error, "handle": handle}) is expected


def test_a_copy_of_a_session_is_another_visitors() -> None:
    """gradio copies its State once when it is made and once for each visitor."""
    first = deepcopy(Session(keys={"fal": "secret"}))
    second = deepcopy(first)
    assert len({first.id, second.id, Session().id}) == 3 and first.keys == {}
