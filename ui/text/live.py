"""The Text tab's live preview: it follows every control."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from engines.overlay.several import Part
from errors import InvalidInput, StudioError
from ui.context import AppContext
from ui.listeners import EACH, LATEST, RAW, by_hand
from ui.pictures import paths_of, settle, wire_pictures
from ui.stage import Update
from ui.text.parts import TextTab, layout_of
from ui.text.preview import draw, is_poor, keep_one, plated, shares, told_line


def wire_preview(context: AppContext, tab: TextTab) -> None:
    """The preview follows every control; the picture is read once."""
    words, live = tab.words, tab.live
    sent = {*tab.watched(), context.session}
    out = [*live.all(), *tab.place()]

    async def follow(data: Update, request: gr.Request) -> Any:
        session = data[context.session]
        context.meet(session, request)
        if session.cache.sheet is None:
            return live.hidden()
        text = first_of(str(data[words.text] or ""), bool(data[tab.output.per_line]))
        try:
            parts = layout_of(tab, data).parts
            path, told = await draw(session, text, parts, context.studio.folder)
        except InvalidInput as error:
            return {live.told: warning(error), live.plate: gr.update(visible=False)}
        if context.studio.running(session):
            return gr.skip()
        return {part: gr.update(visible=False) for part in tab.place()} | {
            live.image: gr.update(value=str(path), visible=True),
            live.told: told_line(told),
            live.plate: gr.update(visible=is_poor(told)),
            live.together: gr.update(visible=False),
        }

    async def take(data: Update, request: gr.Request) -> Any:
        session = data[context.session]
        context.meet(session, request)
        pictures = words.pictures
        paths, refused = paths_of(data[pictures.gallery]), list[str]()
        at = max(0, min(data[pictures.chosen], len(paths) - 1))
        try:
            await keep_one(session, data[pictures.gallery], at, uploads())
        except InvalidInput as error:
            del paths[at]
            refused.append(str(error))
        return settle(pictures, data, paths, refused)

    async def put(data: Update, event: gr.SelectData) -> Any:
        small = data[context.session].sheet
        if small is None:
            return gr.skip()
        right, down = shares(small, *event.index)
        style = layout_of(tab, data).style
        moved = replace(style, position="center", dx=f"{right:g}%", dy=f"{down:g}%")
        return tab.show(moved)

    async def add_plate(data: Update) -> Update:
        text = first_of(str(data[words.text] or ""), bool(data[tab.output.per_line]))
        layout = layout_of(tab, data)
        part: Part = await plated(data[context.session], text, layout.parts, layout.at)
        return tab.show(part.style)

    pictures = words.pictures
    at_hand = {pictures.gallery, pictures.chosen, pictures.told, context.session}
    moments = [pictures.gallery.change, pictures.chosen.change]
    for moment in (*moments, *(each.then for each in wire_pictures(pictures))):
        moment(take, at_hand, pictures.all(), **LATEST).then(follow, sent, out, **LATEST)
    # By hand, or once where something else has set them all: each would draw it anew.
    moved = by_hand(words.text, tab.output.per_line, *tab.controls.all())
    gr.on([words.reset.change, *moved], follow, sent, out, **LATEST)
    live.image.select(put, sent, tab.styled(), **EACH)
    live.plate.click(add_plate, sent, tab.styled(), **RAW)


def first_of(text: str, per_line: bool) -> str:
    """What the preview shows: all the text, or the first of several that have a line each."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[0] if per_line and lines else text


def warning(error: StudioError) -> str:
    """What is wrong and what to do, as HTML."""
    return f'<p class="warning">{escape(str(error))}</p>'


def uploads() -> Path:
    """Where gradio keeps what visitors upload."""
    return Path(gr.utils.get_upload_folder())
