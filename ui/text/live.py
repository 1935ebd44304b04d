"""The Text tab's live preview: it follows every control."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import gradio as gr

from errors import InvalidInput
from i18n import say
from studio.captions.preview import draw, is_made, keep_small, note_made, plated, shares
from studio.session import Session
from ui.forms.pictures import paths_of, settle, wire_pictures
from ui.forms.uploads import files_of, read_pictures
from ui.gradio_fixes.places_fixes import upload_folder
from ui.listeners import EACH, LATEST, RAW, by_hand
from ui.names import Update
from ui.stage import Stage
from ui.text.messages import readable, warning
from ui.text.parts import NAMES, TextTab, layout_of


def wire_preview(stage: Stage, tab: TextTab) -> None:
    """Put the preview on the stage, and let it follow every control."""
    Preview(stage, tab, build_live(stage)).wire()


@dataclass(frozen=True)
class Live:
    """The live preview."""

    image: gr.Image
    # How well the text can be read, and what else to know.
    told: gr.HTML
    # Puts a box behind a text that is hard to read.
    plate: gr.Button

    def all(self) -> list[Any]:
        """Every part."""
        return [*vars(self).values()]

    def hidden(self) -> Update:
        """No preview, and nothing said of one."""
        return {
            self.image: gr.update(visible=False),
            self.plate: gr.update(visible=False),
            self.told: "",
        }


def build_live(stage: Stage) -> Live:
    """The preview, on the stage. The style sheet shows it in the Text tab alone, in the place of
    what is on the stage, and keeps it in view on a phone."""
    with stage.views_box, gr.Column(**NAMES("live")):
        image = gr.Image(
            label=say("text.preview"),
            type="filepath",
            interactive=False,
            visible=False,
            buttons=[],
            **NAMES("preview"),
        )
        told = gr.HTML(**NAMES("told"))
        plate = gr.Button(say("text.plate.add"), size="md", visible=False, **NAMES("plate-add"))
    return Live(image, told, plate)


@dataclass(frozen=True)
class Preview:
    """What the preview follows, and what is done on it."""

    stage: Stage
    tab: TextTab
    live: Live

    async def follow(self, data: Update, request: gr.Request) -> Any:
        """Draw the text as the form now stands. What was made already is on the stage, which its
        preview would cover."""
        tab, live, context = self.tab, self.live, self.tab.context
        session = data[context.session]
        context.meet(session, request)
        if session.cache.sheet is None:
            return live.hidden()
        try:
            text, parts = self._text(data), layout_of(tab, data).parts
            if is_made(session, text, parts):
                return live.hidden()
            drawn = await draw(session, text, parts, context.studio.folder)
        except InvalidInput as error:
            return {live.told: warning(error), live.plate: gr.update(visible=False)}
        if is_made(session, text, parts):  # pressed meanwhile
            return live.hidden()
        return {
            live.image: gr.update(value=str(drawn.path), visible=True),
            live.told: readable(drawn),
            live.plate: gr.update(visible=drawn.poor),
        }

    async def take(self, data: Update, request: gr.Request) -> Any:
        """Read the chosen picture, once."""
        pictures, context = self.tab.words.pictures, self.tab.context
        session = data[context.session]
        context.meet(session, request)
        paths, refused = paths_of(data[pictures.gallery]), list[str]()
        at = max(0, min(data[pictures.chosen], len(paths) - 1))
        try:
            await keep_one(session, data[pictures.gallery], at, upload_folder())
        except InvalidInput as error:
            del paths[at]
            refused.append(str(error))
        return settle(pictures, data, paths, refused)

    async def put(self, data: Update, event: gr.SelectData) -> Any:
        """Move the text to where the preview was clicked."""
        small = data[self.tab.context.session].cache.sheet
        if small is None:
            return gr.skip()
        right, down = shares(small, *event.index)
        return self.tab.show(layout_of(self.tab, data).moved_to(right, down))

    async def add_plate(self, data: Update) -> Update:
        """Put a box behind the text, as faint as it may be."""
        layout = layout_of(self.tab, data)
        session = data[self.tab.context.session]
        return self.tab.show(await plated(session, self._text(data), layout))

    async def hide(self) -> Update:
        """Give the place to what is on the stage."""
        return self.live.hidden()

    async def hide_made(self, data: Update) -> Update:
        """The same when the button is pressed."""
        with suppress(InvalidInput):  # the runner says it
            layout = layout_of(self.tab, data)
            note_made(data[self.tab.context.session], self._text(data), layout.parts)
        return self.live.hidden()

    def _text(self, data: Update) -> str:
        """All the text, or the first of several that have a line each."""
        text, per_line = str(data[self.tab.words.text] or ""), data[self.tab.output.per_line]
        lines = [line for line in text.splitlines() if line.strip()]
        return lines[0] if per_line and lines else text

    def wire(self) -> None:
        """Connect them."""
        tab, words, live = self.tab, self.tab.words, self.live
        pictures, session = words.pictures, tab.context.session
        sent = {*tab.watched(), session}
        at_hand = {pictures.gallery, pictures.chosen, pictures.told, session}
        moments = [pictures.gallery.change, pictures.chosen.change]
        for moment in (*moments, *(each.then for each in wire_pictures(pictures))):
            taken = moment(self.take, at_hand, pictures.all(), **LATEST)
            taken.then(self.follow, sent, live.all(), **LATEST)
        # By hand, or once where something else has set them all: each would draw it anew.
        moved = by_hand(words.text, tab.output.per_line, *tab.controls.all())
        gr.on([words.reset.change, *moved], self.follow, sent, live.all(), **LATEST)
        live.image.select(self.put, sent, tab.styled(), **EACH)
        live.plate.click(self.add_plate, sent, tab.styled(), **RAW)
        tab.action.go.click(self.hide_made, sent, live.all(), **EACH)
        for place in (self.stage.film, self.stage.gallery):
            place.select(self.hide, None, live.all(), **EACH)


async def keep_one(session: Session, value: Any, at: int, folder: Path) -> None:
    """Keep a small copy of the picture at a place of an upload's raw value; the same one is not
    read twice. Raises `InvalidInput` for what is no picture."""
    file, small = next(islice(files_of(value), at, None), None), session.cache.sheet
    if file is not None and small is not None and small.path == file.get("path"):
        return
    session.cache.sheet = None
    if file is not None:
        (taken,) = await read_pictures(file, folder)
        await keep_small(session, str(file.get("path")), taken)
