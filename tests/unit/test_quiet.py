"""The app is silent and keeps its pictures in a folder of its own."""

from __future__ import annotations

import os
import signal
import stat
import threading
from pathlib import Path
from time import time

import pytest

from easel import quiet


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
    assert os.environ["GRADIO_TEMP_DIR"] == str(tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []


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
    for name, age in (("easel-dead", quiet.LEFT_OVER_SECONDS + 9), ("easel-alive", 90), ("x", 9e6)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time() - age, time() - age))
    quiet.prepare_environment()
    names = {path.name for path in tmp_path.iterdir()}
    assert "easel-dead" not in names
    assert {"easel-alive", "x"} < names


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
