"""What an edit changed: the changed area is found, and the rest can be kept."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from engines.compare import CompareError, compare, heat, keep_the_rest
from engines.edit.light import brightness, saturation, warmth

SIZE = (960, 640)


def scene(seed: int) -> Image.Image:
    """A picture with structure everywhere, as photographs have."""
    dice = np.random.default_rng(seed)
    cells = dice.integers(0, 256, (20, 30, 3), dtype=np.uint8)
    soft = Image.fromarray(cells).resize(SIZE, Image.Resampling.BICUBIC)
    fine = Image.fromarray(dice.integers(0, 256, (160, 240, 3), dtype=np.uint8))
    mixed = Image.blend(soft, fine.resize(SIZE, Image.Resampling.BICUBIC), 0.35)
    draw = ImageDraw.Draw(mixed)
    for _ in range(40):
        x, y = dice.integers(0, SIZE[0]), dice.integers(0, SIZE[1])
        w, h = dice.integers(20, 160, 2)
        colour = tuple(int(each) for each in dice.integers(0, 256, 3))
        draw.rectangle((x, y, x + w, y + h), fill=colour)
    return mixed.filter(ImageFilter.GaussianBlur(1))


def with_object(before: Image.Image) -> tuple[Image.Image, np.ndarray]:
    """The picture with a new striped thing in it, and where that is."""
    mask = Image.new("L", SIZE, 0)
    ImageDraw.Draw(mask).ellipse((520, 180, 760, 460), 255)
    dice = np.random.default_rng(99)
    thing = Image.new("RGB", SIZE, (30, 200, 90))
    draw = ImageDraw.Draw(thing)
    for y in range(0, SIZE[1], 40):
        draw.rectangle((0, y, SIZE[0], y + 18), fill=(240, 20, int(dice.integers(120, 255))))
    after = before.copy()
    after.paste(thing, (0, 0), mask)
    return after, np.asarray(mask) > 127


def moved(image: Image.Image, right: float, down: float, factor: float) -> Image.Image:
    """Shifted by pixels and scaled about the corner, borders filled by the picture itself."""
    from engines.opencv import cv2

    matrix = np.array([[factor, 0, right], [0, factor, down]], np.float32)
    moved = cv2.warpAffine(
        np.asarray(image), matrix, image.size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )
    return Image.fromarray(moved)


def as_jpeg(image: Image.Image, quality: int = 85) -> Image.Image:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("RGB")


def tinted(image: Image.Image) -> Image.Image:
    rgb = warmth(brightness(saturation(np.asarray(image), 0.06), 0.03), 0.06)
    return Image.fromarray(rgb)


DRIFTS = {
    "none": lambda image: image,
    "jpeg": as_jpeg,
    "tint": tinted,
    "shift": lambda image: moved(image, 2, -1, 1.0),
    "scale": lambda image: moved(image, -3, -2, 1.01),
    "all": lambda image: as_jpeg(tinted(moved(image, -3, 1, 1.01))),
}


def overlap(found: np.ndarray, true: np.ndarray) -> float:
    """Intersection over union."""
    return float((found & true).sum() / (found | true).sum())


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("drift", DRIFTS)
def test_the_map_covers_the_object_and_little_else(drift: str, seed: int) -> None:
    before = scene(seed)
    after, true = with_object(before)
    change = compare(before, DRIFTS[drift](after))
    found = change.map > 0
    assert overlap(found, true) > 0.85
    assert (found & ~true).mean() < 0.01
    assert change.share == pytest.approx(found.mean())


@pytest.mark.parametrize("drift", ["jpeg", "tint", "shift", "scale", "all"])
def test_drift_alone_is_no_change_but_is_told(drift: str) -> None:
    change = compare(scene(4), DRIFTS[drift](scene(4)))
    assert change.share < 0.005
    assert change.drift > (0.1 if drift not in ("shift", "scale") else 0)


def test_a_stronger_drift_is_told_as_more() -> None:
    before = scene(5)
    weak, strong = (
        compare(before, Image.fromarray(warmth(np.asarray(before), amount))).drift
        for amount in (0.03, 0.12)
    )
    assert strong > 2 * weak > 0


def test_identical_pictures_differ_in_nothing() -> None:
    change = compare(scene(6), scene(6))
    assert (change.share, change.drift) == (0.0, 0.0)
    assert not change.map.any()
    assert change.map.shape == (SIZE[1], SIZE[0])
    assert change.map.dtype == np.uint8


def test_flat_pictures_do_not_stop_it() -> None:
    grey, white = Image.new("RGB", (300, 200), "#777777"), Image.new("RGB", (300, 200), "white")
    assert compare(grey, white).share in (0.0, 1.0)


def test_an_edit_of_another_size_is_laid_over() -> None:
    before = scene(7)
    after, true = with_object(before)
    change = compare(before, after.resize((1216, 816), Image.Resampling.LANCZOS))
    assert overlap(change.map > 0, true) > 0.85


def test_another_shape_is_refused() -> None:
    with pytest.raises(CompareError, match=r"960 × 640 and 640 × 640"):
        compare(scene(8), scene(8).resize((640, 640)))


@pytest.mark.parametrize("drift", ["jpeg", "all"])
def test_the_rest_is_the_original_and_the_object_stays(drift: str) -> None:
    before = scene(9)
    after, true = with_object(before)
    edited = DRIFTS[drift](after)
    change = compare(before, edited)
    kept = keep_the_rest(before, edited, change, 10)
    assert kept.size == before.size
    near = np.asarray(
        Image.fromarray(((change.map > 0) * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(23))
    )
    apart = np.abs(np.asarray(kept, np.int16) - np.asarray(before, np.int16))
    assert apart[near == 0].mean() < 0.05 and (apart[near == 0] > 2).mean() < 0.0005
    inside = np.asarray(Image.fromarray(true).convert("L").filter(ImageFilter.MinFilter(25))) > 0
    away = np.abs(np.asarray(kept, np.int16) - np.asarray(after, np.int16))[inside]
    assert away.mean() < 20  # the tint; the original is 100 levels away


def test_without_a_change_the_original_comes_back() -> None:
    before = scene(10)
    edited = as_jpeg(before)
    kept = keep_the_rest(before, edited, compare(before, edited))
    assert np.array_equal(np.asarray(kept), np.asarray(before))


def test_transparency_survives() -> None:
    before = scene(11).convert("RGBA")
    before.putalpha(Image.linear_gradient("L").resize(SIZE))
    after, _ = with_object(before.convert("RGB"))
    kept = keep_the_rest(before, after, compare(before, after))
    assert kept.mode == "RGBA"
    assert kept.getchannel("A").getpixel((5, 5)) == before.getchannel("A").getpixel((5, 5))


def test_the_heat_is_where_the_change_is() -> None:
    before = scene(12)
    after, true = with_object(before)
    shown = np.asarray(heat(before, compare(before, after)), np.int16)
    red = shown[..., 0] - shown[..., 2]
    assert red[true].mean() > 60
    assert abs(red[:, :300]).mean() < 0.5
