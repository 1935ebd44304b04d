"""How long the face and cut-out engines take and how much memory, beside a plain filter.

Run from the repository's root, with the extra `bench` installed: python -m bench.faces
Each size runs in a process of its own, so that its peak memory is its own, and in one thread, so
that processor time is the time of one processor: other programs on the machine hardly count.
Machines differ: the ratio to the bilateral filter of the whole picture in the same run is the
figure to compare. Ends with 1 if a retouch or a swap changed a pixel that it had no right to.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
from skimage import data

from engines.cutout import cut_out, person_share
from engines.faces import find_faces, retouch, swap
from engines.faces.detect import candidates
from engines.faces.mesh import landmarks
from engines.faces.skin import place
from engines.faces.swap import MARGIN
from engines.nets import Picture
from engines.opencv import cv2

SIDES = (512, 2048)
TIMES = 5


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of the fastest of several runs, the first of which is not counted."""
    work()
    found = []
    for _ in range(TIMES):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def peak_megabytes() -> float:
    """Highest resident memory of this process so far (Linux counts in KiB, macOS in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def strayed(
    before: Picture, after: Picture, allowed: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> int:
    """The largest difference of a pixel that had to stay."""
    off = np.abs(after.astype(np.int16) - before).max(axis=2)
    return int(off[~allowed].max(initial=0))


def measure(side: int) -> dict[str, float]:
    """Seconds of each step on the astronaut at that side, peak memory, and what went astray."""
    cv2.setNumThreads(1)
    rgb = np.asarray(cv2.resize(data.astronaut(), (side, side), interpolation=cv2.INTER_CUBIC))
    mirrored = np.ascontiguousarray(rgb[:, ::-1])
    before = peak_megabytes()
    found = candidates(rgb)[0].points
    (face,) = find_faces(rgb)
    (other,) = find_faces(mirrored)
    row = {
        "detection": seconds(lambda: candidates(rgb)),
        "mesh": seconds(lambda: landmarks(rgb, found[:2].ravel(), *found[2:4])),
        "find_faces": seconds(lambda: find_faces(rgb)),
        "retouch soft": seconds(lambda: retouch(rgb, [face], 0.6)),
        "retouch enhance": seconds(lambda: retouch(rgb, [face], 0.6, "enhance")),
        "swap": seconds(lambda: swap(mirrored, other, rgb, face)),
        "cut_out": seconds(lambda: cut_out(rgb)),
        "engines MB": peak_megabytes(),
        "GaussianBlur": seconds(lambda: cv2.GaussianBlur(rgb, (0, 0), side / 170)),
        "bilateralFilter": seconds(lambda: cv2.bilateralFilter(rgb, 15, 30, 8)),
    }
    allowed = np.zeros(rgb.shape[:2], np.bool_)
    where = place(face, rgb, MARGIN)
    allowed[where.top : where.bottom, where.left : where.right] = True
    soft, enhance = retouch(rgb, [face], 1.0), retouch(rgb, [face], 1.0, "enhance")
    return row | {
        "imports MB": before,
        "person share": person_share(cut_out(rgb)),
        "soft outside": strayed(rgb, soft.rgb, soft.mask > 0),
        "enhance outside": strayed(rgb, enhance.rgb, enhance.mask > 0),
        "swap outside": strayed(rgb, swap(mirrored, other, rgb, face), allowed),
    }


def show(side: int, row: dict[str, float]) -> None:
    """Print what was measured at one size."""
    megapixels = side * side / 1e6
    print(f"{side} x {side}, one face    seconds    s/megapixel    of bilateralFilter")
    for name, value in row.items():
        if name == "engines MB":
            break
        print(f"  {name:18} {value:12.4f} {value / megapixels:14.4f} {_of(row, value):16.2f}")
    for name in ("GaussianBlur", "bilateralFilter"):
        value = row[name]
        print(f"  {name:18} {value:12.4f} {value / megapixels:14.4f} {_of(row, value):16.2f}")
    print(f"  peak memory {row['engines MB']:.0f} MB (imports alone {row['imports MB']:.0f})")
    print(f"  cut_out takes {row['person share']:.0%} of the picture for a person")
    print("  largest difference where nothing may change:", end=" ")
    print(", ".join(f"{name.split()[0]} {row[name]:.0f}" for name in row if "outside" in name))


def _of(row: dict[str, float], value: float) -> float:
    return value / row["bilateralFilter"]


def main() -> None:
    """Print a table for each size; end with 1 if a pixel changed that had to stay."""
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
        return
    wrong = 0.0
    for side in SIDES:
        command = [sys.executable, "-m", "bench.faces", str(side)]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        row = json.loads(done.stdout)
        show(side, row)
        wrong += sum(value for name, value in row.items() if "outside" in name)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
