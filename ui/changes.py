"""What an edit changed, drawn and told under the result; and the rest put back as it was."""

from __future__ import annotations

from typing import Any

import gradio as gr

from errors import InvalidInput, StudioError
from i18n import say
from studio.results.comparison import Differences, differences, keep_the_rest
from studio.results.receipts import Receipt
from studio.session import Session
from ui import cards
from ui.context import AppContext
from ui.listeners import LATEST, QUIET, RAW
from ui.stage import Stage, Update, result_named, show_job
from ui.strip import film

# Mean colour distances: one that people begin to see, one below which there is none, and one
# that no drift of the rest explains.
SEEN, NONE, WHOLE = 2.0, 0.005, 10.0


def wire_changes(context: AppContext, stage: Stage) -> None:
    """Connect the buttons under a stage's result. What is shown, the Download button knows."""
    at_hand = {context.session, stage.download}

    async def reckon() -> Update:
        return show_words(stage, say("changes.reckoning")) | {
            stage.map: gr.update(visible=False),
            stage.keep: gr.update(visible=False),
        }

    async def tell(data: Update) -> Update:
        session: Session = data[context.session]
        try:
            receipt, place = shown_result(session, data[stage.download])
            found = await differences(session, receipt, place, context.studio.folder)
        except StudioError as error:
            return show_words(stage, str(error))
        kept_apart = bool(found.share) and found.drift > NONE
        return show_words(stage, in_words(found)) | {
            stage.map: gr.update(value=str(found.map), visible=bool(found.share)),
            stage.keep: gr.update(visible=kept_apart),
        }

    async def keep(data: Update) -> Update:
        session: Session = data[context.session]
        studio = context.studio
        limit = studio.settings.history_limit
        try:
            receipt, place = shown_result(session, data[stage.download])
            new = await keep_the_rest(session, receipt, place, studio.folder, limit)
        except StudioError as error:
            return show_words(stage, str(error))
        return show_job(stage, session, new["id"]) | {stage.film: film(session)}

    told = [stage.changes, stage.told, stage.map, stage.keep]
    user_request = stage.compare.click(reckon, None, told, **QUIET)
    user_request.then(tell, at_hand, told, **LATEST)
    stage.keep.click(keep, at_hand, [*stage.shown(), stage.told, stage.film], **RAW)


def shown_result(session: Session, file: Any) -> tuple[Receipt, int]:
    """The result that is shown, and which of its pictures. Raises `InvalidInput` when it was
    deleted meanwhile."""
    found = result_named(session, file)
    if found is None:
        raise InvalidInput(say("changes.gone"), advice=say("changes.advice"))
    return found


def show_words(stage: Stage, sentence: str) -> Update:
    """A sentence where the changes are told."""
    return {stage.changes: gr.update(visible=True), stage.told: cards.note(sentence)}


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
