"""Ask a language model about a wish that our grammar does not understand; only on a press.

It answers in a style, which is checked as any other and stands in the controls before anything is
written. What is no such answer changes nothing.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from errors import InvalidInput, StudioError
from i18n import say
from providers.catalogue import MODELS
from providers.schema import Task
from studio.captions.preview import sheet_of
from studio.captions.wishes import apply_answer, needs_model
from studio.keys import Keyring
from studio.policy import Policy
from studio.prompts.writing import read_wish
from studio.results.receipts import Receipt
from studio.routing import AUTO
from studio.session import Session
from ui.context import AppContext
from ui.listeners import LATEST, RAW
from ui.money import label_at_most
from ui.names import Update
from ui.results import cards
from ui.text.messages import understood, warning
from ui.text.parts import TextTab, layout_of, show_layout


def wire_asking(context: AppContext, tab: TextTab, *after: Any) -> None:
    """Offer it after a wish was read (the events `after`), and do it when the button is pressed."""
    words, asking = tab.words, Asking(context, tab)
    sent = {*tab.watched(), words.asking, context.session}
    for event in after:
        event.then(asking.offer, {words.wish, context.session}, [words.ask, words.asking], **LATEST)
    changed = [*tab.shown(), words.ask, tab.spend]
    words.ask.click(asking.ask, sent, changed, concurrency_limit=None, **RAW)


@dataclass(frozen=True)
class Asking:
    """The offer, and what its button does."""

    context: AppContext
    tab: TextTab

    async def offer(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        """Offer it where it would help."""
        session = data[self.context.session]
        keys = self.context.keys(session, request, token)
        wish = str(data[self.tab.words.wish] or "")
        return await offered(self.context, self.tab, wish, session, keys)

    async def ask(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        """Ask, and set the controls to the answer."""
        keys = self.context.keys(data[self.context.session], request, token)
        async with aclosing(_ask(self.context, self.tab, data, keys)) as steps:
            async for step in steps:
                yield step


async def offered(
    context: AppContext, tab: TextTab, wish: str, session: Session, keys: Keyring
) -> Update:
    """The button with who would be asked and at what price, where the grammar left something over
    and somebody can be asked; else no button."""
    words = tab.words
    hidden: Update = {words.ask: gr.update(visible=False), words.asking: ""}
    if not needs_model(wish):
        return hidden
    try:
        first = await context.studio.choose(
            Task.PROMPT_WRITING,
            AUTO,
            read_wish(wish),
            keys,
            Policy(session.limits.max_price),
            session,
        )
    except StudioError:
        return hidden
    label = label_at_most(say("text.ask", title=first.model.title), first.price)
    return {words.ask: gr.update(value=label, visible=True), words.asking: first.model.id}


async def _ask(
    context: AppContext, tab: TextTab, data: Update, keys: Keyring
) -> AsyncGenerator[Update, None]:
    """Ask the model that the button named, and set the controls to its reading."""
    words, studio = tab.words, context.studio
    session, wish, model = (
        data[context.session],
        str(data[words.wish] or ""),
        str(data[words.asking]),
    )
    if model not in MODELS or not wish.strip():
        yield {words.ask: gr.update(visible=False)}
        return
    waiting = say("text.asking", title=MODELS[model].title)
    yield {
        words.said: f'<p class="hint">{escape(waiting)}</p>',
        words.ask: gr.update(visible=False),
    }
    policy = Policy(session.limits.max_price, session.limits.patience)
    jobs = studio.run(Task.PROMPT_WRITING, model, read_wish(wish), session, keys, policy)
    try:
        async with aclosing(jobs):
            receipts = [job.receipt async for job in jobs if job.receipt]
        read = _reading(tab, data, session, receipts[-1])
        yield read | {tab.spend: cards.spend(session)}
    except StudioError as error:
        back = {words.said: warning(error), words.ask: gr.update(visible=True)}
        yield back | {tab.spend: cards.spend(session)}


def _reading(tab: TextTab, data: Update, session: Session, receipt: Receipt) -> Update:
    """The controls as the model reads the wish. Raises `InvalidInput` for no such answer."""
    try:
        before = layout_of(tab, data)
    except InvalidInput:
        before = data[tab.words.layout]  # a wrong value in a box; the reading sets it right
    wish = str(data[tab.words.wish])
    layout, read = apply_answer(before, receipt["text"], wish, sheet_of(session))
    answered = say("text.asked", title=receipt["title"], price=cards.price(receipt))
    told = f'<p class="hint">{escape(answered)}</p>{understood(read)}'
    shown = show_layout(tab, layout, told)
    return shown | {tab.words.ask: gr.update(visible=False)}
