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
    """A user's picture, fit to be sent: a PNG, JPEG or WebP without metadata, upright, in sRGB.

    `name`: as the user called it, safe to show. `data`: the file. Width and height in pixels.
    `alpha`: it has transparency. `lossless`: its kind keeps every pixel. `removed`: what the file
    held beside the picture. `notes`: what was done, each as words for the user.
    """

    name: str
    data: bytes = field(repr=False)
    kind: Kind
    width: int
    height: int
    alpha: bool
    lossless: bool
    removed: Removed
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
