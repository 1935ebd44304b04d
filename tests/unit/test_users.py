"""Users of a file: who is let in, how long a stranger has to wait, and the command for a line."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from studio.storage import users as module
from studio.storage.users import MustWait, Users, read_users
from users import line_for

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "users"
    found.write_text(f"# ours\n\nanna:{CHEAP.hash('right')}\nodd:no hash\nempty:\n")
    return found


async def test_who_is_let_in(file: Path) -> None:
    it = Users(file)
    for name, password, expected in (
        ("anna", "right", True),
        ("anna", "wrong", False),
        ("anna", "", False),
        ("ANNA", "right", False),
        ("odd", "no hash", False),
        ("empty", "", False),
        ("nobody", "", False),  # whose stand-in is the hash of that
        ("# ours", "", False),
        ("anna", "r" * 5000, False),
        ("anna", "\udc80", False),
    ):
        assert await it.check(name, password, f"address of {name}{password[:9]}") is expected, name
    file.write_text(f"bert:{CHEAP.hash('new')}\n")
    assert await it.check("bert", "new", "b"), "the file is read anew"
    file.unlink()
    assert not await it.check("bert", "new", "b")


async def test_failures_slow_an_address_and_a_name_down(file: Path) -> None:
    clock = Clock()
    it = Users(file, clock)
    for number in range(5):
        assert not await it.check(f"guess {number}", "x", "1.1.1.1")
    with pytest.raises(MustWait):
        await it.check("anna", "right", "1.1.1.1")
    assert await it.check("anna", "right", "2.2.2.2"), "another address, another name"
    pauses = []
    for number in range(12):
        clock.now += 1000 if number == 0 else 40
        with pytest.raises(MustWait) as wait:
            for each in range(9):
                await it.check("anna", "x", f"3.3.{number}.{each}")
        pauses.append(wait.value.seconds)
    assert pauses == sorted(pauses)
    assert pauses[-1] == 30, "a stranger cannot lock her out for long"
    clock.now += 16 * 60
    assert await it.check("anna", "right", "1.1.1.1")


async def test_many_at_once_have_no_more_tries(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And two are verified at once, no more."""
    running, most, lock = 0, 0, threading.Lock()
    real = module._verify

    def watched(path: Path, name: str, password: str) -> bool:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        try:
            return real(path, name, password)
        finally:
            with lock:
                running -= 1

    monkeypatch.setattr(module, "_verify", watched)
    it = Users(file, Clock())
    tries = [it.check("anna", f"guess {each}", "1.1.1.1") for each in range(60)]
    ends = await asyncio.gather(*tries, return_exceptions=True)
    assert 1 <= most <= 2
    assert sum(end is False for end in ends) <= 6
    assert {type(end) for end in ends} == {bool, MustWait}


async def test_a_name_that_does_not_exist_is_verified_too(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the time would tell who is a user."""
    seen: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
            seen.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(module, "PasswordHasher", Watched)
    it = Users(file)
    await it.check("nobody", "x", "1")
    await it.check("anna", "x", "1")
    assert len(seen) == 2
    assert all(each.startswith("$argon2id$") for each in seen)


def test_the_command_makes_a_line_that_lets_in() -> None:
    kept = read_users(line_for("Ivan Petrov", "correct horse", "correct horse"))
    assert PasswordHasher().verify(kept["Ivan Petrov"], "correct horse")
    for name, password, again in (
        ("", "correct horse", "correct horse"),
        ("a:b", "correct horse", "correct horse"),
        ("#a", "correct horse", "correct horse"),
        ("anna", "short", "short"),
        ("anna", "correct horse", "correct house"),
    ):
        with pytest.raises(SystemExit) as told:
            line_for(name, password, again)
        assert str(told.value).endswith(".")
    run = [sys.executable, "-m", "users"]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "python -m users NAME" in done.stderr
