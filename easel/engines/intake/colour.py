"""Colours as everybody shows them: a profile is kept where it says sRGB, and applied elsewhere."""

from __future__ import annotations

from io import BytesIO
from itertools import product
from typing import Final, Literal

from PIL import Image, ImageCms

from easel.engines.intake.pixels import plain

Like = Literal["srgb", "other", "broken"]
# How far a colour may move, of 255, for a profile to count as sRGB: a plain gamma of 2.2 moves
# the darkest ones by 6; Display P3 and Adobe RGB move some by more than 30.
NEAR: Final = 8
STEPS: Final = (0, 32, 64, 96, 128, 160, 192, 224, 255)
# Real sRGB profiles have 0.4 to 4 KB. A larger one may carry anything.
MOST_KEPT: Final = 16_384
MODES: Final = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}
# What profiles raise that are damaged, or of another number of colours.
UNFIT: Final = (ImageCms.PyCMSError, OSError, KeyError, ValueError, TypeError)


def likeness(icc: bytes, inks: bool) -> Like:
    """Whether colours under a profile look as in sRGB, found by moving a lattice of colours."""
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        mode = MODES[profile.profile.xcolor_space.strip()]
        if inks or mode == "CMYK":
            return "other" if inks and mode == "CMYK" else "broken"
        before = _lattice(mode)
        after = _transform(profile, mode, "RGB").apply(before)
    except UNFIT:
        return "broken"
    pairs = zip(before.convert("RGB").tobytes(), after.tobytes(), strict=True)
    worst = max(abs(one - other) for one, other in pairs)
    return "srgb" if worst <= NEAR and len(icc) <= MOST_KEPT else "other"


def to_srgb(image: Image.Image, icc: bytes) -> Image.Image:
    """The picture in sRGB as L, RGB or RGBA; a profile that does not fit its colours is ignored.

    RGB and RGBA are changed in place, because a large picture is heavy.
    """
    if image.mode != "CMYK":
        image = plain(image)
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        mode = MODES[profile.profile.xcolor_space.strip()]
        if image.mode == "L" and mode == "RGB":
            image = image.convert("RGB")
        if mode != image.mode.removesuffix("A"):
            return plain(image)
        if mode == "RGB":
            _transform(profile, image.mode, image.mode).apply_in_place(image)
        else:
            image = _transform(profile, mode, "RGB").apply(image)
    except UNFIT:
        pass  # likeness() has said so already
    return plain(image)


def _lattice(mode: str) -> Image.Image:
    if mode == "L":
        return Image.frombytes("L", (256, 1), bytes(range(256)))
    colours = bytes(value for colour in product(STEPS, repeat=3) for value in colour)
    return Image.frombytes("RGB", (len(colours) // 3, 1), colours)


def _transform(
    profile: ImageCms.ImageCmsProfile, mode: str, made: str
) -> ImageCms.ImageCmsTransform:
    """From a profile to sRGB. Raises `ImageCms.PyCMSError`."""
    return ImageCms.buildTransform(
        profile,
        ImageCms.createProfile("sRGB"),
        mode,
        made,
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
