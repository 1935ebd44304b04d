"""From a press of a button to a picture on the stage: the same for every tab that makes some."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr

from easel.providers.errors import OverBudget, StudioError
from easel.providers.schema import Task
from easel.studio.ask import Asked
from easel.studio.job import Job
from easel.studio.keys import Keyring
from easel.studio.pictures import store
from easel.studio.session import Session
from easel.studio.terms import Terms
from easel.ui import cards
from easel.ui.changes import wire_changes
from easel.ui.desk import Desk
from easel.ui.listeners import QUIET, RAW
from easel.ui.money import verb
from easel.ui.preview import Preview, preview
from easel.ui.recovery import WayOut, ways_out
from easel.ui.stage import (
    Action,
    Stage,
    Update,
    picture_named,
    rest,
    show_failure,
    show_job,
    show_picture,
    show_running,
)
from easel.words import say

Read = Callable[[Update, Keyring], Awaitable[Asked]]


@dataclass(frozen=True)
class Maker:
    """What makes pictures in one tab. `form`: its controls, whose values come with an event.
    `read` turns them into what is asked; `model` names the control that holds the model."""

    desk: Desk
    task: Task
    stage: Stage
    form: tuple[Any, ...]
    model: Any
    read: Read

    @property
    def sent(self) -> set[Any]:
        """What every event of this tab brings along."""
        return {*self.form, self.desk.session, self.stage.way}

    async def create(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        """Make what the form asks for."""
        keys = self.desk.keys(data[self.desk.session], request, token)
        async with aclosing(self.run(data, keys)) as steps:
            async for step in steps:
                yield step

    async def elsewhere(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        """Make it with the model that was offered after an open end."""
        keys = self.desk.keys(data[self.desk.session], request, token)
        there = data | {self.model: data[self.stage.way].model}
        async with aclosing(self.run(there, keys)) as steps:
            async for step in steps:
                yield step

    async def check_again(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        """Ask after an open job again, showing where it stands; nothing is submitted."""
        session, way = data[self.desk.session], data[self.stage.way]
        keys = self.desk.keys(session, request, token)
        yield show_running(self.stage, cards.starting())
        try:
            async with aclosing(self.desk.studio.check(session, way.job_id, keys)) as jobs:
                async for job in jobs:
                    yield show_running(self.stage, cards.running(job))
            ended = show_job(self.stage, session, way.job_id)
        except StudioError as error:
            ended = show_failure(self.stage, error, way)
        yield ended | rest(self.stage, session)

    async def run(self, data: Update, keys: Keyring) -> AsyncGenerator[Update, None]:
        """Show where the job stands; a failure stands in the picture's place."""
        session, stage = data[self.desk.session], self.stage
        name = str(data[self.model] or "")
        yield show_running(stage, cards.starting())
        asked: Asked | None = None
        try:
            asked = await self.read(data, keys)
            terms = Terms(session.max_price, session.patience)
            await self._ask_once(name, asked, session, keys, terms)
            jobs = self.desk.studio.run(self.task, name, asked, session, keys, terms)
            async with aclosing(jobs):
                async for job in jobs:
                    yield show_running(stage, cards.running(job))
            await self._keep_before(session, job)
            ended = show_job(stage, session, job.id)
        except StudioError as error:
            studio, task = self.desk.studio, self.task
            way = ways_out(studio, task, session, asked, keys, error) if asked else WayOut()
            ended = show_failure(stage, error, way)
        yield ended | rest(stage, session)

    async def _keep_before(self, session: Session, job: Job) -> None:
        """Keep the picture a result was made from, to be shown beside it, as long as the result."""
        originals = [*job.asked.originals]
        if self.task is Task.FACE_SWAP:  # the face comes first, then the picture it goes into
            del originals[:-1]
        if len(originals) != 1 or not job.receipt:
            return
        (taken,) = originals
        folder = self.desk.studio.folder
        stored = await asyncio.to_thread(store, taken.data, folder, "before", "")
        session.before[job.id] = stored.path

    async def _ask_once(
        self, name: str, asked: Asked, session: Session, keys: Keyring, terms: Terms
    ) -> None:
        """Before the first job whose price nobody knows: say so, once a session."""
        if session.price_seen:
            return
        first = await self.desk.studio.choose(self.task, name, asked, keys, terms)
        if first.price is None:
            session.price_seen = True
            raise OverBudget(
                say("price.ask", model=first.model.title),
                provider=first.model.provider,
                advice=say("price.ask.advice", verb=verb(self.task)),
            )

    async def stop(self, session: Session) -> None:
        """Stop what this session runs."""
        await self.desk.studio.stop(session)

    async def pick(self, session: Session, event: gr.SelectData) -> Update:
        """Show the picture chosen in the film strip."""
        return show_picture(self.stage, session, int(event.index))

    async def turn(self, session: Session, event: gr.SelectData) -> Any:
        """Let Download have the picture turned to."""
        return gr.update(value=picture_named(session, event.value))

    def broke_down(self) -> tuple[Any, Any, Any]:
        """After a fault of Easel's own: say so, and let the button be pressed again."""
        return (
            gr.update(value=cards.broken(), visible=True),
            gr.update(interactive=True),
            gr.update(visible=False),
        )

    def wire(self, *presses: Callable[..., Any]) -> list[Any]:
        """Connect the stage's buttons, and what asks for pictures, such as a button's `click`.
        Returns the events after which the form is to be looked at again."""
        stage, session = self.stage, self.desk.session
        paid: dict[str, Any] = {"concurrency_limit": None, **RAW}
        other = stage.elsewhere.click(self.elsewhere, self.sent, stage.all(), **paid)
        asked = stage.check.click(self.check_again, self.sent, stage.all(), **paid)
        stage.stop.click(self.stop, session, None, queue=False, **QUIET)
        stage.film.select(self.pick, session, stage.shown(), **QUIET)
        stage.gallery.select(self.turn, session, stage.download, **QUIET)
        wire_changes(self.desk, stage)
        pressed = [press(self.create, self.sent, stage.all(), **paid) for press in presses]
        events = [*pressed, other, asked]
        for event in events:
            event.failure(self.broke_down, None, [stage.card, stage.go, stage.stop], **QUIET)
        return events


async def look_ahead_at(
    desk: Desk,
    task: Task,
    action: Action,
    name: str,
    read: Awaitable[Asked],
    session: Session,
    keys: Keyring,
) -> Update:
    """The button and the lines about who answers, for a form as it stands; while a job runs the
    button stays closed. `read`: what the form asks."""
    terms = Terms(session.max_price, session.patience)
    ahead = await preview(desk.studio, task, name, read, keys, terms)
    return tell_ahead(desk, action, ahead, session)


def tell_ahead(desk: Desk, action: Action, ahead: Preview, session: Session) -> Update:
    """The same from a preview that is there already."""
    ready = ahead.ready and not desk.studio.running(session)
    return {
        action.who: ahead.who,
        action.hint: ahead.hint,
        action.go: gr.update(value=ahead.button, interactive=ready),
    }
