"""Whose an upload is, how much may lie there, and when it goes."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from errors import InvalidInput
from studio.session import Session, Visitor
from studio.uploads import register as module
from studio.uploads.register import UNUSED_SECONDS, UploadRefused, UploadRegister
from tests.unit.pretending import Clock, settle
from ui.upload import slots
from ui.upload.slots import Places
from ui.visitors import (
    GRACE_SECONDS,
    IDLE_SECONDS,
    NAMELESS_SECONDS,
    STRAY_SECONDS,
    Visitors,
)

HERE = "192.0.2.1"


def put(register: UploadRegister, size: int = 1, address: str = HERE) -> Path:
    """A file that has come."""
    path = register.folder / secrets.token_urlsafe(18) / "cat.png"
    path.parent.mkdir()
    path.write_bytes(b"x" * size)
    register.add(path, size, address)
    return path


async def until(done: Callable[[], bool]) -> None:
    """Files are deleted in threads."""
    async with asyncio.timeout(10):
        while not done():
            await settle()


@pytest.fixture
def register(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> UploadRegister:
    monkeypatch.setattr(module, "monotonic", clock)
    return UploadRegister(tmp_path)


async def test_an_upload_goes_with_the_session_that_named_it(register: UploadRegister) -> None:
    mine, other, unnamed = put(register), put(register), put(register)
    one, two = Session(), Session()
    register.claim(one, [mine, mine])
    register.claim(two, [other])
    assert [register.owner(path) for path in (mine, other, unnamed)] == [one, two, None]
    await register.end(one)
    assert [path.exists() for path in (mine, other, unnamed)] == [False, True, True]
    assert not mine.parent.exists()
    assert register.owner(other) is two
    await register.end_all()
    assert (register._of, register._bytes, register._files, register._all_bytes) == ({}, {}, {}, 0)
    assert [*register.folder.iterdir()] == []


async def test_what_nobody_names_goes_in_time(register: UploadRegister, clock: Clock) -> None:
    named, unnamed = put(register), put(register)
    session = Session()
    register.claim(session, [named])
    await clock.pass_(UNUSED_SECONDS - 1)
    await register.sweep({session.id})
    assert unnamed.exists()
    await clock.pass_(1)
    await register.sweep({session.id})
    assert (named.exists(), unnamed.exists()) == (True, False)
    await register.sweep(set())
    assert not named.exists(), "its session is nobody's any more"


async def test_beyond_what_a_session_may_have_the_longest_unnamed_go(
    register: UploadRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SESSION_BYTES", 10)
    session, paths = Session(), [put(register, 4) for _ in range(3)]
    register.claim(session, paths[:2])
    register.claim(session, [paths[0]])
    register.claim(session, [paths[2]])
    await until(lambda: [path.exists() for path in paths] == [True, False, True])
    many = [put(register, 4) for _ in range(3)]
    with pytest.raises(InvalidInput, match="one session may have"):
        register.claim(session, many)
    assert [register.owner(path) for path in many] == [None] * 3
    assert paths[0].exists()


def test_room_in_all_for_an_address_and_for_a_request(
    register: UploadRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "REQUEST_BYTES", 10)
    assert 0 < register.room() <= module.ALL_BYTES
    put(register, 10)
    cases = [
        (HERE, 11, 1000, 413),  # more than one request may
        (HERE, 10, 15, 507),  # no room in all
        (HERE, 10, 40, 429),  # an address has a quarter, and a request at least
        ("192.0.2.2", 10, 40, 0),
        (HERE, 0, 15, 0),
    ]
    for address, declared, room, status in cases:
        try:
            with register.admit(address, declared, room):
                told = 0
        except UploadRefused as refused:
            told = refused.status
            assert str(refused)[0].isupper() and str(refused).endswith(".")
        assert told == status, (address, declared, room)
    with register.admit("192.0.2.2", 0, 19) as admission:
        admission.add(9)
        with pytest.raises(UploadRefused):
            admission.add(1)
    with register.admit("192.0.2.2", 9, 19):
        pass
    monkeypatch.setattr(module, "ALL_FILES", 4)
    with pytest.raises(UploadRefused, match="Your network address"), register.admit(HERE, 1, 1000):
        pass
    monkeypatch.setattr(module, "ALL_FILES", 1)
    with pytest.raises(UploadRefused, match="no room"), register.admit(HERE, 1, 1000):
        pass


async def test_places_wait_and_are_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "ADDRESS_AT_ONCE", 2)
    monkeypatch.setattr(slots, "AT_ONCE", 3)
    monkeypatch.setattr(slots, "WAIT_SECONDS", 0.05)
    places, leave = Places(), asyncio.Event()
    told: list[int] = []

    async def stay(address: str) -> None:
        try:
            async with places.one(address):
                told.append(0)
                await leave.wait()
        except UploadRefused as refused:
            told.append(refused.status)

    tasks = [asyncio.create_task(stay(address)) for address in "aaabb"]
    while len(told) < 5:
        await asyncio.sleep(0.01)
    assert sorted(told) == [0, 0, 0, 429, 503]
    leave.set()
    await asyncio.gather(*tasks)
    monkeypatch.setattr(slots, "IN_LINE", 0)
    async with places.one("a"), places.one("a"):
        with pytest.raises(UploadRefused):
            async with places.one("a"):
                pass
    assert places._here == {}


async def test_files_named_in_a_call(visitors: Visitors, clock: Clock, tmp_path: Path) -> None:
    """Own ones and nobody's may be named, another's may not; a caller without a session shares
    with whoever was told."""
    mine, theirs, walked = put(visitors.uploads), put(visitors.uploads), put(visitors.uploads)
    one, two, walk_in, late = Session(), Session(), Session(), Session()
    result = tmp_path / "made" / "a.png"
    one.results.history.append({"id": "1", "images": [{"path": str(result)}]})
    loose = tmp_path / "made" / "loose.png"
    visitors.called("one", False, one, [mine, result])
    visitors.called("two", False, two, [theirs])
    visitors.called("w", True, walk_in, [walked])
    walk_in.results.files.append(loose)
    for name, session, path in (
        ("two", two, mine), ("two", two, result), ("w", walk_in, mine), ("w", walk_in, result),
        ("one", one, theirs), ("one", one, tmp_path / "unknown" / "x.png"),
    ):  # fmt: skip
        with pytest.raises(InvalidInput, match="not among your uploads"):
            visitors.called(name, name == "w", session, [path])
    assert [visitors.uploads.owner(path) for path in (mine, theirs)] == [one, two]
    visitors.called("late", True, late, [walked, loose])
    assert visitors.uploads.owner(walked) is late
    visitors.called("two", False, two, [walked])
    assert visitors.uploads.owner(walked) is two


async def test_uploads_end_as_their_visitors_do(visitors: Visitors, clock: Clock) -> None:
    """With a heartbeat, without one, and without a session."""
    names = ("beating", "idle", "nameless")
    sessions = {name: Session() for name in names}
    paths = {name: put(visitors.uploads) for name in names}

    def here() -> list[str]:
        return [name for name in names if paths[name].exists()]

    visitors.arrive("beating")
    for name in names:
        visitors.called(name, name == "nameless", sessions[name], [paths[name]])
    await visitors.sweep()
    assert here() == [*names]
    visitors.depart("beating")
    await clock.pass_(GRACE_SECONDS + 0.1)
    await until(lambda: "beating" not in here())
    assert here() == ["idle", "nameless"]
    await clock.pass_(NAMELESS_SECONDS)
    await visitors.sweep()
    assert here() == ["idle"]
    await clock.pass_(IDLE_SECONDS - NAMELESS_SECONDS - GRACE_SECONDS - 1)
    await visitors.sweep()
    assert here() == ["idle"]
    await clock.pass_(1)
    await visitors.sweep()
    assert here() == []


async def test_a_caller_whose_job_runs_is_not_idle(
    visitors: Visitors, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, path = Session(), put(visitors.uploads)
    visitors.called("w", True, session, [path])
    running = [session]
    monkeypatch.setattr(visitors._studio, "running", lambda each: [x for x in running if x is each])
    await clock.pass_(NAMELESS_SECONDS * 2)
    await visitors.sweep()
    assert path.exists()
    running.clear()
    await clock.pass_(NAMELESS_SECONDS + 1)
    await visitors.sweep()
    assert not path.exists()


async def test_strays_go_and_what_is_somebodys_stays(
    visitors: Visitors, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However old: a page may stay open for days."""
    monkeypatch.setattr("ui.visitors.time", lambda: 2e9 + STRAY_SECONDS * 2)
    session, mine, stray = Session(), put(visitors.uploads), tmp_path / ("0" * 64) / "copy.png"
    stray.parent.mkdir()
    stray.write_bytes(b"x")
    visitors.arrive("h")
    visitors.called("h", False, session, [mine])
    await visitors.sweep()
    assert (mine.exists(), stray.exists()) == (True, False)


async def test_a_page_that_was_reloaded_takes_no_uploads_along(
    visitors: Visitors, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, path = Session(visitor=Visitor(ticket="t")), Session(), put(visitors.uploads)
    visitors.called("h", False, old, [path])
    monkeypatch.setattr(visitors.waiting, "take", lambda session: True)
    monkeypatch.setattr(visitors.waiting, "collect", lambda ticket, session: True)
    assert visitors.collect("t", new)
    await until(lambda: not path.exists())
