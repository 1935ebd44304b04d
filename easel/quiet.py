"""Tells libraries, before they are imported, to be silent and to keep pictures to themselves."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from time import time

SILENCE = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    # Gradio otherwise rebuilds a table of all events on each of them.
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",
    "DO_NOT_TRACK": "1",
}
LEFT_OVER_SECONDS = 24 * 3600
PREFIX = "easel-"


def prepare_environment() -> None:
    """Switch telemetry off and give pictures a folder of their own, gone when the app ends.

    GRADIO_TEMP_DIR set by the operator is kept (a memory file system keeps pictures off disks).
    """
    for name, value in SILENCE.items():
        os.environ.setdefault(name, value)
    if "GRADIO_TEMP_DIR" not in os.environ:
        _sweep_left_overs(Path(tempfile.gettempdir()))
        folder = tempfile.mkdtemp(prefix=PREFIX)  # readable by this user alone
        os.environ["GRADIO_TEMP_DIR"] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def _sweep_left_overs(place: Path) -> None:
    """Delete folders of runs that were killed more than a day ago."""
    for folder in place.glob(f"{PREFIX}*"):
        try:
            if folder.stat().st_mtime < time() - LEFT_OVER_SECONDS:
                shutil.rmtree(folder)
        except OSError:
            continue  # another user's, or already gone
