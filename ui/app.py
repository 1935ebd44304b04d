"""The whole page: header, tabs, settings; a table of contents of the screens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from i18n import say
from studio.model_listing import list_models
from studio.service import Studio
from studio.session import Session
from ui import cards
from ui.api.endpoints import build_api
from ui.changes import Changes
from ui.context import AppContext
from ui.controls import settled
from ui.earlier import wire_forget
from ui.figures import health_table, statistics_page, today
from ui.gradio_fixes.blocks import Page
from ui.gradio_fixes.places import upload_folder
from ui.listeners import EACH, LATEST, QUIET
from ui.names import Update
from ui.open_jobs import Restarted, build_restarted, welcome
from ui.picture_tab import PictureTab
from ui.runner import Results
from ui.stage import Stage, around, build_stage, show
from ui.strip import choose_last
from ui.tabs import pages
from ui.tabs.create import CreateTab, build_create, foresee, refit, wire_create
from ui.tabs.edit import EditTab, build_edit, refresh_edit, refreshed_edit, wire_edit
from ui.tabs.history import HistoryTab, build_history, refresh, refreshed
from ui.tabs.retouch import build_retouch
from ui.tabs.settings_panel import (
    SettingsPanel,
    build_settings,
    forget_keys,
    keys_state,
    set_limits,
    take_keys,
)
from ui.tabs.swap import build_swap, wire_swap
from ui.tabs.upscale import build_upscale
from ui.tabs.use_text import UseText
from ui.tabs.write import NAMES as WRITE
from ui.tabs.write import build_write
from ui.tabs.write_view import build_text_view
from ui.text.tab import build_text, wire_text
from ui.use_picture import Use
from ui.visitors import Visitors


def build(studio: Studio, visitors: Visitors) -> gr.Blocks:
    """The app's Blocks, not yet launched."""
    with Page(title=say("app.title"), analytics_enabled=False, fill_width=True) as demo:
        context = AppContext(studio, visitors, gr.State(Session()))
        demo.session, demo.called = context.session, visitors.called
        spend, gear = _bar()
        restarted = build_restarted()
        with gr.Row(elem_id="house"):
            with gr.Tabs(elem_id="tabs") as tabs:
                with gr.Tab(say("tab.create"), id="create"):
                    create = build_create()
                with gr.Tab(say("tab.write"), id="write") as write_tab:
                    write = build_write(context)
                with gr.Tab(say("tab.edit"), id="edit") as edit_tab:
                    edit = build_edit()
                with gr.Tab(say("tab.retouch"), id="retouch") as retouch_tab:
                    retouch = build_retouch(context)
                with gr.Tab(say("tab.upscale"), id="upscale") as upscale_tab:
                    upscale = build_upscale(context)
                with gr.Tab(say("tab.text"), id="text", elem_classes="with-preview"):
                    text = build_text(context, spend)
                with gr.Tab(say("tab.swap"), id="swap") as swap_tab:
                    swap = build_swap()
                history_tab = gr.Tab(say("tab.history"), id="history", elem_classes="wide")
                with gr.Tab(say("tab.models"), id="models", elem_classes="wide") as models_tab:
                    models = gr.HTML(elem_id="models")
                with gr.Tab(say("tab.statistics"), id="statistics", elem_classes="wide") as figures:
                    statistics = gr.HTML(elem_id="statistics")
                with gr.Tab(say("tab.privacy"), id="privacy", elem_classes="wide"):
                    gr.Markdown(pages.privacy(studio), elem_id="privacy")
            with gr.Column(elem_id="see", elem_classes="at-see"):
                stage = build_stage(spend)
                written = build_text_view(context, WRITE, stage)
        panel = build_settings(context)
        Results(context, stage).wire()
        Changes(context, stage).wire()
        keys_changed = _wire_keys(context, demo, create, stage, panel, gear)
        changed = [event.then for event in keys_changed]
        wire_create(context, stage, create)
        wire_edit(context, stage, edit)
        wire_swap(context, stage, swap, swap_tab.select, *changed)
        wire_text(stage, text)
        write.wire(stage, written)
        _wire_edit(context, edit, edit_tab.select, *changed)
        for opened, tab in ((upscale_tab, upscale), (retouch_tab, retouch)):
            tab.wire(stage)
            _wire_picture_tab(tab, opened.select, *changed)
        for moment in (write_tab.select, *changed):
            moment(write.follow, write.sent, write.followed, **LATEST)
        with history_tab:
            history = build_history(context, stage)
        places = [each for each in (create.earlier, edit.earlier, retouch.earlier) if each]
        wire_forget(history.clear.click, context, places)
        for use in (
            Use(context, tabs, stage.onward["edit"], "edit", edit.pictures, "#edit-prompt"),
            Use(context, tabs, stage.onward["retouch"], "retouch", retouch.picture),
            Use(context, tabs, stage.onward["upscale"], "upscale", upscale.picture),
            Use(context, tabs, stage.onward["text"], "text", text.words.pictures),
            Use(context, tabs, stage.onward["source"], "swap", swap.inputs.source.picture),
            Use(context, tabs, stage.onward["target"], "swap", swap.inputs.target.picture),
        ):
            use.wire()
        for read in (written.parts, history.texts):
            UseText(context, tabs, read.create, read.text, "create", create).wire()
            UseText(context, tabs, read.edit, read.text, "edit", edit).wire()
        _wire_restarted(context, demo, tabs, restarted, history)
        _wire_pages(context, history_tab, history, models_tab, models)
        _wire_figures(context, demo, stage, figures, statistics, panel)
        build_api(context)
    return demo


