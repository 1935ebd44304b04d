"""Pictures that come back: what they are, whether they are whole, what they are called."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from errors import ResultLost
from providers.catalogue import MODELS
from studio.results.image_files import file_name, read_header, remove, store
from tests.making import picture_bytes

KINDS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp", "GIF": "gif"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_header_tells_type_and_size(kind: str) -> None:
    header = read_header(picture_bytes(kind, (64, 48)), "fal")
    assert (header.format, header.width, header.height) == (kind.lower(), 64, 48)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>expired</html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"\0" * 99,
        picture_bytes("BMP"),
        picture_bytes("PNG")[:20],
    ],
    ids=["empty", "html", "svg", "pdf", "zeros", "bmp", "stub"],
)
def test_what_is_no_picture(data: bytes) -> None:
    with pytest.raises(ResultLost) as caught:
        read_header(data, "fal")
    assert caught.value.provider == "fal"
    assert caught.value.created is True


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_cut_picture_is_lost(kind: str) -> None:
    data = picture_bytes(kind, (640, 480))
    for part in (len(data) // 2, len(data) * 3 // 4):
        with pytest.raises(ResultLost, match=r"cut short|not a picture"):
            read_header(data[:part], "fal")


def test_a_picture_with_a_tail_is_whole() -> None:
    """Providers append metadata after the end of a JPEG; it is still whole."""
    assert read_header(picture_bytes("JPEG") + b"\0" * 500, "fal").format == "jpeg"


def test_the_name() -> None:
    moment = datetime(2026, 11, 21, 4, 5, 6, tzinfo=UTC)
    model = MODELS["fal/nano-banana-2"]
    assert file_name(model, moment) == "easel_20261121_040506_fal-nano-banana-2"
    assert file_name(model, moment, 1) == "easel_20261121_040506_fal-nano-banana-2_2"


@pytest.mark.parametrize(("kind", "extension"), KINDS.items())
def test_the_extension_is_that_of_the_bytes(tmp_path: Path, kind: str, extension: str) -> None:
    data = picture_bytes(kind)
    stored = store(data, tmp_path, "easel_x", "fal")
    assert stored.path.name == f"easel_x.{extension}"
    assert stored.path.read_bytes() == data
    assert stored.bytes == len(data)
    assert stat.S_IMODE(stored.path.parent.stat().st_mode) == 0o700


def test_folders_cannot_be_guessed(tmp_path: Path) -> None:
    places = {store(picture_bytes(), tmp_path, "x", "fal").path.parent.name for _ in range(5)}
    assert len(places) == 5
    assert all(len(place) >= 24 for place in places)


def test_nothing_is_written_for_what_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(ResultLost):
        store(b"<html>", tmp_path, "x", "fal")
    assert list(tmp_path.iterdir()) == []


def test_remove_takes_the_folder_and_can_be_said_twice(tmp_path: Path) -> None:
    stored = store(picture_bytes(), tmp_path, "x", "fal")
    remove(stored.path)
    assert list(tmp_path.iterdir()) == []
    remove(stored.path)
