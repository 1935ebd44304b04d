"""Upright, in plain colours, the first of several: and otherwise the very same pixels."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat, TiffImagePlugin

from studio.uploads import UploadedPicture, take
from tests.unit.intake_files import (
    ORIENTATION,
    chunk,
    exif,
    noise,
    opened,
    png_of,
    saved,
    scan_of,
    scene,
    segment,
    srgb,
    wide,
    with_chunks,
    with_segments,
)

TURNED = range(1, 9)


def worst(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of any colour value."""
    assert (one.size, one.mode) == (other.size, other.mode)
    found = ImageChops.difference(one, other).getextrema()
    return max(high for _, high in (found if one.mode != "L" else (found,)))


def upright(data: bytes, mode: str = "RGB") -> Image.Image:
    """As Pillow itself would turn it."""
    return ImageOps.exif_transpose(opened(data)).convert(mode)


@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_a_lossless_picture_is_turned_pixel_for_pixel(kind: str, orientation: int) -> None:
    options = {"lossless": True} if kind == "WEBP" else {}
    data = saved(scene(), kind, exif=exif(orientation), **options)
    taken = take(data, "a")
    assert opened(taken.data).convert("RGB").tobytes() == upright(data).tobytes()
    assert (taken.width, taken.height) == ((48, 32) if orientation < 5 else (32, 48))
    assert ("turned upright" in taken.notes) == (orientation > 1)
    assert ORIENTATION not in opened(taken.data).getexif()


@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("quality", [60, 95])
def test_a_jpeg_is_turned_at_its_own_quality(
    orientation: int, subsampling: int, quality: int
) -> None:
    options = {"quality": quality, "subsampling": subsampling}
    data = saved(scene((96, 64)), "JPEG", exif=exif(orientation), **options)
    taken = take(data, "a.jpg")
    shown, wanted = opened(taken.data), upright(data)
    if subsampling == 0:
        assert worst(shown, wanted) <= 6
    # Halved colours are smoothed when they are decoded, so sharp edges move a little.
    assert max(ImageStat.Stat(ImageChops.difference(shown, wanted)).mean) < 3
    tables, before = opened(taken.data).quantization, opened(data).quantization
    for number, table in tables.items():
        there = before[number]
        swapped = [there[8 * (at % 8) + at // 8] for at in range(64)]
        assert list(table) == (swapped if orientation > 4 else list(there))
    if orientation == 1:
        assert scan_of(taken.data) == scan_of(data)


@pytest.mark.parametrize("orientation", TURNED)
def test_an_avif_is_turned(orientation: int) -> None:
    data = saved(scene((96, 64)), "AVIF", exif=exif(orientation), quality=95)
    taken = take(data, "a.avif")
    assert worst(opened(taken.data), upright(data)) < 40
    assert taken.kind == "jpeg"


def test_a_heic_is_upright_already() -> None:
    heif = pytest.importorskip("pillow_heif")
    place = io.BytesIO()
    heif.from_pillow(scene((96, 64))).save(place, exif=exif(6).tobytes(), quality=95)
    taken = take(place.getvalue(), "a.heic")
    shown = heif.open_heif(io.BytesIO(place.getvalue())).to_pillow()
    assert worst(opened(taken.data), shown.convert("RGB")) < 40


def test_a_gray_jpeg_is_turned_and_stays_gray() -> None:
    data = saved(scene((96, 64), "L"), "JPEG", exif=exif(6))
    taken = take(data, "a.jpg")
    assert worst(opened(taken.data), upright(data, "L")) <= 6


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_png_of_any_mode_stays_as_it_is(mode: str) -> None:
    source = scene(mode="RGBA") if mode in ("LA", "RGBA") else scene()
    data = saved(source.convert(mode), "PNG")
    taken = take(data, "a.png")
    assert taken.data == data
    assert taken.alpha == (mode in ("LA", "RGBA"))
    assert taken.pixels().mode == {"1": "L", "LA": "RGBA", "P": "RGB"}.get(mode, mode)
    assert taken.pixels().tobytes() == opened(data).convert(taken.pixels().mode).tobytes()


def test_a_palette_with_a_transparent_colour() -> None:
    image = Image.new("P", (8, 8))
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.putpixel((3, 3), 1)
    data = saved(image, "PNG", transparency=0)
    taken = take(data, "a.png")
    assert taken.data == data and taken.alpha
    assert taken.pixels().getpixel((0, 0)) == (255, 0, 0, 0)
    assert taken.pixels().getpixel((3, 3)) == (0, 255, 0, 255)
    turned = take(saved(image, "PNG", transparency=0, exif=exif(6)), "a.png")
    assert turned.pixels().getpixel((4, 3)) == (0, 255, 0, 255)
    assert turned.alpha


def deep_png(colours: int) -> bytes:
    """A PNG of 16 bits: a ramp of 256 values 257 apart."""
    samples = {0: 1, 2: 3}[colours]
    row = b"".join(struct.pack(">H", value * 257) * samples for value in range(256))
    return png_of(256, 2, bits=16, colours=colours, rows=(b"\0" + row) * 2)


@pytest.mark.parametrize("colours", [0, 2])
def test_sixteen_bits_stay_where_nothing_else_changes(colours: int) -> None:
    data = deep_png(colours)
    taken = take(data, "a.png")
    assert taken.data == data
    mode = "L" if colours == 0 else "RGB"
    assert taken.pixels().mode == mode
    ramp = taken.pixels().getchannel(0).tobytes()[:256]
    assert ramp == bytes(range(256))


@pytest.mark.parametrize("colours", [0, 2])
def test_sixteen_bits_that_are_turned_become_eight_and_it_is_said(colours: int) -> None:
    way = chunk(b"eXIf", exif(3).tobytes().removeprefix(b"Exif\0\0"))
    taken = take(with_chunks(deep_png(colours), way), "a.png")
    assert "16 bits per colour reduced to 8" in taken.notes
    assert taken.pixels().getchannel(0).tobytes()[:256] == bytes(range(255, -1, -1))


def test_an_interlaced_png() -> None:
    """Its rows are longer than those of a plain one; Pillow cannot write it."""
    passes = (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    )
    source = scene((11, 7), "L")
    rows = b""
    for left, top, across, down in passes:
        for y in range(top, 7, down):
            row = bytes(source.getpixel((x, y)) for x in range(left, 11, across))
            rows += b"\0" + row if row else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 11, 7, 8, 0, 0, 0, 1))
    data = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    taken = take(data, "a.png")
    assert taken.data == data
    assert taken.pixels().tobytes() == source.tobytes()