def _bar() -> tuple[gr.HTML, gr.Button]:
    """The brand, the session's spend, the way to the settings."""
    with gr.Row(elem_id="bar"):
        gr.HTML(f'<h1 class="brand"><b>▲</b> {say("app.title")}</h1>', elem_id="brand")
        spend = gr.HTML(cards.spend(Session()), elem_id="spend")
        gear = gr.Button(say("bar.settings"), elem_id="gear", size="sm")
    return spend, gear


def _wire_keys(
    context: AppContext,
    demo: gr.Blocks,
    create: CreateTab,
    stage: Stage,
    panel: SettingsPanel,
    gear: gr.Button,
) -> list[Any]:
    """Keys decide what every control offers, so a change of keys refits the Create tab. Returns
    the events after which the other tabs are to be refitted."""
    everything = {*create.inputs.all(), context.session}
    changed = [*create.inputs.all()[1:], *create.action.all(), stage.spend, stage.film]

    async def refit_all(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        session = data[context.session]
        keys, form = context.keys(session, request, token), create.form(data)
        fitted = refit(create, form, keys)
        form = settled(form, vars(create.inputs), fitted)
        ahead = await foresee(context, create, form, session, keys)
        return fitted | ahead | {panel.state: keys_state(keys)} | around(stage, session)

    async def save(session: Session, *typed: str) -> list[Any]:
        take_keys(session, typed)
        # A box that was blank may hold a key by the time this arrives.
        return ["" if text else gr.skip() for text in typed]

    async def forget(session: Session) -> None:
        forget_keys(session)

    async def open_panel(
        session: Session, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> tuple[Any, str, str]:
        keys, studio = context.keys(session, request, token), context.studio
        left = await today(studio.quota, studio.settings, session.address)
        return gr.Sidebar(open=True), health_table(studio.health, keys), left

    after = (refit_all, everything, [*changed, panel.state])
    boxes = [*panel.boxes]
    demo.load(*after, **LATEST)
    saved = panel.save.click(save, [context.session, *boxes], boxes, **EACH)
    forgotten = panel.forget.click(forget, context.session, None, **QUIET)
    opened = [panel.sidebar, panel.health, panel.today]
    gear.click(open_panel, context.session, opened, queue=False, **QUIET)
    for event in (saved, forgotten):
        event.then(*after, **LATEST)
    return [saved, forgotten]


def _wire_picture_tab(tab: PictureTab, *moments: Callable[..., Any]) -> None:
    """A tab that starts from a picture is fitted to the keys when it is opened, and when they
    change."""
    for moment in moments:
        moment(tab.follow, tab.sent, tab.followed, **LATEST)


def _wire_edit(context: AppContext, edit: EditTab, *moments: Callable[..., Any]) -> None:
    """The Edit tab is fitted to the keys when it is opened, and when they change."""

    async def refit_edit(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        return await refresh_edit(
            context, edit, data, context.keys(data[context.session], request, token)
        )

    fitted = (refit_edit, edit.everything(context), refreshed_edit(edit))
    for moment in moments:
        moment(*fitted, **LATEST)


def _wire_restarted(
    context: AppContext, demo: gr.Blocks, tabs: gr.Tabs, restarted: Restarted, history: HistoryTab
) -> None:
    """What was under way before a restart is told when the page opens, and shown when asked."""

    async def greet(session: Session, token: Any, request: gr.Request) -> Any:
        return await welcome(context, session, token, request)

    async def show(session: Session) -> Update:
        seen = {restarted.row: gr.update(visible=False), tabs: gr.Tabs(selected="history")}
        return refresh(context.studio, history, session) | seen

    told = [restarted.token, restarted.row, restarted.told]
    demo.load(greet, [context.session, restarted.token], told, **QUIET)
    restarted.show.click(show, context.session, [tabs, restarted.row, *refreshed(history)], **QUIET)


def _wire_pages(
    context: AppContext,
    history_tab: gr.Tab,
    history: HistoryTab,
    models_tab: gr.Tab,
    models: gr.HTML,
) -> None:
    """Tabs that show the state of things are filled when they are opened."""

    async def show_history(session: Session) -> Update:
        return refresh(context.studio, history, session)

    async def show_models(
        session: Session, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> str:
        keys = context.keys(session, request, token)
        return cards.models_table(await list_models(None, keys, context.studio.serves))

    history_tab.select(show_history, context.session, refreshed(history), **LATEST)
    models_tab.select(show_models, context.session, models, **LATEST)


def _wire_figures(
    context: AppContext,
    demo: gr.Blocks,
    stage: Stage,
    statistics_tab: gr.Tab,
    statistics: gr.HTML,
    panel: SettingsPanel,
) -> None:
    """The statistics, the limits a visitor sets, and what waited while he was away."""

    async def collect(session: Session, ticket: str | None, request: gr.Request) -> Any:
        context.meet(session, request)
        if not context.visitors.collect(str(ticket or ""), session):
            return gr.skip()
        gr.Info(say("limits.collected"))
        await context.studio.all_over(session)
        choose_last(session)
        return show(stage, session) | {limits.finish: gr.update(value=True)}

    async def show_statistics(session: Session) -> str:
        return statistics_page(context.studio.statistics, session.statistics)

    async def save_limits(
        session: Session, cap: str, max_price: str, patience: str, finish: bool
    ) -> list[str]:
        return set_limits(session, cap, max_price, patience, finish)

    limits = panel.limits
    statistics_tab.select(show_statistics, context.session, statistics, **LATEST)
    kept = [*limits.boxes()[:3], limits.ticket]
    limits.save.click(save_limits, [context.session, *limits.boxes()], kept, **EACH)
    found = [*stage.shown(), limits.finish]
    waits: dict[str, Any] = {"concurrency_limit": None, **QUIET}  # until the jobs are over
    demo.load(collect, [context.session, limits.ticket], found, **waits)


def cache_folder() -> Path:
    """Where gradio serves files from; results are written there and nowhere else."""
    return upload_folder()
