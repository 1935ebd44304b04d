"""The Edit tab: which pictures leave, in which order, what came of them, going on."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image, ImageDraw
from playwright.async_api import Locator, expect

from providers.catalogue import MODELS
from tests.browser.easel_page import EaselPage
from tests.browser.looking import wrong_at_any_width
from tests.browser.picture_page import STAGE
from tests.cloud import Cloud
from tests.cloud.pictures import encode
from tests.unit.intake_files import exif, saved, scene

pytestmark = pytest.mark.asyncio(loop_scope="session")
SEVERAL = "Nano Banana 2 Edit · fal"
ONE = "FLUX.1 Kontext pro · fal"
SEED, SIDE = 7, 1024
LEFT = (40, 40, 200, 200)
needs_local_edit = pytest.mark.skipif(
    "local/edit" not in MODELS, reason="Easel's own editor is not in the catalogue"
)


@dataclass
class EditPage:
    """The Edit tab of a page."""

    it: EaselPage
    folder: Path

    def at(self, name: str) -> Locator:
        """A part of the tab or of the stage, and what stands in it: "go", "pictures img"."""
        own = "" if name.split(" ")[0] in STAGE else "edit-"
        return self.it.at(f"#{own}{name}")

    @property
    def thumbnails(self) -> Locator:
        """The pictures to edit."""
        return self.at("pictures .thumbnail-item")

    def file(self, name: str, data: bytes) -> str:
        """A file of the visitor's."""
        path = self.folder / name
        path.write_bytes(data)
        return str(path)

    def square(self, colour: str, **options: object) -> str:
        """A small picture of one colour."""
        image = Image.new("RGB", (96, 64), colour)
        return self.file(f"{colour}.png", saved(image, "PNG", **options))

    async def give(self, *files: str, left: int | None = None) -> None:
        """Choose these files; so many pictures are there afterwards."""
        before = await self.thumbnails.count()
        box = "#edit-pictures" if not before else "#edit-tools"
        await self.it.page.set_input_files(f"{box} input[type=file]", list(files))
        await expect(self.thumbnails).to_have_count(before + len(files) if left is None else left)

    async def choose(self, title: str) -> None:
        """Choose a model by the beginning of its label, and wait until the page says so."""
        await self.at("model input").click()
        await self.it.page.get_by_role("option", name=title).first.click()
        await expect(self.at("who")).to_contain_text(title.split(" · ")[0])

    async def edit(self, prompt: str) -> None:
        """Say what should change, press the button, and wait for the result."""
        before = await self.at("film .tile.picture").count()
        await self.at("prompt textarea").fill(prompt)
        await self.at("go").click()
        await expect(self.at("film .tile.picture")).to_have_count(before + 1)
        await expect(self.at("caption .caption")).to_be_visible()
        await expect(self.at("go")).to_be_enabled()

    async def result(self) -> bytes:
        """The bytes of the result that is shown, as the app serves them."""
        return (await self.it.download("#download")).read_bytes()


@pytest_asyncio.fixture(loop_scope="session")
async def tab(page: EaselPage, tmp_path: Path) -> AsyncIterator[EditPage]:
    """The Edit tab of the app with every key."""
    yield await opened(page, tmp_path)


async def opened(page: EaselPage, folder: Path) -> EditPage:
    await page.tab("Edit")
    found = EditPage(page, folder)
    await expect(found.at("go")).to_contain_text("·")
    return found


def colours(cloud: Cloud) -> list[str]:
    """What reached the service last, told by the first pixel."""
    names = {(255, 0, 0): "red", (0, 128, 0): "green", (0, 0, 255): "blue"}
    images = (
        Image.open(io.BytesIO(each.data)).convert("RGB") for each in cloud.jobs()[-1].received
    )
    return [names[image.getpixel((0, 0))] for image in images]  # type: ignore[index]


async def test_pictures_are_sent_in_their_order_and_say_nothing_of_where(
    tab: EditPage, cloud: Cloud
) -> None:
    await tab.choose(SEVERAL)
    await tab.give(tab.square("red"), tab.square("green", exif=exif()))
    hint = tab.at("hint")
    await expect(hint).to_contain_text("image 1: 96×64, goes to fal")
    await expect(hint).to_contain_text(re.compile(r"image 2: 96×64, .*removed, goes to fal"))
    await expect(tab.at("go")).to_contain_text("about $0.08")
    await tab.edit("Put image 2 behind image 1")
    assert colours(cloud) == ["red", "green"]
    assert [each.metadata for each in cloud.jobs()[0].received] == [(), ()]
    await expect(tab.at("gallery")).to_be_visible()  # two pictures have no one before

    await tab.at("clear").click()
    await expect(tab.thumbnails).to_have_count(0)
    await tab.choose(ONE)
    await tab.give(tab.file("home.jpg", saved(scene(), "JPEG", quality=90, exif=exif(6))))
    await expect(hint).to_contain_text("location, camera data")
    await tab.at("prompt textarea").fill("Make it brighter")
    await tab.it.page.keyboard.press("Control+Enter")
    await expect(tab.at("film .tile.picture")).to_have_count(2)
    assert len(cloud.submissions()) == 2
    (received,) = cloud.jobs()[1].received
    assert received.metadata == () and (received.width, received.height) == (32, 48)


