"""From a press of a button to a picture on the stage: the same for every tab that makes some."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Any

import gradio as gr

from errors import OverBudget, StorageFailed, StudioError
from i18n import say
from providers.schema import Task
from studio.job import Job
from studio.keys import Keyring
from studio.policy import Policy
from studio.prompts.language import USUAL
from studio.request import UserRequest
from studio.results.image_files import store_own
from studio.session import Session
from ui import cards
from ui.changes import wire_changes
from ui.context import AppContext
from ui.line import Taking, typed_line
from ui.listeners import EACH, QUIET, RAW
from ui.money import button_label, verb
from ui.preview import Preview, preview
from ui.recovery import WayOut, ways_out
from ui.stage import (
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
from ui.strip import film
from ui.translating import Translating, tell
from ui.unknown_price import ask_once

# Of steps that come at once gradio's page may draw the last alone, so what must be seen stands in
# the first few.
FIRST_STEPS = 3
Read = Callable[[Update, Keyring], Awaitable[tuple[str, UserRequest]]]


@dataclass(frozen=True)
class Maker:
    """What makes pictures in one tab. `form`: its controls, whose values come with an event.
    `read` turns them into who is asked and what; `model` names the control that holds the model,
    `line`: how a quick line is taken, where the tab has a prompt, `translating`: what stands under
    it."""

    context: AppContext
    task: Task
    stage: Stage
    form: tuple[Any, ...]
    model: Any
    read: Read
    line: Taking | None = None
    translating: Translating | None = None

    @property
    def sent(self) -> set[Any]:
        """What every event of this tab brings along."""
        own = {*self.form, self.context.session, self.stage.way, self.stage.go}
        if self.translating:
            own |= {self.translating.said, self.translating.of}
        return own | self.line.sent if self.line else own

    @property
    def changed(self) -> list[Any]:
        """What making may change."""
        of_line = self.line.changed if self.line else ()
        return list(dict.fromkeys([*self.stage.all(), *of_line]))

    async def create(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        """Make what the form asks for."""
        keys = self.context.keys(data[self.context.session], request, token)
        async with aclosing(self.run(data, keys)) as steps:
            async for step in steps:
                yield step

    async def elsewhere(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        """Make it with the model that was offered after an open end."""
        keys = self.context.keys(data[self.context.session], request, token)
        there = data | {self.model: data[self.stage.way].model}
        async with aclosing(self.run(there, keys)) as steps:
            async for step in steps:
                yield step

    async def check_again(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        """Ask after an open job again, showing where it stands; nothing is submitted."""
        session, way = data[self.context.session], data[self.stage.way]
        keys = self.context.keys(session, request, token)
        yield show_running(self.stage, cards.starting())
        try:
            async with aclosing(self.context.studio.check(session, way.job_id, keys)) as jobs:
                async for job in jobs:
                    yield show_running(self.stage, cards.running(job))
            ended = show_job(self.stage, session, way.job_id)
        except StudioError as error:
            ended = show_failure(self.stage, error, way)
        yield ended | rest(self.stage, session)

    async def run(self, data: Update, keys: Keyring) -> AsyncGenerator[Update, None]:
        """Show where the job stands; a failure stands in the picture's place."""
        session: Session = data[self.context.session]
        session.pressed += 1
        try:
            async with aclosing(self._run(data, session, keys)) as steps:
                async for step in steps:
                    yield step
        finally:
            session.pressed -= 1

    async def _run(
        self, data: Update, session: Session, keys: Keyring
    ) -> AsyncGenerator[Update, None]:
        stage = self.stage
        yield show_running(stage, cards.starting())
        user_request: UserRequest | None = None
        obeyed: Update = {}
        try:
            if self.translating:
                self.translating.keep(data, session)
            name, user_request = await self.read(data, keys)
            policy = Policy(session.limits.max_price, session.limits.patience)
            if self.line and typed_line(data[self.line.words], self.task, keys):
                obeyed = await self.line.obey(data, keys)
                yield _copied(obeyed)
                await self._show_price(data, name, user_request, keys, policy)
            elif self.translating and user_request.language not in ("", USUAL):
                await self._show_translation(data, name, user_request, keys, policy)
            await self._ask_once(name, user_request, session, keys, policy)
            jobs = self.context.studio.run(self.task, name, user_request, session, keys, policy)
            steps = 0
            async with aclosing(jobs):
                async for job in jobs:
                    steps += 1
                    obeyed = obeyed if steps <= FIRST_STEPS else {}
                    yield _copied(obeyed) | show_running(stage, cards.running(job))
                    if job.receipt:
                        await self.keep_before(session, job)
                        yield {stage.film: film(session)}
            ended = show_job(stage, session, job.id)
        except StudioError as error:
            studio, task = self.context.studio, self.task
            way = (
                ways_out(studio, task, session, user_request, keys, error)
                if user_request
                else WayOut()
            )
            ended = show_failure(stage, error, way)
        yield obeyed | ended | rest(stage, session)

    async def keep_before(self, session: Session, job: Job) -> None:
        """Keep the picture a result was made from, to be shown beside it, as long as the result."""
        originals = [*job.user_request.originals]
        if self.task is Task.FACE_SWAP:  # the face comes first, then the picture it goes into
            del originals[:-1]
        if len(originals) != 1 or not job.receipt:
            return
        (taken,) = originals
        folder = self.context.studio.folder
        with suppress(StorageFailed):  # the result is there all the same
            stored = await asyncio.to_thread(store_own, taken.data, folder, "before")
            session.results.before[job.id] = stored.path

    async def _show_price(
        self, data: Update, name: str, user_request: UserRequest, keys: Keyring, policy: Policy
    ) -> None:
        """Before a line is obeyed that was pressed as soon as it was typed: its price must have
        stood on the button. Raises `OverBudget` saying it otherwise."""
        session: Session = data[self.context.session]
        first = await self.context.studio.choose(
            self.task, name, user_request, keys, policy, session
        )
        label = button_label(first)
        if first.whole != 0 and label != data[self.stage.go]:
            raise OverBudget(
                say("line.price", label=label),
                provider=first.model.provider,
                advice=say("line.price.advice", verb=verb(self.task)),
            )

    async def _show_translation(
        self, data: Update, name: str, user_request: UserRequest, keys: Keyring, policy: Policy
    ) -> None:
        """The same for a prompt whose translation costs something."""
        session: Session = data[self.context.session]
        first = await self.context.studio.choose(
            self.task, name, user_request, keys, policy, session
        )
        label = button_label(first)
        if first.translator and first.translator.price != 0 and label != data[self.stage.go]:
            raise OverBudget(
                say("translate.label", label=label),
                provider=first.translator.model.provider,
                advice=say("line.price.advice", verb=verb(self.task)),
            )

    async def _ask_once(
        self, name: str, user_request: UserRequest, session: Session, keys: Keyring, policy: Policy
    ) -> None:
        """Before the first job whose price nobody knows: say so, once a session."""
        await ask_once(self.context.studio, self.task, name, user_request, session, keys, policy)

    async def stop(self, session: Session) -> None:
        """Stop what this session runs."""
        await self.context.studio.stop(session)

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
        stage, session = self.stage, self.context.session
        paid: dict[str, Any] = {"concurrency_limit": None, **RAW}
        other = stage.elsewhere.click(self.elsewhere, self.sent, self.changed, **paid)
        user_request = stage.check.click(self.check_again, self.sent, stage.all(), **paid)
        stage.stop.click(self.stop, session, None, queue=False, **QUIET)
        stage.film.select(self.pick, session, stage.shown(), **EACH)
        stage.gallery.select(self.turn, session, stage.download, **EACH)
        wire_changes(self.context, stage)
        pressed = [press(self.create, self.sent, self.changed, **paid) for press in presses]
        events = [*pressed, other, user_request]
        for event in events:
            event.failure(self.broke_down, None, [stage.card, stage.go, stage.stop], **QUIET)
        return events


def _copied(update: Update) -> Update:
    """An update to be shown once more: gradio takes the values out of one that it is given."""
    return {part: {**each} if isinstance(each, dict) else each for part, each in update.items()}


async def look_ahead_at(
    context: AppContext,
    task: Task,
    action: Action,
    name: str,
    read: Awaitable[tuple[str, UserRequest]],
    session: Session,
    keys: Keyring,
) -> Update:
    """The button and the lines about who answers, for a form as it stands; while a job runs the
    button stays closed. `read`: who is asked and what; `name`: who is chosen in the form."""
    policy = Policy(session.limits.max_price, session.limits.patience)
    ahead = await preview(context.studio, task, name, read, keys, policy, session)
    return tell_ahead(context, action, ahead, session)


def tell_ahead(context: AppContext, action: Action, ahead: Preview, session: Session) -> Update:
    """The same from a preview that is there already."""
    ready = ahead.ready and not session.pressed and not context.studio.running(session)
    translated = tell(action.translating, ahead.translation) if action.translating else {}
    return translated | {
        action.who: ahead.who,
        action.hint: ahead.hint,
        action.go: gr.update(value=ahead.button, interactive=ready),
    }
