"""Text on pictures over the API: /overlay_text and /parse_wishes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client, handle_file
from PIL import Image

RUSSIAN = "Крупный белый текст в центре, на чёрной плашке"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (640, 420), (90, 130, 170)).save(path, quality=80)
    return path


def write(client: Client, path: Path, text: str, **more: Any) -> tuple[str, dict[str, Any]]:
    (made,), receipt = client.predict(
        image=handle_file(str(path)), text=text, **more, api_name="/overlay_text"
    )
    return made["image"]["path"], receipt


def refusal(client: Client, **asked: Any) -> str:
    with pytest.raises(Exception) as caught:
        client.predict(**asked, api_name="/overlay_text")
    return str(caught.value)


def test_the_picture_keeps_its_size_and_its_format(client: Client, photo: Path) -> None:
    picture, receipt = write(client, photo, "Привет 👋", wishes=RUSSIAN)
    with Image.open(picture) as made, Image.open(photo) as given:
        assert (made.format, made.size) == ("JPEG", (640, 420))
        assert made.convert("RGB").getpixel((320, 210)) != (90, 130, 170)
        assert made.quantization == given.quantization
    assert receipt["model"] == "local/text" and receipt["task"] == "text-overlay"
    assert receipt["price"]["basis"] == "free" and receipt["warnings"] == []
    assert receipt["asked"]["prompt"] == receipt["sent"]["prompt"] == "Привет 👋"
    assert receipt["asked"]["wishes"] == receipt["sent"]["wishes"] == RUSSIAN
    assert client.predict(api_name="/history")[-1]["id"] == receipt["id"]


def test_words_not_understood_are_told(client: Client, photo: Path) -> None:
    _, receipt = write(client, photo, "Hello", wishes="large text with purple elephants")
    assert any("elephants" in each for each in receipt["warnings"])


@pytest.mark.parametrize("as_text", [False, True])
def test_a_style_is_an_object_or_its_text(client: Client, photo: Path, as_text: bool) -> None:
    style = {"size": "huge", "colour": "#ff0000", "position": "top left", "plate": {"opacity": 1}}
    _, receipt = write(client, photo, "Hi", style=json.dumps(style) if as_text else style)
    assert json.loads(receipt["asked"]["style"]) == style


def test_wishes_are_laid_over_the_style(client: Client, photo: Path) -> None:
    plain, _ = write(client, photo, "Hi", style={"position": "top"}, output_format="png")
    moved, _ = write(
        client, photo, "Hi", style={"position": "top"}, wishes="at the bottom", output_format="png"
    )
    with Image.open(plain) as one, Image.open(moved) as other:
        assert one.format == other.format == "PNG"
        upper, lower = (0, 0, 640, 210), (0, 210, 640, 420)
        assert len(one.crop(upper).getcolors(99999)) > len(one.crop(lower).getcolors(99999))
        assert len(other.crop(upper).getcolors(99999)) < len(other.crop(lower).getcolors(99999))


def test_transparency_stays(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "clear.png"
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(path)
    picture, _ = write(client, path, "Hi", wishes="black")
    with Image.open(picture) as made:
        assert made.mode == "RGBA" and made.getpixel((0, 0))[3] == 0


def test_formats_are_read_as_they_are_written(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "clear.png"
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(path)
    written_as = {"jpeg": "JPEG", ".JPG": "JPEG", "image/webp": "WEBP", "null": "PNG"}
    for written, kind in written_as.items():
        made, receipt = write(client, path, "Hi", output_format=written)
        with Image.open(made) as image:
            assert (image.format, image.size) == (kind, (300, 200)), written
        white = any("filled with white" in each for each in receipt["warnings"])
        assert white == (kind == "JPEG")
    told = refusal(client, image=handle_file(str(path)), text="Hi", output_format="gif")
    assert "must be png, jpeg, webp, not gif" in told


def test_what_is_wrong_is_said(client: Client, photo: Path) -> None:
    image = handle_file(str(photo))
    assert "no text" in refusal(client, image=image, text="  ")
    assert "picture" in refusal(client, image=None, text="Hi")
    assert "plate.opacity" in refusal(
        client, image=image, text="Hi", style={"plate": {"opacity": 7}}
    )
    assert "colur" in refusal(client, image=image, text="Hi", style={"colur": "red"})
    assert "JSON" in refusal(client, image=image, text="Hi", style="{")
    assert "does not fit" in refusal(client, image=image, text="word " * 3000)
    assert client.predict(api_name="/history") == []


def test_wishes_become_controls(client: Client) -> None:
    told = client.predict(wishes=RUSSIAN + ", ёжик", api_name="/parse_wishes")
    (caption,) = told["captions"]
    assert caption["role"] == ""
    assert caption["settings"] == {
        "size": "large", "colour": "#ffffff", "plate": {"colour": "#000000"}, "position": "center",
    }  # fmt: skip
    assert told["style"]["plate"]["colour"] == "#000000" and told["unknown"] == ["ёжик"]


def test_several_captions(client: Client, photo: Path) -> None:
    wishes = "title on top, small date bottom right"
    told = client.predict(wishes=wishes, api_name="/parse_wishes")
    assert [each["role"] for each in told["captions"]] == ["title", "date"]
    _, receipt = write(client, photo, "Summer sale\n1 June", style=told["style"])
    assert receipt["warnings"] == []
    _, receipt = write(client, photo, "Summer sale", style=told["style"])
    assert any("date" in each for each in receipt["warnings"])


def test_its_price_is_told_before(client: Client) -> None:
    ahead = client.predict("text-overlay", api_name="/estimate")
    assert (ahead["model"], ahead["usd"]) == ("local/text", 0)
