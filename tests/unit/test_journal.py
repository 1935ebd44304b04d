"""Paid jobs are written down before they are sent, and a restart finds them, without a word."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import aclosing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from errors import InvalidInput, StorageFailed, StudioError, UnknownOutcome
from providers.catalogue import MODELS, provider_of
from providers.http.client import Access
from providers.schema import GenerationRequest, Handle
from settings import Settings
from studio.jobs.job import State
from studio.service import Studio
from studio.session import Session, Visitor
from studio.storage.database import FILE
from studio.storage.journal import _job, _record, _row_of, digest
from studio.storage.records import revive, write_record
from studio.storage.runs import Runs
from tests.making import Bench
from tests.unit.running_jobs import OPERATOR, OWN, run, until

pytestmark = pytest.mark.usefixtures("quick")
CANARY = "a secret fox"


@dataclass
class Machine:
    """A machine on which the app runs, is killed, and runs again."""

    folder: Path

    def studio(self) -> Studio:
        data = self.folder / "data"
        return Studio(Settings(data_dir=data), self.folder / "cache")

    def rows(self) -> list[dict[str, Any]]:
        with sqlite3.connect(self.folder / "data" / FILE) as connection:
            found = connection.execute("SELECT * FROM paid_jobs")
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found]

    def kill(self, studio: Studio) -> None:
        """Its lock is gone with the process; nothing is written any more."""
        held = studio.journal._runs._held
        assert held is not None
        os.close(held)
        studio.journal._runs._held = None


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


async def under_way(machine: Machine, bench: Bench, count: int = 1, **who: str) -> list[str]:
    """Jobs that a killed app had at their provider: their ids."""
    studio, session = machine.studio(), Session(visitor=Visitor(**who))
    await studio.open()
    tasks = [asyncio.create_task(run(studio, session, OWN)) for _ in range(count)]
    await until(lambda: [row["upstream_id"] for row in machine.rows()].count("") == 0 and
                len(machine.rows()) == count)  # fmt: skip
    ids = [job.id for job in studio.running(session)]
    machine.kill(studio)
    studio.journal.settle = lambda job: None  # type: ignore[method-assign]
    for running in studio._runner._all:  # a killed process neither settles nor withdraws
        running.job.let_go = True
    before = bench.cancelled
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert bench.cancelled == before
    return ids


async def test_a_line_before_it_is_sent_another_with_the_id_none_at_the_end(
    bench: Bench, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio, session = machine.studio(), Session(visitor=Visitor(browser=digest("token")))
    await studio.open()
    seen: list[dict[str, Any]] = []
    plain = bench._submit

    async def submit(*given: Any) -> Any:
        seen.extend(machine.rows())
        return await plain(*given)

    monkeypatch.setattr(bench, "_submit", submit)
    task = asyncio.create_task(run(studio, session))
    await until(lambda: machine.rows() and machine.rows()[0]["upstream_id"])
    (sent,), (taken,) = seen, machine.rows()
    assert (sent["state"], sent["upstream_id"], sent["handle"]) == ("submitting", "", "")
    assert taken["state"] == "accepted" and '"job-1"' in taken["handle"]
    assert (taken["model"], taken["provider"]) == ("fal/flux-dev", "fal")
    assert (taken["key_owner"], taken["browser"]) == ("operator", digest("token"))
    assert Decimal(taken["price"]) > 0
    file = machine.folder / "data" / FILE
    assert file.stat().st_mode & 0o777 == 0o600
    written = b"".join(each.read_bytes() for each in file.parent.iterdir())
    assert b"a fox" not in written and b"operators-key" not in written
    bench.finish.set()
    await task
    await studio.close()
    assert machine.rows() == []
    assert [each.name for each in file.parent.glob("run-*")] == []


async def test_a_disk_that_takes_no_line_lets_nothing_be_sent(
    bench: Bench, machine: Machine
) -> None:
    (machine.folder / "data").write_text("")
    studio, session = machine.studio(), Session()
    await studio.open()
    with pytest.raises(StorageFailed) as caught:
        await run(studio, session)
    assert bench.submitted == 0 and caught.value.created is False
    assert "Nothing was sent" in str(caught.value)
    assert studio.storage_problem()
    assert session.spend.held == 0
    await studio.close()


async def test_off_writes_nothing(bench: Bench, tmp_path: Path) -> None:
    studio, session = Studio(Settings(data_dir=None), tmp_path / "cache"), Session()
    await studio.open()
    bench.finish.set()
    await run(studio, session)
    await studio.close()
    assert {each.name for each in tmp_path.iterdir()} == {"cache"}


async def test_five_were_under_way_five_are_told_five_are_fetched(
    bench: Bench, machine: Machine
) -> None:
    ids = await under_way(machine, bench, 5, browser=digest("token"), caller=digest("hash"))
    assert len(machine.rows()) == 5
    bench.finish.set()
    studio = machine.studio()
    await studio.open()
    stranger = Session(visitor=Visitor(browser=digest("other")))
    assert studio.recall(stranger) == [] and studio.open_jobs(stranger) == []
    for owner in (
        Session(visitor=Visitor(browser=digest("token"))),
        Session(visitor=Visitor(caller=digest("hash"))),
    ):
        assert len(studio.recall(owner)) == 5
    assert sorted(each["id"] for each in studio.open_jobs(owner)) == sorted(ids)
    for job_id in ids:
        told = studio.status(owner, job_id)
        assert (told["state"], bool(told["upstream_id"])) == ("unknown", True)
        assert "restarted" in told["error"]["message"] and "/check" in told["error"]["advice"]
        async with aclosing(studio.check(owner, job_id, OPERATOR)) as steps:
            async for _ in steps:
                pass
    assert sorted(each["id"] for each in owner.results.history) == sorted(ids)
    (first, *_) = owner.results.history
    assert first["seed"] is not None and "no longer known" in first["warnings"][0]
    assert bench.submitted == 5, "nothing was sent again"
    assert studio.open_jobs(owner) == []
    await studio.close()
    assert machine.rows() == []


async def test_who_knows_a_jobs_id_may_ask_for_it(bench: Bench, machine: Machine) -> None:
    """A caller of the plain API has no browser, and a new session with each call."""
    (job_id,) = await under_way(machine, bench)
    assert len(job_id) == 16, "64 bits, too many to guess over a network"
    studio = machine.studio()
    await studio.open()
    for told in (studio.status(Session(), job_id), studio.status(Session(), job_id)):
        assert told["id"] == job_id
    assert studio.history(Session()) == [], "nobody is shown what is another's"
    with pytest.raises(InvalidInput):
        studio.status(Session(), "0" * 16)
    bench.finish.set()
    caller = Session()
    async with aclosing(studio.check(caller, job_id, OPERATOR)) as steps:
        async for _ in steps:
            pass
    assert [each["id"] for each in caller.results.history] == [job_id]
    with pytest.raises(InvalidInput):
        studio.status(Session(), job_id)
    await studio.close()


async def test_a_job_without_an_id_is_searched_for_by_its_seed(
    bench: Bench, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio, session = machine.studio(), Session(visitor=Visitor(browser=digest("token")))
    await studio.open()
    hangs = asyncio.Event()

    async def never(*_: Any) -> Any:
        await hangs.wait()

    monkeypatch.setattr(bench, "_submit", never)
    task = asyncio.create_task(run(studio, session, OWN))
    await until(lambda: [job.state for job in studio.running(session)] == [State.SUBMITTING])
    machine.kill(studio)
    await studio.wind_up(0)
    await asyncio.gather(task, return_exceptions=True)

    again = machine.studio()
    await again.open()
    back = Session(visitor=Visitor(browser=digest("token")))
    (record,) = again.recall(back)
    assert record["handle"] is None and "nobody here knows" in record["error"]["message"]
    asked: list[GenerationRequest] = []

    async def find(request: GenerationRequest, since: Any, access: Access) -> Handle | None:
        asked.append(request)
        return None

    provider = bench.provider()
    object.__setattr__(provider, "find", find)
    monkeypatch.setattr("studio.jobs.executor.provider_of", lambda model: provider)
    monkeypatch.setattr("studio.jobs.timing.FIND_PAUSES", (0.0,))
    with pytest.raises(UnknownOutcome):
        async for _ in again.check(back, record["id"], OPERATOR):
            pass
    assert asked[0].settings["seed"] == record["seed"] and asked[0].prompt == ""
    assert again.open_jobs(back), "it stays open"
    # Without a seed another's job of the same model would look the same.
    record["settings"].pop("seed")
    again.store.save(back.id, record)
    with pytest.raises(UnknownOutcome):
        async for _ in again.check(back, record["id"], OPERATOR):
            pass
    assert len(asked) == 1
    await again.close()


async def test_an_app_that_lives_keeps_its_jobs(bench: Bench, machine: Machine) -> None:
    """Two apps of one user share the folder."""
    one, other = machine.studio(), machine.studio()
    await one.open()
    task = asyncio.create_task(run(one, Session()))
    await until(lambda: machine.rows())
    await other.open()
    assert other.journal.left == {}
    assert not Runs(machine.folder / "data").is_over(one.journal._runs.name)
    bench.finish.set()
    await task
    await other.close()
    await one.close()


async def test_an_old_line_goes(bench: Bench, machine: Machine) -> None:
    await under_way(machine, bench, browser=digest("token"))
    with sqlite3.connect(machine.folder / "data" / FILE) as connection:
        connection.execute("UPDATE paid_jobs SET begun = '2026-01-01T00:00:00+00:00'")
    studio = machine.studio()
    await studio.open()
    assert studio.journal.left == {} and machine.rows() == []
    await studio.close()


async def test_an_open_job_outlives_its_session_without_its_words(
    bench: Bench, machine: Machine
) -> None:
    studio, session = machine.studio(), Session(visitor=Visitor(browser=digest("token")))
    await studio.open()
    bench.failure, bench.posts = UnknownOutcome("Cut."), True
    with pytest.raises(StudioError):
        await run(studio, session)
    (job,) = studio.open_jobs(session)
    assert studio.history(session)[0]["asked"]["prompt"] == "a fox"
    await studio.end(session)
    back = Session(visitor=Visitor(browser=digest("token")))
    assert [each["id"] for each in studio.recall(back)] == [job["id"]]
    assert "a fox" not in repr(studio.journal.left)
    assert studio.forget_open(back, job["id"]) == 1
    assert studio.history(back) == [] and studio.journal.left == {}
    await studio.close()
    assert machine.rows() == []


async def test_told_to_end_it_takes_nothing_new_and_withdraws_nothing(
    bench: Bench, machine: Machine
) -> None:
    studio, session = machine.studio(), Session()
    await studio.open()
    task = asyncio.create_task(run(studio, session))
    await until(lambda: bench.submitted == 1)
    ending = asyncio.create_task(studio.wind_up(30))
    await until(lambda: studio.closing)
    with pytest.raises(StudioError, match="takes no new jobs"):
        await run(studio, Session())
    await studio.wind_up(0)  # told once more
    await ending
    with pytest.raises(UnknownOutcome) as caught:
        await task
    assert caught.value.job_id and "was stopped while" in str(caught.value)
    assert (bench.submitted, bench.cancelled) == (1, 0)
    await studio.close()
    assert [row["id"] for row in machine.rows()] == [caught.value.job_id]


async def test_told_to_end_it_waits_for_what_is_nearly_done(bench: Bench, machine: Machine) -> None:
    studio, session = machine.studio(), Session()
    await studio.open()
    task = asyncio.create_task(run(studio, session))
    await until(lambda: bench.submitted == 1)
    ending = asyncio.create_task(studio.wind_up(30))
    bench.finish.set()
    await asyncio.wait_for(ending, 10)
    assert (await task).state is State.COMPLETED
    await studio.close()
    assert machine.rows() == []


def test_every_row_can_be_revived_without_its_words() -> None:
    """Whatever was under way: a record, a receipt and a request are made of its line."""
    for model in MODELS.values():
        if not provider_of(model).needs_key:
            continue
        row = {
            "id": "a" * 16, "model": model.id, "begun": "2026-11-21T10:00:00+00:00",
            "changed": "2026-11-21T10:00:05+00:00", "settings": '{"seed": 7, "gone": 1}',
            "price": None, "handle": '{"id": "x", "urls": {}}', "key_owner": "user",
            "upstream_id": "x",
        }  # fmt: skip
        record = _record(row)
        assert record is not None and record["price"]["basis"] == "unknown"
        assert _row_of(record) | {"settings": ""} == row | {
            "settings": "", "begun": "2026-11-21T10:00:00.000+00:00",
            "changed": "2026-11-21T10:00:05.000+00:00",
        }  # fmt: skip
        job = revive(record, OPERATOR.require(provider_of(MODELS["fal/flux-dev"])))
        assert job.forgotten and write_record(job, provider_of(model))["id"] == record["id"]
    assert _record(row | {"model": "fal/gone"}) is None
    assert _job(row, model).request.prompt == ""
