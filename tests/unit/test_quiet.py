"""The app is silent and keeps its pictures in a folder of its own."""

from __future__ import annotations

import os
import signal
import stat
import threading
from pathlib import Path
from time import time

import pytest

import quiet


@pytest.fixture(autouse=True)
def own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*quiet.SILENCE, "GRADIO_TEMP_DIR"):
        monkeypatch.setenv(name, "")  # so that monkeypatch puts the old value back
        monkeypatch.delenv(name)
    monkeypatch.setattr(quiet.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(quiet.atexit, "register", lambda *_, **__: None)


def test_telemetry_is_off() -> None:
    quiet.prepare_environment()
    assert {name: os.environ[name] for name in quiet.SILENCE} == quiet.SILENCE


def test_what_the_operator_set_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DO_NOT_TRACK", "yes")
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "mine"))
    quiet.prepare_environment()
    assert os.environ["DO_NOT_TRACK"] == "yes"
    (folder,) = (tmp_path / "mine").iterdir()
    assert os.environ["GRADIO_TEMP_DIR"] == str(folder), "inside the operator's own"
    assert list(tmp_path.iterdir()) == [tmp_path / "mine"]


def test_a_folder_that_cannot_be_had_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "file" / "below"))
    with pytest.raises(SystemExit, match="GRADIO_TEMP_DIR"):
        quiet.prepare_environment()


@pytest.mark.parametrize("blank", [None, "", " "])
def test_a_folder_for_this_user_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, blank: str | None
) -> None:
    if blank is not None:
        monkeypatch.setenv("GRADIO_TEMP_DIR", blank)
    quiet.prepare_environment()
    (folder,) = tmp_path.iterdir()
    assert os.environ["GRADIO_TEMP_DIR"] == str(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_left_overs_of_killed_runs_go(tmp_path: Path) -> None:
    """At once, however young they are; what has no mark is not ours, whatever it is called."""
    for name in ("easel-dead", "easel-alive"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "cat.png").write_bytes(b"x")
        held = quiet._hold(tmp_path / name / quiet.MARK)
        if name == "easel-dead":
            os.close(held)
    for name in ("easel-main", "others"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (0, 0))
    (tmp_path / "easel-notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / "easel-link").symlink_to(tmp_path / "others")
    quiet.prepare_environment()
    names = {path.name for path in tmp_path.iterdir()}
    assert "easel-dead" not in names
    assert {"easel-alive", "easel-main", "others", "easel-notes.txt", "easel-link"} < names
    assert (tmp_path / "easel-alive" / "cat.png").exists()
    os.close(held)


@pytest.mark.parametrize(("age", "held"), [(60, True), (quiet.LEFT_OVER_SECONDS + 9, False)])
def test_where_nothing_can_be_locked_age_tells(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, age: float, held: bool
) -> None:
    class Fcntl:
        LOCK_EX, LOCK_NB = 2, 4

        @staticmethod
        def flock(*_: object) -> None:
            raise OSError("no locks")

    monkeypatch.setattr(quiet, "fcntl", Fcntl)
    os.close(quiet._hold(tmp_path / quiet.MARK))
    os.utime(tmp_path, (time() - age, time() - age))
    assert quiet._is_held(tmp_path / quiet.MARK) is held


def test_the_end_of_a_run_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "easel-x"
    folder.mkdir()
    held = quiet._hold(folder / quiet.MARK)
    assert quiet._is_held(folder / quiet.MARK)
    quiet._remove(folder, held)
    assert list(tmp_path.iterdir()) == []


def test_sigterm_ends_as_ctrl_c_does(monkeypatch: pytest.MonkeyPatch) -> None:
    both = (signal.SIGTERM, signal.SIGINT)
    before = [signal.getsignal(each) for each in both]
    try:
        for first, second in (both, reversed(both)):
            again = quiet.end_when_told()
            with pytest.raises(SystemExit) as caught:
                signal.raise_signal(first)
            assert caught.value.code == 0 and not again.is_set()
            signal.raise_signal(second)  # does not cut the clean-up short, but the waiting
            assert again.is_set()
    finally:
        for each, handler in zip(both, before, strict=True):
            signal.signal(each, handler)


def test_elsewhere_than_in_the_main_thread_it_does_nothing() -> None:
    before = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=quiet.end_when_told)
    thread.start()
    thread.join()
    assert signal.getsignal(signal.SIGTERM) is before
