"""Files of the Text tab: a style, saved and read back; several results as one."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from engines.overlay.several import Part, parts_data, read_parts
from errors import InvalidInput
from i18n import say
from providers.local.text import read_json
from studio.session import Session
from studio.storage.disk_space import write_file, writing
from studio.uploads.ownership import read_file
from ui.uploads import files_of

MOST_BYTES = 100_000
NAME = "easel-style.json"
ZIP = "easel-captions.zip"


async def save_style(session: Session, parts: Sequence[Part], folder: Path) -> Path:
    """The captions' styles as a JSON file in the cache folder; it goes with the session. Raises
    `StorageFailed`."""
    text = json.dumps(parts_data(parts), ensure_ascii=False, indent=2)
    place = folder / secrets.token_urlsafe(18) / NAME
    await asyncio.to_thread(write_file, place, text.encode())
    session.results.files.append(place)
    return place


async def load_style(value: Any, folder: Path) -> tuple[Part, ...]:
    """The captions of an uploaded file. Raises `InvalidInput` for what is no style."""
    file = next(files_of(value), None)
    if file is None or not isinstance(file.get("path"), str):
        raise InvalidInput(say("upload.none"), field="style")
    data = await asyncio.to_thread(read_file, Path(file["path"]), folder, NAME)
    if len(data) > MOST_BYTES:
        raise InvalidInput(say("text.style.large", most=MOST_BYTES // 1000), field="style")
    return read_parts(read_json(data.decode("utf-8-sig", "replace")))


def zipped(session: Session, paths: Sequence[Path], folder: Path) -> Path:
    """Pictures in one file in the cache folder, numbered in their order; it goes with the session.
    They are stored as they are: pictures do not get smaller. Raises `StorageFailed`."""
    place = folder / secrets.token_urlsafe(18) / ZIP
    with writing(place), ZipFile(place, "w") as file:
        for number, path in enumerate(paths, 1):
            file.write(path, f"{number:02}-{path.name}")
    session.results.files.append(place)
    return place
