"""What cannot be taken in is refused before it is decoded, in a sentence that names the file."""

from __future__ import annotations

import builtins
import random
import struct
from pathlib import Path

import pytest
from PIL import Image, ImageFile, TiffImagePlugin

from engines.intake import read
from engines.intake.facts import Broken
from errors import InvalidInput
from studio.uploads import take, take_in
from studio.uploads.limits import MOST_BYTES
from tests.unit.intake_files import (
    chunk,
    noise,
    opened,
    png_of,
    riff,
    saved,
    scene,
    segment,
    with_segments,
)

KINDS = ("PNG", "JPEG", "WEBP", "AVIF", "GIF", "BMP", "TIFF")
STARTS = {
    "png": b"\x89PNG\r\n\x1a\n",
    "jpeg": b"\xff\xd8\xff\xe0",
    "webp": b"RIFF\x40\x10\0\0WEBP",
    "gif": b"GIF89a",
    "tiff": b"II*\0\x08\0\0\0",
    "tiff, big end first": b"MM\0*\0\0\0\x08",
    "avif": b"\0\0\0\x18ftypavif\0\0\0\0avifmif1",
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0heicmif1",
    "bmp": b"BM\0\x10\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0",
}


@pytest.fixture
def never_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may open or decode a picture."""

    def fail(self: object, *args: object, **kwargs: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "__init__", fail)
    monkeypatch.setattr(ImageFile.ImageFile, "load", fail)


def ispe(width: int, height: int) -> bytes:
    def box(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I4s", len(body) + 8, name) + body

    size = box(b"ispe", struct.pack(">III", 0, width, height))
    meta = box(b"meta", b"\0\0\0\0" + box(b"iprp", box(b"ipco", size)))
    return box(b"ftyp", b"avif\0\0\0\0avifmif1") + meta


def huge(kind: str) -> bytes:
    """A small file whose header says 13000 x 13000."""
    side = 13_000
    jpeg = saved(scene(), "JPEG")
    at = jpeg.index(b"\xff\xc0")
    gif = bytearray(saved(scene(), "GIF"))
    gif[6:10] = struct.pack("<HH", side, side)
    bmp = bytearray(saved(scene(), "BMP"))
    bmp[18:26] = struct.pack("<ii", side, -side)
    three = (side - 1).to_bytes(3, "little")
    lossy = saved(scene(), "WEBP")
    lossless = bytearray(saved(scene(), "WEBP", lossless=True))
    lossless[21:25] = struct.pack("<I", (side - 1) | (side - 1) << 14)
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[256], tags[257] = side, side
    return {
        "PNG": png_of(side, side),
        "JPEG": jpeg[: at + 5] + struct.pack(">HH", side, side) + jpeg[at + 9 :],
        "GIF": bytes(gif),
        "BMP": bytes(bmp),
        "TIFF": b"II*\0\x08\0\0\0" + tags.tobytes(8),
        "WEBP": lossy[:26] + struct.pack("<HH", side, side) + lossy[30:],
        "WEBP lossless": bytes(lossless),
        "WEBP animated": riff((b"VP8X", b"\x02\0\0\0" + three + three), (b"ANMF", b"\0" * 24)),
        "AVIF": ispe(side, side),
        "HEIC": ispe(side, side).replace(b"avif", b"heic"),
    }[kind]


@pytest.mark.parametrize("kind", [*KINDS, "WEBP lossless", "WEBP animated", "HEIC"])
def test_too_many_pixels_are_seen_in_the_header(never_decoded: None, kind: str) -> None:
    with pytest.raises(InvalidInput, match="13000×13000") as caught:
        take(huge(kind), f"big.{kind}")
    error = caught.value
    assert error.field == "image"
    assert error.created is False
    assert f"big.{kind}" in error.message
    assert "169 megapixels" in error.message and "40" in error.message


def test_a_real_bomb_is_not_decoded(never_decoded: None) -> None:
    """20 kB that would take 169 MB; in colour, half a megabyte would take 1.5 GB."""
    data = png_of(13_000, 13_000, bits=1, colours=0, rows=b"\0" * (1 + 13_000 // 8) * 13_000)
    assert len(data) < 30_000
    with pytest.raises(InvalidInput, match="megapixels"):
        take(data, "bomb.png")


def test_rows_that_inflate_beyond_their_size_are_cut_off() -> None:
    """A header of 8 x 8 over 20 MB of zeros: no more is inflated than the size allows."""
    data = png_of(8, 8, rows=b"\0" * 20_000_000)
    assert take(data, "a.png").width == 8


@pytest.mark.parametrize(
    ("size", "words"), [((40_000_001, 1), "megapixels"), ((65_501, 3), "longer than 65500")]
)
def test_the_limits(never_decoded: None, size: tuple[int, int], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        take(png_of(*size), "a.png")


def test_a_file_too_heavy_is_refused(never_decoded: None) -> None:
    with pytest.raises(InvalidInput, match=r"a\.png has 30\.0 MB; at most 30 MB"):
        take(b"\x89PNG\r\n\x1a\n" + b"\0" * MOST_BYTES, "a.png")


@pytest.mark.parametrize(
    "data",
    [
        b"This is a text about a cat.",
        b"BMW builds cars, and this is a text about them.",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html>expired</html>",
        b"%PDF-1.7\n",
        b"PK\x03\x04" + b"\0" * 60,
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
        b"\0" * 100,
        b"x",
    ],
)
def test_what_is_no_picture(never_decoded: None, data: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        take(data, "cat.png")
    assert caught.value.message == "cat.png is not a picture that Easel can read."
    assert "JPEG" in caught.value.what_now


def test_nothing_is_no_picture() -> None:
    with pytest.raises(InvalidInput, match=r"cat\.png is empty"):
        take(b"", "cat.png")


@pytest.mark.parametrize("kind", KINDS)
def test_the_bytes_tell_the_kind_and_not_the_name(kind: str) -> None:
    assert read(saved(scene(), kind)).kind == kind.lower()
    assert take(saved(scene(), kind), "photo.jpg").width == 48


@pytest.mark.parametrize("kind", [*KINDS, "WEBP lossless", "JPEG progressive", "TIFF packed"])
def test_a_picture_cut_anywhere_is_refused(kind: str) -> None:
    name, _, how = kind.partition(" ")
    options = {"lossless": {"lossless": True}, "progressive": {"progressive": True}}
    packed = {"compression": "tiff_lzw"} if how == "packed" else options.get(how, {})
    data = saved(noise((64, 48)), name, **packed)
    assert take(data, "a").width == 64
    for tenth in range(1, 10):
        with pytest.raises(InvalidInput, match=r"a is (cut short|damaged|not a picture)"):
            take(data[: len(data) * tenth // 10], "a")


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("seed", range(8))
def test_random_bytes_with_the_right_beginning(name: str, seed: int) -> None:
    with pytest.raises(InvalidInput):
        take(STARTS[name] + random.Random(seed).randbytes(4096), "a")


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("filling", [b"\0", b"\xff", b"\xff\0", b"\xff\xe0\0\x02"])
def test_a_beginning_and_one_thing_over_and_over(name: str, filling: bytes) -> None:
    with pytest.raises(InvalidInput):
        take(STARTS[name] + filling * (2_000_000 // len(filling)), "a")


def test_a_jpeg_of_a_thousand_scans() -> None:
    """Each scan costs a pass over the whole picture."""
    jpeg = saved(scene(), "JPEG", progressive=True)
    start, end = jpeg.rindex(b"\xff\xda"), len(jpeg) - 2
    with pytest.raises(InvalidInput, match="damaged"):
        take(jpeg[:end] + jpeg[start:end] * 1000 + jpeg[end:], "a.jpg")


@pytest.mark.parametrize("code", [0xC3, 0xC5, 0xC9, 0xCB])
def test_rare_jpegs(code: int) -> None:
    jpeg = saved(scene(), "JPEG")
    with pytest.raises(InvalidInput, match="rare kind"):
        take(jpeg.replace(b"\xff\xc0", bytes((0xFF, code)), 1), "a.jpg")


def test_a_jpeg_of_12_bits_or_of_no_height() -> None:
    jpeg = saved(scene(), "JPEG")
    at = jpeg.index(b"\xff\xc0")
    for broken in (
        jpeg[: at + 4] + b"\x0c" + jpeg[at + 5 :],
        jpeg[: at + 5] + b"\0\0" + jpeg[at + 7 :],
    ):
        with pytest.raises(InvalidInput, match="rare kind"):
            take(broken, "a.jpg")


def test_a_jpeg_without_its_tables_is_refused_before_it_is_sent() -> None:
    jpeg = saved(scene(), "JPEG")
    at = jpeg.index(b"\xff\xdb")
    length = int.from_bytes(jpeg[at + 2 : at + 4], "big")
    with pytest.raises(InvalidInput, match="damaged"):
        take(jpeg[:at] + jpeg[at + 2 + length :], "a.jpg")


def test_pngs_whose_parts_do_not_fit() -> None:
    whole = saved(scene(), "PNG")
    palette = saved(scene().quantize(8), "PNG")
    at = palette.index(b"PLTE") - 4
    length = int.from_bytes(palette[at : at + 4], "big")
    flipped = bytearray(whole)
    flipped[60] ^= 1
    for broken in (
        bytes(flipped),
        palette[:at] + palette[at + 12 + length :],
        whole[:33] + whole[8:33] + whole[33:],
        whole[:33] + chunk(b"NEWC", b"") + whole[33:],
        whole[:8] + chunk(b"IHDR", b"") + whole[33:],
        whole[:33] + chunk(b"IEND", b""),
        png_of(8, 8, bits=3, rows=b"\0" * 400),
        png_of(0, 8),
        png_of(8, 8, rows=b"\0" * 100),
    ):
        with pytest.raises(InvalidInput, match=r"damaged|cut short"):
            take(broken, "a.png")


@pytest.mark.parametrize("mode", ["I", "F"])
def test_measurements_are_no_colours(mode: str) -> None:
    with pytest.raises(InvalidInput, match="32-bit"):
        take(saved(Image.new(mode, (8, 8)), "TIFF"), "depth.tif")


def test_a_heic_without_its_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    found = builtins.__import__

    def without(name: str, *args: object, **kwargs: object) -> object:
        if name.startswith("pillow_heif"):
            raise ImportError(name)
        return found(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InvalidInput, match=r"photo\.heic is a HEIC picture") as caught:
        take(ispe(8, 8).replace(b"avif", b"heic"), "photo.heic")
    assert "heif" in caught.value.what_now


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"II*\0",
        b"II*\0\xff\xff\xff\xff",
        b"II*\0\x08\0\0\0\xff\xff",
        b"II*\0\x08\0\0\0\x01\0" + b"\xff" * 12,
        b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x0112, 3, 1, 99),
        b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x0112, 5, 1, 8),
        b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x8769, 4, 1, 8) + b"\x08\0\0\0",
        b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x8825, 4, 1, 2**32 - 1),
    ],
)
def test_malformed_exif_is_removed_and_nothing_else_happens(body: bytes) -> None:
    jpeg = saved(scene(), "JPEG")
    taken = take(with_segments(jpeg, segment(0xE1, b"Exif\0\0" + body)), "a.jpg")
    assert taken.data == jpeg
    assert taken.removed


def test_a_tiff_whose_tiles_are_larger_than_pictures_may_be(never_decoded: None) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[256], tags[257], tags[322], tags[323] = 64, 64, 10_000, 10_000
    with pytest.raises(InvalidInput, match="rare kind"):
        take(b"II*\0\x08\0\0\0" + tags.tobytes(8), "a.tif")


def test_pillow_s_own_limit_is_not_asked() -> None:
    """Ours is, before; warnings are errors here. GIF and TIFF ask it of what we asked already."""
    before = Image.MAX_IMAGE_PIXELS
    try:
        Image.MAX_IMAGE_PIXELS = 1000
        for kind in ("PNG", "JPEG", "WEBP", "AVIF", "BMP"):
            assert take(saved(scene((60, 40)), kind), "a").width == 60
    finally:
        Image.MAX_IMAGE_PIXELS = before


async def test_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "upload").mkdir()
    path = tmp_path / "upload" / "image.png"
    path.write_bytes(saved(scene(), "JPEG"))
    taken = await take_in(path, "holiday.png", tmp_path)
    assert (taken.name, taken.kind, taken.media_type) == ("holiday.png", "jpeg", "image/jpeg")
    assert opened(taken.data).size == (taken.width, taken.height) == (48, 32)
    assert "data" not in repr(taken)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/cat.png", "cat.png"),
        ("C:\\Users\\me\\cat.png", "cat.png"),
        ("cat\n\x00\u202e.png", "cat.png"),
        ("<img src=x>.png", "img src=x.png"),
        ("", "The picture"),
        ("a" * 300 + ".png", "a" * 51 + "…aaaa.png"),
    ],
)
def test_the_name_is_fit_to_show(name: str, shown: str) -> None:
    assert take(saved(scene(), "PNG"), name).name == shown


def test_the_readers_say_why() -> None:
    with pytest.raises(Broken) as caught:
        read(b"text")
    assert caught.value.why == "unknown"
