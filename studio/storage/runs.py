"""Which runs of the app still live: each holds a lock on a file of its own in the data folder.

The system lets go of a lock when its process ends, however that happens, so neither a process
number used anew nor a machine that was restarted makes a dead run look alive.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from errors import StorageFailed
from i18n import say

try:
    import fcntl
except ImportError:  # Windows: an earlier run is taken to be over
    fcntl = None  # type: ignore[assignment]


class Runs:
    """`name`: this run's own. `folder`: None where nothing may be written."""

    def __init__(self, folder: Path | None) -> None:
        self.name = secrets.token_hex(8)
        self._folder = folder
        self._held: int | None = None

    def begin(self) -> None:
        """Take this run's lock. Raises `StorageFailed`."""
        if self._folder is None:
            return
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for left_over in self._folder.glob("run-*.lock"):
                self.is_over(left_over.stem.removeprefix("run-"))
            self._held = os.open(self._path(self.name), os.O_CREAT | os.O_WRONLY, 0o600)
            if fcntl:
                fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StorageFailed(say("error.storage", folder=self._folder, why=error)) from error

    def is_over(self, name: str) -> bool:
        """Whether another run has ended; its file is deleted then."""
        if self._folder is None or name == self.name:
            return False
        path = self._path(name)
        try:
            with path.open("rb+") as file:
                if fcntl:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return True
        except OSError:  # held
            return False
        with contextlib.suppress(OSError):
            path.unlink()
        return True

    def end(self) -> None:
        """Let go of the lock."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
            with contextlib.suppress(OSError):
                self._path(self.name).unlink()

    def _path(self, name: str) -> Path:
        if self._folder is None:
            raise LookupError("there is no folder")
        return self._folder / f"run-{name}.lock"
