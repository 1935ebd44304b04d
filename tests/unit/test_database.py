"""What outlives the run is this user's alone, and a disk that will not take it is told."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from errors import StorageFailed
from studio.storage.database import FILE, Database

TABLE = "CREATE TABLE IF NOT EXISTS things (name TEXT)"


def add(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO things VALUES ('a')")


def count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM things").fetchone()[0])


async def test_it_outlives_the_run_and_is_this_users_alone(tmp_path: Path) -> None:
    for written in (1, 2):
        database = Database(tmp_path / "data", TABLE)
        await database.run(add)
        assert await database.run(count) == written
        database.close()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / FILE).stat().st_mode & 0o777 == 0o600


async def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    database = Database(None, TABLE)
    await database.run(add)
    assert await database.run(count) == 1
    database.close()


async def test_what_failed_half_way_is_not_kept(tmp_path: Path) -> None:
    def half(connection: sqlite3.Connection) -> None:
        add(connection)
        connection.execute("INSERT INTO nothing VALUES (1)")

    database = Database(tmp_path, TABLE)
    with pytest.raises(StorageFailed) as caught:
        await database.run(half)
    assert caught.value.created is False
    assert await database.run(count) == 0
    database.close()


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    database = Database(tmp_path / "file" / "data", TABLE)
    with pytest.raises(StorageFailed, match="cannot write"):
        await database.run(add)
    database.close()
