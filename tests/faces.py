"""Pictures with faces, made of one photograph; for tests of what is done with them."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageOps

PHOTOGRAPH = Path(__file__).parent / "unit" / "data" / "astronaut.jpg"
FACE = (70, 30, 250, 230)


def one_face(**saved: object) -> bytes:
    """A JPEG of 320 by 320 pixels with one face."""
    with Image.open(PHOTOGRAPH) as opened:
        return as_jpeg(opened.convert("RGB"), **saved)


def two_faces(overlap: int = 0) -> bytes:
    """A JPEG with two faces side by side, the right one larger; pixels the right one covers."""
    with Image.open(PHOTOGRAPH) as opened:
        face = opened.convert("RGB").crop(FACE)
    large = ImageOps.mirror(face).resize((234, 260))
    image = Image.new("RGB", (700, 420), (136, 136, 153))
    image.paste(face, (60, 80))
    image.paste(large, (60 + face.width - overlap, 80))
    return as_jpeg(image)


def no_face() -> bytes:
    """A JPEG of one colour."""
    return as_jpeg(Image.new("RGB", (320, 240), (60, 70, 110)))


def as_jpeg(image: Image.Image, **saved: object) -> bytes:
    """A picture as a JPEG file."""
    place = io.BytesIO()
    image.save(place, "JPEG", quality=92, **saved)
    return place.getvalue()
