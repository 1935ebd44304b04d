"""From any tab's result to the Edit tab: the shown picture becomes the one to be edited."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import gradio as gr

from errors import StudioError
from studio.results.image_files import store_own
from studio.session import Session
from ui.changes import shown_result
from ui.context import AppContext
from ui.listeners import LATEST, QUIET, RAW
from ui.pictures import show_paths
from ui.stage import Stage, Update
from ui.tabs.edit import EditTab, refresh_edit, refreshed_edit

# The next instruction is written over the last; on a phone the form is below the picture.
READY = "() => setTimeout(() => document.querySelector('#edit-prompt textarea')?.select(), 200)"


def wire_carry(context: AppContext, tabs: gr.Tabs, edit: EditTab, *stages: Stage) -> None:
    """Connect "Edit this" of every stage."""
    for stage in stages:
        _wire_one(context, tabs, edit, stage)


def _wire_one(context: AppContext, tabs: gr.Tabs, edit: EditTab, stage: Stage) -> None:
    at_hand = {context.session, stage.download}
    everything = edit.everything(context)

    async def carry(data: Update) -> Any:
        session: Session = data[context.session]
        try:
            receipt, place = shown_result(session, data[stage.download])
            copy = await _copied(session, Path(receipt["images"][place]["path"]), context)
        except StudioError as error:
            gr.Warning(str(error))
            return gr.skip()
        return show_paths(edit.pictures, [str(copy)]) | {tabs: gr.Tabs(selected="edit")}

    async def refresh(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> Update:
        keys = context.keys(data[context.session], request, token)
        return await refresh_edit(context, edit, data, keys)

    carried = stage.edit.click(carry, at_hand, [tabs, *edit.pictures.all()], **RAW)
    carried.then(refresh, everything, refreshed_edit(edit), **LATEST).then(None, js=READY, **QUIET)


async def _copied(session: Session, path: Path, context: AppContext) -> Path:
    """A copy of a result, so that deleting the result leaves the Edit tab as it is."""
    data = await asyncio.to_thread(path.read_bytes)
    stored = await asyncio.to_thread(store_own, data, context.studio.folder, path.stem)
    session.results.carry(stored.path)
    return stored.path
