"""Face swap on the screen: faces found and numbered, consent first, the face alone leaves."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.async_api import expect

from studio.face_swap import find
from studio.uploads import take
from tests.browser.easel_page import EaselPage
from tests.browser.looking import wrong_at_any_width
from tests.cloud import Cloud
from tests.faces import no_face, one_face, two_faces

pytestmark = pytest.mark.asyncio(loop_scope="session")
TITLE = "Face Swap · WaveSpeed"


@pytest.fixture
def camera() -> bytes:
    """EXIF as a phone writes it."""
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    return exif.tobytes()


async def give(it: EaselPage, box: str, data: bytes) -> None:
    """Choose a picture for a box, and wait until it was looked at."""
    file: Any = {"name": f"{box}.jpg", "mimeType": "image/jpeg", "buffer": data}
    await it.page.set_input_files(f"#swap-{box} input[type=file]", [file])
    await expect(it.at(f"#swap-{box}-found :is(figure, p)")).to_be_visible()


async def open_tab(it: EaselPage, model: str = "") -> None:
    await it.tab("Face swap")
    await expect(it.at("#swap-go")).to_contain_text("·")
    if model:
        await it.at("#swap-model input").click()
        await it.page.get_by_role("option", name=model).first.click()
        await expect(it.at("#swap-who .who-line")).to_contain_text(model)


async def test_a_face_goes_into_a_picture(page: EaselPage, cloud: Cloud, camera: bytes) -> None:
    it = page
    await open_tab(it, TITLE)
    await expect(it.at("#swap-go")).to_have_text("Swap · about $0.01")
    await expect(it.at("#swap-who")).to_contain_text("Commercial use:")
    await give(it, "source", one_face(exif=camera))
    await expect(it.at("#swap-source-found")).to_contain_text("One face found")
    await expect(it.at("#swap-source-face")).to_be_hidden()
    await give(it, "target", one_face())
    await expect(it.at("#swap-hint")).to_contain_text("only the area around the face goes to")
    await expect(it.at("#swap-hint")).to_contain_text("320×320, goes to WaveSpeed")

    await it.at("#swap-go").click()
    await expect(it.at("#stage .stage-card")).to_contain_text("needs the consent")
    assert cloud.submissions() == []
    assert cloud.uploads() == []

    await it.at("#swap-consent input").check()
    await it.at("#swap-go").click()
    await expect(it.at("#slider img").first).to_be_visible()
    await expect(it.at("#caption")).to_contain_text("a note that a face was swapped")
    assert len(cloud.submissions()) == 1

    (job,) = cloud.jobs()
    received = {each.name: each for each in job.received}
    face, target = received["face_image"], received["image"]
    assert face.metadata == target.metadata == ()
    assert face.width < 320
    assert face.height < 320
    with Image.open(io.BytesIO(target.data)) as sent, Image.open(io.BytesIO(one_face())) as given:
        assert ImageChops.difference(sent, given).getbbox() is None

    sources = [await each.get_attribute("src") for each in await it.at("#slider img").all()]
    assert any("before" in (source or "") for source in sources)
    await it.tab("History")
    await expect(it.at("#history .thumbnail-item")).to_have_count(1)


async def test_what_is_missing_is_said_and_closes_the_button(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await open_tab(it, TITLE)
    await it.at("#swap-consent input").check()
    await it.at("#swap-go").click()
    await expect(it.at("#stage .stage-card")).to_contain_text("with the face is missing")
    await give(it, "source", one_face())
    await it.at("#swap-go").click()
    await expect(it.at("#stage .stage-card")).to_contain_text("picture to change is missing")

    await give(it, "source", no_face())
    await expect(it.at("#swap-source-found")).to_contain_text("No face was found in source.jpg.")
    await expect(it.at("#swap-go")).to_be_disabled()
    await give(it, "target", one_face())
    await expect(it.at("#swap-go")).to_be_disabled()
    await it.page.keyboard.press("Control+Enter")
    await give(it, "source", one_face())
    await expect(it.at("#swap-source-found figure")).to_be_visible()
    await expect(it.at("#swap-go")).to_be_enabled()
    assert cloud.submissions() == []


async def test_of_several_faces_one_is_chosen(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await open_tab(it, TITLE)
    await it.at("#swap-consent input").check()
    await give(it, "source", two_faces())
    await expect(it.at("#swap-source-face label")).to_have_count(2)
    await give(it, "target", two_faces())
    await expect(it.at("#swap-target-face label")).to_have_count(2)
    await expect(it.at("#swap-hint .warning")).to_contain_text("another than face 1")
    await it.select("#swap-source-face", "Face 2")
    await it.select("#swap-target-face", "Face 2")
    await expect(it.at("#swap-hint .warning")).to_contain_text("another than face 2")
    await it.at("#swap-go").click()
    await expect(it.at("#slider img").first).to_be_visible()
    (job,) = cloud.jobs()
    received = {each.name: each for each in job.received}
    assert received["image"].width == 700
    (alone,) = find(take(received["face_image"].data, "sent.jpg"))
    left, right = find(take(two_faces(), "given.jpg"))
    assert alone.size > (left.size + right.size) / 2, "the right face is the larger one"
    assert set(job.input) <= {"face_image", "image", "output_format"}


async def test_with_no_key_the_chosen_face_is_changed_here(
    bare_page: EaselPage, cloud: Cloud
) -> None:
    it = bare_page
    await open_tab(it)
    await it.at("#swap-consent input").check()
    await give(it, "source", one_face())
    await give(it, "target", two_faces())
    await expect(it.at("#swap-target-face label")).to_have_count(2)
    await expect(it.at("#swap-go")).to_have_text("Swap · free")
    await expect(it.at("#swap-hint")).to_contain_text("Stays on this machine.")
    await expect(it.at("#swap-hint .warning")).to_have_count(0)
    await it.select("#swap-target-face", "Face 2")
    await it.at("#swap-go").click()
    await expect(it.at("#slider img").first).to_be_visible()
    made = await it.download("#download")
    with Image.open(made) as after, Image.open(io.BytesIO(two_faces())) as before:
        apart = ImageChops.difference(after.convert("RGB"), before.convert("RGB")).convert("L")
    # Storing a JPEG anew moves pixels of the other face by a few steps, too.
    box = apart.point(lambda step: 255 * (step > 24)).getbbox()
    assert box
    assert box[0] >= 240, "the right face alone was to change"
    assert cloud.submissions() == []


async def test_it_looks_right(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await open_tab(it)
    wrong = await wrong_at_any_width(it, "empty")
    await give(it, "source", one_face())
    await give(it, "target", two_faces())
    await expect(it.at("#swap-target-face label")).to_have_count(2)
    wrong += await wrong_at_any_width(it, "faces")
    assert wrong == [], "\n".join(wrong)