async def test_the_order_can_be_changed_and_one_taken_out(tab: EditPage, cloud: Cloud) -> None:
    await tab.choose(SEVERAL)
    await tab.give(tab.square("red"), tab.square("green"))
    await tab.give(tab.square("blue"))
    await tab.thumbnails.nth(2).click()
    await tab.at("move-earlier").click()
    await expect(tab.thumbnails.nth(1)).to_have_class(re.compile("selected"))
    await tab.at("move-earlier").click()
    await expect(tab.thumbnails.nth(0)).to_have_class(re.compile("selected"))
    await tab.thumbnails.nth(1).click()
    await tab.at("move-later").click()
    await expect(tab.thumbnails.nth(2)).to_have_class(re.compile("selected"))
    await tab.edit("Join them")
    assert colours(cloud) == ["blue", "green", "red"]

    await tab.thumbnails.nth(1).click()
    await tab.at("remove").click()
    await expect(tab.thumbnails).to_have_count(2)
    await expect(tab.at("order")).to_be_hidden()
    await tab.at("pictures .delete-button").first.click()
    await expect(tab.thumbnails).to_have_count(1)
    await tab.edit("Make it brighter")
    assert colours(cloud) == ["red"]


async def test_none_and_too_many_are_told_before_the_click(tab: EditPage, cloud: Cloud) -> None:
    hint, failed = tab.at("hint"), tab.at("stage .stage-card.failed")
    await tab.at("prompt textarea").fill("Join them")
    await tab.at("go").click()
    await expect(failed).to_contain_text("no picture to edit")
    await tab.give(tab.square("red"), tab.square("green"))
    await tab.choose(ONE)
    await expect(hint).to_contain_text("There are 2 pictures, but at most 1")
    await tab.at("clear").click()
    await expect(tab.thumbnails).to_have_count(0)
    await expect(hint).not_to_contain_text("at most")

    await tab.choose(SEVERAL)
    files = [tab.file(f"{each}.png", saved(scene((64, 48)), "PNG")) for each in range(15)]
    await tab.give(*files)
    await expect(hint).to_contain_text("There are 15 pictures, but at most 14")
    await tab.at("go").click()
    await expect(failed).to_contain_text("at most 14 can be used")
    assert cloud.submissions() == []
    await tab.at("pictures .delete-button").last.click()
    await expect(hint).not_to_contain_text("at most 14")
    await expect(hint).to_contain_text("image 14:")


async def test_files_are_pasted_dropped_and_chosen_and_what_is_no_picture_is_named(
    tab: EditPage, cloud: Cloud
) -> None:
    hand = """async ([kind, name]) => {
      const blob = await (await fetch('data:image/png;base64,' + name)).blob();
      const data = new DataTransfer();
      data.items.add(new File([blob], kind + '.png', { type: 'image/png' }));
      const how = { bubbles: true, cancelable: true };
      document.body.dispatchEvent(kind === 'paste'
        ? new ClipboardEvent('paste', { ...how, clipboardData: data })
        : new DragEvent('drop', { ...how, dataTransfer: data }));
    }"""
    picture = base64.b64encode(saved(scene(), "PNG")).decode()
    await tab.it.page.evaluate(hand, ["paste", picture])
    await expect(tab.thumbnails).to_have_count(1)
    await tab.it.page.evaluate(hand, ["drop", picture])
    await expect(tab.thumbnails).to_have_count(2)
    await tab.at("clear").click()
    await expect(tab.thumbnails).to_have_count(0)

    text = tab.file("cat.png", b"Dear diary, today I was no picture at all.")
    await tab.give(tab.square("red"), text, tab.square("blue"), left=2)
    note = tab.at("note")
    await expect(note).to_contain_text("cat.png is not a picture that Easel can read")
    await expect(note).to_contain_text("the other pictures stay")
    await tab.choose(SEVERAL)
    await tab.edit("Join them")
    assert colours(cloud) == ["red", "blue"]
    await expect(note).to_contain_text("cat.png")
    await tab.give(tab.square("green"))
    await expect(note).not_to_contain_text("cat.png")


