"""A large picture is written by OpenCV, and is the same picture."""

from __future__ import annotations

import io
import sys

import pytest
from PIL import Image, ImageChops, ImageStat

from engines import intake
from engines.intake.encode import QUICKLY, webp
from engines.intake.pixels import opaque

SIZE = (2500, 1601)  # just above, with a last band that is not whole


def blend(mode: str) -> Image.Image:
    """Colours that change slowly, and alpha that goes from nothing to full."""
    down = Image.linear_gradient("L").resize(SIZE)
    across = down.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    found = Image.merge("RGBA", (down, across, Image.new("L", SIZE, 90), down))
    return found if mode == "RGBA" else found.convert("RGB").convert(mode)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
@pytest.mark.parametrize("without", [False, True])
def test_it_is_the_same_picture(mode: str, without: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    assert SIZE[0] * SIZE[1] > QUICKLY
    monkeypatch.delitem(sys.modules, "engines.intake.large", raising=False)
    monkeypatch.delattr(intake, "large", raising=False)
    if without:
        monkeypatch.delitem(sys.modules, "engines.opencv", raising=False)
        monkeypatch.setitem(sys.modules, "cv2", None)
    image = blend(mode)
    data = webp(image)
    assert ("engines.intake.large" in sys.modules) is not without
    with Image.open(io.BytesIO(data)) as file:
        assert (file.format, file.size) == ("WEBP", SIZE)
        assert file.mode == ("RGBA" if mode == "RGBA" else "RGB")
        found = file.convert(mode)
    seen = [each.convert("RGBA").convert("RGBa") for each in (image, found)]
    assert max(ImageStat.Stat(ImageChops.difference(*seen)).mean) < 1.5


def test_one_clear_pixel_anywhere_is_seen() -> None:
    image = Image.new("RGBA", (30, 700), "red")
    assert opaque(image)
    for row in (0, 255, 256, 699):
        image.putpixel((29, row), (0, 0, 0, 254))
        assert not opaque(image)
        image.putpixel((29, row), (0, 0, 0, 255))
