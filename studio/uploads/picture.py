"""A picture on its way: checked, freed of metadata, held in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image

from engines.admission import MEGA
from engines.intake import MEDIA_TYPES, Kind, Removed
from engines.intake.encode import jpeg, png
from engines.intake.pixels import decode, thumbnail
from studio.uploads.limits import MOST_PIXELS
from studio.uploads.notes import refused


@dataclass(frozen=True, slots=True)
class UploadedPicture:
    """A user's picture, fit to be sent: a PNG, JPEG or WebP without metadata, upright, in sRGB."""

    # As the user called it, safe to show.
    name: str
    # The file.
    data: bytes = field(repr=False)
    # Its format.
    kind: Kind
    # Pixels.
    width: int
    # Pixels.
    height: int
    # Whether it has transparency.
    alpha: bool
    # Whether its format keeps every pixel.
    lossless: bool
    # What the file held beside the picture.
    removed: Removed
    # What was done to it, in words for the user.
    notes: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """Such as "image/jpeg"."""
        return MEDIA_TYPES[self.kind]

    @property
    def megapixels(self) -> float:
        """What working on it weighs, for `engines.admission`."""
        return self.width * self.height / MEGA

    def pixels(self) -> Image.Image:
        """Decode it: L, RGB or RGBA, 8 bits. Takes time; call it in a thread."""
        with refused(self.name):
            return decode(self.kind, self.data, MOST_PIXELS)

    def thumbnail(self, side: int) -> bytes:
        """A small JPEG, or PNG where it is transparent, whose longest side is at most `side`."""
        with refused(self.name):
            image = thumbnail(self.kind, self.data, side, MOST_PIXELS)
        return png(image) if image.mode == "RGBA" else jpeg(image, 85)
