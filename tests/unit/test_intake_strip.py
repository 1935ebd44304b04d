"""What is in the file beside the picture goes, is named, and the picture stays bit for bit."""

from __future__ import annotations

import io
import struct
import zlib

import pytest

from studio.uploads import UploadedPicture, take
from tests.unit.intake_files import (
    SECRET,
    WORD,
    XMP,
    chunk,
    exif,
    gps_exif,
    noise,
    opened,
    pixels_of,
    riff,
    saved,
    scan_of,
    scene,
    segment,
    srgb,
    with_chunks,
    with_segments,
)

JPEG = saved(scene(), "JPEG", quality=90)
PNG = saved(scene(), "PNG")
LOSSY, LOSSLESS = saved(scene(), "WEBP"), saved(scene(), "WEBP", lossless=True)
PHOTOSHOP = b"Photoshop 3.0\x008BIM\x04\x0c\0\0" + SECRET
MPF = b"MPF\0" + b"II*\0\x08\0\0\0" + SECRET
APP = {
    "exif": (segment(0xE1, b"Exif\0\0" + gps_exif()), "location"),
    "exif big end first": (segment(0xE1, b"Exif\0\0" + gps_exif(">")), "location"),
    "xmp": (segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP), "location camera text"),
    "more xmp": (segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + SECRET), "text"),
    "iptc": (segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + SECRET), "text"),
    "photoshop": (segment(0xED, PHOTOSHOP), "text preview"),
    "comment": (segment(0xFE, b"shot by " + SECRET), "text"),
    "jfif thumbnail": (segment(0xE0, b"JFXX\0\x10" + SECRET), "preview"),
    "pictures": (segment(0xE2, MPF), "preview"),
    "credentials": (segment(0xEB, b"JP\0\0\0\0\0\0\0\0jumbc2pa" + SECRET), "credentials"),
    "maker": (segment(0xE4, SECRET), "other"),
    "broken exif": (segment(0xE1, b"Exif\0\0" + SECRET), "other"),
}
CHUNKS = {
    "exif": (chunk(b"eXIf", gps_exif()), "location"),
    "text": (chunk(b"tEXt", b"Author\0" + SECRET), "text"),
    "packed text": (chunk(b"zTXt", b"Author\0\0" + zlib.compress(SECRET)), "text"),
    "long text": (chunk(b"iTXt", b"Title\0\0\0\0\0" + SECRET), "text"),
    "xmp": (chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP), "location camera text"),
    "time": (chunk(b"tIME", struct.pack(">HBBBBB", 2026, 11, 21, 4, 5, 6)), "date"),
    "credentials": (chunk(b"caBX", SECRET), "credentials"),
    "private": (chunk(b"prVt", SECRET), "other"),
}


def told(taken: UploadedPicture) -> set[str]:
    return set(taken.removed.names())


@pytest.mark.parametrize("name", APP)
def test_a_jpeg_loses_its_segments_and_keeps_its_scan(name: str) -> None:
    data, wanted = APP[name]
    taken = take(with_segments(JPEG, data), "a.jpg")
    assert SECRET not in taken.data
    assert scan_of(taken.data) == scan_of(JPEG)
    assert taken.data == take(JPEG, "a.jpg").data
    assert set(wanted.split()) <= told(taken)
    assert opened(taken.data).tobytes() == opened(JPEG).tobytes()


@pytest.mark.parametrize("name", CHUNKS)
def test_a_png_loses_its_chunks_and_keeps_its_pixels(name: str) -> None:
    data, wanted = CHUNKS[name]
    taken = take(with_chunks(PNG, data), "a.png")
    assert taken.data == PNG
    assert set(wanted.split()) <= told(taken)


