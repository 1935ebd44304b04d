"""From the button to results: one job for each picture, or for each line of the text."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

from errors import InvalidInput, StorageFailed, StudioError
from i18n import say
from providers.schema import Task
from studio.captions.layout import RENDERER
from studio.jobs.job import Job
from studio.keys import Keyring
from studio.request import UserRequest, read_request
from studio.session import Session
from studio.storage.disk_space import writing
from ui.forms.uploads import files_of, read_pictures
from ui.gradio_fixes.places_fixes import upload_folder
from ui.names import Update
from ui.runner import Press, Tool
from ui.stage import Stage
from ui.strip import address_of, pictures
from ui.text.parts import TextTab, layout_of

MOST: Final = 20
ZIP: Final = "easel-captions.zip"


@dataclass(frozen=True)
class TextRequest:
    """What to write, and on which pictures."""

    # One for each file.
    texts: Sequence[str]
    files: Sequence[dict[str, Any]]
    # The settings of the model.
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Writing:
    """What the button does."""

    tab: TextTab

    async def read(self, data: Update, keys: Keyring) -> tuple[str, UserRequest]:
        """Who is asked and what, for all pictures together. Raises `InvalidInput` for what cannot
        be done."""
        asked = self._asked(data)
        return RENDERER, read_request(asked.texts[0], asked.settings, (), Task.TEXT_OVERLAY)

    async def work(self, press: Press) -> AsyncGenerator[Job, None]:
        """Job after job. Each picture is read when its turn comes, so that one at a time is in
        memory; one that cannot be written on is left out, unless there is no other."""
        asked = self._asked(press.data)
        refused: list[str] = []
        try:
            for file, text in zip(asked.files, asked.texts, strict=True):
                try:
                    async with aclosing(self._one(press, file, text, asked.settings)) as jobs:
                        async for job in jobs:
                            yield job
                except InvalidInput as error:
                    refused.append(left_out(file, text, asked, error))
                    last = error
            if not press.item.made:
                raise last
        finally:
            if len(asked.files) > 1 and press.item.made:
                press.item.note = await self._summary(press, len(asked.files), refused)

    async def _one(
        self, press: Press, file: dict[str, Any], text: str, settings: Mapping[str, Any]
    ) -> AsyncGenerator[Job, None]:
        """The job for one picture."""
        taken = await read_pictures(file, upload_folder())
        request = read_request(text, settings, taken, Task.TEXT_OVERLAY)
        jobs = self.tab.context.studio.run(
            Task.TEXT_OVERLAY, RENDERER, request, press.session, press.keys, press.policy,
            press.item.id,
        )  # fmt: skip
        async with aclosing(jobs):
            async for job in jobs:
                yield job

    async def _summary(self, press: Press, count: int, refused: Sequence[str]) -> str:
        """How many of so many were made, which were left out, and all in one file; HTML."""
        made, session = press.item.made, press.session
        told = say("text.written", count=len(made), all=count)
        lines = [f'<p class="hint" role="status">{told}</p>']
        lines += [f'<p class="warning">{escape(each)}</p>' for each in refused]
        paths = [
            Path(receipt["images"][at]["path"])
            for receipt, at in pictures(session)
            if receipt["id"] in made
        ]
        try:
            place = await asyncio.to_thread(zipped, session, paths, self.tab.context.studio.folder)
        except StorageFailed as error:
            return "".join([*lines, f'<p class="warning">{escape(str(error))}</p>'])
        title, address = say("text.together"), address_of(place)
        return "".join([*lines, f'<a class="zip" href="{address}" download="{ZIP}">{title}</a>'])

    def _asked(self, data: Update) -> TextRequest:
        """The request that the form makes; one picture stands for all lines."""
        words, output = self.tab.words, self.tab.output
        style = json.dumps(layout_of(self.tab, data).data(), ensure_ascii=False)
        settings = {"style": style, "output_format": data[output.output_format]}
        text, per_line = str(data[words.text] or ""), bool(data[output.per_line])
        files = list(files_of(data[words.pictures.gallery]))
        texts = texts_of(text, per_line, len(files))
        return TextRequest(texts, files * len(texts) if per_line else files, settings)


def wire_results(stage: Stage, tab: TextTab) -> list[Any]:
    """Connect the button. Returns the events after which jobs have ended."""
    writing, words, output = Writing(tab), tab.words, tab.output
    form = (*tab.watched(), words.pictures.gallery, output.output_format)
    tool = Tool(
        tab.context, stage, Task.TEXT_OVERLAY, tab.action.go, form, words.text, writing.read,
        work=writing.work, title=words.text,
    )  # fmt: skip
    return tool.wire()


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


def left_out(file: Mapping[str, Any], text: str, asked: TextRequest, error: StudioError) -> str:
    """Why there is no result, naming its picture, or its line where the picture is the same."""
    same, why = asked.files[0] is asked.files[-1], str(error)
    name = f"“{text[:40]}”" if same else str(file.get("orig_name") or Path(file["path"]).name)
    return say("text.left_out", why=why if name in why else f"{name}: {why}")


def zipped(session: Session, paths: Sequence[Path], folder: Path) -> Path:
    """Pictures in one file in the cache folder, numbered in their order; it goes with the session.
    They are stored as they are: pictures do not get smaller. Raises `StorageFailed`."""
    place = folder / secrets.token_urlsafe(18) / ZIP
    with writing(place), ZipFile(place, "w") as file:
        for number, path in enumerate(paths, 1):
            file.write(path, f"{number:02}-{path.name}")
    session.results.files.append(place)
    return place
