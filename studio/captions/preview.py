"""The live preview of a text on a picture: drawn on a small copy that is made once."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

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
from studio.captions.layout import Layout
from studio.captions.wishes import NO_PICTURE
from studio.results.image_files import remove
from studio.session import Session
from studio.uploads import UploadedPicture

# A busy browser may still be fetching one of those before; in seconds, and how many at most.
KEPT_FOR: Final = 30.0
MOST_KEPT: Final = 120
QUALITY: Final = 88
OPACITIES: Final = (0.6, 0.75, 0.9, 1.0)

Wanted = tuple[str, tuple[Part, ...]]


@dataclass(frozen=True)
class Drawn:
    """A preview, and how well its text can be read."""

    path: Path
    # The least of any caption with what is behind it, 1 to 21; None where nothing is written.
    contrast: float | None
    # What else the user should know.
    notes: tuple[str, ...]

    @property
    def poor(self) -> bool:
        """Whether the text is hard to read."""
        return self.contrast is not None and self.contrast < GOOD


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


async def keep_small(session: Session, path: str, taken: UploadedPicture) -> None:
    """Keep a small copy of the picture of an upload, in place of the one before."""
    session.cache.sheet = None
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
    drawn = await in_thread(small.megapixels, _drawn, small, text, parts, folder)
    small.last, now = (wanted, drawn), time.monotonic()
    small.shown.append((now, drawn.path))
    session.results.files.append(drawn.path)
    while small.shown[0][0] < now - KEPT_FOR or len(small.shown) > MOST_KEPT:
        _, old = small.shown.pop(0)
        if old in session.results.files:
            session.results.files.remove(old)
        remove(old)
    return drawn


def _drawn(small: Small, text: str, parts: Sequence[Part], folder: Path) -> Drawn:
    image, told = small.image, tuple[Told, ...]()
    if text.strip():
        image, told = write(small.image, text, parts, small.scale)
    clear = image.mode in ("RGBA", "LA")
    place = folder / secrets.token_urlsafe(18)
    place.mkdir(parents=True, mode=0o700)
    path = place / ("preview.png" if clear else "preview.jpg")
    path.write_bytes(png(image) if clear else jpeg(image, QUALITY))
    return Drawn(path, min((each.contrast for each in told), default=None), _notes(told))


def _notes(told: Sequence[Told]) -> tuple[str, ...]:
    """Every note once, but those about contrast, which has a line of its own."""
    poor = {say("note.caption.contrast", ratio=f"{each.contrast:.1f}") for each in told}
    notes = dict.fromkeys(note for each in told for note in each.notes)
    return tuple(note for note in notes if note not in poor)


def note_made(session: Session, text: str, parts: Sequence[Part]) -> None:
    """Note that the button was pressed for this."""
    if session.cache.sheet:
        session.cache.sheet.made = (text, tuple(parts))


def is_made(session: Session, text: str, parts: Sequence[Part]) -> bool:
    """Whether it was pressed for just this."""
    return bool(session.cache.sheet and session.cache.sheet.made == (text, tuple(parts)))


async def plated(session: Session, text: str, layout: Layout) -> Layout:
    """The captions, the one in the controls with the faintest plate that makes it easy to read."""
    small: Small | None = session.cache.sheet
    style = layout.style
    for opacity in OPACITIES:
        plate = replace(style.plate or Plate(), opacity=opacity, colour=AUTO)
        layout = layout.with_style(replace(style, plate=plate))
        if small is None or not text.strip():
            break
        _, told = await in_thread(
            small.megapixels, write, small.image, text, layout.parts, small.scale
        )
        if min(each.contrast for each in told) >= GOOD:
            break
    return layout


def shares(small: Small, x: float, y: float) -> tuple[float, float]:
    """Where on the picture a pixel of the preview is, in percent from its middle, to one decimal;
    positive is to the right and down."""
    wide, high = small.image.size
    return round((x / wide - 0.5) * 100, 1), round((y / high - 0.5) * 100, 1)
