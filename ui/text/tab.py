"""The Text tab: a picture, words and their look on the left, preview and result on the right."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import gradio as gr

from engines.overlay import PRESETS
from errors import InvalidInput, StorageFailed, StudioError
from providers.local.text import TEXT
from providers.schema import Task
from studio.keys import Keyring
from studio.request import UserRequest, read_request
from ui.context import AppContext
from ui.listeners import LATEST, QUIET, RAW
from ui.making import Maker
from ui.names import Update
from ui.recovery import WayOut
from ui.scripts import call
from ui.tab_stage import rest, show_failure, show_running
from ui.text.ask import wire_asking
from ui.text.files import load_style, save_style
from ui.text.layout import Layout, understood, wished
from ui.text.live import uploads, warning, wire_preview
from ui.text.parts import TextTab, lay_out, layout_of, show_layout
from ui.text.preview import sheet_of
from ui.text.run import read_order, style_text, write_all


def build_text(context: AppContext, spend: gr.HTML) -> TextTab:
    """Lay the tab out and wire it."""
    tab = lay_out(spend)
    _wire_looks(context, tab)
    wire_preview(context, tab)
    _wire_files(context, tab)
    _wire_results(context, tab)
    return tab


def _wire_looks(context: AppContext, tab: TextTab) -> None:
    """Wishes, presets, and turning from one caption to another."""
    words, sent = tab.words, {*tab.watched(), tab.words.chosen, context.session}

    def understand(data: Update) -> Update:
        wish = str(data[words.wish] or "")
        try:
            before = layout_of(tab, data)
        except InvalidInput:
            before = data[words.layout]  # a wrong value in a box; the wish sets it right
        layout, parsed = wished(before, wish, sheet_of(data[context.session]))
        return show_layout(tab, layout, understood(parsed, wish))

    async def set_wish(data: Update) -> Update:
        return understand(data)

    async def leave_wish(data: Update) -> Any:
        same = str(data[words.wish] or "") == data[words.layout].wish
        return gr.skip() if same else understand(data)

    async def turn(data: Update) -> Update:
        return show_layout(tab, layout_of(tab, data).turned_to(int(data[words.chosen] or 0)))

    async def leave_alone(data: Update) -> Update:
        return show_layout(tab, layout_of(tab, data).alone())

    read = gr.on([words.wish.submit, words.set.click], set_wish, sent, tab.shown(), **LATEST)
    left = words.wish.blur(leave_wish, sent, tab.shown(), **LATEST)
    wire_asking(context, tab, read, left)
    words.chosen.input(turn, sent, tab.shown(), **LATEST)
    words.alone.click(leave_alone, sent, tab.shown(), **RAW)
    for name, button in words.presets.items():
        button.click(_preset(tab, name), sent, tab.shown(), **RAW)


def _preset(tab: TextTab, name: str) -> Any:
    async def use(data: Update) -> Update:
        layout: Layout = data[tab.words.layout]
        return show_layout(tab, layout.with_style(PRESETS[name]), "")

    return use


def _wire_files(context: AppContext, tab: TextTab) -> None:
    """The style, saved as a file and read from one."""
    output, sent = tab.output, {*tab.watched(), context.session}

    async def save(data: Update) -> Update:
        parts = layout_of(tab, data).parts
        try:
            place = await save_style(data[context.session], parts, context.studio.folder)
        except StorageFailed as error:
            gr.Warning(str(error))
            return {output.file: gr.skip()}
        return {output.file: str(place)}

    async def load(data: Update) -> Update:
        try:
            parts = await load_style(data[output.load], uploads())
        except InvalidInput as error:
            return {output.loaded: warning(error)}
        return show_layout(tab, Layout(parts), "") | {output.loaded: ""}

    output.save.click(save, sent, [output.file], **RAW).then(
        None, js=call("click", "#text-file"), api_visibility="private"
    )
    output.load.upload(load, {output.load}, [*tab.shown(), output.loaded], **RAW)


def _wire_results(context: AppContext, tab: TextTab) -> None:
    """Write, and the results in the preview's place."""
    words, output, stage = tab.words, tab.output, tab.stage
    sent = {*tab.watched(), words.pictures.gallery, output.output_format, context.session}

    async def read(data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        return TEXT.id, read_request(data[words.text], {}, (), Task.TEXT_OVERLAY)

    maker = Maker(context, Task.TEXT_OVERLAY, stage, (words.text,), words.text, read)

    async def write(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        session = data[context.session]
        keys = context.keys(session, request, token)
        text, per_line = str(data[words.text] or ""), bool(data[output.per_line])
        try:
            style = style_text(layout_of(tab, data).parts)
            settings = {"style": style, "output_format": data[output.output_format]}
            order = read_order(data[words.pictures.gallery], text, per_line, settings)
        except StudioError as error:
            failed = show_failure(stage, error, WayOut())
            yield show_running(stage, "") | tab.live.hidden() | failed | rest(stage, session)
            return
        steps_of = write_all(maker, tab.live, order, session, keys, uploads())
        async with aclosing(steps_of) as steps:
            async for step in steps:
                yield step

    async def hide() -> Update:
        return tab.live.hidden()

    parts = [*stage.all(), *tab.live.all()]
    pressed = tab.action.go.click(write, sent, parts, concurrency_limit=None, **RAW)
    pressed.failure(maker.broke_down, None, [stage.card, stage.go, stage.stop], **QUIET)
    maker.wire()
    stage.film.select(hide, None, tab.live.all(), **QUIET)
