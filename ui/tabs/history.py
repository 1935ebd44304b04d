"""The History tab: this session's results with their receipts; save, delete."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr

from errors import StudioError
from i18n import say
from studio.results.receipts import Receipt
from studio.service import Studio
from studio.session import Session
from ui import cards
from ui.context import AppContext
from ui.export import write_history
from ui.listeners import EACH, LATEST, QUIET, RAW, in_turn
from ui.names import Update
from ui.open_jobs import OpenJobs, build_open_jobs, check_one
from ui.open_jobs import listing as open_listing
from ui.scripts import call
from ui.stage import Stage, show
from ui.strip import choose_last, film, pictures
from ui.tabs.history_texts import HistoryTexts, build_history_texts, listing, opened
from ui.tabs.write_cards import caption as text_caption


@dataclass(frozen=True)
class HistoryTab:
    """The tab's parts."""

    gallery: gr.Gallery
    texts: HistoryTexts
    jobs: OpenJobs
    # Shown while there is nothing.
    empty: gr.HTML
    # Of the chosen result: its line, its receipt, its id.
    caption: gr.HTML
    receipt: gr.HTML
    chosen: gr.State
    download: gr.DownloadButton
    delete: gr.Button
    # Deletes all.
    clear: gr.Button
    save: gr.Button
    # All receipts; pressed by the page once it is written.
    file: gr.DownloadButton


def build_history(context: AppContext, stage: Stage) -> HistoryTab:
    """Lay the tab out and wire it. `stage`: where the session's results stand besides."""
    gr.HTML(
        f'<p class="hint">{say("history.note", limit=context.studio.settings.history_limit)}</p>'
    )
    jobs = build_open_jobs()
    empty = gr.HTML(f'<p class="nothing">{say("history.empty")}</p>', elem_id="history-empty")
    gallery = gr.Gallery(
        show_label=False,
        elem_id="history",
        columns=5,
        height="auto",
        object_fit="cover",
        allow_preview=False,
        buttons=[],
        interactive=False,
        visible=False,
    )
    texts = build_history_texts()
    with gr.Row(elem_id="history-actions"):
        download = gr.DownloadButton(
            say("create.download"), elem_id="history-download", size="md", interactive=False
        )
        save = gr.Button(say("history.save"), elem_id="history-save", size="md")
        delete = gr.Button(
            say("history.delete"), elem_id="history-delete", size="md", interactive=False
        )
        clear = gr.Button(say("history.clear"), elem_id="history-clear", size="md")
    caption = gr.HTML(elem_id="history-caption")
    receipt = gr.HTML(elem_id="history-receipt")
    file = gr.DownloadButton(visible="hidden", elem_id="history-file")
    tab = HistoryTab(
        gallery, texts, jobs, empty, caption, receipt, gr.State(""), download, delete, clear, save,
        file,
    )  # fmt: skip
    History(context, tab, stage).wire()
    return tab


@dataclass(frozen=True)
class History:
    """What is done in the tab."""

    context: AppContext
    tab: HistoryTab
    stage: Stage

    async def pick(self, session: Session, event: gr.SelectData) -> Update:
        """Choose a picture."""
        receipt, place = pictures(session)[int(event.index)]
        download = gr.update(value=receipt["images"][place]["path"], interactive=True)
        listed = listing(self.tab.texts, session)
        return listed | self._chosen(receipt, cards.caption(receipt), download)

    async def pick_text(self, data: Update) -> Update:
        """Choose a text."""
        receipt = data[self.context.session].results.find(str(data[self.tab.texts.found]))
        none = gr.update(value=None, interactive=False)
        listed = opened(self.tab.texts, receipt)
        return listed | self._chosen(receipt, text_caption(receipt), none)

    async def delete(self, session: Session, chosen: str) -> Update:
        """Delete the chosen result."""
        if any(receipt["id"] == chosen for receipt in session.results.history):
            session.results.delete(chosen)
        return self._everything(session)

    async def clear(self, session: Session) -> Update:
        """Delete all results, and forget jobs with an unknown outcome."""
        session.clear()
        self.context.studio.forget_open(session)
        return self._everything(session)

    async def save(self, session: Session) -> Any:
        """Write the receipts to a file, which the page then downloads."""
        studio = self.context.studio
        try:
            return str(await write_history(session, studio.folder, studio.history(session)))
        except StudioError as error:
            gr.Warning(str(error))
            return gr.skip()

    async def check_open(
        self, data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        """Ask after the chosen job, and show what came of it."""
        jobs = self.tab.jobs
        step: Update = {}
        async with aclosing(check_one(self.context, jobs, data, request, token)) as steps:
            async for step in steps:
                yield step
        shown = {part: each for part, each in step.items() if part in (jobs.box, jobs.told)}
        yield self._everything(data[self.context.session]) | shown

    async def drop_open(self, data: Update) -> Update:
        """Forget the chosen job."""
        session, job_id = data[self.context.session], str(data[self.tab.jobs.found] or "")
        self.context.studio.forget_open(session, job_id or "none")
        return self._everything(session)

    def wire(self) -> None:
        """Connect the buttons and the lists."""
        tab, session, left = self.tab, self.context.session, refreshed(self.tab)
        everywhere = [*left, *self.stage.shown()]
        line = in_turn("history")  # deleting takes what was chosen before it
        tab.gallery.select(self.pick, session, left, **EACH, **line)
        text = {session, tab.texts.found}
        tab.texts.found.input(self.pick_text, text, left, **LATEST, **line)
        tab.delete.click(self.delete, [session, tab.chosen], everywhere, **QUIET, **line)
        job = {session, tab.jobs.found}
        tab.jobs.check.click(self.check_open, job, everywhere, concurrency_limit=None, **RAW)
        tab.jobs.drop.click(self.drop_open, job, everywhere, **RAW)
        tab.clear.click(self.clear, session, everywhere, **QUIET)
        saved = tab.save.click(self.save, session, tab.file, **QUIET)
        saved.then(None, js=call("click", "#history-file"), api_visibility="private")

    def _chosen(self, receipt: Receipt, caption: str, download: Any) -> Update:
        """What is shown of the chosen result."""
        tab = self.tab
        return {
            tab.caption: caption,
            tab.receipt: cards.receipt_table(receipt),
            tab.chosen: receipt["id"],
            tab.download: download,
            tab.delete: gr.update(interactive=True),
        }

    def _everything(self, session: Session) -> Update:
        """The tab and the stage after something was deleted or fetched."""
        choose_last(session)
        return refresh(self.context.studio, self.tab, session) | show(self.stage, session)


def refreshed(tab: HistoryTab) -> list[Any]:
    """What `refresh` changes."""
    return [
        tab.gallery, *tab.texts.all(), *tab.jobs.all(), tab.empty, tab.caption, tab.receipt,
        tab.chosen, tab.download, tab.delete,
    ]  # fmt: skip


def refresh(studio: Studio, tab: HistoryTab, session: Session) -> Update:
    """The tab as the session now stands, nothing chosen."""
    blank = not session.results.history and not studio.open_jobs(session)
    return (
        listing(tab.texts, session)
        | open_listing(tab.jobs, studio, session)
        | {
            tab.gallery: film(session),
            tab.empty: gr.update(visible=blank),
            tab.caption: "",
            tab.receipt: "",
            tab.chosen: "",
            tab.download: gr.update(value=None, interactive=False),
            tab.delete: gr.update(interactive=False),
        }
    )
