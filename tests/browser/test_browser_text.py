"""The Text tab: the preview follows, wishes set the controls, results keep size and format."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import expect

from tests.browser.easel_page import EaselPage
from tests.browser.looking import wrong_at_any_width
from tests.cloud import Cloud

RUSSIAN = "Крупный белый текст в центре, на чёрной плашке"
PREVIEW = "#text-preview img"
PREVIEW_ALL = f"document.querySelectorAll('{PREVIEW}')"
pytestmark = pytest.mark.asyncio(loop_scope="session")


def photo(folder: Path, name: str = "photo.jpg", size: tuple[int, int] = (1200, 800)) -> Path:
    path = folder / name
    Image.effect_noise(size, 60).convert("RGB").save(path)
    return path


async def opened(page: EaselPage, *files: Path) -> EaselPage:
    """The tab with pictures in it, the preview drawn."""
    await page.tab("Text")
    await page.page.set_input_files("#text-pictures input[type=file]", [*files])
    await expect(page.at(PREVIEW)).to_be_visible()
    return page


async def changed(page: EaselPage, seen: str) -> str:
    """The preview's address once it is another, whole one."""
    await expect(page.at(PREVIEW)).not_to_have_attribute("src", seen)
    await page.true(f"document.querySelector('{PREVIEW}')?.naturalWidth > 0")
    return await source(page)


async def source(page: EaselPage) -> str:
    return await page.at(PREVIEW).get_attribute("src") or ""


async def write(page: EaselPage, results: int) -> None:
    """Press the button; so many results stand in the strip afterwards."""
    await page.at("#text-go").click()
    await expect(page.film).to_have_count(results)
    await expect(page.at("#download")).to_be_visible()


@pytest_asyncio.fixture(loop_scope="session")
async def tab(bare_page: EaselPage, tmp_path: Path) -> EaselPage:
    return await opened(bare_page, photo(tmp_path))


async def test_from_a_wish_to_a_result(tab: EaselPage) -> None:
    seen = await source(tab)
    await tab.at("#text-text textarea").fill("Summer sale")
    seen = await changed(tab, seen)
    await tab.at("#text-wish textarea").fill(f"{RUSSIAN}, ёжик")
    await tab.at("#text-wish textarea").press("Enter")
    await expect(tab.at("#text-size input")).to_be_visible()
    await expect(tab.at("#text-size input")).to_have_value("Large")
    await expect(tab.at("#text-colour input")).to_have_value("White")
    await expect(tab.at("#text-position label.selected")).to_have_text("Centre")
    await expect(tab.at("#text-plate input")).to_be_checked()
    await expect(tab.at("#text-plate-colour input")).to_have_value("Black")
    await expect(tab.at("#text-said .unknown")).to_contain_text("ёжик")
    await expect(tab.at("#text-ask")).to_be_hidden()  # there is no key to ask anyone with
    await expect(tab.at("#text-outline-more")).to_be_hidden()
    await changed(tab, seen)
    await expect(tab.at("#text-told")).to_contain_text("Contrast")
    await write(tab, 1)
    await expect(tab.at(PREVIEW)).to_be_hidden()
    file = await tab.download("#download")
    with Image.open(file) as made:
        assert (made.format, made.size) == ("JPEG", (1200, 800))
    await tab.at("#text-text textarea").fill("Another\nOne")
    await expect(tab.at(PREVIEW)).to_be_visible()
    await expect(tab.at("#download")).to_be_hidden()
    await tab.at("#text-output > button").click()
    await tab.at("#text-per-line input").check()
    await write(tab, 3)


async def test_presets_places_and_plates(tab: EaselPage) -> None:
    await tab.at("#text-text textarea").fill("Hello")
    await tab.at("#text-presets button").filter(has_text="Meme").click()
    await expect(tab.at("#text-position label.selected")).to_have_text("Top")
    await expect(tab.at("#text-outline input").first).to_be_checked()
    await tab.at("#text-presets button").filter(has_text="Watermark").click()
    await expect(tab.at("#text-outline input").first).not_to_be_checked()
    await expect(tab.at("#text-told")).to_contain_text("hard to read")
    seen = await source(tab)
    await tab.at("#text-plate-add").click()
    await expect(tab.at("#text-plate input")).to_be_checked()
    seen = await changed(tab, seen)
    box = await tab.at(PREVIEW).bounding_box()
    assert box is not None
    await tab.at(PREVIEW).click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    await expect(tab.at("#text-position label.selected")).to_have_text("Centre")
    await changed(tab, seen)
    await tab.at("#text-more > button").click()
    right = await tab.at("#text-dx input").input_value()
    down = await tab.at("#text-dy input").input_value()
    assert float(right[:-1]) == pytest.approx(-25, abs=1)
    assert float(down[:-1]) == pytest.approx(25, abs=1)


