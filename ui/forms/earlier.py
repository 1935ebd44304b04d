"""Earlier prompts of the session, folded under a prompt's box: search them, take one again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from i18n import say
from studio.prompts.quick_line import Line
from studio.session import Session
from ui.context import AppContext
from ui.listeners import LATEST, QUIET, RAW
from ui.names import Names, Update
from ui.scripts import call


@dataclass(frozen=True)
class Earlier:
    """The fold and its parts."""

    fold: gr.Accordion
    search: gr.Textbox
    # The prompts that fit what is searched for.
    matches: gr.Radio
    # What stands there instead of a list.
    none: gr.HTML

    def all(self) -> list[Any]:
        """Every part."""
        return [*vars(self).values()]


def build_earlier(names: Names) -> Earlier:
    """Lay it out, closed."""
    with gr.Accordion(say("earlier.title"), open=False, **names("earlier")) as fold:
        search = gr.Textbox(
            show_label=False,
            placeholder=say("earlier.search"),
            lines=1,
            max_lines=1,
            visible=False,
            html_attributes=gr.InputHTMLAttributes(autocomplete="off"),
            **names("earlier-search"),
        )
        matches = gr.Radio(
            [], show_label=False, container=False, visible=False, **names("earlier-found")
        )
        none = gr.HTML(_hint(say("earlier.none")), **names("earlier-none"))
    return Earlier(fold, search, matches, none)


@dataclass(frozen=True)
class PromptPicker:
    """What the fold does for its prompt's box."""

    earlier: Earlier
    prompt: gr.Textbox

    async def show(self, session: Session, wanted: str | None) -> Update:
        """List the prompts that fit what is searched for."""
        return listing(self.earlier, session, str(wanted or ""))

    async def use(self, session: Session, chosen: str | None) -> Update:
        """Put the chosen prompt into the box, and close the fold."""
        if chosen is None:
            return {self.prompt: gr.skip()}
        closed = listing(self.earlier, session, "") | {self.earlier.search: gr.update(value="")}
        shut = {self.earlier.fold: gr.update(open=False)}
        return closed | shut | {self.prompt: Line(str(chosen)).bare}


def wire_earlier(
    context: AppContext,
    earlier: Earlier,
    prompt: gr.Textbox,
    look: tuple[Any, Any, Any],
    *moments: Callable[..., Any],
) -> None:
    """Connect it with the prompt's box. `look`: what is done when the box has another prompt;
    `moments`: after which there may be more prompts than before."""

    listeners = PromptPicker(earlier, prompt)
    shown = (listeners.show, [context.session, earlier.search], [*earlier.all()[1:]])
    earlier.fold.expand(*shown, **LATEST)
    earlier.search.change(*shown, **LATEST)
    for moment in moments:
        moment(*shown, **LATEST)
    used = earlier.matches.input(
        listeners.use, [context.session, earlier.matches], [prompt, *earlier.all()], **RAW
    )
    ready = call("focus", f"#{prompt.elem_id} textarea", 100)
    used.then(None, js=ready, api_visibility="private").then(*look, **LATEST)


def listing(earlier: Earlier, session: Session, wanted: str) -> Update:
    """The prompts that hold every word of what is wanted, newest first; nothing is chosen."""
    words = wanted.casefold().split()
    fitting = [each for each in session.prompts if all(word in each.casefold() for word in words)]
    hint = ""
    if not fitting:
        hint = _hint(say("earlier.nothing" if session.prompts else "earlier.none"))
    return {
        earlier.search: gr.update(visible=bool(session.prompts)),
        earlier.matches: gr.update(choices=fitting, value=None, visible=bool(fitting)),
        earlier.none: gr.update(value=hint, visible=bool(hint)),
    }


@dataclass(frozen=True)
class PromptLists:
    """The folds of all tabs."""

    places: Sequence[Earlier]

    async def empty(self, session: Session) -> Update:
        """Show in each what the session still has."""
        emptied: Update = {}
        for each in self.places:
            emptied |= listing(each, session, "")
        return emptied


def wire_forget(forget: Callable[..., Any], context: AppContext, places: Sequence[Earlier]) -> None:
    """Empty the lists when the history is cleared."""
    parts = [part for each in places for part in each.all()[1:]]
    forget(PromptLists(places).empty, context.session, parts, **QUIET)


def _hint(text: str) -> str:
    return f'<p class="hint">{text}</p>'
