"""Sharper and softer, and a person apart from the background."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from easel.engines.edit.errors import EditError
from easel.engines.edit.light import BAND_ROWS, Floats, Pixels, from_linear, to_linear
from easel.engines.opencv import cv2
from easel.words import say

# A function from RGB uint8 (height x width x 3) to the person's share of each pixel, 0..1.
CutOut = Callable[[Pixels], NDArray[Any]]

# Blur radius at amount 1, as a share of the shorter side.
SOFTEST: Final = 0.012
FARTHEST: Final = 0.03
# Less of the picture than this is not a person but noise of the mask.
SURE: Final = 0.6
SMALLEST_PERSON: Final = 0.01


def sharpen(rgb: Pixels, amount: float) -> Pixels:
    """Crisper edges on lightness alone, so that colours get no fringes; amount 0..2."""
    lab = cv2.cvtColor(rgb, cv2.COLOR_RGB2Lab)
    light = lab[..., 0].astype(np.float32)
    sigma = max(0.8, min(rgb.shape[:2]) / 1400)
    edge = light - cv2.GaussianBlur(light, (0, 0), sigma)
    # Grain below two levels is left alone.
    edge = np.sign(edge) * np.maximum(np.abs(edge) - 2, 0)
    lab[..., 0] = np.clip(light + 2 * amount * edge + 0.5, 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(lab, cv2.COLOR_Lab2RGB), np.uint8)


def radius_of(shape: tuple[int, ...], amount: float, radius_px: float | None, full: float) -> float:
    """The radius in pixels: as said, or the amount of the full one for this size."""
    return radius_px if radius_px is not None else max(0.5, amount * full * min(shape[:2]))


def blur(rgb: Pixels, radius: float, weight: NDArray[Any] | None = None) -> Pixels:
    """Blurred in linear light; where a weight 0..1 is given, pixels count by it.

    With a weight the person's colours do not bleed into the background as a halo.
    """
    found = np.empty_like(rgb)
    share = None if weight is None else np.maximum(_gauss(weight, radius), 1e-4)
    for channel in range(3):
        light = cv2.LUT(np.ascontiguousarray(rgb[..., channel]), to_linear())
        if weight is not None:
            light *= weight
        light = _gauss(light, radius)
        if share is not None:
            light /= share
        for top in range(0, rgb.shape[0], BAND_ROWS):
            rows = slice(top, top + BAND_ROWS)
            found[rows, :, channel] = from_linear(light[rows])
    return found


def _gauss(values: NDArray[Any], radius: float) -> Floats:
    """A Gaussian of sigma `radius`; large ones on a smaller copy, where they cost little."""
    height, width = values.shape
    shrink = max(1, int(radius // 4))
    if shrink == 1:
        return np.asarray(cv2.GaussianBlur(values, (0, 0), radius, borderType=cv2.BORDER_REPLICATE))
    size = (max(1, width // shrink), max(1, height // shrink))
    small = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), radius / shrink, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def find_person(rgb: Pixels, cut_out: CutOut) -> Floats:
    """The person's share of each pixel, 0..1. Raises `EditError` when there is none."""
    mask = np.clip(np.asarray(cut_out(rgb), np.float32), 0, 1)
    if mask.shape != rgb.shape[:2] or float((mask > SURE).mean()) < SMALLEST_PERSON:
        raise EditError(say("edit.no_person"))
    return mask


def remove_background(image: Image.Image, cut_out: CutOut) -> Image.Image:
    """Everything but the person becomes transparent; what already was stays so."""
    rgba = np.array(image.convert("RGBA"))
    mask = find_person(np.asarray(image.convert("RGB")), cut_out)
    np.rint(rgba[..., 3] * mask, out=rgba[..., 3], casting="unsafe")
    return Image.fromarray(rgba)


def blur_background(rgb: Pixels, radius: float, cut_out: CutOut) -> Pixels:
    """Everything but the person blurred, without a halo of the person in it."""
    mask = find_person(rgb, cut_out)
    # A pixel that is partly the person's counts little, or its colour would glow around him.
    far = blur(rgb, radius, np.clip(1 - 4 * mask, 0, 1))
    found = np.empty_like(rgb)
    for top in range(0, rgb.shape[0], BAND_ROWS):
        rows = slice(top, top + BAND_ROWS)
        near = mask[rows, :, None]
        mixed = rgb[rows] * near + far[rows] * (1 - near)
        found[rows] = np.round(mixed).astype(np.uint8)
    return found
