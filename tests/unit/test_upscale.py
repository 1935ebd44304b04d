"""Upscaling: exact sizes, nothing lost, no seams, sharper than Lanczos, with and without ncnn."""

from __future__ import annotations

import hashlib
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from math import prod
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engines.upscale import (
    Stopped,
    TooLarge,
    UnreadableMode,
    jpeg_quality,
    network,
    upscale,
)
from engines.upscale.engine import MAX_PIXELS
from engines.upscale.errors import NetworkFailed
from engines.upscale.parts import fill_hidden
from engines.upscale.recipes import NETS, NOISE_0, NOISE_1, SPAN_X2, SPAN_X4, Net, choose
from engines.upscale.tiles import ranges
from tests.loops import for_each
from tests.seen import apart, on_and_off, same_to_the_eye

ROOT = Path(__file__).parents[2]
Scale = Literal[2, 4]
SCALES: tuple[Scale, ...] = (2, 4)
# One quality for each row of the rules.
QUALITIES = (None, 90, 60)
WAIFU2X_PARAM = "413195ffde05b4d43807792c6c020c916cecdf25dcf002ee83f5e28d5cc246c6"
SHA256 = {
    "spanx2_ch48.bin": "2571a1bdfb6000092aba8b2c75070ab5596d56e60ba2f6da63f3279219f6edc0",
    "spanx2_ch48.param": "6a0fbb7e352a9bae094c02ce747cc004d7c1ad27ee260d0c21957d6535e456ae",
    "spanx4_ch48.bin": "ca85ff72fbab3cfc244190b482d05b3abde8df7b661ed12db3c9dedd21e42d51",
    "spanx4_ch48.param": "d2a0eef1f46be4a76611bdf828305081642c2f004d40c844081d5af0a9633bd8",
    "waifu2x_photo_noise0.bin": "fbfc8d57e4333748c9c6db2ec4d5454c98cd1c6aa53289f2989c3bdb4e84b673",
    "waifu2x_photo_noise0.param": WAIFU2X_PARAM,
    "waifu2x_photo_noise1.bin": "9f8ce2c4df1ed862a7441e3b49ad965b8e34aaa6d87c1cad52a1768210fdfee6",
    "waifu2x_photo_noise1.param": WAIFU2X_PARAM,
}
NO_NCNN = "Lanczos with back-projection"


