"""Which networks upscale which picture, as tables.

The rule comes from Y-PSNR on five photographs, halved or quartered and compressed again
(2026-11-21; `python -m bench.upscale` measures it anew). SPAN is the most faithful on clean
pictures but sharpens JPEG's blocks too: from quality 75 down it is worse than Lanczos. waifu2x
takes the blocks away, at noise level 0 a little, at 1 more; the two are equal at quality 80.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Net:
    """One carried network: `assets/models/<file>.param` and `.bin`, in ncnn's format.

    It takes and gives RGB, 0..1. `margin` is how many pixels its convolutions eat at each side
    of the input; a net without one pads by itself with zeros, as it was trained to. `context`
    is how far from a cut, in input pixels, its result still differs.
    """

    file: str
    title: str
    scale: int
    source: str
    sink: str
    margin: int
    context: int


# SPAN's 21 convolutions reach 21 pixels, but from 16 on a cut moves single values by a level or
# two of 255 at most (measured on three pictures), and tiles are a tenth cheaper.
SPAN_X2: Final = Net("spanx2_ch48", "SPAN x2", 2, "data", "output", 0, 16)
SPAN_X4: Final = Net("spanx4_ch48", "SPAN x4", 4, "data", "output", 0, 16)
NOISE_0: Final = Net(
    "waifu2x_photo_noise0", "waifu2x photo noise 0 x2", 2, "Input1", "Eltwise4", 7, 7
)
NOISE_1: Final = Net(
    "waifu2x_photo_noise1", "waifu2x photo noise 1 x2", 2, "Input1", "Eltwise4", 7, 7
)
NETS: Final = (SPAN_X2, SPAN_X4, NOISE_0, NOISE_1)

# From this JPEG quality up: the networks for each scale, one after the other.
RULES: Final[tuple[tuple[int, dict[int, tuple[Net, ...]]], ...]] = (
    (95, {2: (SPAN_X2,), 4: (SPAN_X4,)}),
    (80, {2: (NOISE_0,), 4: (NOISE_0, NOISE_0)}),
    (0, {2: (NOISE_1,), 4: (NOISE_1, NOISE_0)}),
)


def choose(scale: int, jpeg_quality: int | None) -> tuple[Net, ...]:
    """The networks, one after the other, for a scale (2 or 4) and a JPEG quality, 0..100.

    None is a clean picture.
    """
    quality = 100 if jpeg_quality is None else jpeg_quality
    return next(by_scale[scale] for lowest, by_scale in RULES if quality >= lowest)
