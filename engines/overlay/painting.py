"""Paint laid on a picture's region, RGB or RGBA, with transparency kept."""

from __future__ import annotations

from typing import Final

from PIL import Image, ImageChops

from engines.overlay.contrast import RGB

# Only in these can whatever is drawn keep its colour; every other picture becomes one of them.
DRAWN: Final = ("RGB", "RGBA")
# 16 bits a pixel, as Pillow names them; mode I has 32, and holds 16 wherever it came from a file.
DEEP: Final = ("I;16", "I;16L", "I;16B", "I;16N", "I")


def own_copy(picture: Image.Image, own: bool = False) -> Image.Image:
    """A copy to draw on, RGB or RGBA. `own`: the picture is nobody else's, and need not be copied
    where it is one of them already.

    Grey of 16 bits is scaled, for Pillow itself would cut it off at 255.
    """
    if picture.mode in DRAWN:
        return picture if own else picture.copy()
    if picture.mode in DEEP:
        picture = picture.convert("I").point(_to_8_bits).convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _to_8_bits(value: float) -> float:
    return value * (1 / 256)


def cut(picture: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """A region to draw on."""
    return picture.crop(box)


def put_back(picture: Image.Image, region: Image.Image, corner: tuple[int, int]) -> None:
    """The region into the picture."""
    picture.paste(region, corner)


def lay(region: Image.Image, colour: RGB, mask: Image.Image) -> None:
    """A colour over a region, as opaque as the mask says, in place."""
    if region.mode == "RGB":
        region.paste(colour, (0, 0), mask)
        return
    sheet = Image.new("RGBA", region.size, (*colour, 0))
    sheet.putalpha(mask)
    region.alpha_composite(sheet)


def lay_picture(region: Image.Image, picture: Image.Image) -> None:
    """A see-through RGBA picture over a region of the same size, in place."""
    if region.mode == "RGB":
        region.paste(picture, (0, 0), picture)
    else:
        region.alpha_composite(picture)


def is_grey(picture: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether nothing in a box of an RGB or RGBA picture has a colour."""
    red, green, blue, *_ = picture.crop(box).split()
    return not any(ImageChops.difference(red, each).getbbox() for each in (green, blue))