async def test_a_style_is_saved_and_loaded(tab: EaselPage, tmp_path: Path) -> None:
    await tab.at("#text-text textarea").fill("Sale\n1 June")
    await tab.at("#text-wish textarea").fill("title on top, small red date bottom right")
    await tab.at("#text-set").click()
    await expect(tab.at("#text-chosen label")).to_have_count(2)
    await tab.at("#text-chosen label").filter(has_text="Date").click()
    await expect(tab.at("#text-colour input")).to_have_value("Red")
    await tab.at("#text-output > button").click()
    file = await tab.download("#text-save")
    saved = json.loads(file.read_text(encoding="utf-8"))
    assert [each["role"] for each in saved["captions"]] == ["title", "date"]
    await tab.at("#text-alone").click()
    await expect(tab.at("#text-chosen")).to_be_hidden()
    await tab.page.set_input_files("#text-files input[type=file]", [file])
    await expect(tab.at("#text-chosen label")).to_have_count(2)
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"sise": 3}', encoding="utf-8")
    await tab.page.set_input_files("#text-files input[type=file]", [wrong])
    await expect(tab.at("#text-loaded")).to_contain_text("sise")


async def test_three_pictures_in_one_style(bare_page: EaselPage, tmp_path: Path) -> None:
    files = [photo(tmp_path, f"{n}.png", (300 + 100 * n, 300)) for n in range(3)]
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    page = await opened(bare_page, files[0], broken, *files[1:])
    await page.at("#text-text textarea").fill("Three")
    await write(page, 3)
    await expect(page.at("#caption")).to_contain_text("3 of 4 finished")
    await expect(page.at("#caption")).to_contain_text("Left out: broken.png")
    with ZipFile(await page.download("#caption .zip")) as together:
        assert [Path(name).suffix for name in together.namelist()] == [".png"] * 3
    await page.tab("History")
    await expect(page.at("#history .thumbnail-item")).to_have_count(3)


async def test_what_is_missing_is_said_and_the_chosen_picture_is_shown(
    bare_page: EaselPage, tmp_path: Path
) -> None:
    page = bare_page
    await page.tab("Text")
    await page.at("#text-go").click()
    await expect(page.at("#stage .stage-card")).to_contain_text("no text")
    await page.at("#text-text textarea").fill("Hello")
    await page.at("#text-go").click()
    await expect(page.at("#stage .stage-card")).to_contain_text("no picture")
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    await page.page.set_input_files("#text-pictures input[type=file]", [broken])
    await expect(page.at("#text-note")).to_contain_text("broken.png")

    files = [photo(tmp_path, "wide.png", (400, 200)), photo(tmp_path, "high.png", (200, 400))]
    await opened(page, *files)
    seen = await source(page)
    await page.at("#text-pictures .thumbnail-item").nth(1).click()
    await changed(page, seen)
    await page.true(f"(([e]) => e.naturalWidth < e.naturalHeight)({PREVIEW_ALL})")
    await page.at("#text-clear").click()
    await expect(page.at(PREVIEW)).to_be_hidden()


async def test_everything_can_be_read_and_hit(bare_page: EaselPage, tmp_path: Path) -> None:
    page = bare_page
    await page.tab("Text")
    wrong = await wrong_at_any_width(page, "empty")
    await opened(page, photo(tmp_path), photo(tmp_path, "other.png"))
    await page.at("#text-text textarea").fill("Sale\n1 June")
    await page.at("#text-wish textarea").fill(
        "title on top, small date, plate, outline, shadow, elephants"
    )
    await page.at("#text-set").click()
    await expect(page.at("#text-said .unknown")).to_contain_text("elephants")
    await page.at("#text-more > button").click()
    await page.at("#text-output > button").click()
    await expect(page.at("#text-save")).to_be_visible()
    wrong += await wrong_at_any_width(page, "all controls")
    await write(page, 2)
    await expect(page.at("#caption .zip")).to_be_visible()
    wrong += await wrong_at_any_width(page, "results")
    assert wrong == [], "\n".join(wrong)


async def test_a_language_model_is_asked_only_on_a_press(
    page: EaselPage, cloud: Cloud, tmp_path: Path
) -> None:
    cloud.writes("Sure! A huge headline.", '{"size": "huge", "outline": {}, "text": "Buy now"}')
    await opened(page, photo(tmp_path))
    await page.at("#text-wish textarea").fill("large white text")
    await page.at("#text-set").click()
    await expect(page.at("#text-said")).to_contain_text("Understood")
    await expect(page.at("#text-ask")).to_be_hidden()
    await page.at("#text-wish textarea").fill("like a tabloid headline, elephants")
    await page.at("#text-set").click()
    await expect(page.at("#text-ask")).to_contain_text("Ask ")
    assert cloud.submissions() == []
    await page.at("#text-ask").click()
    await expect(page.at("#text-said")).to_contain_text("Nothing was changed")
    await expect(page.at("#text-outline input[type=checkbox]")).not_to_be_checked()
    assert len(cloud.submissions()) == 1
    await page.at("#text-ask").click()
    await expect(page.at("#text-said")).to_contain_text("Understood: text size huge")
    await expect(page.at("#text-said")).to_contain_text("no style has it: text")
    await expect(page.at("#text-outline input[type=checkbox]")).to_be_checked()
    assert len(cloud.submissions()) == 2
