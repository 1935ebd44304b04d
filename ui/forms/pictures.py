"""Several pictures in an order that has a meaning: added, taken out, moved, told by number."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from errors import InvalidInput
from i18n import say
from studio.uploads import UploadedPicture
from ui.forms.uploads import OFFERED, files_of, read_pictures, several_pictures
from ui.listeners import EACH, LATEST, QUIET, in_turn
from ui.names import Names, Update

NOBODY = -1
IN_TURN = in_turn("pictures")


@dataclass(frozen=True)
class Pictures:
    """The parts, and what its listeners do."""

    gallery: gr.Gallery
    tools: gr.Row
    add: gr.UploadButton
    clear: gr.Button
    order: gr.Row
    earlier: gr.Button
    later: gr.Button
    remove: gr.Button
    note: gr.HTML
    # The place of the picture that is chosen, from 0, or -1.
    chosen: gr.State
    # The paths that were left when something was said in `note`.
    told: gr.State

    def all(self) -> list[Any]:
        """Every part."""
        return [*vars(self).values()]

    async def choose(self, chosen: gr.SelectData) -> Update:
        """Choose a picture."""
        return _choice(self, int(chosen.index))

    async def move_earlier(self, data: Update) -> Update:
        """Move the chosen picture one place to the front."""
        return _moved(self, data, -1)

    async def move_later(self, data: Update) -> Update:
        """Move the chosen picture one place to the end."""
        return _moved(self, data, 1)

    async def take_out(self, data: Update) -> Update:
        """Take the chosen picture out."""
        paths, at = paths_of(data[self.gallery]), data[self.chosen]
        return show_paths(self, [path for place, path in enumerate(paths) if place != at])

    async def take_out_all(self) -> Update:
        """Take every picture out."""
        return show_paths(self, [])

    async def append(self, data: Update) -> Update:
        """Add the pictures that were uploaded with the button."""
        paths = [*paths_of(data[self.gallery]), *paths_of(data[self.add])]
        # What was added stays in the button: a second upload may have come meanwhile.
        return show_paths(self, paths)


def build_pictures(names: Names, label: str) -> Pictures:
    """Lay out the pictures, what adds to them, and what moves the one that is chosen."""
    with gr.Column(**names("pictures-box")):
        gallery = several_pictures(names, "pictures", label)
        with gr.Row(visible=False, **names("order")) as order:
            earlier = gr.Button(say("edit.earlier"), size="md", **names("move-earlier"))
            later = gr.Button(say("edit.later"), size="md", **names("move-later"))
            remove = gr.Button(say("edit.remove"), size="md", **names("remove"))
        with gr.Row(visible=False, **names("tools")) as tools:
            add = gr.UploadButton(
                say("edit.add"),
                file_count="multiple",
                file_types=OFFERED,
                size="md",
                **names("add"),
            )
            clear = gr.Button(say("edit.clear"), size="md", **names("clear"))
        note = gr.HTML(**names("note"))
    chosen, told = gr.State(NOBODY), gr.State(())
    return Pictures(gallery, tools, add, clear, order, earlier, later, remove, note, chosen, told)


def wire_pictures(parts: Pictures) -> list[Any]:
    """Connect the buttons that add, move and take out; all of them change the gallery. Returns the
    events that may leave it empty, of which gradio tells no change."""
    at_hand, shown = {parts.gallery, parts.chosen}, parts.all()
    parts.gallery.select(parts.choose, None, [parts.gallery, *_followers(parts)], **EACH, **IN_TURN)
    parts.earlier.click(parts.move_earlier, at_hand, shown, **LATEST, **IN_TURN)
    parts.later.click(parts.move_later, at_hand, shown, **LATEST, **IN_TURN)
    parts.add.upload(parts.append, {parts.gallery, parts.add}, shown, **LATEST, **IN_TURN)
    removed = parts.remove.click(parts.take_out, at_hand, shown, **LATEST, **IN_TURN)
    return [removed, parts.clear.click(parts.take_out_all, None, shown, **QUIET, **IN_TURN)]


async def sort_out(value: Any, folder: Path) -> tuple[list[UploadedPicture], list[str], list[str]]:
    """The pictures that can be taken, the paths of their files, and why the others cannot, each
    naming its file."""
    taken: list[UploadedPicture] = []
    paths: list[str] = []
    refused: list[str] = []
    for file in files_of(value):
        try:
            taken += await read_pictures(file, folder)
            paths.append(str(file["path"]))
        except InvalidInput as error:
            refused.append(str(error))
    return taken, paths, refused


def settle(parts: Pictures, data: Update, paths: list[str], refused: list[str]) -> Update:
    """After the pictures have changed: those that cannot be taken are left out and named, what is
    said of them stays until the next change, and a choice beyond the last is none."""
    seen = {parts.tools: gr.update(visible=bool(paths))}
    if refused:
        warnings = "".join(f'<p class="warning">{escape(each)}</p>' for each in refused)
        rest = f'<p class="hint" role="status">{say("edit.left_out")}</p>'
        return show_paths(parts, paths) | {parts.note: warnings + rest, parts.told: tuple(paths)}
    if data[parts.told] != tuple(paths):
        seen |= {parts.note: "", parts.told: ()}
    # Otherwise a choice made meanwhile stands.
    return seen if data[parts.chosen] < len(paths) else seen | _choice(parts, NOBODY)


def show_paths(parts: Pictures, paths: list[str], chosen: int = NOBODY) -> Update:
    """Have these pictures, in this order."""
    return {
        parts.gallery: gr.update(value=paths, selected_index=None if chosen < 0 else chosen),
        parts.tools: gr.update(visible=bool(paths)),
    } | {part: each for part, each in _choice(parts, chosen).items() if part is not parts.gallery}


def paths_of(value: Any) -> list[str]:
    """The paths of the files in a raw value; `Page` has seen to it that all are uploads."""
    return [str(file["path"]) for file in files_of(value) if file.get("path")]


def _moved(parts: Pictures, data: Update, by: int) -> Update:
    """The chosen picture so many places further on, as far as there are places."""
    paths, at = paths_of(data[parts.gallery]), int(data[parts.chosen])
    to = at + by
    if not (0 <= at < len(paths) and 0 <= to < len(paths)):
        return {parts.gallery: gr.skip()}
    paths.insert(to, paths.pop(at))
    return show_paths(parts, paths, to)


def _choice(parts: Pictures, at: int) -> Update:
    """What follows from which picture is chosen."""
    none = at < 0
    return {
        parts.gallery: gr.update(selected_index=None if none else at),
        parts.chosen: at,
        parts.order: gr.update(visible=not none),
    }


def _followers(parts: Pictures) -> list[Any]:
    return [parts.chosen, parts.order]
