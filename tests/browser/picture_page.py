"""A tab that starts from one picture, as a person uses it; and pictures as people bring them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.async_api import Locator, expect

from tests.browser.easel_page import EaselPage
from tests.unit.intake_files import chunk, exif, saved, scene

FACE = Path(__file__).parents[1] / "unit" / "data" / "astronaut.jpg"
BOMB_SIDE = 13_000


# The parts of the one stage.
STAGE = (
    "stage", "gallery", "slider", "caption", "again", "film", "download", "stop", "check",
    "elsewhere", "compare", "changes", "told", "map", "keep", "receipt", "edit-this",
)  # fmt: skip


class PictureForm:
    """Upscale or Retouch on a page."""

    def __init__(self, it: EaselPage, tab: str) -> None:
        self.it = it
        self.tab = tab

    async def open(self) -> PictureForm:
        """Go to the tab."""
        await self.it.tab(self.tab.capitalize())
        await expect(self.at("hint")).to_contain_text("Choose a picture")
        return self

    def at(self, name: str) -> Locator:
        """A part of the tab or of the stage, and what stands in it: "go", "model input"."""
        own = "" if name.split(" ")[0] in STAGE else f"{self.tab}-"
        return self.it.at(f"#{own}{name}")

    async def give(self, name: str, data: bytes) -> None:
        """Choose a file."""
        path = self.it.folder / name
        path.write_bytes(data)
        await self.it.page.set_input_files(f"#{self.tab}-picture input[type=file]", str(path))

    async def choose(self, title: str) -> None:
        """Choose a model by the beginning of its label, and wait until the page says so."""
        await self.at("model input").click()
        await self.it.page.get_by_role("option", name=title).first.click()
        await expect(self.at("who")).to_contain_text(title.split(" · ")[0])

    async def run(self) -> None:
        """Press the button; a new result stands beside what it was made from."""
        made = self.at("slider img").last
        seen = await made.get_attribute("src") if await made.count() else ""
        await self.at("go").click()
        await expect(self.at("slider")).to_be_visible()
        await expect(made).not_to_have_attribute("src", seen or "")
        await expect(self.at("go")).to_be_enabled()

    async def sides(self) -> list[list[int]]:
        """Width and height of the two pictures of the slider."""
        seen = "[...document.querySelectorAll('#slider img')]"
        await self.it.true(f"{seen}.length > 1 && {seen}.every(e => e.naturalWidth > 0)")
        found = await self.it.page.evaluate(f"{seen}.map(e => [e.naturalWidth, e.naturalHeight])")
        return [list(pair) for pair in found]


def portrait(orientation: int = 1) -> bytes:
    """A telephone's picture of a person: place, camera, date, and how it was held."""
    with Image.open(FACE) as image:
        held = image.convert("RGB").crop((60, 0, 300, 320))
    if orientation == 6:
        held = held.transpose(Image.Transpose.ROTATE_90)
    return saved(held, "JPEG", quality=92, exif=exif(orientation))


def hills(size: tuple[int, int] = (240, 160)) -> bytes:
    """A picture without a face."""
    return saved(scene(size), "PNG")


def bomb() -> bytes:
    """Half a megabyte that wants half a gigabyte: a PNG of 13000×13000 black pixels."""
    head = struct.pack(">IIBBBBB", BOMB_SIDE, BOMB_SIDE, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", b"".join(_black_rows())), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _black_rows() -> Iterator[bytes]:
    packer = zlib.compressobj(9)
    row = bytes(1 + 3 * BOMB_SIDE) * 100
    for _ in range(BOMB_SIDE // 100):
        yield packer.compress(row)
    yield packer.flush()
