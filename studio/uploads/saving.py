"""A result made here from a user's picture, stored the way that picture was."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image

from engines.intake import MEDIA_TYPES, Kind, Read
from engines.intake.encode import as_stored
from engines.intake.pixels import plain
from studio.uploads.picture import UploadedPicture


@dataclass(frozen=True, slots=True)
class Saved:
    """A result as a file."""

    # The file.
    data: bytes = field(repr=False)
    # Its format.
    kind: Kind

    @property
    def media_type(self) -> str:
        """Such as "image/jpeg"."""
        return MEDIA_TYPES[self.kind]


def save_like(image: Image.Image, taken: UploadedPicture) -> Saved:
    """Store pixels derived from a picture in that picture's format: JPEG with its own tables, and
    so at its own quality; lossless stays lossless; new transparency makes it a PNG or WebP.

    `image` may have any size. Takes time: call it in a thread.
    """
    like = Read(taken.kind, taken.width, taken.height, lossless=taken.lossless)
    kind, data = as_stored(plain(image), like, taken.data, sideways=False)
    return Saved(data, kind)
