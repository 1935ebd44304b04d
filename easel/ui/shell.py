"""The whole page: header, tabs, settings; a table of contents of the screens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from easel.studio.listing import list_models
from easel.studio.service import Studio
from easel.studio.session import Session
from easel.ui import cards, pages
from easel.ui.api import build_api
from easel.ui.create import CreateTab, build_create, foresee, refit
from easel.ui.desk import Desk
from easel.ui.history import HistoryTab, build_history, refresh, refreshed
from easel.ui.settings_panel import (
    SettingsPanel,
    build_settings,
    forget_keys,
    keys_state,
    take_keys,
)
from easel.ui.strip import film
from easel.ui.visitors import Visitors
from easel.words import say

Update = dict[Any, Any]
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def build(studio: Studio, visitors: Visitors) -> gr.Blocks:
    """The app's Blocks, not yet launched."""
    with gr.Blocks(title=say("app.title"), analytics_enabled=False, fill_width=True) as demo:
        desk = Desk(studio, visitors, gr.State(NewSession()))
        spend, gear = _bar()
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(say("tab.create"), id="create"):
                create = build_create(desk, spend)
            with gr.Tab(say("tab.history"), id="history") as history_tab:
                history = build_history(desk, create)
            with gr.Tab(say("tab.models"), id="models") as models_tab:
                models = gr.HTML(elem_id="models")
            with gr.Tab(say("tab.privacy"), id="privacy"):
                gr.Markdown(pages.privacy(studio), elem_id="privacy")
        panel = build_settings(desk)
        _wire_keys(desk, demo, create, panel, gear)
        _wire_pages(desk, history_tab, history, models_tab, models)
        build_api(desk)
    return demo


def _bar() -> tuple[gr.HTML, gr.Button]:
    """The brand, the session's spend, the way to the settings."""
    with gr.Row(elem_id="bar"):
        gr.HTML(f'<h1 class="brand"><b>▲</b> {say("app.title")}</h1>', elem_id="brand")
        spend = gr.HTML(cards.spend(Session()), elem_id="spend")
        gear = gr.Button(say("bar.settings"), elem_id="gear", size="sm")
    return spend, gear


def _wire_keys(
    desk: Desk, demo: gr.Blocks, create: CreateTab, panel: SettingsPanel, gear: gr.Button
) -> None:
    """Keys decide what every control offers, so a change of keys refits the Create tab."""
    everything = {*create.inputs.all(), desk.session}
    out = create.outputs
    changed = [*create.inputs.all()[1:], out.who, out.hint, out.go, out.spend, out.film]

    async def refit_all(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        session = data[desk.session]
        keys, form = desk.keys(session, request, token), create.form(data)
        ahead = await foresee(desk, create, form, session, keys)
        state = {panel.state: keys_state(keys), out.spend: cards.spend(session)}
        return refit(create, form, keys) | ahead | state | {out.film: film(session)}

    async def save(session: Session, *typed: str) -> list[str]:
        take_keys(session, typed)
        return [""] * len(typed)

    async def forget(session: Session) -> None:
        forget_keys(session)

    async def open_panel() -> Any:
        return gr.Sidebar(open=True)

    after = (refit_all, everything, [*changed, panel.state])
    boxes, raw = [*panel.boxes], {"preprocess": False, **QUIET}
    demo.load(*after, **raw)
    panel.save.click(save, [desk.session, *boxes], boxes, **QUIET).then(*after, **raw)
    panel.forget.click(forget, desk.session, None, **QUIET).then(*after, **raw)
    gear.click(open_panel, None, panel.sidebar, queue=False, **QUIET)


def _wire_pages(
    desk: Desk, history_tab: gr.Tab, history: HistoryTab, models_tab: gr.Tab, models: gr.HTML
) -> None:
    """Tabs that show the state of things are filled when they are opened."""

    async def show_history(session: Session) -> Update:
        return refresh(history, session)

    async def show_models(
        session: Session, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> str:
        keys = desk.keys(session, request, token)
        return cards.models_table(await list_models(None, keys, desk.studio.serves))

    history_tab.select(show_history, desk.session, refreshed(history), **QUIET)
    models_tab.select(show_models, desk.session, models, **QUIET)


class NewSession:
    """What gr.State copies for each visitor: a copy of it is a new session. (A function here
    would become a public endpoint of its own.)"""

    def __deepcopy__(self, memo: dict[int, Any]) -> Session:
        return Session()


def cache_folder() -> Path:
    """Where gradio serves files from; results are written there and nowhere else."""
    return Path(gr.utils.get_upload_folder())
