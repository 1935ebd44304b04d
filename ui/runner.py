"""From a press of a button to the stage: one runner for every tool that makes something.

A tab describes itself as a `Tool` and wires its button with `Tool.wire`:

    tool = Tool(context, stage, Task.UPSCALE, action.go, form=(picture, scale, model), model=model,
                read=read, seed=seed)
    ended = tool.wire()                      # events after which the form is to be looked at again

`read(data, keys)` turns the raw values of the form into who is asked and what (a model's id or
"auto", and a `UserRequest`), raising what is wrong with it. A press adds an `Item` to the session's
strip, chooses it, so that it stands on the stage, and yields until its jobs have ended; another
press, of any tool, starts the next one at once. A tool that runs more than one request at a press
gives `work`; one whose results are no pictures adds a `ResultView` to `stage.views` before anything
is wired. This is the only place where a `StudioError` of a job is caught.
"""

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
from studio.jobs.job import Job
from studio.keys import Keyring
from studio.policy import Policy
from studio.prompts.language import USUAL
from studio.request import UserRequest
from studio.results.image_files import store_own
from studio.session import Session
from ui.context import AppContext
from ui.forms.line import Taking, typed_line
from ui.forms.translating import Translating
from ui.forms.unknown_price import ask_once
from ui.listeners import EACH, QUIET
from ui.money import button_label, verb
from ui.names import Update
from ui.results.recovery import WayOut, ways_out
from ui.stage import Stage, around, show
from ui.strip import TITLE_LETTERS, Item, strip_of

Read = Callable[[Update, Keyring], Awaitable[tuple[str, UserRequest]]]
PRESSED: dict[str, Any] = {"concurrency_limit": None, **EACH}


@dataclass(frozen=True)
class Press:
    """One press of a tool's button."""

    tool: Tool
    # What the page sent: every part's raw value.
    data: Update
    session: Session
    keys: Keyring
    item: Item

    @property
    def policy(self) -> Policy:
        """The limits that the visitor has set."""
        return Policy(self.session.limits.max_price, self.session.limits.patience)


# Runs the jobs of a press, yielding each as it changes, the last step of each with its receipt.
Work = Callable[[Press], AsyncGenerator[Job, None]]


