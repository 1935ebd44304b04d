"""How long the sketch engine takes and how much memory, beside encoding a PNG of the same size.

Run from the repository's root: python -m bench.sketch
Each size runs in a process of its own, so that its peak memory is its own. Machines differ and
are shared: the ratio to the PNG of the same run is the figure to compare.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO

import numpy as np
from PIL import Image

from engines.sketch import draw

SIZES = (512, 1024, 2048)
PROMPTS = (
    "Sunset over the sea, a sailboat",
    "Ночной город, луна, звёзды",
    "Гори взимку, туман",
    "autumn forest by the lake, mountains",
    "Поле цветов, одинокое дерево, дорога",
    "storm, rain, hills",
)


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one run: other programs on the machine do not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def peak_megabytes() -> float:
    """Highest resident memory of this process so far (Linux counts in KiB, macOS in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def measure(side: int) -> dict[str, float]:
    """Seconds per picture, of a PNG of noise at level 1, and peak memory before and after."""
    draw(PROMPTS[0], 0, 64, 64)
    before = peak_megabytes()
    times = [seconds(lambda p=p: draw(p, 1, side, side)) for p in PROMPTS for _ in range(2)]  # type: ignore[misc]
    after = peak_megabytes()
    noise = Image.fromarray(
        np.random.default_rng(0).integers(0, 256, (side, side, 3), dtype=np.uint8)
    )
    png = min(seconds(lambda: noise.save(BytesIO(), "PNG", compress_level=1)) for _ in range(3))
    return {
        "median": statistics.median(times),
        "worst": max(times),
        "png": png,
        "before": before,
        "after": after,
    }


def main() -> None:
    """Print one line per size."""
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
        return
    print("side   median s   worst s   PNG s   median/PNG   peak MB (imports alone)")
    for side in SIZES:
        done = subprocess.run(
            [sys.executable, "-m", "bench.sketch", str(side)],
            capture_output=True,
            check=True,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        row = json.loads(done.stdout)
        print(
            f"{side:4}   {row['median']:8.3f}   {row['worst']:7.3f}   {row['png']:5.3f}"
            f"   {row['median'] / row['png']:10.2f}   {row['after']:7.0f} ({row['before']:.0f})"
        )


if __name__ == "__main__":
    main()
