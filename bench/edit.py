"""Seconds per megapixel and memory of each local edit at 12 MP, beside copying and saving.

Run from the repository's root: nice python -m bench.edit
Each operation runs in a process of its own, so that its peak memory is its own. The baseline,
Pillow's copy and a PNG at level 1, runs in the same process: machines differ and are shared, and
the ratio to it is the figure to compare. The cut-out is left out (a fake mask stands for it), for
it has a bench of its own. `python -m bench.edit words` times understanding.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.edit import understand

WIDTH, HEIGHT = 4000, 3000
MEGAPIXELS = WIDTH * HEIGHT / 1e6
INSTRUCTIONS = (
    "remove the background", "blur the background", "black and white", "sepia", "invert",
    "warmer", "brighter", "more contrast", "more saturated", "sharper", "blur it",
    "crop to 16:9", "rotate left", "rotate by 15 degrees", "flip horizontally", "half the size",
    "add a white frame", "round the corners", "side by side", "make a 2x2 grid",
    "put the first over the second",
)  # fmt: skip
# Columns and rows that the pictures take of the result's 12 MP, and how many there are.
JOINED = {
    "side by side": (2, 1, 2),
    "make a 2x2 grid": (2, 2, 4),
    "put the first over the second": (1, 1, 2),
}
COMPARED = "compare", "keep the rest"


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one run, all threads together."""
    start = time.process_time()
    work()
    return time.process_time() - start


def peak_megabytes() -> float:
    """Highest resident memory of this process so far (Linux counts in KiB, macOS in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def photo(seed: int, width: int, height: int) -> Image.Image:
    """Soft shapes with grain, which no encoder finds easy."""
    dice = np.random.default_rng(seed)
    cells = dice.integers(0, 256, (24, 32, 3), dtype=np.uint8)
    soft = Image.fromarray(cells).resize((width, height), Image.Resampling.BICUBIC)
    grain = Image.fromarray(dice.integers(0, 256, (height, width, 3), dtype=np.uint8))
    return Image.blend(soft, grain, 0.06)


def half(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """A person as the middle half of the picture."""
    mask = np.zeros(rgb.shape[:2], np.float32)
    mask[:, rgb.shape[1] // 4 : 3 * rgb.shape[1] // 4] = 1
    return mask


def work_of(name: str) -> tuple[Callable[[], object], Image.Image]:
    """What to time, and the picture that the baseline copies and saves."""
    # Late: the modules' own memory counts into the peak before the work.
    from engines.compare import compare, keep_the_rest
    from engines.edit.apply import apply

    before = photo(1, WIDTH, HEIGHT)
    if name in COMPARED:
        after = before.copy()
        after.paste(photo(2, 800, 900), (1500, 1000))
        if name == "compare":
            return (lambda: compare(before, after)), before
        change = compare(before, after)
        return (lambda: keep_the_rest(before, after, change)), before
    given = [before]
    if name in JOINED:
        columns, rows, count = JOINED[name]
        given = [photo(3, WIDTH // columns, HEIGHT // rows)] * count
    asked = understand(name, len(given))
    return (lambda: apply(asked.operations, given, half)), before


def measure(name: str) -> dict[str, float]:
    """Best of three, the baseline in between, and the peak memory before and after."""
    work, before = work_of(name)
    base_peak = peak_megabytes()
    times = [seconds(work) for _ in range(3)]
    peak = peak_megabytes()
    copies = [
        seconds(lambda: before.copy().save(BytesIO(), "PNG", compress_level=1)) for _ in range(2)
    ]
    return {"work": min(times), "copy": min(copies), "before": base_peak, "peak": peak}


def main() -> None:
    """Print one line per operation."""
    if sys.argv[1:] == ["words"]:
        first = seconds(lambda: understand(INSTRUCTIONS[0], 1))
        again = sum(seconds(lambda t=t: understand(t, 2)) for t in INSTRUCTIONS)  # type: ignore[misc]
        print(f"first {first * 1e3:.1f} ms, then {again / len(INSTRUCTIONS) * 1e3:.2f} ms each")
        return
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
        return
    print(f"{MEGAPIXELS:.0f} MP{'':32}s/MP   of copy+save   peak MB (before)")
    for name in (*INSTRUCTIONS, *COMPARED):
        done = subprocess.run(
            [sys.executable, "-m", "bench.edit", name],
            capture_output=True, check=True, text=True, env={**os.environ},
        )  # fmt: skip
        row = json.loads(done.stdout)
        print(
            f"{name:36} {row['work'] / MEGAPIXELS:6.3f}   {row['work'] / row['copy']:10.2f}"
            f"   {row['peak']:9.0f} ({row['before']:.0f})"
        )


if __name__ == "__main__":
    main()
