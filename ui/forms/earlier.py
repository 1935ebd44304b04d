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
    """The fold and its parts. `none`: what stands there instead of a list."""

    fold: gr.Accordion
    search: gr.Textbox
    found: gr.Radio
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
        found = gr.Radio(
            [], show_label=False, container=False, visible=False, **names("earlier-found")
        )
        none = gr.HTML(_told(say("earlier.none")), **names("earlier-none"))
    return Earlier(fold, search, found, none)


def wire_earlier(
    context: AppContext,
    earlier: Earlier,
    prompt: gr.Textbox,
    look: tuple[Any, Any, Any],
    *moments: Callable[..., Any],
) -> None:
    """Connect it with the prompt's box. `look`: what is done when the box has another prompt;
    `moments`: after which there may be more prompts than before."""

    async def show(session: Session, wanted: str | None) -> Update:
        return listing(earlier, session, str(wanted or ""))

    async def use(session: Session, chosen: str | None) -> Update:
        if chosen is None:
            return {prompt: gr.skip()}
        closed = listing(earlier, session, "") | {earlier.search: gr.update(value="")}
        shut = {earlier.fold: gr.update(open=False)}
        return closed | shut | {prompt: Line(str(chosen)).bare}

    shown = (show, [context.session, earlier.search], [*earlier.all()[1:]])
    earlier.fold.expand(*shown, **LATEST)
    earlier.search.change(*shown, **LATEST)
    for moment in moments:
        moment(*shown, **LATEST)
    used = earlier.found.input(
        use, [context.session, earlier.found], [prompt, *earlier.all()], **RAW
    )
    ready = call("focus", f"#{prompt.elem_id} textarea", 100)
    used.then(None, js=ready, api_visibility="private").then(*look, **LATEST)


def listing(earlier: Earlier, session: Session, wanted: str) -> Update:
    """The prompts that hold every word of what is wanted, newest first; nothing is chosen."""
    words = wanted.casefold().split()
    fitting = [each for each in session.prompts if all(word in each.casefold() for word in words)]
    told = ""
    if not fitting:
        told = _told(say("earlier.nothing" if session.prompts else "earlier.none"))
    return {
        earlier.search: gr.update(visible=bool(session.prompts)),
        earlier.found: gr.update(choices=fitting, value=None, visible=bool(fitting)),
        earlier.none: gr.update(value=told, visible=bool(told)),
    }


def wire_forget(forget: Callable[..., Any], context: AppContext, places: Sequence[Earlier]) -> None:
    """Empty the lists when the history is cleared."""

    async def empty(session: Session) -> Update:
        emptied: Update = {}
        for each in places:
            emptied |= listing(each, session, "")
        return emptied

    parts = [part for each in places for part in each.all()[1:]]
    forget(empty, context.session, parts, **QUIET)


def _told(text: str) -> str:
    return f'<p class="hint">{text}</p>'
