"""What an edit changed, drawn and told under the result; and the rest put back as it was."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from errors import InvalidInput, StudioError
from i18n import say
from studio.results.comparison import Differences, differences, keep_the_rest
from studio.results.receipts import Receipt
from studio.session import Session
from ui import cards
from ui.context import AppContext
from ui.listeners import LATEST, QUIET
from ui.names import Update
from ui.stage import Stage, show
from ui.strip import chosen_result, key_of, strip_of

# Mean colour distances: one that people begin to see, one below which there is none, and one
# that no drift of the rest explains.
SEEN, NONE, WHOLE = 2.0, 0.005, 10.0


@dataclass(frozen=True)
class Changes:
    """The buttons under a result that was made from one picture."""

    context: AppContext
    stage: Stage

    async def begin(self) -> Update:
        """Say that it takes a moment."""
        hidden = gr.update(visible=False)
        return self._words(say("changes.reckoning")) | {
            self.stage.map: hidden,
            self.stage.keep: hidden,
        }

    async def tell(self, session: Session) -> Update:
        """What changed in the result on the stage, in words and drawn."""
        try:
            receipt, place = shown_result(session)
            found = await differences(session, receipt, place, self.context.studio.folder)
        except StudioError as error:
            return self._words(str(error))
        kept_apart = bool(found.share) and found.drift > NONE
        return self._words(in_words(found)) | {
            self.stage.map: gr.update(value=str(found.map), visible=bool(found.share)),
            self.stage.keep: gr.update(visible=kept_apart),
        }

    async def keep(self, session: Session) -> Update:
        """Make a new result, in which only what changed is the edit's."""
        studio = self.context.studio
        limit = studio.settings.history_limit
        try:
            receipt, place = shown_result(session)
            new = await keep_the_rest(session, receipt, place, studio.folder, limit)
        except StudioError as error:
            return self._words(str(error))
        strip_of(session).chosen = key_of(new["id"])
        return show(self.stage, session)

    def wire(self) -> None:
        """Connect them."""
        stage, session = self.stage, self.context.session
        told = [stage.changes, stage.told, stage.map, stage.keep]
        begun = stage.compare.click(self.begin, None, told, **QUIET)
        begun.then(self.tell, session, told, **LATEST)
        stage.keep.click(self.keep, session, [*stage.shown(), stage.told], **QUIET)

    def _words(self, sentence: str) -> Update:
        """A sentence where the changes are told."""
        stage = self.stage
        return {stage.changes: gr.update(visible=True), stage.told: cards.note(sentence)}


def shown_result(session: Session) -> tuple[Receipt, int]:
    """The result on the stage, and which of its pictures. Raises `InvalidInput` when it was
    deleted meanwhile."""
    found = chosen_result(session)
    if found is None:
        raise InvalidInput(say("changes.gone"), advice=say("changes.advice"))
    return found


def in_words(found: Differences) -> str:
    """Such as "12 % of the picture changed. The rest is exactly as it was."."""
    drift = f"{found.drift:.1f}" if found.drift >= 0.1 else f"{found.drift:.2f}"
    if found.drift <= NONE:
        rest = say("changes.rest.same")
    elif found.drift < SEEN:
        rest = say("changes.rest.unseen", drift=drift)
    else:
        rest = say("changes.rest.seen", drift=drift, seen=f"{SEEN:.0f}")
    if not found.share and found.drift > WHOLE:
        return say("changes.told.whole", drift=drift)
    if not found.share:
        return f"{say('changes.told.nothing')} {rest}"
    share = f"{found.share:.0%}".replace("%", " %")
    told = say("changes.told", share=share) if found.share >= 0.01 else say("changes.told.little")
    return f"{told} {rest} {say('changes.told.map')}"
