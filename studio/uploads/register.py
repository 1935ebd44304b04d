"""Who uploaded which file, whose it is now, how much lies there in all, and when it goes.

An upload belongs to nobody until a call names it; then it is that session's, and goes with it.
What nobody named within 15 minutes goes. Each has a random folder of its own, so that two visitors
who upload the same picture share nothing, and nobody can guess where another's lies.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Final

from errors import InvalidInput
from i18n import say
from studio.background import spawn
from studio.results.image_files import remove
from studio.session import Session
from studio.uploads.limits import MOST_BYTES

MEGABYTE: Final = 2**20
FILE_BYTES: Final = MOST_BYTES
REQUEST_BYTES: Final = 256 * MEGABYTE
REQUEST_FILES: Final = 100
SESSION_BYTES: Final = 512 * MEGABYTE
ALL_BYTES: Final = 8 * 1024 * MEGABYTE
ALL_FILES: Final = 20_000
ROOM_SHARE: Final = 0.5  # of what is free on the disk; the rest is for results
ADDRESS_SHARE: Final = 0.25  # of all that, from one network address
UNUSED_SECONDS: Final = 15 * 60.0


class UploadRefused(Exception):
    """An upload that is not taken. `status`: of HTTP; the message is a sentence for people."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


@dataclass(eq=False)
class Upload:
    """One file."""

    # Where it is.
    path: Path
    # Its size.
    bytes: int
    # The network address it came from.
    address: str
    # When it came, on the monotonic clock.
    since: float
    # The session that has named it, None while none has.
    owner: Session | None = None


@dataclass(eq=False)
class Admission:
    """Room for one request's files while they come."""

    # Where it is counted.
    register: UploadRegister = field(repr=False)
    # The network address they come from.
    address: str
    # How many bytes all uploads together may hold.
    room: int
    # The bytes the request says it has, 0 where it does not say.
    declared: int
    # The bytes that have come.
    came: int = 0

    @property
    def bytes(self) -> int:
        """What is held free for it."""
        return max(self.declared, self.came)

    def add(self, count: int) -> None:
        """So many bytes more have come. Raises `UploadRefused` when that is too much."""
        self.came += count
        self.register.check(self)


class UploadRegister:
    """All uploads of this app, by path. It runs on the event loop, but for `room`.

    `folder`: where each upload gets a folder of its own.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._uploads: dict[Path, Upload] = {}
        self._of: dict[str, dict[Path, Upload]] = {}  # by the owner's id, the last named last
        self._bytes: Counter[str] = Counter()  # by address
        self._files: Counter[str] = Counter()
        self._all_bytes = 0
        self._admitted: list[Admission] = []

    def __contains__(self, path: Path) -> bool:
        return path in self._uploads

    def paths(self) -> set[Path]:
        """Where uploads lie."""
        return {*self._uploads}

    def room(self) -> int:
        """Bytes all uploads together may come to; asks the disk, so it is for a thread."""
        free = shutil.disk_usage(self.folder).free
        return min(ALL_BYTES, int((free + self._all_bytes) * ROOM_SHARE))

    @contextmanager
    def admit(self, address: str, declared: int, room: int) -> Iterator[Admission]:
        """Room for a request while it comes. Raises `UploadRefused` where there is none."""
        admission = Admission(self, address, room, declared)
        self._admitted.append(admission)
        try:
            self.check(admission)
            yield admission
        finally:
            self._admitted.remove(admission)

    def check(self, admission: Admission) -> None:
        """Raise `UploadRefused` when a request brings more than it may, or more than fits."""
        if admission.bytes > REQUEST_BYTES:
            raise UploadRefused(413, say("upload.request", most=REQUEST_BYTES // MEGABYTE))
        coming = sum(each.bytes for each in self._admitted)
        if self._all_bytes + coming > admission.room or len(self._uploads) >= ALL_FILES:
            raise UploadRefused(507, say("upload.full"))
        address, share = admission.address, int(admission.room * ADDRESS_SHARE)
        here = sum(each.bytes for each in self._admitted if each.address == address)
        much = self._bytes[address] + here > max(REQUEST_BYTES, share)
        if much or self._files[address] >= ALL_FILES * ADDRESS_SHARE:
            minutes = int(UNUSED_SECONDS // 60)
            raise UploadRefused(429, say("upload.address.full", minutes=minutes))

    def add(self, path: Path, size: int, address: str) -> None:
        """Note a file that has come."""
        self._uploads[path] = Upload(path, size, address, monotonic())
        self._bytes[address] += size
        self._files[address] += 1
        self._all_bytes += size

    def owner(self, path: Path) -> Session | None:
        """Whose upload this is; None for what nobody has named, and for what is none."""
        upload = self._uploads.get(path)
        return upload.owner if upload else None

    def claim(self, session: Session, paths: Iterable[Path]) -> None:
        """A call of this session names these files: those that are uploads are its own from now
        on. Beyond what one session may have, those it has not named for longest go.

        Raises `InvalidInput`, and claims none, when these alone are too much.
        """
        named = [self._uploads[path] for path in dict.fromkeys(paths) if path in self._uploads]
        if sum(upload.bytes for upload in named) > SESSION_BYTES:
            raise InvalidInput(say("upload.session", most=SESSION_BYTES // MEGABYTE), field="")
        if not named:
            return
        for upload in named:
            self._disown(upload)
            upload.owner = session
            self._of.setdefault(session.id, {})[upload.path] = upload
        mine = self._of[session.id]
        over, gone = sum(upload.bytes for upload in mine.values()) - SESSION_BYTES, []
        for upload in mine.values():
            if over <= 0:
                break
            over -= upload.bytes
            gone.append(upload)
        if gone:
            spawn(asyncio.to_thread(_remove, self._forget(gone)))

    async def end(self, session: Session) -> None:
        """The session is over: its uploads are deleted."""
        await self._delete([*self._of.get(session.id, {}).values()])

    async def sweep(self, present: Container[str]) -> None:
        """Delete what nobody has named in time, and what is of none of the sessions `present`, by
        their ids."""
        limit = monotonic() - UNUSED_SECONDS
        unused = [up for up in self._uploads.values() if up.owner is None and up.since <= limit]
        lost = [mine.values() for owner, mine in self._of.items() if owner not in present]
        await self._delete([*unused, *(upload for each in lost for upload in each)])

    async def end_all(self) -> None:
        """The app stops: nothing stays."""
        await self._delete([*self._uploads.values()])

    def _disown(self, upload: Upload) -> None:
        if upload.owner is None:
            return
        theirs = self._of[upload.owner.id]
        del theirs[upload.path]
        if not theirs:
            del self._of[upload.owner.id]

    async def _delete(self, uploads: Iterable[Upload]) -> None:
        await asyncio.to_thread(_remove, self._forget(uploads))

    def _forget(self, uploads: Iterable[Upload]) -> list[Path]:
        """Hold nothing of them any more. Returns what is left to be deleted, in a thread."""
        gone = []
        for upload in uploads:
            self._disown(upload)
            del self._uploads[upload.path]
            self._all_bytes -= upload.bytes
            for counted, less in ((self._bytes, upload.bytes), (self._files, 1)):
                counted[upload.address] -= less
                if counted[upload.address] <= 0:
                    del counted[upload.address]
            gone.append(upload.path)
        return gone


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        remove(path)
