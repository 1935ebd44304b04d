"""Making a picture fit what one model accepts, and no smaller than that."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from PIL import Image

from engines.admission import in_thread
from engines.intake import MEDIA_TYPES, Kind
from engines.intake.encode import LONGEST, jpeg, png, webp
from engines.intake.pixels import opaque
from i18n import say
from studio.uploads.limits import PictureLimits
from studio.uploads.notes import refusal
from studio.uploads.picture import UploadedPicture

JPEG, PNG, WEBP = MEDIA_TYPES["jpeg"], MEDIA_TYPES["png"], MEDIA_TYPES["webp"]
QUALITIES: Final = (85, 80, 75, 70, 65, 60, 55, 50)
# For a picture that becomes smaller or changes its format, bytes are not what is short.
FINE: Final = (92, *QUALITIES)
SMALLER: Final = 0.8  # each side, when even the lowest quality is too much
ROUNDS: Final = 20  # down to a hundredth of each side


@dataclass(frozen=True, slots=True)
class Fitted:
    """A picture as it goes to one model."""

    # The file.
    data: bytes = field(repr=False)
    # Its format.
    kind: Kind
    # Pixels.
    width: int
    # Pixels.
    height: int
    # How its size was changed, in words for the user.
    smaller: str = ""
    # What else was changed, in words for the user.
    changes: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """Such as "image/jpeg"."""
        return MEDIA_TYPES[self.kind]

    @property
    def done(self) -> tuple[str, ...]:
        """Everything that was changed, in words."""
        return (self.smaller, *self.changes) if self.smaller else self.changes


def fit(taken: UploadedPicture, limits: PictureLimits) -> Fitted:
    """A picture within a model's limits: byte for byte where it is, else changed as little as can
    be, and each change said.

    Too many pixels: smaller. Transparency that the model does not take: filled with white. Too
    many bytes: JPEG from quality 85 down to 50, then smaller; PNG that is demanded or transparent
    only becomes smaller. Takes time: call it in a thread. Raises `InvalidInput`.
    """
    room = _within(taken.width, taken.height, limits)
    stays = taken.media_type in limits.image_types and len(taken.data) <= limits.image_bytes
    if _is_fit(taken, limits):
        return Fitted(taken.data, taken.kind, taken.width, taken.height)
    image, done = _opaque(taken, limits)
    heavy = taken.media_type in limits.image_types and not stays and room == image.size
    for kind, data, size, quality in _tries(image, room, taken, limits, heavy):
        if len(data) <= limits.image_bytes:
            smaller = _smaller(taken, size)
            return Fitted(data, kind, *size, smaller, (*done, *_encoded(taken, kind, quality)))
    most = f"{limits.image_bytes / 2**20:.1f}"
    raise refusal("unfit", name=taken.name, most=most)


async def fit_in_turn(taken: UploadedPicture, limits: PictureLimits) -> Fitted:
    """The same in a thread, as soon as there is room for a picture of that size."""
    if _is_fit(taken, limits):
        return fit(taken, limits)
    return await in_thread(taken.megapixels, fit, taken, limits)


def _is_fit(taken: UploadedPicture, limits: PictureLimits) -> bool:
    """Whether a picture goes as it is."""
    stays = taken.media_type in limits.image_types and len(taken.data) <= limits.image_bytes
    clear = taken.alpha and not limits.image_alpha
    room = _within(taken.width, taken.height, limits)
    return stays and not clear and room == (taken.width, taken.height)


def _within(width: int, height: int, limits: PictureLimits) -> tuple[int, int]:
    """The largest size of the same shape that the limits allow, in whole pixels."""
    scale = 1.0
    if limits.image_side:
        scale = min(scale, limits.image_side / max(width, height))
    if limits.image_pixels:
        scale = min(scale, math.sqrt(limits.image_pixels / (width * height)))
    return _scaled((width, height), scale) if scale < 1 else (width, height)


def _scaled(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return max(1, math.floor(size[0] * scale + 1e-9)), max(1, math.floor(size[1] * scale + 1e-9))


def _opaque(taken: UploadedPicture, limits: PictureLimits) -> tuple[Image.Image, tuple[str, ...]]:
    """The pixels, on white where the model takes no transparency."""
    image = taken.pixels()
    if image.mode != "RGBA":
        return image, ()
    if opaque(image):
        return image.convert("RGB"), ()
    takes = limits.image_alpha and {PNG, WEBP} & set(limits.image_types)
    if takes:
        return image, ()
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white, (say("intake.done.white"),)


def _tries(
    image: Image.Image,
    size: tuple[int, int],
    taken: UploadedPicture,
    limits: PictureLimits,
    heavy: bool,
) -> Iterator[tuple[Kind, bytes, tuple[int, int], int]]:
    """Ever smaller files: kind, bytes, size, JPEG quality (0 for what has none)."""
    types = limits.image_types
    for _ in range(ROUNDS):
        small = image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)
        lossless = PNG in types and (taken.lossless or image.mode == "RGBA")
        if PNG in types and ((lossless and not heavy) or JPEG not in types):
            yield "png", png(small), size, 0
        if (
            WEBP in types
            and max(size) <= LONGEST["webp"]
            and (image.mode == "RGBA" or not {JPEG, PNG} & set(types))
        ):
            yield "webp", webp(small), size, 0
        if JPEG in types and image.mode != "RGBA":
            for quality in QUALITIES if heavy else FINE:
                yield "jpeg", jpeg(small, quality), size, quality
        size, heavy = _scaled(size, SMALLER), False


def _smaller(taken: UploadedPicture, size: tuple[int, int]) -> str:
    if size == (taken.width, taken.height):
        return ""
    old, new = f"{taken.width}×{taken.height}", f"{size[0]}×{size[1]}"
    return say("intake.done.smaller", old=old, new=new)


def _encoded(taken: UploadedPicture, kind: Kind, quality: int) -> Iterator[str]:
    if quality:
        yield say("intake.done.quality", quality=quality)
    elif kind != taken.kind:
        yield say("intake.done.kind", kind=kind.upper())
