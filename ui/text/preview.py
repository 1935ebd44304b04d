"""The live preview of a text on a picture: drawn on a small copy that is made once."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any, Final

from PIL import Image

from engines.admission import MEGA, in_thread
from engines.intake.encode import jpeg, png
from engines.overlay import PREVIEW, Plate, Told, reduced
from engines.overlay.contrast import GOOD
from engines.overlay.fitting import MARGIN
from engines.overlay.several import Part, write
from engines.overlay.style import AUTO
from engines.wishes.styling import Sheet
from errors import InvalidInput
from i18n import say
from studio.results.image_files import remove
from studio.session import Session
from studio.uploads import UploadedPicture
from ui.uploads import files_of, read_pictures

# A busy browser may still be fetching one of those before; in seconds, and how many at most.
KEPT_FOR: Final = 30.0
MOST_KEPT: Final = 120
QUALITY: Final = 88
OPACITIES: Final = (0.6, 0.75, 0.9, 1.0)
NO_PICTURE: Final = Sheet(1200, 800, MARGIN * 800)


Wanted = tuple[str, tuple[Part, ...]]
Drawn = tuple[Path, tuple[Told, ...]]


@dataclass
class Small:
    """The picture a visitor works on, small."""

    # The upload it was made from.
    path: str
    image: Image.Image
    # Of the whole picture, in pixels.
    width: int
    height: int
    # When each preview was written, and where, oldest first.
    shown: list[tuple[float, Path]] = field(default_factory=list)
    # What was asked for last, and what came of it.
    last: tuple[Wanted, Drawn] | None = None
    # What the button was pressed for last.
    made: Wanted | None = None

    @property
    def scale(self) -> float:
        """Its size as a share of the whole picture's."""
        return self.image.width / self.width

    @property
    def megapixels(self) -> float:
        """Of the small picture."""
        return self.image.width * self.image.height / MEGA

    @property
    def sheet(self) -> Sheet:
        """What wishes in pixels are measured by."""
        return Sheet(self.width, self.height, MARGIN * min(self.width, self.height))


async def keep_one(session: Session, value: Any, at: int, folder: Path) -> None:
    """Keep a small copy of the picture at a place of an upload's raw value; the same one is not
    read twice. Raises `InvalidInput` for what is no picture."""
    file = next(islice(files_of(value), at, None), None)
    kept: Small | None = session.cache.sheet
    if file is None:
        session.cache.sheet = None
    elif kept is None or kept.path != file.get("path"):
        session.cache.sheet = None
        (taken,) = await read_pictures(file, folder)
        path = str(file.get("path"))
        session.cache.sheet = await in_thread(taken.megapixels, _small, taken, path)


def _small(taken: UploadedPicture, path: str) -> Small:
    return Small(path, reduced(taken.pixels(), PREVIEW), taken.width, taken.height)


def sheet_of(session: Session) -> Sheet:
    """The size wishes in pixels are measured by, with or without a picture."""
    return session.cache.sheet.sheet if session.cache.sheet else NO_PICTURE


async def draw(session: Session, text: str, parts: Sequence[Part], folder: Path) -> Drawn:
    """The text on the small copy, as a file that the page can show; the same is not drawn twice.
    Raises `InvalidInput` when it cannot be drawn, or when there is no picture yet."""
    small: Small | None = session.cache.sheet
    if small is None:
        raise InvalidInput(say("text.picture.none"), field="picture")
    wanted = (text, tuple(parts))
    if small.last and small.last[0] == wanted:
        return small.last[1]
    path, told = await in_thread(small.megapixels, _drawn, small, text, parts, folder)
    small.last, now = (wanted, (path, told)), time.monotonic()
    small.shown.append((now, path))
    session.results.files.append(path)
    while small.shown[0][0] < now - KEPT_FOR or len(small.shown) > MOST_KEPT:
        _, old = small.shown.pop(0)
        if old in session.results.files:
            session.results.files.remove(old)
        remove(old)
    return path, told


def _drawn(small: Small, text: str, parts: Sequence[Part], folder: Path) -> Drawn:
    image, told = small.image, tuple[Told, ...]()
    if text.strip():
        image, told = write(small.image, text, parts, small.scale)
    clear = image.mode in ("RGBA", "LA")
    place = folder / secrets.token_urlsafe(18)
    place.mkdir(parents=True, mode=0o700)
    path = place / ("preview.png" if clear else "preview.jpg")
    path.write_bytes(png(image) if clear else jpeg(image, QUALITY))
    return path, told


def note_made(session: Session, text: str, parts: Sequence[Part]) -> None:
    """Note that the button was pressed for this."""
    if session.cache.sheet:
        session.cache.sheet.made = (text, tuple(parts))


def is_made(session: Session, text: str, parts: Sequence[Part]) -> bool:
    """Whether it was pressed for just this."""
    return bool(session.cache.sheet and session.cache.sheet.made == (text, tuple(parts)))


async def plated(session: Session, text: str, parts: Sequence[Part], at: int) -> Part:
    """The caption at a place with the faintest plate that makes the text easy to read."""
    small: Small | None = session.cache.sheet
    part = parts[at]
    for opacity in OPACITIES:
        plate = replace(part.style.plate or Plate(), opacity=opacity, colour=AUTO)
        part = replace(part, style=replace(part.style, plate=plate))
        if small is None or not text.strip():
            break
        tried = [*parts[:at], part, *parts[at + 1 :]]
        _, told = await in_thread(small.megapixels, write, small.image, text, tried, small.scale)
        if min(each.contrast for each in told) >= GOOD:
            break
    return part


def told_line(told: Sequence[Told]) -> str:
    """How well the text can be read, and what the user should know, as HTML."""
    if not told:
        return f'<p class="hint">{say("text.write")}</p>'
    least = min(each.contrast for each in told)
    good = least >= GOOD
    key = "text.contrast.good" if good else "text.contrast.poor"
    line = f'<p class="{"hint" if good else "warning"}">{say(key, ratio=f"{least:.1f}")}</p>'
    poor = {say("note.caption.contrast", ratio=f"{each.contrast:.1f}") for each in told}
    notes = dict.fromkeys(note for each in told for note in each.notes)
    said = [f'<p class="warning">{escape(note)}</p>' for note in notes if note not in poor]
    return line + "".join(said)


def is_poor(told: Sequence[Told]) -> bool:
    """Whether a plate should be offered."""
    return any(each.contrast < GOOD for each in told)


def shares(small: Small, x: float, y: float) -> tuple[float, float]:
    """Where on the picture a pixel of the preview is, in percent from its middle, to one decimal;
    positive is to the right and down."""
    wide, high = small.image.size
    return round((x / wide - 0.5) * 100, 1), round((y / high - 0.5) * 100, 1)
