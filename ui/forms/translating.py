"""Under a prompt that the chosen model does not read: who translates it and at what price, and,
once that is done, the words as they will be sent, to be changed."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from errors import StudioError
from i18n import say
from providers.catalogue import provider_of
from providers.schema import Task
from studio.keys import Keyring
from studio.policy import Policy
from studio.prompts.choices import spread
from studio.prompts.language import names_of
from studio.prompts.quick_line import Line
from studio.prompts.translation import edit, source, translate
from studio.request import UserRequest
from studio.routing import Candidate
from studio.session import Session
from ui.context import AppContext
from ui.listeners import LATEST, RAW, by_hand
from ui.money import dollars, rounded_up

Update = dict[Any, Any]
Reader = Callable[[Update, Keyring], Awaitable[tuple[str, UserRequest]]]
NOTHING = ("", "")


@dataclass(frozen=True)
class Translating:
    """The parts. `first`: whether to translate at all; `see`: do it now; `said`: the words as they
    will be sent; `of`: which words these are, and in which language."""

    box: gr.Column
    told: gr.HTML
    first: gr.Checkbox
    see: gr.Button
    said: gr.Textbox
    of: gr.State

    def shown(self) -> list[Any]:
        """What follows the form."""
        return [self.box, self.told, self.see, self.said, self.of]

    def keep(self, data: Update, session: Session) -> None:
        """Have the words sent as they stand in the box."""
        words, to = data[self.of]
        if words:
            edit(session, words, to, str(data[self.said] or ""))


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is to be told of a translation before the click. `see`: the label of the button that
    does it now, `said`: what it came to; blank where there is neither."""

    told: str
    see: str = ""
    said: str = ""
    of: tuple[str, str] = NOTHING


def build_translating(names: Any) -> Translating:
    """Lay it out, hidden until it is needed."""
    with gr.Column(visible=False, **names("translate")) as box:
        told = gr.HTML(**names("translate-told"))
        with gr.Row(**names("translate-row")):
            first = gr.Checkbox(True, label=say("translate.first"), **names("translate-first"))
            see = gr.Button(size="md", **names("translate-see"))
        said = gr.Textbox(
            label=say("translate.said"),
            info=say("translate.said.hint"),
            lines=2,
            max_lines=10,
            visible=False,
            **names("translate-said"),
        )
    return Translating(box, told, first, see, said, gr.State(NOTHING))


def may_translate(line: Line, form: Mapping[str, Any]) -> bool:
    """Whether a prompt may be translated, by the line in it or else by the form."""
    return bool(form.get("translate", True)) if line.translate is None else line.translate


def foresee_translation(
    task: Task, candidate: Candidate, user_request: UserRequest, session: Session | None
) -> Foreseen | None:
    """What is to be told of this candidate's translation; None where it needs none."""
    model = candidate.model
    if candidate.checked.read or not provider_of(model).needs_key:
        return None
    names = {"title": model.title, "reads": names_of(model.languages)}
    if not user_request.translate:
        return Foreseen(say("translate.off", **names))
    if by := candidate.translator:
        translator = f"{by.model.title} · {provider_of(by.model).title}"
        price = _price(by)
        line = say("translate.ahead", by=translator, price=price, **names)
        return Foreseen(line, say("translate.see", price=price))
    words, to = source(spread(task, user_request)[0]), (candidate.translated_by or {"to": ""})["to"]
    made = session.cache.translations.get((words, to)) if session else None
    if made is None:
        return None
    return Foreseen(say("translate.by", by=made.by, **names), "", made.sent, (words, to))


def tell(parts: Translating, seen: Foreseen | None) -> Update:
    """The parts as that has it."""
    if seen is None:
        return {parts.box: gr.update(visible=False), parts.of: NOTHING}
    return {
        parts.box: gr.update(visible=True),
        parts.told: f'<p class="hint">{escape(seen.told)}</p>',
        parts.see: gr.update(value=seen.see, visible=bool(seen.see), interactive=True),
        parts.said: gr.update(value=seen.said, visible=bool(seen.said)),
        parts.of: seen.of,
    }


@dataclass(frozen=True)
class TranslateNow:
    """What the button and the box do in one tab."""

    context: AppContext
    task: Task
    parts: Translating
    # Who is asked and what, by the form as it stands.
    read: Reader

    async def translate(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        """Have the prompt translated before anything else is asked for."""
        session, see = data[self.context.session], self.parts.see
        keys = self.context.keys(session, request, token)
        yield {see: gr.update(value=say("translate.running"), interactive=False)}
        try:
            await _translate(self.context, self.task, await self.read(data, keys), session, keys)
        except StudioError as error:
            gr.Warning(str(error))

    async def keep(self, data: Update) -> None:
        """Keep the translation as somebody has changed it."""
        self.parts.keep(data, data[self.context.session])


def wire_translating(
    now: TranslateNow,
    everything: set[Any],
    look: Any,
) -> None:
    """Connect the button and the box. `look`: the listener that tells what would happen now."""
    context, parts = now.context, now.parts
    paid: dict[str, Any] = {"concurrency_limit": None, **RAW}
    done = parts.see.click(now.translate, {*everything, context.session}, [parts.see], **paid)
    done.then(*look, **LATEST)
    kept = {context.session, parts.said, parts.of}
    gr.on(by_hand(parts.said), now.keep, kept, None, queue=False, **LATEST)


async def _translate(
    context: AppContext,
    task: Task,
    wanted: tuple[str, UserRequest],
    session: Session,
    keys: Keyring,
) -> None:
    """Have the prompt translated for whoever would be asked first, at the price that was told."""
    name, user_request = wanted
    policy = Policy(session.limits.max_price, session.limits.patience)
    first = await context.studio.choose(task, name, user_request, keys, policy, session)
    if first.translator is None:
        return
    words, model = source(spread(task, user_request)[0]), first.translator.model
    limit = Policy(first.translator.price, session.limits.patience)
    await translate(
        context.studio.backend, session, keys, words, first.checked.into, limit, model.id
    )


def _price(translator: Candidate) -> str:
    if translator.price is None:
        return say("who.unknown")
    if not translator.price:
        return say("who.free")
    return say("translate.price", price=dollars(rounded_up(translator.price)))
