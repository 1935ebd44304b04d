"""What is known of a picture file before any of it is decoded, and what is taken out of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

Kind = Literal["png", "jpeg", "webp", "avif", "gif", "bmp", "tiff", "heic"]
Why = Literal["unknown", "cut", "damaged", "unsupported", "deep", "heif", "hdr", "planes"]


class Broken(ValueError):
    """A file that cannot be taken in.

    `why`: `unknown` no picture of a kind known here, `cut` its end is missing, `damaged` its parts
    contradict each other, `unsupported` a rare variant, `deep` 32-bit measurements rather than
    colours, `heif` a HEIC and nothing installed that reads it, `hdr` light in nits (PQ or HLG)
    rather than colours of a screen, `planes` a TIFF of 16 bits whose colours lie in planes.
    """

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Removed:
    """What was in the file beside the picture.

    `location`: coordinates. `camera`: make, model, serial numbers, lens, maker's notes. `date`:
    when it was taken. `text`: comments, captions, authors, keywords. `preview`: smaller or further
    pictures. `credentials`: C2PA provenance. `tail`: bytes after the picture's end, such as a
    motion photo's film. `other`: anything else without effect on the pixels.
    """

    location: bool = False
    camera: bool = False
    date: bool = False
    text: bool = False
    preview: bool = False
    credentials: bool = False
    tail: bool = False
    other: bool = False

    def __or__(self, more: Removed) -> Removed:
        return Removed(
            **{each.name: getattr(self, each.name) or getattr(more, each.name) for each in NAMES}
        )

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in NAMES)

    def names(self) -> tuple[str, ...]:
        """What was found, in the order above."""
        return tuple(each.name for each in NAMES if getattr(self, each.name))


NAMES = fields(Removed)


@dataclass(frozen=True, slots=True)
class Read:
    """A picture file, read but not decoded. Width and height in pixels, as stored.

    `orientation`: EXIF's 1 to 8. `frames`: 2 stands for "more than one". `bits`: of one colour
    value. `icc`: the colour profile, b"" for none. `inks`: the colours are CMYK. `lossless`: the
    kind keeps every pixel. `parts`: the file without what `removed` names; empty where the
    picture must be decoded to be freed of it.
    """

    kind: Kind
    width: int
    height: int
    orientation: int = 1
    frames: int = 1
    bits: int = 8
    alpha: bool = False
    inks: bool = False
    lossless: bool = True
    icc: bytes = b""
    removed: Removed = Removed()
    parts: tuple[bytes | memoryview, ...] = ()
