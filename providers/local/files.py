"""Pictures in and out of our own engines: decoded once, stored the way they came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PIL import Image

from engines.intake import Read, read
from engines.intake.encode import LONGEST, as_stored, jpeg, png, webp
from engines.intake.pixels import decode, opaque
from errors import InvalidInput
from i18n import say
from providers.inputs import InputPicture
from providers.local.worker import NAME
from providers.schema import Limits

QUALITY: Final = 95

# Nothing is sent anywhere, so nothing need be made smaller on the way: what the intake takes
# goes in as it is, however heavy a HEIC became as a PNG.
AS_IT_IS: Final = Limits(image_bytes=1024**3, image_least=1, image_ratio=None)


@dataclass(frozen=True, slots=True)
class Opened:
    """A decoded picture, L, RGB or RGBA, and what its file is like."""

    image: Image.Image
    like: Read
    data: bytes

    def stored(self, image: Image.Image) -> bytes:
        """Another picture in this one's format, as `stored` below makes it."""
        return as_stored(image, self.like, self.data, sideways=False)[1]


def stored(image: Image.Image, like: InputPicture) -> bytes:
    """A picture in the format of the one it was made from: JPEG at its own quality, lossless stays
    lossless; new transparency makes it a PNG or WebP. Without EXIF."""
    return as_stored(image, read(like.data), like.data, sideways=False)[1]


def in_format(image: Image.Image, kind: str) -> tuple[bytes, tuple[str, ...]]:
    """A picture as a "png", "jpeg" or "webp" file, and what became of it, in words: JPEG holds no
    transparency."""
    if kind != "jpeg":
        return (webp(image) if kind == "webp" else png(image)), ()
    if opaque(image):
        return jpeg(image.convert("RGB") if image.mode == "RGBA" else image, QUALITY), ()
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return jpeg(white, QUALITY), (say("local.upscale.white"),)


def check_length(side: int, kind: str) -> None:
    """Raises `InvalidInput` where a picture's longer side is more than its format holds."""
    longest = LONGEST.get(kind, side)  # type: ignore[call-overload]
    if side > longest:
        message = say("local.upscale.long", side=side, kind=kind, most=longest)
        raise InvalidInput(message, field="output_format", provider=NAME)


def opened(picture: InputPicture) -> Opened:
    """Decode a picture. Raises `Broken`."""
    like = read(picture.data)
    return Opened(decode(like.kind, picture.data, like.width * like.height), like, picture.data)
