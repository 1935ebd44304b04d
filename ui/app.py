"""The page as a table of contents: header, tabs, the stage, settings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import gradio as gr

from i18n import say
from studio.service import Studio
from studio.session import Session
from ui.api.endpoints import build_api
from ui.context import AppContext
from ui.forms.earlier import wire_forget
from ui.forms.task_tab import TaskTab
from ui.gradio_fixes.blocks_fixes import Page
from ui.listeners import LATEST
from ui.opening import Pages, Settings
from ui.results import cards
from ui.results.changes import Changes
from ui.results.open_jobs import build_restarted
from ui.results.use_picture import Use
from ui.runner import Results
from ui.stage import Stage, build_stage
from ui.tabs import pages
from ui.tabs.create import CreateTab, build_create
from ui.tabs.edit import EditTab, build_edit
from ui.tabs.history import build_history
from ui.tabs.retouch import RetouchTab, build_retouch
from ui.tabs.settings_panel import build_settings
from ui.tabs.swap import SwapTab, build_swap
from ui.tabs.upscale import UpscaleTab, build_upscale
from ui.tabs.use_text import UseText
from ui.tabs.write import NAMES as WRITE
from ui.tabs.write import build_write
from ui.tabs.write_view import build_text_view
from ui.text.parts import TextTab
from ui.text.tab import build_text, wire_text
from ui.visitors import Visitors

Tools = tuple[CreateTab, EditTab, RetouchTab, UpscaleTab, SwapTab]


def build(studio: Studio, visitors: Visitors) -> gr.Blocks:
    """The app's Blocks, not yet launched."""
    with Page(title=say("app.title"), analytics_enabled=False, fill_width=True) as demo:
        context = AppContext(studio, visitors, gr.State(Session()))
        demo.session, demo.called = context.session, visitors.called
        spend, gear = _bar()
        restarted = build_restarted()
        with gr.Row(elem_id="house"):
            with gr.Tabs(elem_id="tabs") as tabs:
                with _tab("create"):
                    create = build_create(context)
                with _tab("write") as write_tab:
                    write = build_write(context)
                with _tab("edit") as edit_tab:
                    edit = build_edit(context)
                with _tab("retouch") as retouch_tab:
                    retouch = build_retouch(context)
                with _tab("upscale") as upscale_tab:
                    upscale = build_upscale(context)
                with _tab("text", "with-preview"):
                    text = build_text(context, spend)
                with _tab("swap") as swap_tab:
                    swap = build_swap(context)
                history_tab = _tab("history", "wide")
                with _tab("models", "wide") as models_tab:
                    models = gr.HTML(elem_id="models")
                with _tab("statistics", "wide") as statistics_tab:
                    statistics = gr.HTML(elem_id="statistics")
                with _tab("privacy", "wide"):
                    gr.Markdown(pages.privacy(studio), elem_id="privacy")
            with gr.Column(elem_id="see", elem_classes="at-see"):
                stage = build_stage(spend)
                written = build_text_view(context, WRITE, stage)
        with history_tab:
            history = build_history(context, stage)
        tools = (create, edit, retouch, upscale, swap)
        for tool in tools:
            tool.wire(stage)
        wire_text(stage, text)
        write.wire(stage, written)
        openings = (
            (edit_tab, edit),
            (retouch_tab, retouch),
            (upscale_tab, upscale),
            (swap_tab, swap),
        )
        for tab, tool in openings:
            tab.select(*tool.listener, **LATEST)
        Results(context, stage).wire()
        Changes(context, stage).wire()
        keys_changed = Settings(context, stage, build_settings(context)).wire(demo, gear, tools)
        for moment in (write_tab.select, *(event.then for event in keys_changed)):
            moment(write.follow, write.sent, write.followed, **LATEST)
        _wire_onward(context, tabs, stage, tools, text)
        wire_forget(history.clear.click, context, [it.earlier for it in tools if it.earlier])
        _wire_texts(context, tabs, create, edit, (written.parts, history.texts))
        told = (history_tab, models_tab, statistics_tab)
        Pages(context, tabs, history, models, statistics, restarted).wire(demo, told)
        build_api(context)
    return demo


def _wire_onward(
    context: AppContext, tabs: gr.Tabs, stage: Stage, tools: Tools, text: TextTab
) -> None:
    """Hand the picture on the stage to the tools that start from one."""
    _, edit, retouch, upscale, swap = tools
    for name, tab_id, place, words in (
        ("edit", "edit", edit.gallery, "#edit-prompt"),
        ("retouch", "retouch", retouch.controls["picture"], ""),
        ("upscale", "upscale", upscale.controls["picture"], ""),
        ("text", "text", text.words.pictures, ""),
        ("source", "swap", swap.controls["source"], ""),
        ("target", "swap", swap.controls["target"], ""),
    ):
        Use(context, tabs, stage.onward[name], tab_id, place, words).wire()


def _wire_texts(
    context: AppContext, tabs: gr.Tabs, create: TaskTab, edit: TaskTab, places: Iterable[Any]
) -> None:
    """Hand a written text to the tools that start from words."""
    for read in places:
        UseText(context, tabs, read.create, read.text, "create", create).wire()
        UseText(context, tabs, read.edit, read.text, "edit", edit).wire()


def _tab(name: str, kind: str = "tool") -> gr.Tab:
    """A tab. The stage stands beside it, but where its kind is "wide"."""
    return gr.Tab(say(f"tab.{name}"), id=name, elem_classes=kind)


def _bar() -> tuple[gr.HTML, gr.Button]:
    """The brand, the session's spend, the way to the settings."""
    with gr.Row(elem_id="bar"):
        gr.HTML(f'<h1 class="brand"><b>▲</b> {say("app.title")}</h1>', elem_id="brand")
        spend = gr.HTML(cards.spend(Session()), elem_id="spend")
        gear = gr.Button(say("bar.settings"), elem_id="gear", size="sm")
    return spend, gear
