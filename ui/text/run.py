"""From Write to results: one job for each picture, or for each line of the text."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from engines.overlay.several import Part, parts_data
from errors import InvalidInput, StorageFailed, StudioError
from i18n import say
from providers.local.text import TEXT
from providers.schema import Task
from studio.keys import Keyring
from studio.request import read_request
from studio.session import Session
from ui import cards
from ui.making import Maker
from ui.names import Update
from ui.recovery import WayOut
from ui.strip import pictures
from ui.tab_stage import rest, show_failure, show_job, show_running
from ui.text.files import zipped
from ui.text.parts import Live
from ui.uploads import files_of, read_pictures

MOST = 20


def texts_of(text: str, per_line: bool, pictures: int) -> list[str]:
    """What is written on each picture. Raises `InvalidInput` for what cannot be done at once."""
    if not text.strip():
        raise InvalidInput(say("text.empty"), field="text")
    if not pictures:
        raise InvalidInput(say("text.picture.none"), field="pictures")
    if pictures > MOST:
        raise InvalidInput(say("text.pictures.many", most=MOST, count=pictures), field="pictures")
    if not per_line:
        return [text] * pictures
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if pictures > 1:
        raise InvalidInput(say("text.per_line.one"), field="pictures")
    if len(lines) > MOST:
        raise InvalidInput(say("text.lines.many", most=MOST, count=len(lines)), field="text")
    return lines


def style_text(parts: Sequence[Part]) -> str:
    """Captions as the JSON text that the model takes."""
    return json.dumps(parts_data(parts), ensure_ascii=False)


@dataclass(frozen=True)
class TextRequest:
    """What to write, and on which files, one text each. `settings` are those of the model."""

    texts: Sequence[str]
    files: Sequence[dict[str, Any]]
    settings: Mapping[str, Any]


@dataclass
class Outcome:
    """The ids of the jobs that were done, and why the other pictures were left out."""

    made: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def read_order(value: Any, text: str, per_line: bool, settings: Mapping[str, Any]) -> TextRequest:
    """The order a form gives; one picture stands for all lines. `value`: the pictures as an event
    brings them. Raises `InvalidInput` as `texts_of` does."""
    files = list(files_of(value))
    texts = texts_of(text, per_line, len(files))
    return TextRequest(texts, files * len(texts) if per_line else files, settings)


async def write_all(
    maker: Maker, live: Live, order: TextRequest, session: Session, keys: Keyring, folder: Path
) -> AsyncGenerator[Update, None]:
    """Do one after the other, showing where each stands. A failure ends it, and stands in the
    picture's place; what was made before stays. `folder`: where uploads lie."""
    stage, outcome = maker.stage, Outcome()
    yield show_running(stage, cards.starting()) | live.hidden()
    try:
        async with aclosing(_write_each(maker, order, session, keys, folder, outcome)) as steps:
            async for card in steps:
                yield show_running(stage, card) | live.hidden()
        ended = show_job(stage, session, outcome.made[-1])
    except StudioError as error:
        ended = show_failure(stage, error, WayOut())
    if len(order.files) > 1 and outcome.made:
        ended |= await _tell(live, maker.context.studio.folder, session, outcome, len(order.files))
    # All at once: of two updates in quick succession a busy browser may show only the last.
    yield live.hidden() | ended | rest(stage, session)


async def _write_each(
    maker: Maker,
    order: TextRequest,
    session: Session,
    keys: Keyring,
    folder: Path,
    outcome: Outcome,
) -> AsyncGenerator[str, None]:
    """Job after job, as cards. Each picture is read when its turn comes, so that one at a time is
    in memory; one that cannot be written on is left out, unless there is no other."""
    for file, text in zip(order.files, order.texts, strict=True):
        try:
            taken = await read_pictures(file, folder)
            user_request = read_request(text, order.settings, taken, Task.TEXT_OVERLAY)
            jobs = maker.context.studio.run(Task.TEXT_OVERLAY, TEXT.id, user_request, session, keys)
            async with aclosing(jobs):
                async for job in jobs:
                    yield cards.running(job)
        except InvalidInput as error:
            outcome.refused.append(_left_out(file, text, order, error))
            last = error
        else:
            outcome.made.append(job.id)
    if not outcome.made:
        raise last


def _left_out(file: Mapping[str, Any], text: str, order: TextRequest, error: StudioError) -> str:
    """Why there is no result, naming its picture, or its line where the picture is the same."""
    same, why = order.files[0] is order.files[-1], str(error)
    name = f"“{text[:40]}”" if same else str(file.get("orig_name") or Path(file["path"]).name)
    return say("text.left_out", why=why if name in why else f"{name}: {why}")


async def _tell(
    live: Live, folder: Path, session: Session, outcome: Outcome, user_request: int
) -> Update:
    """How many were made, which were not, and those that were as one file."""
    told = say("text.written", count=len(outcome.made), all=user_request)
    lines = [f'<p class="hint" role="status">{told}</p>']
    lines += [f'<p class="warning">{escape(each)}</p>' for each in outcome.refused]
    paths = [
        Path(receipt["images"][at]["path"])
        for receipt, at in pictures(session)
        if receipt["id"] in outcome.made
    ]
    try:
        place = await asyncio.to_thread(zipped, session, paths, folder)
    except StorageFailed as error:
        lines.append(f'<p class="warning">{escape(str(error))}</p>')
        return {live.told: "".join(lines), live.together: gr.update(visible=False)}
    return {live.told: "".join(lines), live.together: gr.update(value=str(place), visible=True)}
