"""Colours on the way in: what files say of them in chunks, boxes and profiles, converted to sRGB.

Expected numbers are worked out here from the specifications; Chromium 2026-11 shows the same.
"""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engines.intake.profile import BT709, PRIMARIES, gamma, profile_of
from errors import InvalidInput
from studio.uploads import take
from tests.unit.intake_files import chunk, png_of, saved, wide

COLOURS = np.array(
    [(255, 0, 0), (0, 255, 0), (0, 0, 255), (200, 100, 50), (60, 120, 180), (128, 128, 128),
     (30, 30, 30), (220, 210, 200)]
)  # fmt: skip
SAID = "colours converted to sRGB"
D65 = (0.3127, 0.3290)
SRGB = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
P3 = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
BT2020 = ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046))
EVEN = 2  # levels: the profile's tables and rounding


def to_xyz(primaries: tuple[tuple[float, float], ...]) -> NDArray[np.float64]:
    """Light of three primaries under D65 as XYZ (SMPTE RP 177)."""
    columns = np.array([(x / y, 1, (1 - x - y) / y) for x, y in (*primaries, D65)]).T
    return np.asarray(columns[:, :3] * np.linalg.solve(columns[:, :3], columns[:, 3]))


def in_srgb(
    primaries: tuple[tuple[float, float], ...], power: float | None, colours: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Colours of these primaries and a power (None: sRGB's curve) as sRGB."""
    value = colours / 255
    curve = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    light = curve if power is None else value**power
    made = (np.linalg.inv(to_xyz(SRGB)) @ to_xyz(primaries) @ light.T).T.clip(0, 1)
    back = np.where(made <= 0.0031308, made * 12.92, 1.055 * made ** (1 / 2.4) - 0.055)
    return np.asarray((back * 255).round().astype(np.int64))


def png(*chunks: bytes, colours: int = 2, bits: int = 8) -> bytes:
    """The colours in a row, in a colour type: 0 grey and 4 grey with alpha take their green."""
    row = b""
    for red, green, blue in COLOURS.tolist():
        values = {0: (green,), 2: (red, green, blue), 4: (green, 200)}[colours]
        row += b"".join(struct.pack(">H", each * 257)[: bits // 8] for each in values) * 4
    data = png_of(4 * len(COLOURS), 2, bits=bits, colours=colours, rows=(b"\0" + row) * 2)
    return data[:33] + b"".join(chunks) + data[33:]


def gama(value: float) -> bytes:
    return chunk(b"gAMA", struct.pack(">I", round(value * 100_000)))


def chrm(primaries: tuple[tuple[float, float], ...]) -> bytes:
    numbers = [round(each * 100_000) for pair in (D65, *primaries) for each in pair]
    return chunk(b"cHRM", struct.pack(">8I", *numbers))


def cicp(primaries: int, transfer: int, matrix: int = 0, full: int = 1) -> bytes:
    return chunk(b"cICP", bytes((primaries, transfer, matrix, full)))


def iccp(icc: bytes) -> bytes:
    return chunk(b"iCCP", b"x\0\0" + zlib.compress(icc))


IS_SRGB = chunk(b"sRGB", b"\0")
GREY_ICC = profile_of(BT709, gamma(1.8), grey=True)
# The chunks, and what their colours are: primaries and power, or None where they are sRGB.
TOLD = {
    "gAMA 1": ((gama(1.0),), (SRGB, 1.0)),
    "gAMA 0.55": ((gama(1 / 1.8),), (SRGB, 1.8)),
    "gAMA, cHRM": ((gama(1 / 2.2), chrm(P3)), (P3, 2.2)),
    "gAMA 1, cHRM 2020": ((gama(1.0), chrm(BT2020)), (BT2020, 1.0)),
    "cHRM alone": ((chrm(P3),), None),
    "sRGB before gAMA": ((IS_SRGB, gama(1.0), chrm(P3)), None),
    "iCCP before sRGB": ((iccp(wide()), IS_SRGB), (P3, 2.2)),
    "iCCP before gAMA": ((iccp(wide()), gama(1.0)), (P3, 2.2)),
    "cICP before iCCP": ((cicp(1, 13), iccp(wide())), None),
    "cICP P3": ((cicp(12, 13),), (P3, None)),
    "cICP P3 before all": ((cicp(12, 13), iccp(GREY_ICC), IS_SRGB, gama(1.0)), (P3, None)),
    "cICP BT.709": ((cicp(1, 1),), (SRGB, 2.4)),
    "cICP BT.2020": ((cicp(9, 14),), (BT2020, 2.4)),
    "cICP linear": ((cicp(1, 8),), (SRGB, 1.0)),
    "cICP of Y'CbCr is passed over": ((cicp(12, 13, matrix=1), IS_SRGB), None),
    "cICP of a narrow range": ((cicp(12, 13, full=0), IS_SRGB), None),
    "cICP unknown": ((cicp(77, 13), gama(1.0)), (SRGB, 1.0)),
}


def shown(data: bytes) -> NDArray[np.int64]:
    """The colours of a file that was made here."""
    image = take(data, "a").pixels().convert("RGB")
    return np.asarray(image, np.int64)[1, 1::4]


def test_a_pngs_colours_are_what_its_chunks_say_they_are() -> None:
    for name, (chunks, told) in TOLD.items():
        wanted = COLOURS if told is None else in_srgb(*told, COLOURS)
        taken = take(png(*chunks), "a.png")
        assert np.abs(shown(png(*chunks)) - wanted).max() <= EVEN, name
        assert (SAID in taken.notes) is (told is not None), name
        if told is not None:
            kept = [each for each in (b"cICP", b"iCCP", b"gAMA", b"cHRM") if each in taken.data]
            assert not kept, f"{name}: it would be converted again"


def test_grey_and_sixteen_bits_are_converted_too() -> None:
    grey = np.repeat(COLOURS[:, 1:2], 3, axis=1)
    for colours in (0, 2, 4):
        for bits in (8, 16):
            wanted = COLOURS if colours == 2 else grey
            data = png(gama(1.0), colours=colours, bits=bits)
            off = np.abs(shown(data) - in_srgb(SRGB, 1.0, wanted)).max()
            assert off <= EVEN, (colours, bits)
            if colours != 2:
                data = png(iccp(GREY_ICC), colours=colours, bits=bits)
                assert np.abs(shown(data) - in_srgb(SRGB, 1.8, grey)).max() <= EVEN
                assert SAID in take(data, "a").notes
    seen = take(png(gama(1.0), colours=4), "a").pixels()
    assert seen.mode == "RGBA" and seen.getchannel("A").getextrema() == (200, 200)


def test_a_grey_jpeg_has_its_profile_applied() -> None:
    ramp = Image.linear_gradient("L").resize((64, 64))
    taken = take(saved(ramp, "JPEG", quality=100, icc_profile=GREY_ICC), "a.jpg")
    values = np.repeat(np.asarray(ramp, np.int64)[:, 5][:, None], 3, axis=1)
    off = np.asarray(taken.pixels().convert("RGB"), np.int64)[:, 5] - in_srgb(SRGB, 1.8, values)
    assert np.abs(off[8:]).max() <= 4 and SAID in taken.notes


def test_it_is_only_said_where_it_was_done() -> None:
    """A profile for other channels than the picture has changes nothing."""
    for colours, icc in ((2, GREY_ICC), (2, b"no profile"), (0, b"\0" * 300)):
        taken = take(png(iccp(icc), colours=colours), "a.png")
        assert SAID not in taken.notes


def avif(primaries: int, transfer: int) -> bytes:
    """The colours as AVIF, with other code points in its nclx."""
    image = Image.fromarray(COLOURS.astype(np.uint8)[None].repeat(4, axis=1).repeat(16, axis=0))
    data = saved(image, "AVIF", quality=100, subsampling="4:4:4")
    at = data.index(b"nclx") + 4
    return data[:at] + struct.pack(">HH", primaries, transfer) + data[at + 4 :]


def test_an_avif_without_a_profile_has_code_points() -> None:
    plain = shown(avif(1, 13))
    for points, told in {
        (1, 13): None, (2, 2): None, (1, 1): None, (1, 6): None,  # BT.709's curve stands for sRGB's
        (12, 13): (P3, None), (9, 14): (BT2020, None),
    }.items():  # fmt: skip
        wanted = plain if told is None else in_srgb(*told, plain)
        assert np.abs(shown(avif(*points)) - wanted).max() <= 3, points
        assert (SAID in take(avif(*points), "a").notes) is (told is not None)


def test_light_in_nits_is_refused_by_name() -> None:
    for transfer in (16, 18):
        for data in (png(cicp(9, transfer)), avif(9, transfer)):
            with pytest.raises(InvalidInput, match=r"HDR picture \(PQ or HLG\)"):
                take(data, "a")


def test_made_profiles_are_the_primaries_own() -> None:
    """White stays white, and each profile is small enough to be kept in a file."""
    for primaries in PRIMARIES.values():
        icc = profile_of(primaries, gamma(2.2))
        assert 0 < len(icc) < 4096
    assert profile_of((0.3, 0.3, *[0.2, 0.2] * 3), gamma(2.2)) == b""  # type: ignore[arg-type]
    assert profile_of((0.3, 0.0, *[0.2, 0.2] * 3), gamma(2.2)) == b""  # type: ignore[arg-type]


def tiff(
    pixels: NDArray[np.uint8] | NDArray[np.uint16],
    order: str = "<",
    planar: int = 1,
    rows: int = 3,
    packed: bool = False,
    predictor: int = 1,
    photometric: int = 2,
) -> bytes:
    """A TIFF of one page: (height, width, channels), in strips of so many rows."""
    high, wide_, count = pixels.shape
    planes = [pixels] if planar == 1 else np.split(pixels, count, axis=2)
    strips = []
    for plane in planes:
        for top in range(0, high, rows):
            part = plane[top : top + rows].copy()
            if predictor == 2:
                part[:, 1:] -= plane[top : top + rows, :-1]
            raw = part.astype(part.dtype.newbyteorder(order)).tobytes()
            strips.append(zlib.compress(raw) if packed else raw)
    extra = [(338, [2])] if count in (2, 4) else []
    tags = [
        (256, [wide_]), (257, [high]), (258, [8 * pixels.itemsize] * count),
        (259, [8 if packed else 1]), (262, [photometric if count > 2 else 1]),
        (273, [0] * len(strips)), (277, [count]), (278, [rows]), (279, [len(s) for s in strips]),
        (284, [planar]), (317, [predictor]), *extra,
    ]  # fmt: skip
    start = 8 + 2 + 12 * len(tags) + 4
    at = start + sum(4 * len(values) for _, values in tags if len(values) > 1)
    table, room = struct.pack(f"{order}H", len(tags)), b""
    for tag, values in tags:
        if tag == 273:
            values = [at + sum(len(s) for s in strips[:number]) for number in range(len(strips))]
        packed_values = struct.pack(f"{order}{len(values)}I", *values)
        inside = len(values) == 1
        where = packed_values if inside else struct.pack(f"{order}I", start + len(room))
        table += struct.pack(f"{order}HHI", tag, 4, len(values)) + where
        room += b"" if inside else packed_values
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    return head + table + b"\0" * 4 + room + b"".join(strips)


def test_every_layout_of_a_tiff_is_read_right_or_refused_by_name() -> None:
    dice = np.random.default_rng(0)
    refused = 0
    for kind in (np.uint8, np.uint16):
        for count in (1, 2, 3, 4):
            pixels = dice.integers(0, np.iinfo(kind).max + 1, (10, 7, count)).astype(kind)
            eight = pixels if kind is np.uint8 else pixels >> 8
            shape = {1: [0, 0, 0], 2: [0, 0, 0, 1], 3: [0, 1, 2], 4: [0, 1, 2, 3]}[count]
            for order in "<>":
                for planar in (1, 2) if count > 1 else (1,):
                    for packed, predictor in ((False, 1), (True, 1), (True, 2)):
                        made = tiff(pixels, order, planar, 3, packed, predictor)
                        try:
                            seen = take(made, "a.tif").pixels()
                        except InvalidInput as error:
                            assert "planes" in str(error) or "rare kind" in str(error)
                            refused += 1
                            continue
                        mode = "RGB" if count in (1, 3) else "RGBA"
                        off = np.abs(np.asarray(seen.convert(mode), int) - eight[..., shape])
                        assert off.max() <= 1, (kind, count, order, planar, packed, predictor)
    assert refused < 40, "the layouts that people have are read"


def test_lab_becomes_srgb() -> None:
    """Red of sRGB is 54.29, 80.81, 69.89 in L*a*b* under D50 (CSS Color 4)."""
    lab = np.zeros((8, 8, 3), np.uint8)
    lab[:] = (round(54.29 * 2.55), 81, 70)
    taken = take(tiff(lab, photometric=8), "a.tif")
    assert np.abs(np.asarray(taken.pixels(), int)[0, 0] - (255, 0, 0)).max() <= 6
    assert SAID in taken.notes


def test_a_transparent_palette_and_a_turned_profile() -> None:
    image = Image.new("P", (8, 4), 1)
    image.putpalette([0, 0, 0, 200, 100, 50])
    image.paste(0, (0, 0, 4, 4))
    place = io.BytesIO()
    image.save(place, "PNG", transparency=b"\0\xff")
    data = place.getvalue()
    seen = take(data[:33] + gama(1.0) + data[33:], "a.png").pixels()
    wanted = in_srgb(SRGB, 1.0, np.array([(200, 100, 50)]))[0]
    assert seen.getpixel((0, 0))[3] == 0
    assert np.abs(np.array(seen.getpixel((7, 0))) - (*wanted, 255)).max() <= EVEN
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = saved(Image.new("RGB", (32, 16), (120, 200, 80)), "JPEG", quality=100, exif=exif,
                   icc_profile=wide())  # fmt: skip
    taken = take(turned, "a.jpg")
    assert (taken.width, taken.height) == (16, 32)
    assert {"turned upright", SAID} <= set(taken.notes)
    wanted = in_srgb(P3, 2.2, np.array([(120, 200, 80)]))[0]
    assert np.abs(np.array(taken.pixels().getpixel((8, 8))) - wanted).max() <= 4
