"""Paint laid on a picture's region, whatever its mode, with transparency kept."""

from __future__ import annotations

from typing import Final

from PIL import Image

from easel.engines.overlay.contrast import RGB

# The mode to draw in for each mode a picture may have; others are changed for good.
_DRAWN: Final = {"RGB": "RGB", "RGBA": "RGBA", "L": "RGB", "LA": "RGBA", "CMYK": "RGB"}


def own_copy(picture: Image.Image) -> Image.Image:
    """A copy to draw on: of the same mode where that can hold a caption, else RGB or RGBA."""
    if picture.mode in _DRAWN:
        return picture.copy()
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def cut(picture: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """A region to draw on, in RGB or RGBA."""
    region = picture.crop(box)
    drawn = _DRAWN[picture.mode]
    return region if region.mode == drawn else region.convert(drawn)


def put_back(picture: Image.Image, region: Image.Image, corner: tuple[int, int]) -> None:
    """The region into the picture, in the picture's own mode."""
    same = region.mode == picture.mode
    picture.paste(region if same else region.convert(picture.mode), corner)


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
