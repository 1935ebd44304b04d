"""From the stage to a tool: the picture on it becomes the one that tool starts from."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from errors import StudioError
from i18n import say
from studio.results.image_files import store_own
from studio.session import Session
from ui.changes import shown_result
from ui.context import AppContext
from ui.listeners import EACH, QUIET
from ui.names import Update
from ui.pictures import Pictures, show_paths
from ui.scripts import call


@dataclass(frozen=True)
class Use:
    """One way on from the stage."""

    context: AppContext
    tabs: gr.Tabs
    # What is pressed.
    button: gr.Button
    # The tab's id.
    tab: str
    # Where the picture goes: a box for one, or for several.
    place: gr.Image | Pictures
    # The box whose words are written over next; "" for none.
    words: str = ""

    async def hand_over(self, session: Session) -> Any:
        """Put a copy of the picture on the stage into the tool's box, and go to its tab."""
        try:
            receipt, place = shown_result(session)
            copy = await self._copied(session, Path(receipt["images"][place]["path"]))
        except (StudioError, FileNotFoundError) as error:
            gr.Warning(str(error) if isinstance(error, StudioError) else say("result.gone"))
            return gr.skip()
        return {self.tabs: gr.Tabs(selected=self.tab)} | self._filled(str(copy))

    def wire(self) -> None:
        """Connect the button."""
        several = isinstance(self.place, Pictures)
        boxes = self.place.all() if several else [self.place]
        done = self.button.click(self.hand_over, self.context.session, [self.tabs, *boxes], **EACH)
        if self.words:
            # On a phone the form is below the picture.
            done.then(None, js=call("select", f"{self.words} textarea", 200), **QUIET)

    def _filled(self, path: str) -> Update:
        if isinstance(self.place, Pictures):
            return show_paths(self.place, [path])
        return {self.place: gr.update(value=path)}

    async def _copied(self, session: Session, path: Path) -> Path:
        """A copy of a result, so that deleting the result leaves the tool as it is."""
        data = await asyncio.to_thread(path.read_bytes)
        stored = await asyncio.to_thread(store_own, data, self.context.studio.folder, path.stem)
        session.results.carry(stored.path)
        return stored.path
