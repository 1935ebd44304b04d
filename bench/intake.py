"""What taking a 12-megapixel photo in costs, beside decoding and encoding it in the same run.

Run from the repository's root: python -m bench.intake
Each way runs in a process of its own, so that its peak memory is its own, above what its imports
and the file itself take. Machines differ and are shared: the ratio to "decode and encode" is the
figure to compare.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from engines.intake import read
from errors import InvalidInput
from studio.uploads import PictureLimits, fit, take
from tests.unit.intake_files import exif, png_of

SIZE = (4032, 3024)
RUNS = 5
BASE = "decode and encode"


def photo(orientation: int) -> bytes:
    """Soft shapes with the noise of a sensor, and a telephone's metadata."""
    dice = np.random.default_rng(0)
    coarse = Image.fromarray(dice.integers(0, 256, (63, 84, 3), dtype=np.uint8))
    soft = np.asarray(coarse.resize(SIZE, Image.Resampling.BICUBIC)).astype(np.int16)
    noisy = np.clip(soft + dice.normal(0, 6, soft.shape), 0, 255).astype(np.uint8)
    place = BytesIO()
    Image.fromarray(noisy).save(place, "JPEG", quality=92, exif=exif(orientation))
    return place.getvalue()


def bomb() -> bytes:
    """169 megapixels in half a megabyte: as RGB, 1.5 GB once it is decoded and copied."""
    rows = b"\0" * ((1 + 13_000 * 3) * 13_000)
    return png_of(13_000, 13_000, rows=rows)


def strip(data: bytes) -> None:
    """Metadata off, nothing decoded."""
    b"".join(read(data).parts)


def whole(data: bytes) -> None:
    """All of it: read, strip, see that it can be decoded."""
    take(data, "photo.jpg")


def refuse(data: bytes) -> None:
    """Said no to."""
    try:
        take(data, "bomb.png")
    except InvalidInput:
        return
    raise AssertionError("taken")


def again(data: bytes) -> None:
    """What stripping by way of Pillow costs."""
    Image.open(BytesIO(data)).convert("RGB").save(BytesIO(), "JPEG", quality=92)


def fitted(data: bytes) -> None:
    """Taken in, then made to fit a model that reads 2048 pixels."""
    fit(take(data, "photo.jpg"), PictureLimits(image_side=2048))


WAYS: Mapping[str, tuple[Callable[[bytes], None], str]] = {
    BASE: (again, "photo"),
    "strip": (strip, "photo"),
    "take in": (whole, "photo"),
    "take in, turned": (whole, "turned"),
    "take in and fit 2048 px": (fitted, "photo"),
    "refuse 13000 x 13000": (refuse, "bomb"),
}


def peak_megabytes() -> float:
    """Highest resident memory of this process so far (Linux counts in KiB, macOS in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def measure(name: str, path: Path) -> tuple[float, float]:
    """Best processor seconds of one run, and peak memory in MB above what stood before it."""
    way = WAYS[name][0]
    data = path.read_bytes()
    before = peak_megabytes()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        way(data)
        times.append(time.process_time() - start)
    return min(times), peak_megabytes() - before


def make(place: Path) -> None:
    """The files."""
    for name, data in (("photo", photo(1)), ("turned", photo(6)), ("bomb", bomb())):
        (place / name).write_bytes(data)
        print(f"{name}: {len(data) / 1e6:.1f} MB")


def child(*arguments: str) -> str:
    """What this file prints in a process of its own."""
    command = [sys.executable, "-m", "bench.intake", *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def main() -> None:
    """Print one line per way."""
    if len(sys.argv) == 2:
        make(Path(sys.argv[1]))
        return
    if len(sys.argv) > 2:
        print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
        return
    with TemporaryDirectory() as place:
        # Not here: a process counts the memory of the one that began it as its own.
        print(child(place))
        print(f"{'way':24} seconds    ratio   peak MB    ratio")
        base = (1.0, 1.0)
        for name, (_, file) in WAYS.items():
            spent, peak = json.loads(child(name, str(Path(place) / file)))
            base = (spent, peak) if name == BASE else base
            ratios = spent / base[0], peak / base[1]
            print(f"{name:24} {spent:7.4f} {ratios[0]:8.3f} {peak:9.1f} {ratios[1]:8.3f}")


if __name__ == "__main__":
    main()
