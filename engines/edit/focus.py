"""Sharper and softer, and a person apart from the background."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from engines.bands import (
    ROWS,
    Change,
    array_of,
    change_in_place,
    each_band,
    enlarged,
    pixels_of,
)
from engines.edit.errors import EditError
from engines.edit.light import Floats, Pixels, from_linear, to_linear
from engines.opencv import cv2
from i18n import say

# A function from RGB uint8 (height x width x 3) to the person's share of each pixel, 0..1.
CutOut = Callable[[Pixels], NDArray[Any]]
# What the picture's row numbers `top` to `bottom` count, 0..1: (rows, width).
Weight = Callable[[int, int], Floats]

# Blur radius at amount 1, as a share of the shorter side.
SOFTEST: Final = 0.012
FARTHEST: Final = 0.03
# Less of the picture than this is not a person but noise of the mask.
SURE: Final = 0.6
SMALLEST_PERSON: Final = 0.01
# OpenCV ends a Gaussian of floats at four sigmas.
TAIL: Final = 4
# A wide blur is done on a copy smaller by so much at most.
SMALLEST_COPY: Final = 64


def sharpen(rgb: Pixels, amount: float, sigma: float) -> Pixels:
    """Crisper edges on lightness alone, so that colours get no fringes; amount 0..2."""
    lab = cv2.cvtColor(rgb, cv2.COLOR_RGB2Lab)
    light = lab[..., 0].astype(np.float32)
    edge = light - cv2.GaussianBlur(light, (0, 0), sigma)
    # Grain below two levels is left alone.
    edge = np.sign(edge) * np.maximum(np.abs(edge) - 2, 0)
    lab[..., 0] = np.clip(light + 2 * amount * edge + 0.5, 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(lab, cv2.COLOR_Lab2RGB), np.uint8)


def sharpening(image: Image.Image, amount: float) -> tuple[Change, int]:
    """The change that sharpens a picture of this size, and its reach in rows."""
    sigma = max(0.8, min(image.size) / 1400)
    return (lambda rgb, top: sharpen(rgb, amount, sigma)), reach_of(sigma)


def reach_of(sigma: float) -> int:
    """How many rows away a Gaussian still counts."""
    return ceil(TAIL * sigma) + 1


def radius_of(size: tuple[int, int], amount: float, radius_px: float | None, full: float) -> float:
    """The radius in pixels: as said, or the amount of the full one for this size."""
    return radius_px if radius_px is not None else max(0.5, amount * full * min(size))


def blurring(image: Image.Image, radius: float, weight: Weight | None = None) -> tuple[Change, int]:
    """The change that blurs a picture in linear light, and its reach in rows.

    With a weight pixels count by it: so the person's colours do not bleed into the background as
    a halo.
    """
    shrink = min(SMALLEST_COPY, max(1, int(radius // 4)))
    if shrink > 1:
        return _from_small(image, radius, shrink, weight), 0

    def change(rgb: Pixels, top: int) -> Pixels:
        light = _weighted(rgb, None if weight is None else weight(top, top + len(rgb)))
        return _bytes(_gauss(light, radius), weight is not None)

    return change, reach_of(radius)


def _from_small(image: Image.Image, radius: float, shrink: int, weight: Weight | None) -> Change:
    """A wide blur, done on a small copy: nothing finer is left in it anyway."""
    small = _gauss(_reduced(image, shrink, weight), radius / shrink)
    full = small.shape[0] * shrink, small.shape[1] * shrink

    def change(rgb: Pixels, top: int) -> Pixels:
        rows = enlarged(small, full, top, top + len(rgb))[:, : rgb.shape[1]]
        return _bytes(rows, weight is not None)

    return change


def _reduced(image: Image.Image, shrink: int, weight: Weight | None) -> Floats:
    """The picture in linear light, and its weight as a fourth channel, smaller by a whole number;
    borders are filled up with what lies at them."""
    found = []
    for top, bottom in each_band(image.height, max(1, ROWS // shrink) * shrink):
        rgb = np.ascontiguousarray(pixels_of(image, top, bottom)[..., :3])
        light = _weighted(rgb, None if weight is None else weight(top, bottom))
        light = cv2.copyMakeBorder(
            light, 0, -len(rgb) % shrink, 0, -image.width % shrink, cv2.BORDER_REPLICATE
        )
        size = light.shape[1] // shrink, light.shape[0] // shrink
        found.append(cv2.resize(light, size, interpolation=cv2.INTER_AREA))
    return np.concatenate(found)


def _weighted(rgb: Pixels, weight: Floats | None) -> Floats:
    """Linear light (rows, width, 3); where there is a weight times it, and with it as a fourth."""
    light = cv2.LUT(rgb, to_linear())
    if weight is None:
        return np.asarray(light, np.float32)
    return np.dstack([light * weight[..., None], weight])


def _bytes(light: Floats, weighted: bool) -> Pixels:
    """sRGB of what `_weighted` made, once it is blurred."""
    return from_linear(light[..., :3] / np.maximum(light[..., 3:], 1e-4) if weighted else light)


def _gauss(values: Floats, sigma: float) -> Floats:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE))


def find_person(image: Image.Image, cut_out: CutOut | None) -> Pixels:
    """The person's share of each pixel, 0..255. Raises `EditError` when there is none."""
    if cut_out is None:
        # Late: it brings a network along.
        from engines.cutout import levels

        mask = levels(image)
    else:
        share = np.asarray(cut_out(array_of(image)), np.float32)
        mask = np.rint(np.clip(share, 0, 1) * 255).astype(np.uint8)
    if np.count_nonzero(mask > 255 * SURE) < SMALLEST_PERSON * image.width * image.height:
        raise EditError(say("edit.no_person"))
    return mask


def remove_background(image: Image.Image, cut_out: CutOut | None) -> Image.Image:
    """Everything but the person becomes transparent, in place; what already was stays so."""
    mask = Image.fromarray(find_person(image, cut_out))
    if image.mode == "RGBA":
        mask = ImageChops.multiply(image.getchannel("A"), mask)
    image.putalpha(mask)
    return image


def blur_background(image: Image.Image, radius: float, cut_out: CutOut | None) -> None:
    """Everything but the person blurred, in place, without a halo of the person in it."""
    mask = find_person(image, cut_out)

    def far(top: int, bottom: int) -> Floats:
        # A pixel that is partly the person's counts little, or its colour would glow around him.
        share = mask[top:bottom] * np.float32(4 / 255)
        return np.asarray(np.clip(1 - share, 0, 1), np.float32)

    blurred, reach = blurring(image, radius, far)

    def change(rgb: Pixels, top: int) -> Pixels:
        near = (mask[top : top + len(rgb)] * np.float32(1 / 255))[..., None]
        mixed = rgb * near + blurred(rgb, top) * (1 - near)
        return np.asarray(np.round(mixed), np.uint8)

    change_in_place(image, change, reach)