def test_a_cmyk_jpeg_becomes_rgb() -> None:
    data = saved(scene((64, 64)).convert("CMYK"), "JPEG", quality=95)
    taken = take(data, "a.jpg")
    assert opened(taken.data).mode == "RGB"
    assert "colours converted to sRGB" in taken.notes
    assert worst(opened(taken.data), opened(data).convert("RGB")) < 40
    assert taken.kind == "jpeg"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_wide_gamut_becomes_srgb(kind: str) -> None:
    flat = Image.new("RGB", (32, 32), (120, 200, 80))
    options = {"quality": 100} if kind in ("JPEG", "WEBP") else {}
    taken = take(saved(flat, kind, icc_profile=wide(), **options), "a")
    assert "colours converted to sRGB" in taken.notes
    assert "icc_profile" not in opened(taken.data).info
    red, green, blue = taken.pixels().getpixel((16, 16))
    # This green of P3 has less red and a little more green in sRGB.
    assert red < 100 and green > 200 and blue < 75
    assert b"P3\0" not in taken.data


def test_transparency_survives_the_conversion() -> None:
    taken = take(saved(scene(mode="RGBA"), "PNG", icc_profile=wide()), "a.png")
    assert taken.alpha
    assert taken.pixels().getchannel("A").tobytes() == scene(mode="RGBA").getchannel("A").tobytes()