@pytest.fixture(params=["ncnn", "without ncnn"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test runs once with the networks and once as if ncnn were not installed."""
    if request.param == "without ncnn":
        monkeypatch.setitem(sys.modules, "ncnn", None)


@pytest.fixture
def without_ncnn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ncnn", None)


def scene(side: int) -> Image.Image:
    """Edges at all angles, curves, fine lines and soft light, drawn large and made smaller."""
    times = 4
    large = Image.linear_gradient("L").resize((side * times, side * times)).convert("RGB")
    pen = ImageDraw.Draw(large)
    rng = np.random.default_rng(5)
    for _ in range(70):
        x, y, w, h = rng.integers(0, side * times, 4).tolist()
        colour = tuple(rng.integers(0, 256, 3).tolist())
        pen.ellipse((x, y, x + w / 4, y + h / 4), fill=colour)
        pen.line((x, h, w, y), fill=colour[::-1], width=1 + x % 9)
    return large.resize((side, side), Image.Resampling.BOX)


def smooth(width: int, height: int) -> Image.Image:
    """Slow waves of colour, on which a seam would show."""
    y, x = np.mgrid[:height, :width]
    waves = [128 + 90 * np.sin(x / 60 + turn) * np.cos(y / 45 - turn) for turn in (0, 1, 2)]
    return Image.fromarray(np.stack(waves, axis=-1).astype(np.uint8))


def numbers(image: Image.Image) -> NDArray[np.int64]:
    return np.asarray(image).astype(np.int64)


def psnr(image: Image.Image, truth: Image.Image) -> float:
    error = float(np.mean(np.square(numbers(image) - numbers(truth))))
    return 10 * float(np.log10(255**2 / error))


def as_jpeg(image: Image.Image, quality: int) -> Image.Image:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file)


# ---- data


@pytest.mark.parametrize("name", SHA256)
def test_the_networks_are_the_ones_measured(name: str) -> None:
    assert hashlib.sha256((network.MODELS / name).read_bytes()).hexdigest() == SHA256[name]


def test_every_network_is_carried_and_named_with_its_licence() -> None:
    assert {f"{net.file}.{end}" for net in NETS for end in ("bin", "param")} == set(SHA256)
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert all(f"assets/models/{net.file}.*" in notice for net in NETS)
    licence = (network.MODELS / "waifu2x-MIT.txt").read_text(encoding="utf-8")
    assert "Copyright (C) 2015 nagadomi" in licence


# ---- how the file was compressed


@for_each(range(50, 101))
def test_the_quality_pillow_wrote_is_read(quality: int) -> None:
    assert jpeg_quality(as_jpeg(smooth(16, 16), quality)) == quality


@pytest.mark.parametrize("quality", [2, 10, 25, 49])
def test_low_qualities_are_read(quality: int) -> None:
    assert jpeg_quality(as_jpeg(smooth(16, 16), quality)) == quality


def test_tables_of_others_give_the_nearest_quality() -> None:
    image = as_jpeg(smooth(16, 16), 92)
    tables: dict[int, list[int]] = image.quantization  # type: ignore[attr-defined]
    tables[0] = [value + index % 2 for index, value in enumerate(tables[0])]
    found = jpeg_quality(image)
    assert found is not None and 86 <= found <= 92


def test_gray_jpegs_have_a_quality_and_others_have_none() -> None:
    assert jpeg_quality(as_jpeg(smooth(16, 16).convert("L"), 77)) == 77
    assert jpeg_quality(smooth(16, 16)) is None
    file = BytesIO()
    smooth(16, 16).save(file, "PNG")
    assert jpeg_quality(Image.open(file)) is None


@pytest.mark.parametrize(
    ("quality", "x2", "x4"),
    [
        (None, (SPAN_X2,), (SPAN_X4,)),
        (100, (SPAN_X2,), (SPAN_X4,)),
        (95, (SPAN_X2,), (SPAN_X4,)),
        (94, (NOISE_0,), (NOISE_0, NOISE_0)),
        (80, (NOISE_0,), (NOISE_0, NOISE_0)),
        (79, (NOISE_1,), (NOISE_1, NOISE_0)),
        (1, (NOISE_1,), (NOISE_1, NOISE_0)),
        (0, (NOISE_1,), (NOISE_1, NOISE_0)),
    ],
)
def test_the_rule(quality: int | None, x2: tuple[Net, ...], x4: tuple[Net, ...]) -> None:
    assert choose(2, quality) == x2
    assert choose(4, quality) == x4
    for scale in SCALES:
        assert prod(net.scale for net in choose(scale, quality)) == scale


def test_the_caller_is_told_which_engine_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    small = smooth(9, 7)
    assert upscale(small, 2).engine == "SPAN x2"
    assert upscale(small, 4, 100).engine == "SPAN x4"
    assert upscale(small, 2, 90).engine == "waifu2x photo noise 0 x2"
    assert upscale(small, 4, 40).engine.count("waifu2x photo") == 2
    monkeypatch.setitem(sys.modules, "ncnn", None)
    assert upscale(small, 4).engine == upscale(small, 2, 85).engine == NO_NCNN
    assert upscale(small, 4, 84).engine == "Lanczos"


# ---- sizes and modes


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("size", [(1, 1), (1, 40), (40, 1), (2, 3), (33, 17), (200, 31)])
@pytest.mark.parametrize("scale", SCALES)
def test_sizes_are_exact(size: tuple[int, int], scale: Scale) -> None:
    for quality in QUALITIES:
        large = upscale(smooth(*size), scale, quality).image
        assert large.size == (size[0] * scale, size[1] * scale)
        assert large.mode == "RGB"


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("quality", QUALITIES)
def test_a_plain_picture_stays_plain(quality: int | None) -> None:
    """No colour is turned round, nothing is scaled wrongly, tiny pictures included."""
    for size in ((1, 1), (1, 9), (50, 60)):
        for scale in SCALES:
            plain = Image.new("RGB", size, (200, 100, 30))
            large = numbers(upscale(plain, scale, quality).image)
            # SPAN dims the outermost pixels of a 1-pixel picture, where it sees zeros all around.
            assert np.abs(np.median(large, axis=(0, 1)) - (200, 100, 30)).max() <= 6, size


MODES = {
    "1": "L", "L": "L", "LA": "LA", "La": "LA", "P": "RGB", "PA": "RGBA", "RGB": "RGB",
    "RGBA": "RGBA", "RGBX": "RGB", "RGBa": "RGBA", "CMYK": "RGB", "YCbCr": "RGB", "HSV": "RGB",
    "I": "I;16", "I;16": "I;16", "I;16B": "I;16",
}  # fmt: skip


def in_mode(mode: str) -> Image.Image:
    """The smooth picture in a mode, as Pillow makes it."""
    small = smooth(24, 18)
    if mode.startswith("I"):
        levels = np.asarray(small.convert("L")).astype(np.uint16) * 257
        if mode == "I;16B":
            return Image.frombytes(mode, small.size, levels.astype(">u2").tobytes())
        return Image.fromarray(levels).convert(mode)
    if mode == "PA":
        image = small.convert("P").convert("PA")
        image.putalpha(200)
        return image
    if mode in ("La", "RGBa"):
        return small.convert({"La": "LA", "RGBa": "RGBA"}[mode]).convert(mode)
    return small.convert(mode)


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("mode", MODES)
def test_every_mode_comes_out_as_it_should(mode: str) -> None:
    small = in_mode(mode)
    assert small.mode == mode
    large = upscale(small, 2).image
    assert (large.mode, large.size) == (MODES[mode], (48, 36))
    if mode == "1":
        return
    # Made small again it is the picture it was.
    back = large.convert("RGB") if large.mode != "I;16" else large
    plain = smooth(24, 18) if large.mode.startswith("RGB") else smooth(24, 18).convert("L")
    if mode.startswith("I"):
        got = numbers(back).reshape(18, 2, 24, 2).mean(axis=(1, 3)) / 257
        assert large.getextrema() != (0, 0)
    else:
        got = numbers(back.reduce(2))
        got = got if large.mode.startswith("RGB") else got[:, :, 0]
    loss = {"P": 30, "PA": 30}.get(mode, 6)
    assert np.abs(got - numbers(plain)).mean() < loss


@pytest.mark.parametrize("mode", ["F", "LAB"])
def test_numbers_without_black_and_white_are_refused(mode: str) -> None:
    with pytest.raises(UnreadableMode, match=mode):
        upscale(Image.new(mode, (4, 4)), 2)


@pytest.mark.usefixtures("either")
def test_gray_of_16_bits_keeps_steps_finer_than_8() -> None:
    levels = np.linspace(20000, 21000, 64).astype(np.uint16)
    small = Image.fromarray(np.tile(levels, (64, 1)))
    large = numbers(upscale(small, 2).image)
    assert np.unique(large[60]).size > 30
    # One level of 255 is 257 of these.
    off = apart(large[40:80, 40:80:2], numbers(small)[20:40, 20:40].repeat(2, 0))
    assert off.mean() < 300


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("mode", ["L", "RGB", "P", "RGBA"])
def test_the_profile_is_kept(mode: str) -> None:
    small = smooth(12, 12).convert(mode)
    small.info["icc_profile"] = b"a profile"
    small.info["exif"] = b"where it was taken"
    assert upscale(small, 2).image.info == {"icc_profile": b"a profile"}


def test_a_profile_of_other_channels_is_not_kept() -> None:
    small = smooth(12, 12).convert("CMYK")
    small.info["icc_profile"] = b"a profile for printing"
    assert upscale(small, 2).image.info == {}


# ---- alpha


def disc(hidden: tuple[int, int, int]) -> Image.Image:
    """A red disc on nothing; under the nothing lies a colour nobody should see."""
    image = Image.new("RGBA", (64, 64), (*hidden, 0))
    ImageDraw.Draw(image).ellipse((12, 12, 51, 51), fill=(230, 40, 30, 255))
    return image


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("scale", SCALES)
def test_alpha_is_lanczos_of_alpha(scale: Scale) -> None:
    small = disc((0, 0, 0))
    large = upscale(small, scale).image
    alpha = small.getchannel("A").resize(large.size, Image.Resampling.LANCZOS)
    assert same_to_the_eye(large.getchannel("A"), alpha, drift=0.01)
    low, high = large.getchannel("A").getextrema()
    assert low <= 1 and high >= 254


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("hidden", [(0, 0, 0), (255, 255, 255), (0, 255, 0)])
def test_hidden_colours_do_not_shine_through(hidden: tuple[int, int, int]) -> None:
    large = numbers(upscale(disc(hidden), 2).image)
    seen = large[large[:, :, 3] > 8][:, :3]
    assert same_to_the_eye(seen, np.broadcast_to((230, 40, 30), seen.shape), drift=3, plain=12)


def test_visible_colours_are_left_as_they_are() -> None:
    rng = np.random.default_rng(1)
    image = Image.fromarray(rng.integers(0, 256, (20, 33, 4), dtype=np.uint8))
    filled, before = numbers(fill_hidden(image)), numbers(image)
    shown = before[:, :, 3] > 0
    assert np.array_equal(filled[shown][:, :3], before[shown][:, :3])
    clear = Image.new("RGBA", (5, 3))
    assert fill_hidden(clear).getextrema()[3][1] == 0
    assert upscale(clear, 2).image.getchannel("A").getextrema() == (0, 0)


def test_a_transparent_colour_of_a_palette_becomes_alpha() -> None:
    small = Image.new("P", (20, 20), 0)
    small.putpalette([0, 0, 0, 250, 20, 20])
    small.paste(1, (4, 4, 20, 20))
    small.info["transparency"] = 0
    large = upscale(small, 2).image
    assert large.mode == "RGBA"
    alpha = numbers(large.getchannel("A"))
    assert (alpha[0, 0], alpha[25, 25]) == (0, 255)


# ---- tiles


@pytest.mark.parametrize("length", [1, 5, 192, 193, 384, 385, 1000])
def test_tiles_cover_an_axis_once(length: int) -> None:
    found = ranges(length, 192, 16)
    covered = [pixel for each in found for pixel in range(each.start, each.end)]
    assert covered == list(range(length))
    assert all(0 < each.end - each.start <= 192 for each in found)
    assert found[0].window_start == 0 and found[-1].window_end == length
    for each in found:
        assert each.window_start == 0 or each.start - each.window_start >= 16
        assert each.window_end == length or each.window_end - each.end >= 16
    assert len({each.window_end - each.window_start for each in found}) == 1


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("quality", QUALITIES)
def test_the_size_of_tiles_does_not_show(scale: Scale, quality: int | None) -> None:
    picture = scene(100)
    whole = numbers(upscale(picture, scale, quality, tile=100).image)
    for tile in (33, 64):
        tiled = numbers(upscale(picture, scale, quality, tile=tile).image)
        assert same_to_the_eye(tiled, whole, drift=0.01)
        edges = range(tile * scale, 100 * scale, tile * scale)
        seams, elsewhere = on_and_off(tiled, whole, edges, edges)
        assert seams <= 2 * elsewhere + 0.005


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("quality", QUALITIES)
def test_a_smooth_picture_has_no_seam(quality: int | None) -> None:
    """Steps over the edge of a tile are no larger than steps inside one."""
    large = numbers(upscale(smooth(120, 80), 2, quality, tile=40).image)
    across = np.abs(np.diff(large, axis=1)).mean(axis=(0, 2))
    down = np.abs(np.diff(large, axis=0)).mean(axis=(1, 2))
    for steps in (across, down):
        seams = range(79, len(steps), 80)
        assert seams
        for at in seams:
            assert abs(steps[at] - np.median(steps[at - 6 : at + 7])) < 0.15


# ---- quality


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize(("scale", "span", "plain"), [(2, 2.0, 0.3), (4, 1.0, 0.2)])
def test_it_is_nearer_to_the_truth_than_lanczos(scale: Scale, span: float, plain: float) -> None:
    truth = scene(192)
    small = truth.resize((192 // scale, 192 // scale), Image.Resampling.BICUBIC)
    found = upscale(small, scale)
    gain = psnr(found.image, truth) - psnr(
        small.resize(truth.size, Image.Resampling.LANCZOS), truth
    )
    assert gain > (plain if found.engine == NO_NCNN else span)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("quality", [90, 60])
def test_compressed_pictures_gain_by_their_own_networks(scale: Scale, quality: int) -> None:
    truth = scene(192)
    small = truth.resize((192 // scale, 192 // scale), Image.Resampling.BICUBIC)
    file = as_jpeg(small, quality)
    lanczos = psnr(file.resize(truth.size, Image.Resampling.LANCZOS), truth)
    assert psnr(upscale(file, scale, jpeg_quality(file)).image, truth) > lanczos + 0.3


# ---- the job


@pytest.mark.usefixtures("either")
def test_progress_comes_with_every_tile() -> None:
    shares: list[float] = []
    upscale(smooth(70, 50), 2, progress=shares.append, tile=32)
    assert shares == [(done + 1) / 6 for done in range(6)]


def test_progress_counts_the_tiles_of_both_steps() -> None:
    shares: list[float] = []
    upscale(smooth(70, 50), 4, 60, progress=shares.append, tile=32)
    assert len(shares) == 3 * 2 + 5 * 4
    assert shares == sorted(shares) and shares[-1] == 1


@pytest.mark.usefixtures("either")
def test_a_stop_is_heard_between_tiles() -> None:
    shares: list[float] = []
    with pytest.raises(Stopped):
        upscale(smooth(70, 50), 2, progress=shares.append, stop=lambda: len(shares) == 2, tile=32)
    assert len(shares) == 2


def test_a_stop_before_the_first_tile() -> None:
    with pytest.raises(Stopped):
        upscale(smooth(8, 8), 2, stop=lambda: True)


def test_what_is_too_large_is_told_with_both_sizes() -> None:
    assert MAX_PIXELS == 2048 * 2048
    with pytest.raises(TooLarge, match=r"2048 x 2049.*4\.2 megapixels"):
        upscale(Image.new("L", (2048, 2049)), 2)


@pytest.mark.parametrize("scale", [0, 1, 3, 8])
def test_other_scales_are_refused(scale: Any) -> None:
    with pytest.raises(ValueError, match="2 or 4"):
        upscale(smooth(4, 4), scale)


def test_the_picture_given_is_not_changed() -> None:
    for small in (disc((0, 255, 0)), smooth(20, 20), in_mode("I;16")):
        before = small.tobytes()
        upscale(small, 2)
        assert small.tobytes() == before


def test_jobs_in_threads_do_not_mix() -> None:
    """Also that no network reads memory that was freed under it: results would differ."""
    pictures = [scene(60).rotate(angle) for angle in (0, 90, 180, 270)]
    jobs = [(picture, quality) for picture in pictures for quality in QUALITIES]
    alone = [numbers(upscale(*job[:1], 2, job[1], tile=32).image) for job in jobs]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda job: upscale(job[0], 2, job[1], tile=32).image, jobs))
    for one, other in zip(alone, together, strict=True):
        assert np.array_equal(one, numbers(other))


def test_jobs_at_once_share_a_network_and_then_forget_it() -> None:
    reached, go_on = threading.Event(), threading.Event()

    def wait(share: float) -> None:
        reached.set()
        assert go_on.wait(30)

    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(upscale, smooth(8, 8), 2, None, wait)
        assert reached.wait(30)
        first = network._loaded["spanx2_ch48"]
        upscale(smooth(8, 8), 2)
        assert network._loaded["spanx2_ch48"] is first
        go_on.set()
        job.result(30)
    del first, job
    assert "spanx2_ch48" not in network._loaded


def test_a_damaged_network_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "spanx2_ch48.param").write_text("not a network\n")
    monkeypatch.setattr(network, "MODELS", tmp_path)
    with pytest.raises(NetworkFailed, match="SPAN x2"):
        upscale(smooth(8, 8), 2)


@pytest.mark.usefixtures("without_ncnn")
def test_without_ncnn_nothing_of_it_is_needed() -> None:
    with pytest.raises(ImportError):
        network.enlargers_for(choose(2, None))
    assert upscale(smooth(8, 8), 2).engine == NO_NCNN
