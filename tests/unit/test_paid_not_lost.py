"""Whatever a provider answers, and whatever the disk does: a paid job has an outcome and an id."""

from __future__ import annotations

import errno
import json
import shutil
import struct
import tempfile
import zlib
from contextlib import aclosing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from errors import (
    InvalidInput,
    ProviderFailed,
    ResultLost,
    StorageFailed,
    StudioError,
    TimedOut,
)
from providers.catalogue import MODELS
from providers.schema import Done, Picture, Progress, Running, Task
from studio.jobs.job import Job
from studio.keys import Keyring
from studio.money.spend import Spend
from studio.request import check, read_request
from studio.results import fetching
from studio.results.expected_size import MOST_PIXELS
from studio.results.image_files import read_header, store
from studio.service import Studio
from studio.session import Session
from studio.storage.disk_space import write_file
from studio.storage.records import public_record
from tests.making import Bench, in_picture, picture_bytes
from tests.unit.running_jobs import OPERATOR, Make, cost, run, start, until

pytestmark = pytest.mark.usefixtures("quick")
DEEP: Any = []
for _ in range(2000):
    DEEP = [DEEP]
FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "FETCH_PAUSE", 0.001)


def says(bench: Bench, monkeypatch: pytest.MonkeyPatch, *steps: Progress | Exception) -> None:
    """What the provider's adapter makes of its answers, one after the other, the last for ever."""
    left = list(steps)

    async def poll(*_: object) -> Progress:
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(bench, "_poll", poll)


async def lose(studio: Studio, session: Session) -> StudioError:
    with pytest.raises(StudioError) as caught:
        await run(studio, session)
    return caught.value


async def ask_again(studio: Studio, session: Session, job_id: str) -> Job:
    async with aclosing(studio.check(session, job_id, OPERATOR)) as steps:
        async for job in steps:
            last = job
    return last


WHOLE = Done((Picture(data=picture_bytes()),))
ODD_ANSWERS = (
    ValueError("what came"), OverflowError(), RecursionError(), LookupError(), AttributeError(),
    UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates"), TypeError(), ZeroDivisionError(),
)  # fmt: skip
ODD_RESULTS = (
    Picture(url="https://files.example:99999/a.png"), Picture(url="https://[::1"),
    Picture(url="https://" + "a" * 70_000), Picture(url="\ud800"), Picture(url=""),
    Picture(url=DEEP), Picture(url={"a": {"b": {}}}), Picture(data=DEEP), Picture(url=7),  # type: ignore[arg-type]
)  # fmt: skip