async def test_editing_goes_on_from_a_result_of_create_and_from_its_own(
    page: EaselPage, cloud: Cloud, tmp_path: Path
) -> None:
    it = page
    await it.choose("FLUX.1 schnell · fal")
    await it.create("A fox in the snow")
    await it.at("#edit-this").click()
    tab = EditPage(it, tmp_path)
    await expect(tab.at("go")).to_be_visible()
    await expect(tab.thumbnails).to_have_count(1)
    await expect(tab.at("hint")).to_contain_text("1024×1024, goes to")
    await expect(tab.at("prompt textarea")).to_be_focused()

    await tab.at("clear").click()
    await expect(tab.thumbnails).to_have_count(0)
    await tab.choose(ONE)
    await tab.give(tab.square("red"))
    await tab.edit("Make it brighter")
    await expect(tab.at("slider")).to_be_visible()  # before and after
    first = await tab.result()
    await tab.at("edit-this").click()
    await expect(tab.at("hint")).to_contain_text("1248×832, goes to fal")
    await expect(tab.at("prompt textarea")).to_have_value("Make it brighter")
    await expect(tab.thumbnails).to_have_count(1)
    await tab.edit("Now darker")
    assert cloud.jobs()[-1].received[0].data == first


async def test_what_changed_and_the_rest_kept(tab: EditPage, cloud: Cloud) -> None:
    """The service answers with the very picture but for the corner, at quality 60."""
    original = Image.open(io.BytesIO(encode(SIDE, SIDE, "png", SEED, False)))
    ImageDraw.Draw(original).rectangle(LEFT, fill="white")
    await tab.choose(ONE)
    await tab.give(tab.file("original.png", saved(original, "PNG")))
    await tab.at("more > button").click()
    await tab.at("seed input").fill(str(SEED))
    await tab.edit("Remove the white square")
    made = await tab.result()
    await tab.at("compare").click()
    await expect(tab.at("told")).to_contain_text(re.compile(r"[234] % of the picture changed"))
    await expect(tab.at("told")).to_contain_text("too little to see")
    await expect(tab.at("map img")).to_be_visible()

    await tab.at("keep").click()
    await expect(tab.at("film .tile.picture")).to_have_count(2)
    await expect(tab.at("caption")).to_contain_text("the rest comes from the original")
    await expect(tab.at("caption")).to_contain_text("free")
    await expect(tab.at("changes")).to_be_hidden()
    await expect(tab.at("slider")).to_be_visible()
    kept = Image.open(io.BytesIO(await tab.result()))
    assert kept.size == (SIDE, SIDE) and (await tab.result()) != made
    away = (SIDE // 2, SIDE // 2, SIDE, SIDE)
    assert kept.convert("RGB").crop(away).tobytes() == original.crop(away).tobytes()
    assert kept.convert("RGB").getpixel((100, 100)) != (255, 255, 255)
    await tab.at("receipt > button").click()
    await expect(tab.at("receipt")).to_contain_text("derived from")
    assert len(cloud.submissions()) == 1
    await expect(tab.it.at("#spend")).to_contain_text("$0.04")

    await tab.it.tab("History")
    await expect(tab.it.at("#history .thumbnail-item")).to_have_count(2)
    await tab.it.at("#history-clear").click()
    await tab.it.tab("Edit")
    await expect(tab.at("stage .stage-card.empty")).to_be_visible()


async def test_what_has_another_shape_is_told(tab: EditPage) -> None:
    await tab.choose(ONE)
    await tab.give(tab.file("wide.png", saved(scene((300, 100)), "PNG")))
    await tab.at("shape input").click()
    await tab.it.page.get_by_role("option", name="Square").click()
    await tab.edit("Make it brighter")
    await tab.at("compare").click()
    await expect(tab.at("told")).to_contain_text("different shapes")
    await expect(tab.at("keep")).to_be_hidden()


@needs_local_edit
async def test_easel_s_own_editor_answers_without_a_key(
    bare_page: EaselPage, tmp_path: Path
) -> None:
    tab = await opened(bare_page, tmp_path)
    await expect(tab.at("can")).to_contain_text("make it black and white")
    await tab.give(tab.square("red"))
    await expect(tab.at("hint")).to_contain_text("Stays on this machine")
    await tab.edit("make it black and white")
    red, green, blue = Image.open(io.BytesIO(await tab.result())).convert("RGB").getpixel((5, 5))  # type: ignore[misc]
    assert red == green == blue
    await expect(tab.at("slider")).to_be_visible()


async def test_the_tab_looks_right(tab: EditPage, cloud: Cloud) -> None:
    wrong = await wrong_at_any_width(tab.it, "empty")
    await tab.choose(ONE)
    await tab.give(tab.square("red"), tab.square("green"))
    await tab.thumbnails.nth(1).click()
    await expect(tab.at("order")).to_be_visible()
    wrong += await wrong_at_any_width(tab.it, "two pictures")
    await tab.at("remove").click()
    await expect(tab.thumbnails).to_have_count(1)
    await tab.edit("Make it brighter")
    await tab.at("compare").click()
    await expect(tab.at("told")).not_to_contain_text("Comparing")
    wrong += await wrong_at_any_width(tab.it, "result, compared")
    assert wrong == [], "\n".join(wrong)
