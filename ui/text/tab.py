"""The Text tab: pictures, a text and its look; the preview and the results stand on the stage."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import gradio as gr

from errors import InvalidInput, StorageFailed
from i18n import say
from studio.captions.layout import Layout, read_layout
from studio.captions.preview import sheet_of
from studio.captions.wishes import apply_wish
from studio.session import Session
from studio.storage.disk_space import write_file
from studio.uploads.ownership import read_file
from ui.context import AppContext
from ui.forms.uploads import files_of
from ui.gradio_fixes.places_fixes import upload_folder
from ui.listeners import LATEST, RAW
from ui.names import Update
from ui.scripts import call
from ui.stage import Stage
from ui.text.ask import wire_asking
from ui.text.live import wire_preview
from ui.text.messages import understood, warning
from ui.text.parts import TextTab, lay_out, layout_of, show_layout
from ui.text.run import wire_results

# Of a style's file.
MOST_BYTES: Final = 100_000
NAME: Final = "easel-style.json"


def build_text(context: AppContext, spend: gr.HTML) -> TextTab:
    """Lay the tab out."""
    return lay_out(context, spend)


def wire_text(stage: Stage, tab: TextTab) -> None:
    """Connect the controls, the preview and the button."""
    Looks(tab).wire()
    StyleFiles(tab).wire()
    wire_preview(stage, tab)
    wire_results(stage, tab)


@dataclass(frozen=True)
class Looks:
    """What sets the controls: wishes, presets, turning to another caption."""

    tab: TextTab

    async def set_wish(self, data: Update) -> Update:
        """Apply the look that was described."""
        words = self.tab.words
        wish = str(data[words.wish] or "")
        try:
            before = layout_of(self.tab, data)
        except InvalidInput:
            before = data[words.layout]  # a wrong value in a box; the wish sets it right
        session = data[self.tab.context.session]
        layout, read = apply_wish(before, wish, sheet_of(session))
        return show_layout(self.tab, layout, understood(read))

    async def leave_wish(self, data: Update) -> Any:
        """The same when its box is left, unless it was applied already."""
        words = self.tab.words
        if str(data[words.wish] or "") == data[words.layout].wish:
            return gr.skip()
        return await self.set_wish(data)

    async def turn(self, data: Update) -> Update:
        """Show another caption in the controls."""
        at = int(data[self.tab.words.chosen] or 0)
        return show_layout(self.tab, layout_of(self.tab, data).turned_to(at))

    async def leave_alone(self, data: Update) -> Update:
        """Keep only the caption in the controls."""
        return show_layout(self.tab, layout_of(self.tab, data).alone())

    def wire(self) -> None:
        """Connect them."""
        tab, words = self.tab, self.tab.words
        sent = {*tab.watched(), words.chosen, tab.context.session}
        applied = [words.wish.submit, words.set.click]
        read = gr.on(applied, self.set_wish, sent, tab.shown(), **LATEST)
        left = words.wish.blur(self.leave_wish, sent, tab.shown(), **LATEST)
        wire_asking(tab.context, tab, read, left)
        words.chosen.input(self.turn, sent, tab.shown(), **LATEST)
        words.alone.click(self.leave_alone, sent, tab.shown(), **RAW)
        for name, button in words.presets.items():
            button.click(Preset(tab, name).use, sent, tab.shown(), **RAW)


@dataclass(frozen=True)
class Preset:
    """A look with a name."""

    tab: TextTab
    name: str

    async def use(self, data: Update) -> Update:
        """Give it to the caption in the controls."""
        layout: Layout = data[self.tab.words.layout]
        return show_layout(self.tab, layout.with_preset(self.name), "")


@dataclass(frozen=True)
class StyleFiles:
    """The style, saved as a file and read from one."""

    tab: TextTab

    async def save(self, data: Update) -> Update:
        """Write the style to a file, which the page then downloads."""
        context, file = self.tab.context, self.tab.output.file
        layout = layout_of(self.tab, data)
        try:
            place = await save_style(data[context.session], layout, context.studio.folder)
        except StorageFailed as error:
            gr.Warning(str(error))
            return {file: gr.skip()}
        return {file: str(place)}

    async def load(self, data: Update) -> Update:
        """Show the captions of a file in the controls."""
        output = self.tab.output
        try:
            layout = await load_style(data[output.load], upload_folder())
        except InvalidInput as error:
            return {output.loaded: warning(error)}
        return show_layout(self.tab, layout, "") | {output.loaded: ""}

    def wire(self) -> None:
        """Connect the buttons."""
        tab, output = self.tab, self.tab.output
        sent = {*tab.watched(), tab.context.session}
        saved = output.save.click(self.save, sent, [output.file], **RAW)
        saved.then(None, js=call("click", "#text-file"), api_visibility="private")
        output.load.upload(self.load, {output.load}, [*tab.shown(), output.loaded], **RAW)


async def save_style(session: Session, layout: Layout, folder: Path) -> Path:
    """The captions' styles as a JSON file in the cache folder; it goes with the session. Raises
    `StorageFailed`."""
    text = json.dumps(layout.data(), ensure_ascii=False, indent=2)
    place = folder / secrets.token_urlsafe(18) / NAME
    await asyncio.to_thread(write_file, place, text.encode())
    session.results.files.append(place)
    return place


async def load_style(value: Any, folder: Path) -> Layout:
    """The captions of an uploaded file. Raises `InvalidInput` for what is no style."""
    file = next(files_of(value), None)
    if file is None or not isinstance(file.get("path"), str):
        raise InvalidInput(say("upload.none"), field="style")
    data = await asyncio.to_thread(read_file, Path(file["path"]), folder, NAME)
    if len(data) > MOST_BYTES:
        raise InvalidInput(say("text.style.large", most=MOST_BYTES // 1000), field="style")
    return read_layout(data.decode("utf-8-sig", "replace"))
