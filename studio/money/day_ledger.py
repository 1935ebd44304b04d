"""What was spent of the operator's money today, in the app's database: exact, and one sum for
every process on the same data folder.

Days are days of UTC. Dollars are whole billionths. An address is kept as a hash with a salt of the
day; rows and salt are deleted an hour after the day is over, because jobs are counted over the last
hour.
"""

from __future__ import annotations

import hmac
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from studio.storage.database import Database

T = TypeVar("T")
TABLES = (
    "CREATE TABLE IF NOT EXISTS operator_spend (job TEXT PRIMARY KEY, day TEXT NOT NULL, "
    "at REAL NOT NULL, address TEXT NOT NULL, nano INTEGER NOT NULL, calls INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS operator_spend_address ON operator_spend (address, at)",
    "CREATE TABLE IF NOT EXISTS operator_salts (day TEXT PRIMARY KEY, salt BLOB NOT NULL)",
)
SUMS = "SELECT COALESCE(SUM(nano), 0), COALESCE(SUM(calls), 0) FROM operator_spend WHERE day = ?"
BEGAN = "SELECT at FROM operator_spend WHERE address IN (?, ?) AND at > ? ORDER BY at DESC"
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class DailySpent:
    """What is spent of the day, in billionths of a dollar and in calls, by all and from one
    address (`own_…`); when that address began the jobs of the last hour, latest first."""

    nano: int
    calls: int
    own_nano: int
    own_calls: int
    began: tuple[float, ...]


class DayLedger:
    """The rows of the day. Every method raises `StorageFailed` where the disk does not hold."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.add(*TABLES)

    async def enter(
        self,
        job: str,
        address: str,
        now: float,
        amount: tuple[int, int] | None,
        check: Callable[[DailySpent], T | None],
    ) -> T | None:
        """Enter a job at so many billionths and calls, unless `check` objects to it by what is
        used; its objection then. Nobody else adds anything in between. Durable on return. `amount`
        None: only look whether there is room."""

        def work(connection: sqlite3.Connection) -> T | None:
            connection.execute("BEGIN IMMEDIATE")
            _forget(connection, now)
            names = _names(connection, address, now)
            objection = check(_used(connection, names, now))
            if objection is None and amount is not None:
                row = (job, _day(now), now, names[0], *amount)
                connection.execute("INSERT INTO operator_spend VALUES (?, ?, ?, ?, ?, ?)", row)
            return objection

        return await self._database.run(work)

    async def used(self, address: str, now: float) -> DailySpent:
        """What is used now."""
        return await self._database.run(
            lambda connection: _used(connection, _names(connection, address, now), now)
        )

    async def remove(self, job: str) -> None:
        """A job that was never sent."""
        await self._change("DELETE FROM operator_spend WHERE job = ?", job)

    async def release(self, job: str) -> None:
        """A job that cost nothing; it goes on counting as one of the hour's."""
        await self._change("UPDATE operator_spend SET nano = 0, calls = 0 WHERE job = ?", job)

    async def correct(self, job: str, nano: int) -> None:
        """A job that cost so much."""
        await self._change("UPDATE operator_spend SET nano = ? WHERE job = ?", nano, job)

    async def tidy(self, now: float) -> None:
        """Delete the days that are over, from the file and from SQLite's log too."""
        if await self._database.run(lambda connection: _forget(connection, now)):
            await self._change("PRAGMA wal_checkpoint(TRUNCATE)")

    async def _change(self, statement: str, *values: str | int) -> None:
        await self._database.run(lambda it: it.execute(statement, values).fetchall())


def _names(connection: sqlite3.Connection, address: str, now: float) -> tuple[str, str]:
    """What an address is called today, and an hour ago, which may have been yesterday."""
    today, before = (_name(connection, _day(at), address) for at in (now, now - HOUR))
    return today, before


def _name(connection: sqlite3.Connection, day: str, address: str) -> str:
    """An address as it is kept on a day: a hash whose key is that day's salt."""
    made = (day, secrets.token_bytes(32))
    connection.execute("INSERT OR IGNORE INTO operator_salts VALUES (?, ?)", made)
    row = connection.execute("SELECT salt FROM operator_salts WHERE day = ?", (day,)).fetchone()
    return hmac.digest(row[0], address.encode(), "sha256").hex()


def _used(connection: sqlite3.Connection, names: tuple[str, str], now: float) -> DailySpent:
    nano, calls = connection.execute(SUMS, (_day(now),)).fetchone()
    own = connection.execute(f"{SUMS} AND address = ?", (_day(now), names[0])).fetchone()
    began = connection.execute(BEGAN, (*names, now - HOUR)).fetchall()
    return DailySpent(nano, calls, own[0], own[1], tuple(at for (at,) in began))


def _forget(connection: sqlite3.Connection, now: float) -> int:
    """Delete the days that were over an hour ago; how many rows that were."""
    connection.execute("PRAGMA secure_delete = ON")
    oldest = (_day(now - HOUR),)
    gone = connection.execute("DELETE FROM operator_salts WHERE day < ?", oldest).rowcount
    return gone + connection.execute("DELETE FROM operator_spend WHERE day < ?", oldest).rowcount


def _day(now: float) -> str:
    return datetime.fromtimestamp(now, UTC).date().isoformat()
