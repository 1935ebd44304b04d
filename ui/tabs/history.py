"""The History tab: this session's results with their receipts; save, delete."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr

from errors import StudioError
from i18n import say
from studio.service import Studio
from studio.session import Session
from ui import cards
from ui.context import AppContext
from ui.export import write_history
from ui.listeners import EACH, LATEST, QUIET, RAW, in_turn
from ui.open_jobs import OpenJobs, build_open_jobs, check_one
from ui.open_jobs import listing as open_listing
from ui.stage import Stage, show_last
from ui.strip import film, pictures
from ui.tabs.history_texts import HistoryTexts, build_history_texts, listing, opened
from ui.tabs.write_cards import caption as text_caption

Update = dict[Any, Any]


@dataclass(frozen=True)
class HistoryTab:
    """The tab's parts. `chosen` holds the id of the result whose receipt is shown."""

    gallery: gr.Gallery
    texts: HistoryTexts
    jobs: OpenJobs
    empty: gr.HTML
    caption: gr.HTML
    receipt: gr.HTML
    chosen: gr.State
    download: gr.DownloadButton
    delete: gr.Button
    clear: gr.Button
    save: gr.Button
    file: gr.DownloadButton


def build_history(context: AppContext, *stages: Stage) -> HistoryTab:
    """Lay the tab out and wire it. `stages`: where the session's results stand besides."""
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
    # A button that downloads has its file before it is pressed; this one is pressed by the page.
    file = gr.DownloadButton(visible="hidden", elem_id="history-file")
    chosen = gr.State("")
    tab = HistoryTab(
        gallery, texts, jobs, empty, caption, receipt, chosen, download, delete, clear, save, file
    )
    _wire(context, tab, stages)
    return tab


def _wire(context: AppContext, tab: HistoryTab, stages: Sequence[Stage]) -> None:
    left = refreshed(tab)
    everywhere = [*left, *(part for seen in stages for part in (seen.film, *seen.shown()))]

    def everything(session: Session) -> Update:
        changed = refresh(context.studio, tab, session)
        for seen in stages:
            changed |= {seen.film: film(session)} | show_last(context.studio, seen, session)
        return changed

    async def pick(session: Session, event: gr.SelectData) -> Update:
        receipt, place = pictures(session)[int(event.index)]
        return listing(tab.texts, session) | {
            tab.caption: cards.caption(receipt),
            tab.receipt: cards.receipt_table(receipt),
            tab.chosen: receipt["id"],
            tab.download: gr.update(value=receipt["images"][place]["path"], interactive=True),
            tab.delete: gr.update(interactive=True),
        }

    async def pick_text(data: Update) -> Update:
        receipt = data[context.session].find(str(data[tab.texts.found]))
        return opened(tab.texts, receipt) | {
            tab.caption: text_caption(receipt),
            tab.receipt: cards.receipt_table(receipt),
            tab.chosen: receipt["id"],
            tab.download: gr.update(value=None, interactive=False),
            tab.delete: gr.update(interactive=True),
        }

    async def delete(session: Session, chosen: str) -> Update:
        if any(receipt["id"] == chosen for receipt in session.results.history):
            session.results.delete(chosen)
        return everything(session)

    async def clear(session: Session) -> Update:
        session.clear()
        context.studio.forget_open(session)
        return everything(session)

    async def save(session: Session) -> Any:
        try:
            return str(
                await write_history(session, context.studio.folder, context.studio.history(session))
            )
        except StudioError as error:
            gr.Warning(str(error))
            return gr.skip()

    async def check_open(
        data: Update, request: gr.Request, token: gr.OAuthToken | None = None
    ) -> AsyncGenerator[Update, None]:
        async with aclosing(check_one(context, tab.jobs, data, request, token)) as steps:
            async for step in steps:
                yield step
        shown = {part: each for part, each in step.items() if part in (tab.jobs.box, tab.jobs.told)}
        yield everything(data[context.session]) | shown

    async def drop_open(data: Update) -> Update:
        session, job_id = data[context.session], str(data[tab.jobs.found] or "")
        context.studio.forget_open(session, job_id or "none")
        return everything(session)

    line = in_turn("history")  # deleting takes what was chosen before it
    tab.gallery.select(pick, context.session, left, **EACH, **line)
    tab.texts.found.input(pick_text, {context.session, tab.texts.found}, left, **LATEST, **line)
    tab.delete.click(delete, [context.session, tab.chosen], everywhere, **QUIET, **line)
    tab.jobs.check.click(
        check_open, {context.session, tab.jobs.found}, everywhere, concurrency_limit=None, **RAW
    )
    tab.jobs.drop.click(drop_open, {context.session, tab.jobs.found}, everywhere, **RAW)
    tab.clear.click(clear, context.session, everywhere, **QUIET)
    tab.save.click(save, context.session, tab.file, **QUIET).then(
        None, js="() => document.querySelector('#history-file').click()", api_visibility="private"
    )


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