@dataclass(frozen=True)
class Tool:
    """What makes something in one tab."""

    context: AppContext
    stage: Stage
    task: Task
    go: gr.Button
    # The controls, whose raw values come with an event.
    form: tuple[Any, ...]
    # The control that holds the model.
    model: Any
    read: Read
    # The control that holds the seed, where there is one: "Again" blanks it.
    seed: Any = None
    # How a quick line is taken, where the tab has a prompt.
    line: Taking | None = None
    # What stands under the prompt where that may have to be translated.
    translating: Translating | None = None
    # In the place of one request to the studio.
    work: Work | None = None
    # The control whose words a job is called by in the strip, where there is no quick line.
    title: Any = None

    @property
    def sent(self) -> set[Any]:
        """What a press brings along."""
        own = {*self.form, self.context.session, self.go}
        if self.translating:
            own |= {self.translating.said, self.translating.of}
        return own | self.line.sent if self.line else own

    @property
    def changed(self) -> list[Any]:
        """What a press may change."""
        return [*self.stage.shown(), *(self.line.changed if self.line else ())]

    async def create(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        """Make what the form asks for."""
        session = data[self.context.session]
        keys = self.context.keys(session, request, token)
        async with aclosing(run(self, data, keys)) as steps:
            async for step in steps:
                yield step

    def wire(self) -> list[Any]:
        """Connect the button. Returns the events after which the form is to be looked at again."""
        pressed = self.go.click(self.create, self.sent, self.changed, **PRESSED)
        shown = self.stage.shown()
        pressed.failure(Results(self.context, self.stage).broke_down, self.context.session, shown,
                        **QUIET)  # fmt: skip
        return [pressed]


async def run(tool: Tool, data: Update, keys: Keyring) -> AsyncGenerator[Update, None]:
    """Run what a form asks for, showing where it stands while it is chosen; a failure stands in
    the picture's place."""
    stage, session = tool.stage, data[tool.context.session]
    item = strip_of(session).add(Item(tool.task, _title(tool, data), (tool, data)))
    press = Press(tool, data, session, keys, item)
    obeyed: Update = {}
    user_request: UserRequest | None = None
    yield step(stage, session, item)
    try:
        if tool.translating:
            tool.translating.keep(data, session)
        name, user_request = await tool.read(data, keys)
        obeyed = await _obey(press)
        if obeyed:
            yield _copied(obeyed) | step(stage, session, item)
        await _agree(press, name, user_request)
        async with aclosing(_jobs(press, name, user_request)) as jobs:
            async for job in jobs:
                item.follow(job)
                if job.receipt:
                    await keep_before(tool, session, job)
                yield step(stage, session, item)
    except StudioError as error:
        item.fail(error, _ways(press, user_request, error))
    finally:
        strip_of(session).end(item)
    yield _copied(obeyed) | step(stage, session, item)


def step(stage: Stage, session: Session, item: Item) -> Update:
    """What the page is told of a job's step: the stage where its item is chosen, or was until
    now; the strip in any case."""
    strip = strip_of(session)
    here = strip.chosen == item.id or (item.ended and strip.chosen.partition(".")[0] in item.made)
    update = show(stage, session) if here or item.on_stage else around(stage, session)
    item.on_stage = here
    return update


def _jobs(press: Press, name: str, user_request: UserRequest) -> AsyncGenerator[Job, None]:
    """The jobs of a press."""
    if press.tool.work:
        return press.tool.work(press)
    studio, session, task = press.tool.context.studio, press.session, press.tool.task
    return studio.run(task, name, user_request, session, press.keys, press.policy, press.item.id)


def _title(tool: Tool, data: Update) -> str:
    """What a job is called in the strip: the beginning of its prompt, or what its tool does."""
    control = tool.line.words if tool.line else tool.title
    words = " ".join(str(data[control] or "").split()) if control else ""
    return words[:TITLE_LETTERS] or verb(tool.task)


async def _obey(press: Press) -> Update:
    """Put a line that was typed into the controls, and into what an "Again" starts from."""
    line = press.tool.line
    if line is None or not typed_line(press.data[line.words], press.tool.task, press.keys):
        return {}
    obeyed = await line.obey(press.data, press.keys)
    values = {
        part: each["value"]
        for part, each in obeyed.items()
        if isinstance(each, dict) and "value" in each
    }
    press.item.press = (press.tool, press.data | values)
    return obeyed


async def _agree(press: Press, name: str, user_request: UserRequest) -> None:
    """Before anything is paid: the price of a line or of a translation must have stood on the
    button that was pressed, and one that nobody knows is said once a session. Raises `OverBudget`
    saying it otherwise."""
    tool, session, studio = press.tool, press.session, press.tool.context.studio
    if tool.work:
        return
    terms = (tool.task, name, user_request)
    line = tool.line and typed_line(press.data[tool.line.words], tool.task, press.keys)
    foreign = tool.translating and user_request.language not in ("", USUAL)
    if line or foreign:
        first = await studio.choose(*terms, press.keys, press.policy, session)
        label = button_label(first)
        paid = first.whole != 0 if line else bool(first.translator and first.translator.price != 0)
        if paid and label != press.data[tool.go]:
            who = first.translator if foreign and not line and first.translator else first
            raise OverBudget(
                say("line.price" if line else "translate.label", label=label),
                provider=who.model.provider,
                advice=say("line.price.advice", verb=verb(tool.task)),
            )
    await ask_once(studio, *terms, session, press.keys, press.policy)


def _ways(press: Press, user_request: UserRequest | None, error: StudioError) -> WayOut:
    """What can be done about a failure."""
    if user_request is None or press.tool.work:
        return WayOut()
    studio, task = press.tool.context.studio, press.tool.task
    return ways_out(studio, task, press.session, user_request, press.keys, error)


async def keep_before(tool: Tool, session: Session, job: Job) -> None:
    """Keep the picture a result was made from, to be shown beside it, as long as the result."""
    if tool.task is Task.TEXT_OVERLAY:  # half of a text says nothing
        return
    originals = [*job.user_request.originals]
    if tool.task is Task.FACE_SWAP:  # the face comes first, then the picture it goes into
        del originals[:-1]
    if len(originals) != 1:
        return
    with suppress(StorageFailed):  # the result is there all the same
        folder = tool.context.studio.folder
        stored = await asyncio.to_thread(store_own, originals[0].data, folder, "before")
        session.results.before[job.id] = stored.path


def _copied(update: Update) -> Update:
    """An update to be shown once more: gradio takes the values out of one that it is given."""
    return {part: {**each} if isinstance(each, dict) else each for part, each in update.items()}


@dataclass(frozen=True)
class Results:
    """The stage's own buttons: what they do to the job or the result that is chosen."""

    context: AppContext
    stage: Stage

    async def choose(self, session: Session, event: gr.SelectData) -> Update:
        """Show what was chosen in the strip, or among the pictures of one request."""
        strip_of(session).chosen = str(event.value)
        return show(self.stage, session)

    async def stop(self, session: Session) -> None:
        """Stop the job that is shown."""
        if item := strip_of(session).item():
            await self.context.studio.stop(session, item.id)

    async def stop_all(self, session: Session) -> None:
        """Stop all that this session runs."""
        for item in strip_of(session).running():
            session.stopped.add(item.id)  # what has not come to the studio yet
        await self.context.studio.stop(session)

    async def again(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        """Make the shown result once more, with a new seed."""
        session = data[self.context.session]
        item = self._shown(session)
        if item is None or item.press is None:
            gr.Warning(say("result.gone"))
            yield {}
            return
        tool, form = item.press
        blank = {tool.seed: ""} if tool.seed is not None else {}
        keys = self.context.keys(session, request, token)
        async with aclosing(run(tool, form | blank, keys)) as steps:
            async for each in steps:
                yield self._on_stage(each)

    async def elsewhere(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        """Make it with the model that was offered after an outcome nobody knows."""
        session = data[self.context.session]
        item = strip_of(session).item()
        if item is None or item.press is None or not item.way.model:
            yield {}
            return
        tool, form = item.press
        keys = self.context.keys(session, request, token)
        async with aclosing(run(tool, form | {tool.model: item.way.model}, keys)) as steps:
            async for each in steps:
                yield self._on_stage(each)

    async def check_again(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        """Ask after a job whose outcome is open, showing where it stands; nothing is submitted."""
        session = data[self.context.session]
        item = strip_of(session).item()
        if item is None or not item.way.job_id or not item.ended:
            yield {}
            return
        keys, way = self.context.keys(session, request, token), item.way
        item.resume()
        yield step(self.stage, session, item)
        try:
            async with aclosing(self.context.studio.check(session, way.job_id, keys)) as jobs:
                async for job in jobs:
                    item.follow(job)
                    yield step(self.stage, session, item)
            if any(receipt["id"] == way.job_id for receipt in session.results.history):
                item.made, item.way = [way.job_id], WayOut()
        except StudioError as error:
            item.fail(error, way)
        finally:
            strip_of(session).end(item)
        yield step(self.stage, session, item)

    async def broke_down(self, session: Session) -> Update:
        """After a fault of Easel's own, which the card in the picture's place says."""
        return show(self.stage, session)

    def wire(self) -> list[Any]:
        """Connect them. Returns the events after which forms are to be looked at again."""
        stage, session, shown = self.stage, self.context.session, self.stage.shown()
        for place in (stage.film, stage.gallery):
            place.select(self.choose, session, shown, **EACH)
        stage.stop.click(self.stop, session, None, queue=False, **EACH)
        stage.stop_all.click(self.stop_all, session, None, queue=False, **EACH)
        events = [
            button.click(does, {session}, shown, **PRESSED)
            for button, does in (
                (stage.again, self.again),
                (stage.elsewhere, self.elsewhere),
                (stage.check, self.check_again),
            )
        ]
        for event in events:
            event.failure(self.broke_down, session, shown, **QUIET)
        return events

    def _shown(self, session: Session) -> Item | None:
        """The item whose result is on the stage."""
        strip = strip_of(session)
        return strip.item() or strip.maker(strip.chosen.partition(".")[0])

    def _on_stage(self, update: Update) -> Update:
        """An update without what belongs to a tab's form."""
        shown = {*self.stage.shown()}
        return {part: each for part, each in update.items() if part in shown}