@pytest.mark.parametrize("icc", [b"no profile", srgb()[:200], b"\0" * 300])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_broken_profile_is_dropped(kind: str, icc: bytes) -> None:
    data = saved(scene(), kind, icc_profile=icc)
    taken = take(data, "a")
    assert "icc_profile" not in opened(taken.data).info
    assert worst(taken.pixels(), opened(data).convert("RGB")) < 40
    assert "colours converted to sRGB" not in taken.notes


def test_a_profile_with_room_for_anything_is_not_kept() -> None:
    more = b"secret" * 9999
    icc = struct.pack(">I", len(srgb()) + len(more)) + srgb()[4:] + more
    taken = take(saved(scene(), "PNG", icc_profile=icc), "a.png")
    assert "icc_profile" not in opened(taken.data).info
    assert b"secret" not in taken.data
    assert worst(taken.pixels(), scene()) <= 1


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF", "AVIF"])
def test_of_several_pictures_the_first_is_taken_and_it_is_said(kind: str) -> None:
    first, second = scene(), Image.new("RGB", (48, 32), "blue")
    options = {"WEBP": {"lossless": True}}.get(kind, {})
    taken = take(saved(first, kind, save_all=True, append_images=[second], **options), "a")
    assert "only the first of several pictures in the file is used" in taken.notes
    shown = opened(taken.data)
    assert getattr(shown, "n_frames", 1) == 1
    if kind != "AVIF":
        wanted = opened(saved(first, "GIF")).convert("RGB") if kind == "GIF" else first
        assert worst(shown.convert("RGB"), wanted) == 0


def test_a_gif_with_a_transparent_colour() -> None:
    image = Image.new("P", (8, 8))
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.putpixel((3, 3), 1)
    taken = take(saved(image, "GIF", transparency=0), "a.gif")
    assert taken.alpha and taken.kind == "png"
    assert taken.pixels().getpixel((0, 0))[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_a_bmp_is_stored_without_loss(mode: str) -> None:
    data = saved(scene().convert(mode), "BMP")
    taken = take(data, "a.bmp")
    assert (taken.kind, taken.lossless) == ("png", True)
    assert "BMP stored as PNG" in taken.notes
    assert taken.pixels().convert("RGB").tobytes() == opened(data).convert("RGB").tobytes()


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "tiff_adobe_deflate", "packbits"])
@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_a_tiff_is_stored_without_loss(mode: str, compression: str | None) -> None:
    source = scene(mode=mode) if mode != "I;16" else scene(mode="L").convert("I").point(times_257)
    source = source.convert("I;16") if mode == "I;16" else source
    taken = take(saved(source, "TIFF", compression=compression), "a.tif")
    assert taken.kind == "png"
    wanted = scene(mode="L") if mode == "I;16" else source
    assert taken.pixels().tobytes() == wanted.convert(taken.pixels().mode).tobytes()


def times_257(value: float) -> float:
    return value * 257


def test_a_tiff_turned_in_its_own_way() -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[ORIENTATION] = 6
    taken = take(saved(scene(), "TIFF", tiffinfo=tags, compression="tiff_lzw"), "a.tif")
    assert taken.pixels().tobytes() == scene().transpose(Image.Transpose.ROTATE_270).tobytes()


def test_exif_that_lies_about_a_second_turn_is_not_asked() -> None:
    """The first says how to turn it; a second one is removed like the first."""
    one = segment(0xE1, b"Exif\0\0" + exif(3).tobytes().removeprefix(b"Exif\0\0"))
    two = segment(0xE1, b"Exif\0\0" + exif(6).tobytes().removeprefix(b"Exif\0\0"))
    taken = take(with_segments(saved(noise((32, 16)), "JPEG"), one, two), "a.jpg")
    assert (taken.width, taken.height) == (32, 16)


def test_a_thumbnail() -> None:
    big = take(saved(scene((400, 200)), "JPEG"), "a.jpg")
    small = opened(big.thumbnail(100))
    assert (small.format, small.size) == ("JPEG", (100, 50))
    clear: UploadedPicture = take(saved(scene((400, 200), "RGBA"), "PNG"), "a.png")
    assert (opened(clear.thumbnail(100)).format, opened(clear.thumbnail(100)).mode) == (
        "PNG",
        "RGBA",
    )