@pytest.mark.parametrize("plain", [LOSSY, LOSSLESS], ids=["lossy", "lossless"])
@pytest.mark.parametrize(
    ("extra", "wanted"),
    [
        ((b"EXIF", gps_exif()), "location"),
        ((b"EXIF", b"Exif\0\0" + gps_exif()), "location"),
        ((b"XMP ", XMP), "location camera text"),
        ((b"C2PA", SECRET), "credentials"),
        ((b"junk", SECRET), "other"),
    ],
    ids=["exif", "exif with prefix", "xmp", "credentials", "junk"],
)
def test_a_webp_loses_its_chunks_and_keeps_its_pixels(
    plain: bytes, extra: tuple[bytes, bytes], wanted: str
) -> None:
    canvas = struct.pack("<I", 0x0C) + (47).to_bytes(3, "little") + (31).to_bytes(3, "little")
    data = riff((b"VP8X", canvas), (plain[12:16], plain[20:]), extra)
    taken = take(data, "a.webp")
    assert taken.data == plain
    assert set(wanted.split()) <= told(taken)


@pytest.mark.parametrize("options", [{}, {"icc_profile": srgb()}, {"lossless": True}])
def test_a_transparent_webp_stays_transparent(options: dict[str, object]) -> None:
    data = saved(scene(mode="RGBA"), "WEBP", exif=exif(), **options)
    taken = take(data, "a.webp")
    assert taken.alpha and SECRET not in taken.data
    shown = opened(taken.data)
    assert (shown.mode, shown.tobytes()) == ("RGBA", opened(data).tobytes())
    assert bool(taken.data[20] & 0x10) or options == {"lossless": True}


@pytest.mark.parametrize(
    ("kind", "data"),
    [("jpeg", JPEG), ("png", PNG), ("webp", LOSSY)],
    ids=["jpeg", "png", "webp"],
)
def test_what_hangs_behind_the_picture_goes(kind: str, data: bytes) -> None:
    """Motion photos, and what editors forgot to cut off."""
    film = b"\0\0\0\x18ftypmp42" + SECRET
    taken = take(data + film, "a")
    assert taken.kind == kind
    assert taken.data == data
    assert told(taken) == {"tail"}


def test_further_pictures_behind_a_jpeg_are_told() -> None:
    hidden = with_segments(JPEG, segment(0xFE, SECRET))
    taken = take(JPEG + hidden, "a.jpg")
    assert taken.data == JPEG
    assert {"preview", "tail"} <= told(taken)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_what_pillow_writes_goes(kind: str) -> None:
    data = saved(scene(), kind, exif=exif())
    assert SECRET in data
    taken = take(data, "a")
    for secret in (SECRET, b"Acme", b"2026:11:21", b"ASCII\0\0\0"):
        assert secret not in taken.data
    assert {"location", "camera", "date", "text"} <= told(taken)
    assert not opened(taken.data).getexif()


def test_a_heic_loses_its_metadata() -> None:
    heif = pytest.importorskip("pillow_heif")
    data = saved_heif(heif, exif().tobytes())
    assert SECRET in data
    taken = take(data, "a.heic")
    assert (taken.kind, taken.width, taken.height) == ("jpeg", 48, 32)
    assert SECRET not in taken.data
    assert {"location", "camera", "date", "text"} <= told(taken)
    assert "HEIC stored as JPEG" in taken.notes


def saved_heif(heif: object, metadata: bytes) -> bytes:
    place = io.BytesIO()
    heif.from_pillow(scene()).save(place, exif=metadata)  # type: ignore[attr-defined]
    return place.getvalue()


def test_a_gif_loses_its_comment() -> None:
    taken = take(saved(scene(), "GIF", comment=SECRET), "a.gif")
    assert SECRET not in taken.data
    assert told(taken) == {"text"}


def test_an_embedded_thumbnail_goes() -> None:
    small = saved(scene((16, 12)), "JPEG", comment=SECRET)
    second = struct.pack("<HHHIII", 1, 0x0201, 4, 1, 26 + 18, 0)
    main = b"II*\0" + struct.pack("<IHHHIII", 8, 1, 0x0112, 3, 1, 1, 26)
    taken = take(with_segments(JPEG, segment(0xE1, b"Exif\0\0" + main + second + small)), "a.jpg")
    assert taken.removed.preview
    assert taken.data == JPEG


