"""How near the upscaling engine comes to the truth, how long it takes and how much memory.

Run from the repository's root: python -m bench.upscale [--full]
Five photographs that scikit-image and scikit-learn carry are made small, some of them compressed,
and enlarged again: PSNR and SSIM of the Y channel (BT.601) without the outermost 4 pixels, beside
Lanczos, means of five. Without --full only the middle of each is taken, 256 pixels wide and high.
Time and memory are measured in a process of their own each. Machines differ and are shared: the
ratio to Lanczos of the same run is the figure to compare, and processor seconds before others.
Exits with 1 when clean pictures at twice the size gain less than 2.5 dB over Lanczos.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from statistics import mean
from typing import Final, Literal, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.upscale import jpeg_quality, projection, upscale
from engines.upscale.tiles import SIDE, enlarge_tiles
from quiet import SILENCE

Scale = Literal[2, 4]
SCALES: Final[tuple[Scale, ...]] = (2, 4)
# None is a clean picture, the others are JPEG qualities.
INPUTS: Final = (None, 95, 90, 75)
WANTED_GAIN: Final = 2.5
CROP: Final = 256
BORDER: Final = 4
# ITU-R BT.601, 16..235.
LUMA: Final = np.array([65.481, 128.553, 24.966]) / 255
# 0.5 megapixels: the astronaut twice, side by side.
MEASURED: Final = (1024, 512)


@dataclass(frozen=True)
class Score:
    """How near a picture is to the truth: dB, and structural similarity up to 1."""

    psnr: float
    ssim: float


def photographs(full: bool) -> list[Image.Image]:
    """The five pictures, cut so that their sides can be quartered."""
    from skimage import data
    from sklearn.datasets import load_sample_image

    found = [data.astronaut(), data.coffee(), data.chelsea()]
    found += [load_sample_image("china.jpg"), load_sample_image("flower.jpg")]
    return [_middle(Image.fromarray(each), None if full else CROP) for each in found]


def _middle(image: Image.Image, most: int | None) -> Image.Image:
    """The middle of a picture, at most so many pixels wide and high, divisible by 4."""
    width, height = (min(side, most or side) // 4 * 4 for side in image.size)
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return image.crop((left, top, left + width, top + height))


def make_small(truth: Image.Image, scale: Scale, quality: int | None) -> Image.Image:
    """The truth at a half or a quarter of its size, and as a JPEG where a quality is given."""
    small = truth.resize((truth.width // scale, truth.height // scale), Image.Resampling.BICUBIC)
    if quality is None:
        return small
    file = BytesIO()
    small.save(file, "JPEG", quality=quality)
    return Image.open(file)


def lanczos(small: Image.Image, scale: Scale) -> tuple[Image.Image, str]:
    """What Pillow does by itself."""
    size = (small.width * scale, small.height * scale)
    return small.resize(size, Image.Resampling.LANCZOS), "Lanczos"


def without_ncnn(small: Image.Image, scale: Scale) -> tuple[Image.Image, str]:
    """What the engine does where ncnn is missing."""
    enlarger = projection.enlarger_for(scale, jpeg_quality(small))
    large = enlarge_tiles(np.asarray(small), [enlarger], SIDE, None, None)
    return Image.fromarray(large), enlarger.title


def engine(small: Image.Image, scale: Scale) -> tuple[Image.Image, str]:
    """What the engine does."""
    found = upscale(small, scale, jpeg_quality(small))
    return found.image, found.engine


WAYS: Final[dict[str, Callable[[Image.Image, Scale], tuple[Image.Image, str]]]] = {
    "lanczos": lanczos,
    "without_ncnn": without_ncnn,
    "engine": engine,
}


def score(image: Image.Image, truth: Image.Image) -> Score:
    """PSNR and SSIM (Gaussian window of 1.5 pixels, as by Wang et al., 2004) of the Y channel."""
    from skimage.metrics import structural_similarity

    ours, theirs = _luma(image), _luma(truth)
    similarity = structural_similarity(
        ours,
        theirs,
        data_range=255,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
    )
    error = float(np.mean((ours - theirs) ** 2))
    return Score(10 * float(np.log10(255**2 / error)), float(similarity))


def _luma(image: Image.Image) -> NDArray[np.float64]:
    luma: NDArray[np.float64] = np.asarray(image).astype(np.float64) @ LUMA + 16
    return luma[BORDER:-BORDER, BORDER:-BORDER]


def compare(pictures: list[Image.Image]) -> float:
    """Print quality, a line for each scale and input; returns the gain at x2 of clean pictures."""
    print("scale  input   Lanczos          without ncnn     engine           gain dB  by")
    gains: dict[tuple[Scale, int | None], float] = {}
    for scale in SCALES:
        for quality in INPUTS:
            smalls = [make_small(truth, scale, quality) for truth in pictures]
            row: dict[str, Score] = {}
            name = ""
            for way, enlarge in WAYS.items():
                scores = []
                for small, truth in zip(smalls, pictures, strict=True):
                    image, name = enlarge(small, scale)
                    scores.append(score(image, truth))
                row[way] = Score(mean(s.psnr for s in scores), mean(s.ssim for s in scores))
            gains[scale, quality] = row["engine"].psnr - row["lanczos"].psnr
            cells = "   ".join(f"{each.psnr:5.2f} / {each.ssim:.4f}" for each in row.values())
            source = "clean" if quality is None else f"q{quality}"
            print(f"x{scale}     {source:5}   {cells}   {gains[scale, quality]:+.2f}    {name}")
    return gains[2, None]


def peak_megabytes() -> float:
    """Highest resident memory of this process so far (Linux counts in KiB, macOS in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def measure(way: str, scale: Scale, quality: int | None) -> dict[str, float | str]:
    """Seconds per input megapixel, and peak memory before and after, of one picture."""
    from skimage import data

    astronaut = Image.fromarray(data.astronaut())
    source = Image.new("RGB", MEASURED)
    for left in range(0, MEASURED[0], astronaut.width):
        source.paste(astronaut, (left, 0))
    small = source if quality is None else make_small(source.resize((2048, 1024)), 2, quality)
    small.load()
    WAYS[way](small.crop((0, 0, 16, 16)), scale)
    before = peak_megabytes()
    wall, work = time.perf_counter(), time.process_time()
    _, name = WAYS[way](small, scale)
    megapixels = small.width * small.height / 1e6
    return {
        "name": name,
        "wall": (time.perf_counter() - wall) / megapixels,
        "work": (time.process_time() - work) / megapixels,
        "before": before,
        "after": peak_megabytes(),
    }


def costs() -> None:
    """Print time and memory, a line for each way, scale and engine."""
    print("scale  s/MP of input   processor s/MP   peak MB (before)   by")
    for scale in SCALES:
        plan = [("lanczos", None), ("without_ncnn", None)]
        for way, quality in [*plan, *(("engine", quality) for quality in (None, 90, 75))]:
            done = subprocess.run(
                [sys.executable, "-m", "bench.upscale", "--measure", way, str(scale),
                 str(quality or 0)],
                capture_output=True, check=True, text=True,
            )  # fmt: skip
            row = json.loads(done.stdout)
            print(
                f"x{scale}     {row['wall']:13.2f}   {row['work']:14.2f}"
                f"   {row['after']:7.0f} ({row['before']:6.0f})   {row['name']}"
            )


def main() -> int:
    """Print both tables; 1 when the gain is too small."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m bench.upscale")
    parser.add_argument("--full", action="store_true", help="whole pictures, not their middle")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        way, scale, quality = asked.measure
        print(json.dumps(measure(way, cast("Scale", int(scale)), int(quality) or None)))
        return 0
    os.environ.update(SILENCE)  # as the app does, before ncnn is imported
    start = time.perf_counter()
    # First, for a child's peak memory begins with what its parent had taken up by then.
    costs()
    print("\nWhole pictures" if asked.full else f"\nThe middle {CROP} x {CROP} of each picture")
    gain = compare(photographs(asked.full))
    print(f"\n{time.perf_counter() - start:.0f} s. x2, clean: {gain:+.2f} dB over Lanczos")
    if gain < WANTED_GAIN:
        print(f"That is less than the {WANTED_GAIN} dB it has to be.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
