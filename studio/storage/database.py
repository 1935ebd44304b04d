"""The app's own small SQLite file: what must outlive the run, and nothing of what was asked."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from errors import StorageFailed
from i18n import say

T = TypeVar("T")
FILE = "easel.db"
BUSY_SECONDS = 5.0


class Database:
    """One connection, used from a thread of its own, so that a slow disk never holds the loop.

    `folder` is made where it is missing, for this user alone (0700, the file 0600); None keeps
    everything in memory, gone with the process. `tables`: the statements that make what is
    missing, run when the file is first used.
    """

    def __init__(self, folder: Path | None, *tables: str) -> None:
        self._folder = folder
        self._tables = list(tables)
        self._thread = ThreadPoolExecutor(1, "database")
        self._connection: sqlite3.Connection | None = None

    def add(self, *tables: str) -> None:
        """Statements that make more tables; to be called before the first `run`."""
        self._tables.extend(tables)

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What `work` makes of the connection, in one transaction. Raises `StorageFailed`, and
        nothing is written then, where the disk is full or cannot be written to."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._do, work)

    def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            connection = self._connection or self._open()
            with connection:
                return work(connection)
        except (sqlite3.Error, OSError) as error:
            where = {"folder": self._folder, "why": error}
            raise StorageFailed(say("error.storage", **where)) from error

    def _open(self) -> sqlite3.Connection:
        place = ":memory:"
        if self._folder is not None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / FILE
            path.touch(mode=0o600)
            path.chmod(0o600)
            place = str(path)
        connection = sqlite3.connect(place, timeout=BUSY_SECONDS, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")  # a paid job's line must outlive the machine
        for table in self._tables:
            connection.execute(table)
        self._connection = connection
        return connection

    def close(self) -> None:
        """Let what is under way end, then close the file."""
        self._thread.shutdown()
        if self._connection is not None:
            self._connection.close()
            self._connection = None