async def test_odd_answers_and_odd_results_end_as_an_outcome_that_stays_open(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = [*ODD_ANSWERS, *(Done((each,)) for each in ODD_RESULTS), Done(DEEP)]
    for number, step in enumerate(steps, 1):
        studio, session = make_studio(), Session()
        says(bench, monkeypatch, step)
        error = await lose(studio, session)
        assert isinstance(error, ResultLost), step
        assert error.created is True and error.upstream_id == f"job-{number}"
        (listed,) = studio.history(session)
        assert listed["id"] == error.job_id and listed["state"] == "failed"
        assert listed["error"]["kind"] == "result_lost" and "what came" not in str(error)
        json.dumps(listed).encode()
        says(bench, monkeypatch, WHOLE)
        assert (await ask_again(studio, session, error.job_id)).receipt["images"]
    assert bench.submitted == len(steps), "asking again submits nothing"


async def test_an_odd_answer_that_passes_costs_nothing(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(bench, monkeypatch, ValueError(), Running(unknown="paused"), Running(), ValueError(),
         Running(unknown="paused"), Running("working"), WHOLE)  # fmt: skip
    assert (await run(make_studio(), Session())).receipt["images"]


async def test_an_unknown_word_is_told_after_three_looks(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio, session = make_studio(), Session()
    says(bench, monkeypatch, Running(), *[Running(unknown="re\ud800heating")] * 4)
    error = await lose(studio, session)
    assert isinstance(error, TimedOut)
    assert "re?heating" in error.message and "/check" in error.what_now and error.upstream_id
    assert [each["id"] for each in studio.open_jobs(session)] == [error.job_id]
    says(bench, monkeypatch, WHOLE)
    assert (await ask_again(studio, session, error.job_id)).receipt["images"]


async def test_figures_and_letters_that_json_cannot_hold_are_kept_out_of_receipts(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio, session = make_studio(), Session()
    odd = Done(WHOLE.pictures, seed=10**400, warnings=("\ud83d",), charged=None)
    says(bench, monkeypatch, Running("\udfff"), odd)
    job = await run(studio, session)
    sendable = json.dumps(job.receipt, ensure_ascii=False, allow_nan=False).encode()
    assert b"0" * 400 not in sendable
    assert job.receipt["seed"] == job.request.settings["seed"]
    says(bench, monkeypatch, ProviderFailed("It said \ud800."))
    str(await lose(studio, session)).encode()
    json.dumps(public_record(studio.store.all_of(session.id)[-1])).encode()


async def test_a_picture_cut_short_is_fetched_again_by_itself(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = picture_bytes("PNG", (64, 64))
    for came in ([whole[:-40], b"<html>", b"", whole], [whole[:-40]] * 99):
        left = list(came)

        async def fetch(*_: object, left: list[bytes] = left) -> bytes:
            return left.pop(0)

        monkeypatch.setattr(fetching, "fetch", fetch)
        says(bench, monkeypatch, Done((Picture(url="https://files.example/1.png"),)))
        studio, session = make_studio(), Session()
        if len(came) < 9:
            assert (await run(studio, session)).receipt["images"][0]["bytes"] == len(whole)
            continue
        error = await lose(studio, session)
        assert "cut short" in error.message and len(came) - len(left) == fetching.FETCH_TRIES
        left[:] = [whole]
        assert (await ask_again(studio, session, error.job_id)).receipt["images"]


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large; its pixels are nobody's business."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"")), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_a_result_of_any_size_is_kept_as_it_came(tmp_path: Path) -> None:
    for size in ((16000, 12000), (2**31 - 1, 2), (1, 1)):
        data = png_of(*size)
        stored = store(data, tmp_path, "x", "fal")
        assert (stored.width, stored.height) == size and stored.path.read_bytes() == data
    for kind in ("JPEG", "WEBP", "GIF", "PNG"):
        header = read_header(picture_bytes(kind, (300, 200)), "fal")
        assert (header.format, header.width, header.height) == (kind.lower(), 300, 200)
        with pytest.raises(ResultLost):
            read_header(picture_bytes(kind, (300, 200))[:9], "fal")


def test_what_cannot_be_handed_over_is_refused_with_the_largest_that_can() -> None:
    photo = in_picture(size=(32, 24))
    object.__setattr__(photo, "width", 4000)
    object.__setattr__(photo, "height", 3000)
    rows = [each for each in MODELS.values() if each.task is Task.UPSCALE and each.param("scale")]
    refused = {}
    for row in rows:
        for scale in (2, 4):
            try:
                check(row, read_request("", {"scale": scale}, [photo], Task.UPSCALE))
            except InvalidInput as error:
                refused[row.id, scale] = str(error)
    told = refused["fal/clarity-upscaler", 4]
    assert "×4 of this picture would be 192 megapixels" in told and "×2 is the largest" in told
    assert "nothing was sent" in told
    assert not [each for each in refused if each[0].startswith("fal/clarity") and each[1] == 2]
    assert 4000 * 3000 * 4 < MOST_PIXELS < 4000 * 3000 * 16


async def test_a_disk_that_fills_after_the_post_keeps_the_way_to_the_result(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio, session = make_studio(), Session()
    bench.finish.set()
    for why in (FULL, OSError(errno.EROFS, "Read-only file system")):
        with monkeypatch.context() as full:

            def refuse(*_: object, why: OSError = why) -> None:
                raise why

            full.setattr(Path, "write_bytes", refuse)
            error = await lose(studio, session)
        assert isinstance(error, ResultLost) and str(why.strerror) in error.message
        assert "make room" in error.what_now and error.job_id
        assert list(studio.folder.iterdir()) == [], "half a file takes room"
        job = await ask_again(studio, session, error.job_id)
        assert job.receipt["images"]
        session.clear()
    assert bench.submitted == 2


async def test_without_room_nothing_is_sent(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    studio, session = make_studio(), Session()
    assert studio.storage_problem() == ""
    usage = shutil.disk_usage(tmp_path)._replace(free=100 * 1024**2)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    for target, name, broken in (
        (shutil, "disk_usage", lambda _: usage),
        (tempfile, "TemporaryFile", refuse),
    ):
        with monkeypatch.context() as full:
            full.setattr(target, name, broken)
            error = await lose(studio, session)
            assert studio.storage_problem() in error.message
        assert isinstance(error, StorageFailed) and error.created is False
        assert str(tmp_path) not in str(error), "where the disk is, is the operator's business"
    assert bench.submitted == 0 and session.spend.held == 0


def test_a_file_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "unguessable" / "history.json"

    def half(path: Path, data: bytes) -> int:
        path.touch()
        raise FULL

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(StorageFailed, match="No space left"):
        write_file(place, b"{}")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageFailed):
        write_file(tmp_path / "file" / "x" / "history.json", b"{}")


async def left_open(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, studio: Studio, session: Session
) -> str:
    """A paid job that ended open; from now on its provider says that it runs."""
    says(bench, monkeypatch, ValueError("what came"))
    job_id = (await lose(studio, session)).job_id
    says(bench, monkeypatch, Running())
    return job_id


async def test_whoever_stops_listening_to_a_check_loses_nothing(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the listener has gone is no wish to stop a job that is paid for."""
    studio, session = make_studio(), Session()
    job_id = await left_open(bench, monkeypatch, studio, session)
    async with aclosing(studio.check(session, job_id, OPERATOR)) as steps:
        async for job in steps:
            if job.state.value == "running":
                break
    await until(lambda: not studio.running(session))
    assert [each["id"] for each in studio.open_jobs(session)] == [job_id]
    says(bench, monkeypatch, WHOLE)
    assert (await ask_again(studio, session, job_id)).receipt["id"] == job_id
    assert bench.submitted == 1


async def test_a_caller_whose_next_call_is_another_session_finds_his_open_job(
    bench: Bench, make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is counted once, where those without a session are counted together, too."""
    studio = make_studio(budget=cost() * Decimal("1.5"))
    walk_ins = Spend()
    job_id = await left_open(bench, monkeypatch, studio, Session(shared=walk_ins))
    held = walk_ins.held_operator
    assert held > 0
    says(bench, monkeypatch, WHOLE)
    next_call = Session(shared=Spend())
    own = Keyring(typed={"fal": "own-key"}, operator=OPERATOR.operator)
    async with aclosing(studio.check(next_call, job_id, own)) as steps:
        async for job in steps:
            last = job
    assert last.receipt["id"] == job_id and last.key.owner == "operator"
    assert next_call.spend.operator == held, "the operator's money stays the operator's"


async def test_what_comes_for_who_will_not_come_back_is_not_kept(
    bench: Bench, make_studio: Make
) -> None:
    studio, session = make_studio(), Session()
    async with aclosing(start(studio, session)) as steps:
        async for job in steps:
            if job.state.value == "running":
                break
    session.end()
    studio.store.forget(session.id)
    job.changed(job)
    assert studio.store.load(session.id, job.id) is None
