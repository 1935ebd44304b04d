"""Only files that a visitor uploaded are opened, whatever path is given."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from errors import InvalidInput
from studio.uploads import inside, take_in
from studio.uploads.limits import MOST_BYTES
from studio.uploads.ownership import read_file
from tests.making import picture_bytes


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    place = tmp_path / "uploads"
    (place / "abc").mkdir(parents=True)
    (place / "abc" / "image.png").write_bytes(picture_bytes())
    (tmp_path / "private.png").write_bytes(picture_bytes())
    (tmp_path / "uploads-of-others").mkdir()
    (tmp_path / "uploads-of-others" / "image.png").write_bytes(picture_bytes())
    return place


def test_an_upload(uploads: Path) -> None:
    path = uploads / "abc" / "image.png"
    assert inside(path, uploads) == path.resolve()
    assert read_file(path, uploads, "image.png") == picture_bytes()


def test_a_folder_reached_through_a_link(uploads: Path, tmp_path: Path) -> None:
    """As on a Mac, whose temporary folder is one."""
    link = tmp_path / "link"
    link.symlink_to(uploads)
    assert inside(uploads / "abc" / "image.png", link)
    assert inside(link / "abc" / "image.png", uploads)


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../private.png",
        "abc/../../private.png",
        "../uploads-of-others/image.png",
        "abc/missing.png",
        "abc/image.png/more",
        "abc/\0.png",
        "",
    ],
)
async def test_what_is_elsewhere(uploads: Path, path: str) -> None:
    with pytest.raises(InvalidInput, match="not among your uploads") as caught:
        await take_in(uploads / path, "a.png", uploads)
    assert caught.value.created is False
    assert "private" not in str(caught.value)


async def test_links_that_lead_out(uploads: Path, tmp_path: Path) -> None:
    (uploads / "file.png").symlink_to(tmp_path / "private.png")
    (uploads / "folder").symlink_to(tmp_path)
    (uploads / "ring.png").symlink_to(uploads / "ring.png")
    for path in ("file.png", "folder/private.png", "ring.png"):
        with pytest.raises(InvalidInput, match="not among your uploads"):
            await take_in(uploads / path, "a.png", uploads)


async def test_what_is_no_file(uploads: Path) -> None:
    os.mkfifo(uploads / "pipe")
    for path in ("pipe", "abc"):
        with pytest.raises(InvalidInput, match="not among your uploads"):
            await take_in(uploads / path, "a.png", uploads)


async def test_a_file_too_heavy_is_not_read(uploads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = uploads / "heavy.png"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    monkeypatch.setattr("studio.uploads.reading.take", None)
    with pytest.raises(InvalidInput, match=r"heavy\.png has 30\.0 MB"):
        await take_in(path, "heavy.png", uploads)


async def test_an_empty_file(uploads: Path) -> None:
    (uploads / "empty.png").touch()
    with pytest.raises(InvalidInput, match="0 bytes"):
        await take_in(uploads / "empty.png", "empty.png", uploads)
