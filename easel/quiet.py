"""Tells libraries, before they are imported, to be silent and to keep pictures to themselves."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import sys
import tempfile
import threading
from pathlib import Path
from time import time

SILENCE = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    # Gradio otherwise rebuilds a table of all events on each of them.
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",
    "DO_NOT_TRACK": "1",
    # OpenMP's threads otherwise spin while they wait for one another; where others use the
    # machine too, upscaling then takes three times as long.
    "OMP_WAIT_POLICY": "passive",
}
LEFT_OVER_SECONDS = 15 * 60  # a run touches its folder every minute
PREFIX = "easel-"


def prepare_environment() -> None:
    """Switch telemetry off and give pictures a folder of their own, gone when the app ends.

    GRADIO_TEMP_DIR set by the operator is kept (a memory file system keeps pictures off disks).
    """
    for name, value in SILENCE.items():
        os.environ.setdefault(name, value)
    if not os.environ.get("GRADIO_TEMP_DIR", "").strip():
        _sweep_left_overs(Path(tempfile.gettempdir()))
        folder = tempfile.mkdtemp(prefix=PREFIX)  # readable by this user alone
        os.environ["GRADIO_TEMP_DIR"] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


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


def _sweep_left_overs(place: Path) -> None:
    """Delete the folders of runs that were killed."""
    for folder in place.glob(f"{PREFIX}*"):
        try:
            if folder.stat().st_mtime < time() - LEFT_OVER_SECONDS:
                shutil.rmtree(folder)
        except OSError:
            continue  # another user's, or already gone
