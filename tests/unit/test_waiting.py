"""The waiting room: a paid job is finished for a visitor who left, and waits for his ticket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from errors import Cancelled, StudioError
from providers.schema import Task
from studio import background, runner
from studio.jobs.job import Job, State
from studio.keys import Keyring
from studio.request import read_request
from studio.results import uncollected
from studio.results.uncollected import UncollectedResults, new_ticket
from studio.service import Studio
from studio.session import Session, Visitor, VisitorLimits
from tests.making import Bench
from ui import visitors
from ui.tabs.settings_panel import set_limits
from ui.visitors import Visitors

Make = Callable[..., Studio]
KEYS = Keyring(operator={"fal": "k"})


@pytest.fixture(autouse=True)
async def quick(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setattr(runner, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(visitors, "GRACE_SECONDS", 0.05)
    monkeypatch.setattr(uncollected, "WAIT_SECONDS", 30.0)
    yield
    loop = asyncio.get_running_loop()
    for task in list(background._background):
        if task.get_loop() is loop:  # what another file's tests left has a loop that is closed
            task.cancel()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


def guest() -> Session:
    return Session(
        visitor=Visitor(ticket=new_ticket()),
        limits=VisitorLimits(finish_when_gone=True),
        keys={"fal": "mine"},
    )


async def begin(studio: Studio, session: Session, model: str = "fal/flux-dev") -> Job:
    """A job on its way whose listener has gone."""
    jobs = studio.run(Task.TEXT_TO_IMAGE, model, read_request("a fox", {}), session, KEYS)
    job = await anext(jobs)
    await until(lambda: job.state is State.RUNNING or model.startswith("local/"))
    await jobs.aclose()
    return job


async def finished(studio: Studio, session: Session, bench: Bench) -> Job:
    bench.finish.set()
    jobs = studio.run(Task.TEXT_TO_IMAGE, "fal/flux-dev", read_request("a fox", {}), session, KEYS)
    async for job in jobs:
        last = job
    bench.finish.clear()
    return last


def paths(session: Session) -> list[Path]:
    return [Path(image["path"]) for each in session.results.history for image in each["images"]]


@pytest.mark.parametrize("finish", [True, False])
async def test_a_closed_generator(bench: Bench, make_studio: Make, finish: bool) -> None:
    studio, session = make_studio(), Session(limits=VisitorLimits(finish_when_gone=finish))
    job = await begin(studio, session)
    if finish:
        await asyncio.sleep(0.05)
        assert studio.running(session) == [job] and bench.cancelled == 0
        bench.finish.set()
    await job.closed.wait()
    assert job.state is (State.COMPLETED if finish else State.CANCELLED)
    assert bench.cancelled == (0 if finish else 1)


async def test_leaving_spares_what_is_paid(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(), guest()
    job = await begin(studio, session)
    studio.leave(session)
    await asyncio.sleep(0.05)
    assert studio.running(session) == [job]
    await studio.stop(session)
    assert job.state is State.CANCELLED, "Stop stops all the same"


async def test_one_request_is_stopped_alone(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(), guest()
    asked = read_request("a fox", {})
    runs = [
        studio.run(Task.TEXT_TO_IMAGE, "fal/flux-dev", asked, session, KEYS, request_id=name)
        for name in ("one", "two")
    ]
    one, two = [await anext(jobs) for jobs in runs]
    await until(lambda: one.state is State.RUNNING and two.state is State.RUNNING)
    assert await studio.stop(session, "one") == [one]
    assert one.state is State.CANCELLED and studio.running(session) == [two]
    with pytest.raises(Cancelled):
        async for _ in runs[0]:
            pass
    bench.finish.set()
    async for _ in runs[1]:
        pass
    assert two.state is State.COMPLETED and bench.cancelled == 1


async def test_a_request_stopped_before_it_began_sends_nothing(
    bench: Bench, make_studio: Make
) -> None:
    studio, session = make_studio(), guest()
    await studio.stop(session, "one")
    asked = read_request("a fox", {})
    jobs = studio.run(Task.TEXT_TO_IMAGE, "fal/flux-dev", asked, session, KEYS, request_id="one")
    with pytest.raises(Cancelled):
        await anext(jobs)
    assert bench.submitted == 0 and session.spend.actual == session.spend.estimated == 0


async def test_a_drawing_of_this_machine_is_not_finished(make_studio: Make) -> None:
    studio, session = make_studio(), guest()
    job = await begin(studio, session, "local/sketch")
    studio.leave(session)
    await job.closed.wait()
    assert job.state is State.CANCELLED and session.results.history == []


async def test_the_result_waits_and_is_collected(bench: Bench, make_studio: Make) -> None:
    studio, old = make_studio(), guest()
    room, ticket = UncollectedResults(studio), old.visitor.ticket
    early = await finished(studio, old, bench)
    job = await begin(studio, old)
    studio.leave(old)
    assert room.take(old)
    assert old.results.history == [] and not early.result.stored[0].path.exists(), (
        "before leaving: deleted"
    )
    assert old.keys == {}
    bench.finish.set()
    await until(lambda: old.results.history)
    assert room.collect("", Session()) is room.collect("wrong", Session()) is False
    new = Session()
    assert room.collect(ticket, new)
    assert [each["id"] for each in new.results.history] == [job.id]
    assert (new.limits.finish_when_gone, new.visitor.ticket) == (True, ticket)
    assert studio.status(new, job.id)["state"] == "completed"
    await until(lambda: studio.store.load(old.id, job.id) is None)
    assert all(path.exists() for path in paths(new)), "the old session's end takes nothing"
    assert not room.collect(ticket, Session()), "only once"


async def test_done_before_the_heartbeat_closes(bench: Bench, make_studio: Make) -> None:
    """A busy machine may notice late that a visitor has gone: his stream told it in time."""
    studio, old, new = make_studio(), guest(), Session()
    here = Visitors(studio, studio.folder)
    here.meet("tab", old)
    job = await begin(studio, old)
    bench.finish.set()
    await until(lambda: old.results.history)
    here.arrive("tab")
    here.depart("tab")
    assert here.collect(old.visitor.ticket, new)
    assert [each["id"] for each in new.results.history] == [job.id]


async def test_done_by_a_visitor_without_a_heartbeat(bench: Bench, make_studio: Make) -> None:
    studio, old, new = make_studio(), guest(), Session()
    here = Visitors(studio, studio.folder)
    here.meet("tab", old)
    job = await begin(studio, old)
    bench.finish.set()
    await until(lambda: old.results.history)
    assert here.collect(old.visitor.ticket, new)
    assert [each["id"] for each in new.results.history] == [job.id]


async def test_back_before_the_job_has_ended(bench: Bench, make_studio: Make) -> None:
    studio, old, new = make_studio(), guest(), Session()
    room = UncollectedResults(studio)
    job = await begin(studio, old)
    studio.leave(old)
    room.take(old)
    assert room.collect(old.visitor.ticket, new)
    assert studio.running(new) == [job] and studio.running(old) == []
    assert studio.status(new, job.id)["state"] == "running"
    assert new.spend.held == job.money.price and not old.spend.flying
    bench.finish.set()
    await until(lambda: new.spend.total)
    assert [each["id"] for each in new.results.history] == [job.id]
    assert new.spend.total == job.money.price and bench.cancelled == 0
    assert studio.status(new, job.id)["state"] == "completed"


async def test_deleted_after_the_wait(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uncollected, "WAIT_SECONDS", 0.1)
    studio, session = make_studio(), guest()
    room = UncollectedResults(studio)
    job = await begin(studio, session)
    studio.leave(session)
    room.take(session)
    await asyncio.sleep(0.15)
    assert studio.running(session), "the wait begins when the last job has ended"
    bench.finish.set()
    await until(lambda: session.results.history)
    (path,) = paths(session)
    assert path.exists()
    await until(lambda: not path.exists())
    assert session.results.history == [] and studio.store.load(session.id, job.id) is None
    assert not room.collect(session.visitor.ticket, Session())


@pytest.mark.parametrize(
    "session",
    [
        Session(),
        Session(limits=VisitorLimits(finish_when_gone=True)),
        Session(visitor=Visitor(ticket="t")),
        guest(),
    ],
    ids=["nothing set", "no ticket", "not asked for", "nothing runs"],
)
async def test_who_does_not_wait(make_studio: Make, session: Session) -> None:
    assert not UncollectedResults(make_studio()).take(session)


async def test_the_app_stops(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(), guest()
    room = UncollectedResults(studio)
    job = await begin(studio, session)
    studio.leave(session)
    room.take(session)
    await room.end_all()
    assert job.state is State.CANCELLED and bench.cancelled == 1
    assert not room.collect(session.visitor.ticket, Session())


async def test_a_tab_that_closes_and_one_that_opens(bench: Bench, make_studio: Make) -> None:
    studio, old, new = make_studio(), guest(), Session()
    here = Visitors(studio, studio.folder)
    here.meet("tab", old)
    here.arrive("tab")
    job = await begin(studio, old)
    here.depart("tab")
    bench.finish.set()
    await job.closed.wait()
    await asyncio.sleep(0.15)
    assert here.collect(old.visitor.ticket, new) and [
        each["id"] for each in new.results.history
    ] == [job.id]


async def test_a_page_that_is_reloaded_need_not_wait_for_the_grace(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitors, "GRACE_SECONDS", 30.0)
    studio, old, new = make_studio(), guest(), Session()
    here = Visitors(studio, studio.folder)
    here.meet("before", old)
    here.arrive("before")
    job = await begin(studio, old)
    assert not here.collect(old.visitor.ticket, new), "the other tab is still there"
    here.depart("before")
    assert not here.collect("wrong", new)
    assert here.collect(old.visitor.ticket, new) and studio.running(new) == [job]
    bench.finish.set()
    await until(lambda: new.results.history)
    assert [each["id"] for each in new.results.history] == [job.id]


def test_limits_give_and_take_the_ticket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gradio.Info", lambda text: None)
    monkeypatch.setattr("gradio.Warning", lambda text: None)
    session = Session()
    shown = set_limits(session, "$1.50", "0", "20", True)
    assert shown[:2] == ["1.50", "0"] and shown[3] == session.visitor.ticket and len(shown[3]) > 40
    assert set_limits(session, "much", "-1", "nan", True)[3] == shown[3], "odd ones stay"
    assert [str(session.limits.cap), str(session.limits.max_price), session.limits.patience] == [
        "1.50",
        "0",
        20.0,
    ]
    assert set_limits(session, "", "", "", False) == ["", "", "", ""]
    assert (
        session.limits.cap,
        session.limits.max_price,
        session.limits.patience,
        session.visitor.ticket,
    ) == (None, None, 0, "")


async def test_failed_while_nobody_was_there(bench: Bench, make_studio: Make) -> None:
    """Nothing came of it: there is nothing to collect, and nothing breaks."""
    studio, session = make_studio(), guest()
    room = UncollectedResults(studio)
    job = await begin(studio, session)
    studio.leave(session)
    room.take(session)
    bench.data = b"no picture"
    bench.finish.set()
    await job.closed.wait()
    assert isinstance(job.error, StudioError)
    new = Session()
    assert room.collect(session.visitor.ticket, new) and new.results.history == []
