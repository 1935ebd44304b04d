"""Who may use the app, by a file with a line `name:argon2 hash` for each user.

Passwords are verified in threads, two at once, and a name that does not exist takes as long as one
that does. After failures from an address, or for a name, further tries have to wait.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import monotonic

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
MOST_WAITING = 20
LONGEST = 1024  # characters of a name or a password
FREE_TRIES = 5
LONGEST_PAUSES = {"address": 300.0, "name": 30.0}  # a stranger must not lock a user out for long
FORGOTTEN_SECONDS = 15 * 60.0
MOST_RECORDS = 10_000


class MustWait(Exception):
    """No further try now. `seconds`: how long to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass
class _Failures:
    count: int = 0
    last: float = 0.0
    until: float = 0.0


@dataclass
class Users:
    """The users of a file, which is read at each try, so that changes hold at once."""

    # The file.
    path: Path
    # Gives seconds.
    clock: Callable[[], float] = monotonic
    _failures: dict[tuple[str, str], _Failures] = field(default_factory=dict)
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _waiting: int = 0

    async def check(self, name: str, password: str, address: str) -> bool:
        """Whether name and password are a user's. Raises `MustWait` after too many failures, or
        when too many are being verified."""
        if not (name and password) or len(name) > LONGEST or len(password) > LONGEST:
            return False  # nobody's, which tells nothing
        self._check_pause(name, address)
        if self._waiting >= MOST_WAITING:
            raise MustWait(1.0)
        self._waiting += 1
        try:
            async with self._places:
                self._check_pause(name, address)  # others may have failed meanwhile
                right = await asyncio.to_thread(_verify, self.path, name, password)
        finally:
            self._waiting -= 1
        if right:
            self._failures.pop(("name", name), None)
        else:
            self._fail("address", address)
            self._fail("name", name)
        return right

    def _check_pause(self, name: str, address: str) -> None:
        now = self.clock()
        for place in (("address", address), ("name", name)):
            known = self._failures.get(place)
            if known and known.until > now:
                raise MustWait(known.until - now)

    def _fail(self, kind: str, value: str) -> None:
        """Count a failure; after some, each doubles the pause."""
        now = self.clock()
        known = self._failures.pop((kind, value), _Failures())
        if now - known.last > FORGOTTEN_SECONDS:
            known = _Failures()
        known.count, known.last = known.count + 1, now
        if known.count >= FREE_TRIES:
            pause = 2.0 ** min(known.count - FREE_TRIES, 10)
            known.until = now + min(pause, LONGEST_PAUSES[kind])
        self._failures[kind, value] = known  # the latest is the last
        while len(self._failures) > MOST_RECORDS:
            del self._failures[next(iter(self._failures))]


def read_users(text: str) -> dict[str, str]:
    """The hash by name. A blank line, one that begins with # and one without a hash are nobody."""
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition(":") for line in lines if not line.startswith("#"))
    return {name.strip(): kept.strip() for name, _, kept in pairs if name.strip() and kept.strip()}


def _verify(path: Path, name: str, password: str) -> bool:
    """Whether a password is that of a name, in the same time for every name."""
    try:
        kept = read_users(path.read_text(encoding="utf-8")).get(name)
    except (OSError, UnicodeDecodeError):
        kept = None
    stand_in = _nobodys()
    try:
        matches = PasswordHasher().verify(kept or stand_in, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False
    return matches and kept is not None


@cache
def _nobodys() -> str:
    """A hash that no name has, to be verified where there is no such name."""
    return PasswordHasher().hash("")