def test_the_jfif_thumbnail_goes_and_jfif_stays() -> None:
    thumbnail = b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01" + b"\x4e\x4f\x50"
    bare = JPEG[:2] + JPEG[20:]
    assert JPEG[2:4] == b"\xff\xe0"
    taken = take(with_segments(bare, segment(0xE0, thumbnail)), "a.jpg")
    assert b"\x4e\x4f\x50" not in taken.data[:40]
    assert taken.data[2:11] == JPEG[2:11]
    assert taken.removed.preview


def test_the_colour_transform_of_adobe_stays() -> None:
    """Without it these colours would be read as YCbCr."""
    data = saved(scene(), "JPEG", keep_rgb=True, subsampling=0)
    assert b"Adobe" in data
    taken = take(data, "a.jpg")
    assert b"Adobe" in taken.data
    assert opened(taken.data).tobytes() == opened(data).tobytes()


def test_a_secret_behind_adobe_s_twelve_bytes_goes() -> None:
    data = saved(scene(), "JPEG", keep_rgb=True, subsampling=0)
    at = data.index(b"Adobe")
    longer = struct.pack(">H", 14 + len(SECRET)) + data[at : at + 12] + SECRET
    taken = take(data[: at - 2] + longer + data[at + 12 :], "a.jpg")
    assert SECRET not in taken.data
    assert opened(taken.data).tobytes() == opened(data).tobytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_profile_that_says_srgb_stays(kind: str) -> None:
    data = saved(scene(), kind, icc_profile=srgb())
    taken = take(data, "a")
    assert opened(taken.data).info["icc_profile"] == srgb()
    assert opened(taken.data).tobytes() == opened(data).tobytes()
    if kind == "JPEG":
        assert scan_of(taken.data) == scan_of(data)
    if kind == "PNG":
        assert pixels_of(taken.data) == pixels_of(data)
    assert taken.notes == ()


def test_the_name_of_a_png_s_profile_tells_nothing() -> None:
    body = WORD.encode() + b"\0\0" + zlib.compress(srgb())
    taken = take(with_chunks(PNG, chunk(b"iCCP", body)), "a.png")
    assert SECRET not in taken.data
    assert opened(taken.data).info["icc_profile"] == srgb()


def test_a_progressive_jpeg_keeps_all_its_scans() -> None:
    data = saved(scene((200, 120)), "JPEG", progressive=True)
    taken = take(with_segments(data, APP["xmp"][0]), "a.jpg")
    assert taken.data == data


def test_restart_markers_stay() -> None:
    data = saved(noise((64, 64)), "JPEG", restart_marker_blocks=2)
    assert b"\xff\xd3" in data
    assert take(data, "a.jpg").data == data


def test_bytes_hidden_behind_the_rows_of_a_png_go() -> None:
    """Editors that cropped in place left the old rows in the file (CVE-2023-21036)."""
    idat = pixels_of(PNG)[0]
    data = PNG.replace(idat, chunk(b"IDAT", idat[8:-4] + SECRET))
    taken = take(data, "a.png")
    assert SECRET not in taken.data
    assert opened(taken.data).tobytes() == opened(PNG).tobytes()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (with_segments(JPEG, APP["exif"][0]), "location removed"),
        (with_segments(JPEG, APP["xmp"][0]), "location, camera data and text removed"),
        (with_segments(JPEG, APP["maker"][0]), "metadata removed"),
    ],
)
def test_what_was_removed_is_a_sentence(data: bytes, sentence: str) -> None:
    assert take(data, "a.jpg").notes == (sentence,)


def test_a_clean_picture_has_nothing_to_tell() -> None:
    for data in (JPEG, PNG, LOSSY, LOSSLESS):
        taken = take(data, "a")
        assert taken.data == data
        assert not taken.removed
        assert taken.notes == ()
