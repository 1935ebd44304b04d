"""Whether a folder's disk takes what a job will bring, looked at before anything is paid for."""

from __future__ import annotations

import contextlib
import logging
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from errors import StorageFailed
from i18n import say

log = logging.getLogger("easel")

# A result may come as 160 MB (`download.RESULT_BYTES`) and be beside its original; other jobs are
# on their way at the same time.
NEEDED_MB: Final = 512
PROBE: Final = b"Easel looks whether it may write here." * 110  # more than a block of any disk


def no_room(folder: Path) -> str:
    """Why nothing can be written there, in a sentence, or "". The folder is made where it is
    missing, and a small file is written and deleted again: what a disk says of itself is not all
    that keeps one from writing."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free // 1024**2
        if free < NEEDED_MB:
            log.error("%s has %d MB left", folder, free)
            return say("error.room", free=free, needed=NEEDED_MB)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(PROBE)
            file.flush()
    except OSError as error:
        log.error("%s cannot be written to: %s", folder, error)
        return say("error.room.closed", why=error.strerror or type(error).__name__)
    return ""


def write_file(place: Path, data: bytes) -> None:
    """Write a file into a new folder that nobody else may read. Raises `StorageFailed`, and leaves
    nothing, where the disk does not take it."""
    with writing(place):
        place.write_bytes(data)


@contextlib.contextmanager
def writing(place: Path) -> Iterator[None]:
    """The same for who writes the file himself."""
    try:
        place.parent.mkdir(parents=True, mode=0o700)
        yield
    except OSError as error:
        shutil.rmtree(place.parent, ignore_errors=True)
        log.error("%s cannot be written to: %s", place.parent.parent, error)
        text = say("error.room.closed", why=error.strerror or type(error).__name__)
        raise StorageFailed(text, advice=say("error.store.free")) from error
