"""From a press of a button to a text on the stage, and what broke on the way."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr

from errors import StudioError
from i18n import say
from providers.schema import Task
from studio.job import Job
from studio.keys import Keyring
from studio.policy import Policy
from studio.request import UserRequest
from studio.results.receipts import Receipt
from studio.session import Session
from ui import cards
from ui.context import AppContext
from ui.listeners import LATEST, QUIET, RAW
from ui.recovery import WayOut, ways_out
from ui.stage import Update
from ui.tabs.write_repair import is_repair, offer_repair, read_offered
from ui.tabs.write_stage import (
    Shown,
    TextStage,
    rest,
    show_cut,
    show_found,
    show_text,
    show_writing,
    turned,
)
from ui.unknown_price import ask_once

TASK = Task.PROMPT_WRITING
Read = Callable[[Update, Keyring], Awaitable[tuple[str, UserRequest]]]
Steps = AsyncGenerator[Update, None]


@dataclass(frozen=True)
class Writer:
    """What writes in the tab. `form`: its controls, whose values come with an event; `read` turns
    them into who is asked and what; `model` names the control that holds the model."""

    context: AppContext
    stage: TextStage
    form: tuple[Any, ...]
    model: Any
    read: Read

    @property
    def sent(self) -> set[Any]:
        """What every event of the stage brings along."""
        stage = self.stage
        return {*self.form, self.context.session, stage.way, stage.shown, stage.text}

    async def write(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Steps:
        """Write what the form asks for."""
        keys = self.context.keys(data[self.context.session], request, token)
        async with aclosing(self._run(data, keys, self.read)) as steps:
            async for step in steps:
                yield step

    async def elsewhere(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Steps:
        """Write it with the model that was offered after an open end."""
        keys = self.context.keys(data[self.context.session], request, token)
        there = data | {self.model: data[self.stage.way].model}
        async with aclosing(self._run(there, keys, self.read)) as steps:
            async for step in steps:
                yield step

    async def repair(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Steps:
        """Have the contradictions taken out of the text as it now stands in the box."""
        keys = self.context.keys(data[self.context.session], request, token)
        async with aclosing(self._run(data, keys, self._read_repair)) as steps:
            async for step in steps:
                yield step

    async def check_again(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Steps:
        """Ask after an open job again; nothing is submitted."""
        session, way, stage = data[self.context.session], data[self.stage.way], self.stage
        keys = self.context.keys(session, request, token)
        shown, text = data[stage.shown], str(data[stage.text] or "")
        yield show_writing(stage, cards.starting(), text)
        try:
            async with aclosing(self.context.studio.check(session, way.job_id, keys)) as jobs:
                async for job in jobs:
                    text = job.text or text
                    yield show_writing(stage, cards.running(job), text)
            receipt = next((it for it in session.results.history if it["id"] == way.job_id), None)
            if receipt is None:
                ended = {stage.card: gr.update(value=cards.told(say("way.still_open")))}
            else:
                ended = await self._ended(shown, receipt, session, keys)
        except StudioError as error:
            ended = await self._as_before(data, session, keys, error, way)
        yield ended | rest(stage, session)

    async def turn(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        """The user's own words in the place of the written ones, or the written ones again."""
        stage, session = self.stage, data[self.context.session]
        shown = data[stage.shown]
        keys = self.context.keys(session, request, token)
        changed = turned(stage, shown, str(data[stage.text] or ""))
        return changed | await self._offered(shown, shown.other, session, keys)

    async def look(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        """Look at the text again that was changed by hand."""
        stage, session = self.stage, data[self.context.session]
        keys = self.context.keys(session, request, token)
        shown, text = data[stage.shown], str(data[stage.text] or "")
        return show_found(stage, shown, text) | await self._offered(shown, text, session, keys)

    async def _run(self, data: Update, keys: Keyring, read: Read) -> Steps:
        """Show what is written as it comes; a failure stands beside what came until then."""
        session: Session = data[self.context.session]
        session.pressed += 1
        try:
            async with aclosing(self._steps(data, session, keys, read)) as steps:
                async for step in steps:
                    yield step
        finally:
            session.pressed -= 1

    async def _steps(self, data: Update, session: Session, keys: Keyring, read: Read) -> Steps:
        stage, studio = self.stage, self.context.studio
        yield show_writing(stage, cards.starting())
        user_request: UserRequest | None = None
        job: Job | None = None
        before: Shown = data[stage.shown]
        try:
            name, user_request = await read(data, keys)
            policy = Policy(session.limits.max_price, session.limits.patience)
            await ask_once(studio, TASK, name, user_request, session, keys, policy)
            async with aclosing(
                studio.run(TASK, name, user_request, session, keys, policy)
            ) as jobs:
                async for job in jobs:
                    yield show_writing(stage, cards.running(job), job.text)
            if job is None or job.receipt is None:
                raise LookupError("a request ended without a receipt")
            shown = shown_of(user_request, before)
            ended = await self._ended(shown, job.receipt, session, keys)
        except StudioError as error:
            way = (
                ways_out(studio, TASK, session, user_request, keys, error)
                if user_request
                else WayOut()
            )
            came = job.text if job else ""
            if user_request and came and not is_repair(user_request):
                ended = show_cut(stage, shown_of(user_request, before), came, error, way)
            else:
                here = WayOut(way.basis, way.job_id)  # elsewhere, it would be written anew
                ended = await self._as_before(
                    data,
                    session,
                    keys,
                    error,
                    here if user_request and is_repair(user_request) else way,
                )
        yield ended | rest(stage, session)

    async def _as_before(
        self, data: Update, session: Session, keys: Keyring, error: StudioError, way: WayOut
    ) -> Update:
        """What went wrong, above the text that stood there, which is as it was."""
        stage = self.stage
        shown, text = data[stage.shown], str(data[stage.text] or "")
        there = gr.update(visible=bool(shown.job and text.strip()))
        return (
            show_cut(stage, shown, text, error, way)
            | {stage.caption: there, stage.receipt_box: there}
            | await self._offered(shown, text, session, keys)
        )

    async def _ended(
        self, shown: Shown, receipt: Receipt, session: Session, keys: Keyring
    ) -> Update:
        """A finished text, and the way to a repair where it contradicts itself."""
        done = Shown(shown.idea, shown.idea, receipt["id"], receipt["model"], shown.brief)
        text = str(receipt["text"])
        return show_text(self.stage, done, receipt) | await self._offered(done, text, session, keys)

    async def _offered(self, shown: Shown, text: str, session: Session, keys: Keyring) -> Update:
        return await offer_repair(self.context.studio, self.stage, shown, text, session, keys)

    async def _read_repair(self, data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        return read_offered(data[self.stage.shown], str(data[self.stage.text] or ""))

    def broke_down(self) -> tuple[Any, Any, Any]:
        """After a fault of Easel's own: say so, and let the button be pressed again."""
        return (
            gr.update(value=cards.broken(), visible=True),
            gr.update(interactive=True),
            gr.update(visible=False),
        )

    async def stop(self, session: Session) -> None:
        """Stop what this session runs."""
        await self.context.studio.stop(session)

    def wire(self) -> list[Any]:
        """Connect the stage's buttons. Returns the events after which the form is to be looked at
        again."""
        stage, session = self.stage, self.context.session
        paid: dict[str, Any] = {"concurrency_limit": None, **RAW}
        events = [
            button.click(does, self.sent, stage.all(), **paid)
            for button, does in (
                (stage.go, self.write),
                (stage.repair, self.repair),
                (stage.elsewhere, self.elsewhere),
                (stage.check, self.check_again),
            )
        ]
        stage.stop.click(self.stop, session, None, queue=False, **QUIET)
        stage.mine.click(self.turn, self.sent, stage.all(), **RAW)
        looked = [stage.clashes, stage.repair, stage.advice, stage.found]
        stage.text.blur(self.look, self.sent, looked, **LATEST)
        for event in events:
            event.failure(self.broke_down, None, [stage.card, stage.go, stage.stop], **QUIET)
        return events


def shown_of(user_request: UserRequest, before: Shown) -> Shown:
    """What will stand there when this is written; a repair is held beside the first idea."""
    idea = before.idea if is_repair(user_request) else user_request.prompt
    return Shown(idea, other=idea, brief=user_request.brief)
