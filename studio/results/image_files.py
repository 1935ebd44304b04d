"""Pictures that come back: what they are, whether they are whole, what they are called."""

from __future__ import annotations

import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engines.intake import Broken, read_size
from errors import ResultLost, StorageFailed
from i18n import say
from providers.schema import Model

FIRST_BYTES = 256 * 1024
EXTENSIONS = {"png": "png", "jpeg": "jpg", "webp": "webp", "avif": "avif", "gif": "gif"}


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A result on its way to the user: a file in the cache folder."""

    # Where it is.
    path: Path
    # "png", "jpeg" or "webp".
    format: str
    # Pixels.
    width: int
    # Pixels.
    height: int
    # The file's size.
    bytes: int


@dataclass(frozen=True, slots=True)
class Header:
    """What a picture's first bytes say."""

    # In lower case.
    format: str
    # Pixels.
    width: int
    # Pixels.
    height: int


def read_header(data: bytes, provider: str) -> Header:
    """Type and size, without decoding, of a picture of any size. Raises `ResultLost` for anything
    that is not a whole picture."""
    try:
        header = Header(*read_size(data))
    except Broken as error:
        raise ResultLost(say("studio.result.not_picture"), provider=provider) from error
    if header.format not in EXTENSIONS:
        raise ResultLost(say("studio.result.not_picture"), provider=provider)
    if not _is_whole(data, header.format):
        raise ResultLost(say("studio.result.cut"), provider=provider)
    return header


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of a stored picture, from its first bytes. Raises `Broken`."""
    with path.open("rb") as file:
        start = file.read(FIRST_BYTES)
        try:
            return read_size(start)[1:]
        except Broken:  # a large profile in front, or boxes that end further on
            return read_size(start + file.read())[1:]


def store(data: bytes, folder: Path, name: str, provider: str) -> StoredPicture:
    """Write a result as it came, under a folder nobody can guess; the extension tells the truth.
    Raises `OSError`, and leaves nothing, where the disk does not take it."""
    header = read_header(data, provider)
    place = folder / secrets.token_urlsafe(18)
    path = place / f"{name}.{EXTENSIONS[header.format]}"
    try:
        place.mkdir(parents=True, mode=0o700)
        path.write_bytes(data)
    except OSError:  # half a file would take the room that is wanted
        shutil.rmtree(place, ignore_errors=True)
        raise
    return StoredPicture(path, header.format, header.width, header.height, len(data))


def store_own(data: bytes, folder: Path, name: str) -> StoredPicture:
    """Write a picture that was made here. Raises `StorageFailed`."""
    try:
        return store(data, folder, name, "")
    except OSError as error:
        text = say("error.room.closed", why=error.strerror or type(error).__name__)
        raise StorageFailed(text, advice=say("error.store.free")) from error


def file_name(model: Model, moment: datetime, index: int = 0) -> str:
    """`easel_YYYYMMDD_HHMMSS_<model>`, with a number from the second picture on."""
    more = f"_{index + 1}" if index else ""
    return f"easel_{moment:%Y%m%d_%H%M%S}_{model.id.replace('/', '-')}{more}"


def remove(path: Path) -> None:
    """Delete a stored result and its folder; one that is gone already is fine, and one that a disk
    will not let go of stops nobody."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()


def _is_whole(data: bytes, kind: str) -> bool:
    """Whether the file ends as its format says; decoding would cost seconds at 4K."""
    if kind == "png":
        return b"IEND" in data[-64:]
    if kind == "jpeg":
        return b"\xff\xd9" in data[-1024:]
    if kind == "webp":
        return len(data) >= int.from_bytes(data[4:8], "little") + 8
    return True
