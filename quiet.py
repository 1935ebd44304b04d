"""Tells libraries, before they are imported, to be silent and to keep pictures to themselves."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from time import time

from i18n import say

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

SILENCE = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    # Gradio otherwise rebuilds a table of all events on each of them.
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",
    # Else it keeps the last 10 000 events, the names of their sessions included.
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "DO_NOT_TRACK": "1",
    # OpenMP's threads otherwise spin while they wait for one another; where others use the
    # machine too, upscaling then takes three times as long.
    "OMP_WAIT_POLICY": "passive",
}
# Uvicorn believes X-Forwarded-For and -Proto of whoever sits at 127.0.0.1, unless it is told to
# believe nobody; whom Easel believes stands in EASEL_PROXIES alone (ui/http/hosts.py).
NOBODY = {"FORWARDED_ALLOW_IPS": ""}
LEFT_OVER_SECONDS = 15 * 60  # a run touches its folder every minute
PREFIX = "easel-"
MARK = ".easel"  # in a run's folder: it is ours, and held open while the run lives


def prepare_environment() -> None:
    """Switch telemetry off and give pictures a folder of their own, gone when the app ends.

    It lies in the system's temporary folder, or in the operator's GRADIO_TEMP_DIR (a memory file
    system keeps pictures off disks), where nothing but it is touched.
    """
    for name, value in SILENCE.items():
        os.environ.setdefault(name, value)
    os.environ.update(NOBODY)
    place = Path(os.environ.get("GRADIO_TEMP_DIR", "").strip() or tempfile.gettempdir())
    try:
        place.mkdir(parents=True, exist_ok=True)
        _sweep_left_overs(place)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place.absolute()))  # for this user alone
    except OSError as error:
        raise SystemExit(say("studio.setting.temp", folder=place, why=error)) from error
    os.environ["GRADIO_TEMP_DIR"] = str(folder)
    atexit.register(_remove, folder, _hold(folder / MARK))


def _hold(mark: Path) -> int:
    """Mark a folder as a living run's. The system lets go of it whatever ends the run. Returns the
    open file's number."""
    held = os.open(mark, os.O_WRONLY | os.O_CREAT, 0o600)
    if fcntl is not None:
        with suppress(OSError):  # some network file systems lock nothing; then age tells
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return held


def _remove(folder: Path, held: int) -> None:
    """The run is over: nothing of it stays."""
    os.close(held)  # Windows deletes no open file
    shutil.rmtree(folder, ignore_errors=True)


def _sweep_left_overs(place: Path) -> None:
    """Delete the folders of runs that were killed: those with our mark, and no others, whatever
    they are called."""
    for mark in place.glob(f"{PREFIX}*/{MARK}"):
        try:
            if not mark.is_symlink() and not mark.parent.is_symlink() and not _is_held(mark):
                shutil.rmtree(mark.parent)
        except OSError:
            continue  # another user's, or already gone


def _is_held(mark: Path) -> bool:
    """Whether the run that made this mark is alive."""
    if fcntl is None:
        mark.unlink()  # Windows refuses while it is open
        return False
    with mark.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return mark.parent.stat().st_mtime > time() - LEFT_OVER_SECONDS
    return False


def end_when_told() -> threading.Event:
    """Let SIGTERM, the way containers are stopped, and Ctrl+C end the app: with its clean-up.

    Returns what is set when it is told so once more: then nothing is waited for. Does nothing
    outside the main thread, where Python hears no signals.
    """
    told, again = threading.Event(), threading.Event()

    def end(signum: int, frame: object) -> None:
        if told.is_set():
            again.set()
            return
        told.set()
        sys.exit(0)

    if threading.current_thread() is threading.main_thread():
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, end)
    return again
