"""Knows which sessions are here, and cleans up after those that have gone.

A browser and gradio_client hold a heartbeat open for as long as they are there. When it closes,
running jobs are cancelled at once; if it is not back within a few seconds (a network that
blinked), the session ends: its pictures, uploads, receipts and keys are deleted. Callers of the
plain REST API hold no heartbeat; their sessions end after an hour without a call, and what a
single call without a session has made after ten minutes.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import shutil
from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, time

from starlette.types import ASGIApp, Receive, Scope, Send

from errors import InvalidInput
from i18n import say
from studio.background import spawn
from studio.money.spend import Spend
from studio.results.uncollected import UncollectedResults
from studio.service import Studio
from studio.session import Session
from studio.uploads.register import UploadRegister

log = logging.getLogger("easel")

GRACE_SECONDS = 10.0
IDLE_SECONDS = 3600.0
NAMELESS_SECONDS = 10 * 60.0
DAY_SECONDS = 24 * 3600.0
STRAY_SECONDS = 15 * 60.0  # files of nobody, such as gradio's own copies
SWEEP_SECONDS = 60.0
HEARTBEAT = re.compile(r"/heartbeat/([^/]+)$")


@dataclass
class Visitor:
    """One gradio session hash: the sessions seen under it and the heartbeats open for it.
    `nameless`: the hash was made by gradio for a single call that brought none."""

    sessions: dict[str, Session] = field(default_factory=dict)
    heartbeats: int = 0
    seen: float = field(default_factory=monotonic)
    nameless: bool = False

    def may_rest(self) -> float:
        """Seconds without a call after which it is over, where no heartbeat says so."""
        return NAMELESS_SECONDS if self.nameless else IDLE_SECONDS


class Visitors:
    """The register of who is here. All of it runs on the event loop."""

    def __init__(self, studio: Studio, folder: Path) -> None:
        self._studio = studio
        self._folder = folder
        self._present: dict[str, Visitor] = {}
        self.waiting = UncollectedResults(studio)
        self.uploads = UploadRegister(folder)
        # What gradio holds of a session that ended, and of those that nobody here knows: told
        # after the app has started (`ui/launch.py`).
        self.forget: Callable[[str], None] = lambda session_hash: None
        self.forget_idle: Callable[[Container[str]], None] = lambda present: None
        self._walk_in = Spend()
        self._walk_in_since = monotonic()

    def meet(self, session_hash: str | None, session: Session, nameless: bool = False) -> None:
        """A call came in for this session. `nameless`: it named none, and is a visitor of its own,
        but shares the operator's money with all such callers: otherwise every call would have a
        new budget.
        """
        session.shared = self._walk_ins() if nameless or not session_hash else None
        session.ended = False  # a page that slept may come back with it
        session.visitor.left = None
        visitor = self._present.setdefault(session_hash or session.id, Visitor())
        visitor.sessions[session.id] = session
        visitor.seen = monotonic()

    def called(self, name: str, nameless: bool, session: Session, files: Sequence[Path]) -> None:
        """A call of this session that names these files: its own results, and uploads that are its
        own from now on. `name`: gradio's session hash, made for this call where `nameless`.

        Raises `InvalidInput` for a file of another session. Those of callers without a session are
        for whoever was told their name: such a caller could use no result of his own otherwise.
        """
        visitor = self._present.setdefault(name or session.id, Visitor())
        visitor.sessions[session.id] = session
        visitor.nameless = nameless
        visitor.seen = monotonic()
        if not files:
            return
        made = session.results.paths()
        for path in files:
            if path not in made and not self._may_use(session, path):
                raise InvalidInput(say("upload.foreign"), field="pictures")
        self.uploads.claim(session, files)

    def _may_use(self, session: Session, path: Path) -> bool:
        """Whether a file that was not made for this session is an upload of its own or of nobody,
        or belongs to a caller without a session."""
        if path in self.uploads:
            owner = self.uploads.owner(path)
            if owner is None or owner is session:
                return True
        walked_in = (each for each in self._present.values() if each.nameless)
        return any(
            self.uploads.owner(path) is one or path in one.results.paths()
            for visitor in walked_in
            for one in visitor.sessions.values()
        )

    def _walk_ins(self) -> Spend:
        """What callers without a session have spent today."""
        if monotonic() - self._walk_in_since > DAY_SECONDS:
            self._walk_in, self._walk_in_since = Spend(), monotonic()
        return self._walk_in

    def arrive(self, session_hash: str) -> None:
        """A heartbeat opened."""
        visitor = self._present.setdefault(session_hash, Visitor())
        visitor.heartbeats += 1
        visitor.seen = monotonic()

    def depart(self, session_hash: str) -> None:
        """A heartbeat closed: stop paying for what nobody waits for, and end the session soon."""
        visitor = self._present.get(session_hash)
        if visitor is None:
            return
        visitor.heartbeats -= 1
        visitor.seen = monotonic()
        if visitor.heartbeats <= 0:
            for session in visitor.sessions.values():
                self._studio.leave(session)
            spawn(self._end_unless_back(session_hash, visitor))

    def collect(self, ticket: str, session: Session) -> bool:
        """Give a visitor who is back what waits under his ticket; a page that was reloaded comes
        before the old one's grace is over."""
        for visitor in self._present.values():
            for old in list(visitor.sessions.values()):
                gone = visitor.heartbeats <= 0 and old is not session
                if ticket and gone and old.visitor.ticket == ticket and self.waiting.take(old):
                    del visitor.sessions[old.id]
                    spawn(self.uploads.end(old))
        return self.waiting.collect(ticket, session)

    async def sweep_for_ever(self) -> None:
        """Every minute: end idle sessions, delete what is left over."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                await self.sweep()
            except OSError:  # a disk that is read-only for a while; the next minute may be better
                log.exception("The sweep of left-over files broke off.")

    async def sweep(self) -> None:
        """End the sessions nobody has called for long; delete what is left over."""
        for session_hash, visitor in list(self._present.items()):
            for session in visitor.sessions.values():
                session.results.tidy()
            if any(self._studio.running(session) for session in visitor.sessions.values()):
                visitor.seen = monotonic()  # what it makes is to be fetched first
            if visitor.heartbeats <= 0 and monotonic() - visitor.seen > visitor.may_rest():
                await self._end(session_hash, visitor)
        self.forget_idle(self._present)
        await self.uploads.sweep({session.id for session in self._sessions()})
        await asyncio.to_thread(sweep, self._folder, STRAY_SECONDS, self._kept())

    def _sessions(self) -> list[Session]:
        """Those of everybody who is here."""
        return [one for visitor in self._present.values() for one in visitor.sessions.values()]

    def _kept(self) -> set[Path]:
        """The folders of everybody's files."""
        everybody = (*self._sessions(), *self.waiting.sessions())
        made = (path for one in everybody for path in one.results.paths())
        return {path.parent for path in (*made, *self.uploads.paths())}

    async def end_all(self) -> None:
        """The app stops: nothing stays."""
        present = list(self._present.items())
        await asyncio.gather(*(self._end(name, visitor) for name, visitor in present))
        await self.waiting.end_all()
        await self.uploads.end_all()

    async def _end_unless_back(self, session_hash: str, visitor: Visitor) -> None:
        """Wait until nothing was heard for the whole grace; calls of a visitor without a
        heartbeat prolong it, a heartbeat ends the waiting."""
        while visitor.heartbeats <= 0:
            left = visitor.seen + GRACE_SECONDS - monotonic()
            if left <= 0:
                await self._end(session_hash, visitor)
                return
            await asyncio.sleep(left)

    async def _end(self, session_hash: str, visitor: Visitor) -> None:
        if self._present.get(session_hash) is not visitor:
            return  # another departure was first
        del self._present[session_hash]
        for session in visitor.sessions.values():
            if not self.waiting.take(session):
                await self._studio.end(session)
            await self.uploads.end(session)
        if session_hash not in self._present:  # nobody came back meanwhile
            self.forget(session_hash)


class Heartbeats:
    """ASGI middleware that tells `Visitors` when a heartbeat opens and closes."""

    def __init__(self, app: ASGIApp, visitors: Visitors) -> None:
        self._app = app
        self._visitors = visitors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; watch the heartbeats."""
        match = HEARTBEAT.search(scope.get("path", "")) if scope["type"] == "http" else None
        if match is None:
            await self._app(scope, receive, send)
            return
        self._visitors.arrive(match.group(1))
        try:
            await self._app(scope, receive, send)
        finally:
            self._visitors.depart(match.group(1))


def sweep(folder: Path, older: float, kept: Container[Path] = ()) -> None:
    """Delete what is older than so many seconds in the cache folder, empty folders included, but
    not what is `kept`; touch the folder itself, as a sign to other runs that it is in use."""
    limit = time() - older
    with suppress(OSError):
        os.utime(folder)
    for entry in list(folder.iterdir()) if folder.is_dir() else []:
        try:
            if entry not in kept and entry.stat().st_mtime < limit:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        except OSError:
            continue  # somebody else was faster
