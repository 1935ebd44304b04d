"""The place our own engines work in: two at once, what is missing told, the sketch among them."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
import threading
from importlib.machinery import ModuleSpec
from typing import Any

import pytest

from engines import sketch
from engines.intake import Broken
from engines.missing import EngineMissing
from errors import Cancelled, InvalidInput, NotAvailable, ProviderFailed
from providers.catalogue import MODELS
from providers.local import adapter as local
from providers.local import worker as local_place
from providers.schema import Done, Picture, Task
from studio.keys import Key, Keyring
from studio.model_listing import list_models
from studio.session import Session
from tests.making import asked_of, picture_bytes
from tests.unit.local_studio import Make, asked_for, astronaut, plain, run, taken

OURS = [model for model in MODELS.values() if model.provider == "local"]


@pytest.fixture
def no_opencv(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where OpenCV is not installed."""
    found = importlib.util.find_spec

    def find(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "cv2" else found(name, package)

    monkeypatch.setattr(local, "find_spec", find)


async def test_list_models_says_which_package_is_missing(
    make_studio: Make, no_opencv: None
) -> None:
    rows = {row["id"]: row for row in await list_models(None, Keyring(), make_studio().serves)}
    for name in ("local/edit", "local/retouch", "local/face-swap"):
        assert not rows[name]["available"]
        assert "opencv-python-headless is not installed" in rows[name]["why_not"]
    assert rows["local/sketch"]["available"] and rows["local/upscale"]["available"]


@pytest.mark.parametrize("model", ["auto", "local/retouch"])
async def test_what_cannot_work_is_not_begun(
    make_studio: Make, no_opencv: None, model: str
) -> None:
    session, studio = Session(), make_studio()
    asked = asked_for(Task.RETOUCH, astronaut())
    with pytest.raises((NotAvailable, InvalidInput), match="opencv-python-headless") as caught:
        async for _ in studio.run(Task.RETOUCH, model, asked, session, Keyring()):
            pass
    assert caught.value.created is False


async def test_all_of_them_serve_here(make_studio: Make) -> None:
    for model in OURS:
        assert await make_studio().serves(model, Key()) == ""


@pytest.mark.parametrize(
    ("failure", "kind", "words"),
    [
        (EngineMissing("opencv-python-headless"), NotAvailable, "install it with pip"),
        (Broken("damaged"), InvalidInput, "is damaged"),
        (MemoryError(), ProviderFailed, "too little memory"),
    ],
)
async def test_failures_are_sentences_and_cost_nothing(
    make_studio: Make,
    monkeypatch: pytest.MonkeyPatch,
    failure: Exception,
    kind: type[Exception],
    words: str,
) -> None:
    def fail(*_: object) -> Done:
        raise failure

    monkeypatch.setitem(local.WORK, "retouch", fail)
    with pytest.raises(kind, match=words) as caught:
        await run(make_studio(), Task.RETOUCH, astronaut())
    assert getattr(caught.value, "created", None) is False


async def test_engines_are_missed_where_they_are_imported(
    make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package that is there and cannot be loaded is found out only then."""
    monkeypatch.setattr(local, "find_spec", lambda name: name)
    for name in ("apply", "focus", "light"):
        monkeypatch.delitem(sys.modules, f"engines.edit.{name}", raising=False)
        monkeypatch.delattr(f"engines.edit.{name}", raising=False)
    monkeypatch.delitem(sys.modules, "engines.opencv", raising=False)
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(NotAvailable, match="opencv-python-headless is not installed") as caught:
        words = {"words": "warmer", "model": "local/edit"}
        await run(make_studio(), Task.IMAGE_EDIT, taken(plain()), **words)
    assert caught.value.created is False


async def test_two_work_at_once_and_no_more(
    make_studio: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, most, begun, go = 0, 0, threading.Semaphore(0), threading.Event()
    lock = threading.Lock()

    def work(*_: object) -> Done:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        begun.release()
        assert go.wait(20)
        with lock:
            now -= 1
        return Done((Picture(data=picture_bytes()),))

    for name in local.WORK:
        monkeypatch.setitem(local.WORK, name, work)
    studio = make_studio(max_workers=8)

    async def one(model: Any) -> None:
        async for _ in studio.run(
            model.task, model.id, asked_of(model), Session(consent=True), Keyring()
        ):  # whichever engine, they share the places
            pass

    tasks = [asyncio.create_task(one(model)) for model in OURS]
    for _ in range(local_place.AT_ONCE):
        await asyncio.to_thread(begun.acquire)
    for _ in range(20):
        await asyncio.sleep(0.005)
    assert most == now == local_place.AT_ONCE
    go.set()
    await asyncio.gather(*tasks)
    assert most == local_place.AT_ONCE and now == 0


async def test_a_job_stopped_between_two_sketches_ends(
    make_studio: Make, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    drawn, begun, go = 0, threading.Event(), threading.Event()
    draw = sketch.draw

    def slow(*args: Any) -> Any:
        nonlocal drawn
        drawn += 1
        begun.set()
        assert go.wait(20)
        return draw(*args)

    monkeypatch.setattr(sketch, "draw", slow)
    studio, session = make_studio(), Session()
    model = MODELS["local/sketch"]
    asked = asked_of(model, width=64, height=64, num_images=4)

    async def follow() -> None:
        async for _ in studio.run(model.task, model.id, asked, session, Keyring()):
            pass

    task = asyncio.create_task(follow())
    await asyncio.to_thread(begun.wait)
    await studio.stop(session)
    with pytest.raises(Cancelled):
        await task
    go.set()
    places = studio.backend.executor._memory[(local.NAME, "places")]
    while places._taken:
        await asyncio.sleep(0.01)
    assert drawn == 1
