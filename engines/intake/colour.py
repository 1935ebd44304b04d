"""Colours as everybody shows them: a profile is kept where it says sRGB, and applied elsewhere."""

from __future__ import annotations

from io import BytesIO
from itertools import product
from typing import Final, Literal

from PIL import Image, ImageChops, ImageCms

from engines.intake.pixels import plain
from engines.intake.strips import bands

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


def to_srgb(image: Image.Image, icc: bytes) -> tuple[Image.Image, bool]:
    """The picture in sRGB as L, RGB or RGBA, and whether its colours were converted; a profile that
    does not fit its colours is ignored.

    RGB and RGBA are changed in place, because a large picture is heavy.
    """
    if image.mode != "CMYK":
        image = plain(image)
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        mode = MODES[profile.profile.xcolor_space.strip()]
        if mode == "L" and image.mode != "CMYK":
            return _grey_to_srgb(image, profile)
        if image.mode == "L" and mode == "RGB":
            image = image.convert("RGB")
        if mode != image.mode.removesuffix("A"):
            return plain(image), False
        if mode == "RGB":
            _transform(profile, image.mode, image.mode).apply_in_place(image)
        else:
            image = _transform(profile, mode, "RGB").apply(image)
    except UNFIT:
        return plain(image), False  # likeness() has said so already
    return plain(image), True


def _grey_to_srgb(
    image: Image.Image, profile: ImageCms.ImageCmsProfile
) -> tuple[Image.Image, bool]:
    """Grey under a grey profile, as L or, with transparency, RGBA: 256 levels, each looked up."""
    if image.mode != "L" and not _is_grey(image):
        return image, False  # colours that a grey profile says nothing of
    ramp = _transform(profile, "L", "RGB").apply(_lattice("L"))
    levels = list(ramp.convert("L").tobytes())
    if image.mode == "RGBA":
        return image.point([*levels * 3, *range(256)]), True
    return image.point(levels * len(image.getbands())), True


def _is_grey(image: Image.Image) -> bool:
    """Whether red, green and blue are the same all over."""
    for band in bands(image):
        red, green, blue, *_ = band.split()
        if any(ImageChops.difference(red, each).getbbox() for each in (green, blue)):
            return False
    return True


def lab_to_srgb(image: Image.Image) -> Image.Image:
    """A picture of mode LAB, CIE L*a*b* under D50, as RGB."""
    lab = ImageCms.createProfile("LAB", 5000)
    return _transform(ImageCms.ImageCmsProfile(lab), "LAB", "RGB").apply(image)


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
