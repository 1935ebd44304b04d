"""A written prompt on the stage: as it comes, then to be read, changed and used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from errors import InvalidInput, StudioError
from i18n import say
from providers.schema import Task
from studio.keys import Keyring
from studio.policy import Policy
from studio.request import UserRequest
from studio.results.receipts import Receipt
from studio.session import Session
from ui import cards
from ui.context import AppContext
from ui.listeners import LATEST, QUIET, RAW, anew
from ui.money import label_at_most
from ui.names import Names, Update
from ui.runner import Tool
from ui.scripts import call
from ui.stage import ResultView, Stage
from ui.strip import Item, strip_of
from ui.tabs import write_cards
from ui.tabs.write_draft import Draft, read_offered

TASK = Task.PROMPT_WRITING


@dataclass(frozen=True)
class TextParts:
    """The components."""

    # The text while it is being written.
    stream: gr.HTML
    text: gr.Textbox
    actions: gr.Row
    create: gr.Button
    edit: gr.Button
    copy: gr.Button
    # Puts the idea in the text's place, and back.
    mine: gr.Button
    # What contradicts itself, and the ways out of that.
    clashes: gr.HTML
    repair: gr.Button
    advice: gr.HTML
    # What must stay as it was written, and what was changed.
    found: gr.HTML
    caption: gr.HTML
    # The key of the draft that is shown.
    key: gr.State
    # Has another value whenever another text is drawn.
    drawn: gr.State
    # Who is asked for a repair, where that is not the text's own writer.
    via: gr.State

    def hidden(self) -> Update:
        """No text."""
        shown = (
            self.stream, self.text, self.actions, self.clashes, self.repair, self.advice,
            self.found, self.caption,
        )  # fmt: skip
        return {part: gr.update(visible=False) for part in shown}

    def all(self) -> list[Any]:
        """What changes with the text."""
        return [*self.hidden(), self.mine, self.key, self.drawn]


@dataclass(frozen=True)
class TextView:
    """The view of all that writes prompts."""

    context: AppContext
    parts: TextParts

    def show(self, session: Session, item: Item | None, receipt: Receipt | None) -> Update:
        """A text that is being written, or was; nothing where none came."""
        parts, hidden = self.parts, self.parts.hidden()
        if item and not item.ended:
            text = item.job.text if item.job else ""
            stream = gr.update(value=write_cards.written_so_far(text), visible=bool(text))
            return hidden | {parts.stream: stream}
        key = receipt["id"] if receipt else item.id if item else ""
        drafts = strip_of(session).drafts
        if key not in drafts:
            drafts[key] = self._new_draft(session, item, receipt)
        if not drafts[key].text.strip():
            return hidden
        caption = write_cards.caption(receipt) if receipt else ""
        marked = {parts.key: key, parts.drawn: anew()}
        told = {parts.caption: gr.update(value=caption, visible=bool(receipt))}
        return hidden | self._drawn(drafts[key]) | told | marked

    async def turn(self, data: Update) -> Update:
        """Put the idea in the place of the written text, or the written text again."""
        draft = self._draft(data)
        draft.text, draft.other = draft.other, str(data[self.parts.text] or "")
        return self._drawn(draft) | {self.parts.drawn: anew()}

    async def look(self, data: Update) -> Any:
        """Look again at a text that was changed by hand."""
        draft, text = self._draft(data), str(data[self.parts.text] or "")
        if text == draft.text:
            return gr.skip()
        draft.text = text
        return self._checked(draft) | {self.parts.drawn: anew()}

    async def offer(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        """Offer to repair what contradicts itself, at a price that is said first; where nobody
        can, say what a person can do himself."""
        parts, session = self.parts, data[self.context.session]
        keys, draft = self.context.keys(session, request, token), self._draft(data)
        hidden = {parts.repair: gr.update(visible=False), parts.advice: gr.update(visible=False)}
        try:
            name, user_request = read_offered(draft, draft.text)
        except InvalidInput:
            return hidden
        try:
            policy = Policy(session.limits.max_price, session.limits.patience)
            first = await self.context.studio.choose(TASK, name, user_request, keys, policy)
        except StudioError:
            told = cards.note(say("write.repair.self"))
            return hidden | {parts.advice: gr.update(value=told, visible=True)}
        label = label_at_most(say("write.repair"), first.whole)
        return hidden | {parts.repair: gr.update(value=label, visible=True)}

    async def read_repair(self, data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        """Who is asked and what for a repair of the text as it stands."""
        draft, text = self._draft(data), str(data[self.parts.text] or "")
        name, user_request = read_offered(draft, text)
        return str(data[self.parts.via] or name), user_request

    async def copied(self) -> None:
        """Say that it was done."""
        gr.Info(say("write.copied"), duration=3)

    def wire(self, stage: Stage) -> list[Any]:
        """Connect the buttons. Returns the events after which forms are to be looked at again."""
        parts, sent = self.parts, self._sent()
        parts.mine.click(self.turn, sent, parts.all(), **RAW)
        parts.text.blur(self.look, sent, [parts.clashes, parts.found, parts.drawn], **LATEST)
        parts.drawn.change(self.offer, sent, [parts.repair, parts.advice], **LATEST)
        copy = call("copy", f"#{parts.text.elem_id} textarea")
        parts.copy.click(self.copied, None, None, js=copy, **QUIET)
        form = (parts.text, parts.key, parts.via)
        tool = Tool(self.context, stage, TASK, parts.repair, form, parts.via, self.read_repair)
        return tool.wire()

    def _sent(self) -> set[Any]:
        return {self.parts.text, self.parts.key, self.context.session}

    def _draft(self, data: Update) -> Draft:
        """The draft that is shown."""
        drafts = strip_of(data[self.context.session]).drafts
        draft: Draft = drafts.get(str(data[self.parts.key]), Draft())
        return draft

    def _new_draft(self, session: Session, item: Item | None, receipt: Receipt | None) -> Draft:
        """A text as it was written. That of a repair is compared with the first idea; where the
        repair failed, it is the text that was to be repaired."""
        strip = strip_of(session)
        maker = strip.maker(receipt["id"]) if receipt else item
        job = maker.job if maker else None
        pressed: Update = maker.press[1] if maker and maker.press else {}
        first: Draft | None = strip.drafts.get(pressed.get(self.parts.key, ""))
        asked = job.user_request if job else None
        if first:
            idea = first.idea
        elif asked:
            idea = asked.prompt
        else:
            idea = str(receipt["asked"].get("prompt") or "") if receipt else ""
        text = str(receipt["text"]) if receipt else job.text if job and not first else ""
        text = text or str(pressed.get(self.parts.text) or "")
        brief = asked.brief if asked else first.brief if first else None
        return Draft(idea, text, idea, receipt["model"] if receipt else "", brief)

    def _drawn(self, draft: Draft) -> Update:
        """A text in the box, and what can be done with it."""
        parts, own = self.parts, draft.text.strip() == draft.idea.strip()
        mine = say("write.theirs") if own else say("write.mine")
        return {
            parts.text: gr.update(value=draft.text, visible=True),
            parts.actions: gr.update(visible=True),
            parts.mine: gr.update(value=mine, visible=bool(draft.idea)),
            **self._checked(draft),
        }

    def _checked(self, draft: Draft) -> Update:
        """What is to be known of a text."""
        clashes = write_cards.clashes(draft.idea, draft.text)
        found = write_cards.found(draft.idea, draft.text)
        return {
            self.parts.clashes: gr.update(value=clashes, visible=True),
            self.parts.found: gr.update(value=found, visible=True),
        }


def build_text_view(context: AppContext, names: Names, stage: Stage) -> TextView:
    """Lay it out on the stage."""
    with stage.views_box, gr.Column(visible=False, **names("view")) as box:
        stream = gr.HTML(visible=False, **names("stream"))
        text = gr.Textbox(
            label=say("write.text"), lines=6, max_lines=24, visible=False, **names("text")
        )
        with gr.Row(visible=False, **names("actions")) as actions:
            create = gr.Button(say("write.use.create"), variant="primary", **names("use-create"))
            edit = gr.Button(say("write.use.edit"), **names("use-edit"))
            copy = gr.Button(say("write.copy"), **names("copy"))
            mine = gr.Button(say("write.mine"), **names("mine"))
        clashes = gr.HTML(visible=False, **names("clashes"))
        repair = gr.Button(visible=False, **names("repair"))
        advice = gr.HTML(visible=False, **names("advice"))
        found = gr.HTML(visible=False, **names("found"))
        caption = gr.HTML(visible=False, **names("caption"))
    parts = TextParts(
        stream, text, actions, create, edit, copy, mine, clashes, repair, advice, found, caption,
        gr.State(""), gr.State(0), gr.State(""),
    )  # fmt: skip
    view = TextView(context, parts)
    stage.views.append(ResultView(TASK, box, tuple(parts.all()), view.show))
    return view
