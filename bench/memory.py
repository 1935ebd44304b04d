"""What one edit of 40 megapixels adds to the memory at its peak, and what of it stays.

Run from the repository's root: python -m bench.memory [beginning of a name ...]
Each way runs in a process of its own, which does the same to a small picture first, so that
imports and networks are not counted. Peaks are the kernel's own (VmHWM, reset before the work;
Linux only). "six at once" sends six edits through the whole studio. The promise is +350 MB for one
edit. A photograph's noise is what makes files large, so it is in.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import httpx
import numpy as np
from PIL import Image

from engines.memory import give_back
from providers.catalogue import MODELS, provider_of
from providers.http.client import Access
from providers.inputs import InputPicture
from providers.local.adapter import WORK
from providers.schema import GenerationRequest
from settings import Settings
from studio.keys import Keyring
from studio.request import read_request
from studio.service import Studio
from studio.session import Session
from studio.uploads import PictureLimits, fit, take
from studio.warmup import warm_up

LARGE: Final = (8000, 5000)
SMALL: Final = (800, 500)
FACE: Final = Path(__file__).parents[1] / "tests" / "unit" / "data" / "astronaut.jpg"
GOAL: Final = 350.0
STATUS: Final = Path("/proc/self/status")


@dataclass(frozen=True)
class Way:
    """What is done to pictures. `model` "" for the intake alone; `files`: which, by name."""

    model: str = ""
    prompt: str = ""
    files: tuple[str, ...] = ("jpeg",)
    settings: Mapping[str, Any] | None = None
    fitted: bool = False


TEXT: Final = "A line of text, and a second one 🚀"
WAYS: Final[Mapping[str, Way]] = {
    "take in JPEG": Way(),
    "take in PNG": Way(files=("png",)),
    "take in JPEG, turned": Way(files=("turned",)),
    "take in PNG of a wide gamut": Way(files=("wide",)),
    "take in WebP": Way(files=("webp",)),
    "take in JPEG, fit 2048 px": Way(fitted=True),
    **{
        f"{words}, {kind}": Way("local/edit", words, (kind,))
        for kind in ("jpeg", "png")
        for words in (
            "brighter", "black and white", "sharper", "blur it", "blur the background",
            "remove the background", "rotate left", "crop to 16:9", "half the size",
            "round the corners",
        )
    },
    "warmer, webp": Way("local/edit", "warmer", ("webp",)),
    **{
        f"{name}, {kind}": Way(model, prompt, (kind,) * count, settings)
        for kind in ("jpeg", "png")
        for name, model, prompt, count, settings in (
            ("retouch", "local/retouch", "", 1, {}),
            ("enhance", "local/retouch", "", 1, {"mode": "enhance"}),
            ("caption", "local/text", TEXT, 1, {}),
        )
    },
    "face swap, jpeg": Way("local/face-swap", "", ("face", "jpeg")),
    "face swap, png": Way("local/face-swap", "", ("face", "png")),
    "upscale 4.2 MP twice": Way("local/upscale", "", ("mid",), {"scale": 2}),
    "what changed": Way("compare", "", ("jpeg", "jpeg")),
    "keep the rest": Way("keep", "", ("jpeg", "jpeg")),
}  # fmt: skip
SIX: Final = "six at once"
# Not held to the promise for one edit: two pictures of 40 megapixels, a network's own memory, and
# WebP, whose encoder wants the whole picture in its own order beside ours.
BESIDE: Final = (SIX, "what changed", "keep the rest", "upscale 4.2 MP twice", "warmer, webp")


def resident(name: str) -> float:
    """MB of VmRSS (now) or VmHWM (the most since `reset`)."""
    for line in STATUS.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)


def reset() -> None:
    """Let the kernel count the peak anew from what is resident now."""
    Path("/proc/self/clear_refs").write_text("5")


def photo(size: tuple[int, int]) -> Image.Image:
    """A face before soft shapes, with a little of a sensor's noise."""
    dice = np.random.default_rng(0)
    cells = dice.integers(0, 256, (25, 40, 3), dtype=np.uint8)
    image = Image.fromarray(cells).resize(size, Image.Resampling.BICUBIC)
    with Image.open(FACE) as face:
        side = size[1] // 2
        image.paste(face.convert("RGB").resize((side, side)), (side // 2, side // 2))
    noise = dice.integers(0, 2, (size[1], size[0], 1), dtype=np.uint8)
    noise[size[1] // 2 :] = 0
    for top in range(0, size[1], 500):
        box = (0, top, size[0], min(size[1], top + 500))
        part = np.asarray(image.crop(box)) // 2 + 60 + noise[top : top + 500]
        image.paste(Image.fromarray(part.astype(np.uint8)), box)
    return image


def make(folder: Path, size_of_large: tuple[int, int] = LARGE) -> None:
    """Every file, large and small."""
    from tests.unit.intake_files import exif, wide

    for size, name in ((size_of_large, "large"), (SMALL, "small")):
        image = photo(size)
        image.save(folder / f"{name}.jpeg", "JPEG", quality=90)
        image.save(folder / f"{name}.turned", "JPEG", quality=90, exif=exif(6))
        image.save(folder / f"{name}.png", "PNG", compress_level=1)
        image.save(folder / f"{name}.wide", "PNG", compress_level=1, icc_profile=wide())
        image.save(folder / f"{name}.webp", "WEBP", quality=85, method=0)
        half = (min(2048, size[0]), min(2048, size[1]))
        image.resize(half).save(folder / f"{name}.mid", "PNG")
        Image.open(FACE).save(folder / f"{name}.face", "JPEG", quality=92)


def work_of(way: Way, folder: Path, name: str) -> Callable[[], Any]:
    """The way with the large or the small files, which are read inside it."""

    def read(kind: str) -> bytes:
        return (folder / f"{name}.{kind}").read_bytes()

    if not way.model:
        (kind,) = way.files

        def intake() -> Any:
            taken = take(read(kind), "photo")
            return fit(taken, PictureLimits(image_side=2048)) if way.fitted else taken

        return intake
    if way.model in ("compare", "keep"):
        return lambda: _compared(way.model, folder / f"{name}.jpeg")

    def engine() -> Any:
        model = MODELS[way.model]
        taken = [take(read(kind), kind) for kind in way.files]
        given = tuple(
            InputPicture(each.name, each.data, each.media_type, each.width, each.height)
            for each in taken
        )
        del taken
        request = GenerationRequest(
            model=model, prompt=way.prompt, settings=dict(way.settings or {}), pictures=given
        )
        access = Access(provider_of(model), "", {}, httpx.AsyncHTTPTransport(), {})
        return WORK[model.endpoint](request, access)

    return engine


def _compared(what: str, path: Path) -> Any:
    """A picture against itself with a part of it brightened."""
    from studio.results import comparison

    other = path.with_name(f"{path.stem}.changed.jpeg")
    if not other.exists():
        with Image.open(path) as image:
            side = image.height // 5
            image.paste((200, 30, 40), (side, side, 2 * side, 2 * side))
            image.save(other, quality=90)
    if what == "keep":
        return comparison._kept(path, other)
    return comparison._differences(path, other, path.parent)


async def six(folder: Path, name: str) -> None:
    """Six edits at once through the studio, each with the picture taken in before."""
    studio, keys = Studio(Settings(max_workers=8), folder), Keyring()
    taken = take((folder / f"{name}.jpeg").read_bytes(), "photo")

    async def one(words: str) -> None:
        model = MODELS["local/edit"]
        asked = read_request(words, {}, (taken,), model.task)
        async for _ in studio.run(model.task, model.id, asked, Session(), keys):
            pass

    await asyncio.gather(*(one(words) for words in ("brighter", "sepia", "sharper") * 2))


def _work(name: str, folder: Path, size: str) -> Callable[[], Any]:
    if name == SIX:
        return lambda: asyncio.run(six(folder, size))
    return work_of(WAYS[name], folder, size)


def measure(name: str, folder: Path) -> dict[str, float]:
    """MB above idle at the peak and after, and processor seconds, of one way."""
    warm_up()
    small, large = _work(name, folder, "small"), _work(name, folder, "large")
    small()
    give_back()
    idle = resident("VmRSS")
    reset()
    start = time.process_time()
    made = large()
    spent = time.process_time() - start
    peak = resident("VmHWM") - idle
    del made
    give_back()
    return {"idle": idle, "peak": peak, "after": resident("VmRSS") - idle, "seconds": spent}


def child(*arguments: str) -> str:
    """What this file prints in a process of its own."""
    command = [sys.executable, "-m", "bench.memory", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def rows(
    wanted: tuple[str, ...] = (), size: tuple[int, int] = LARGE
) -> dict[str, dict[str, float]]:
    """The figures of the ways whose names begin so, for other benches too: MB idle, above that at
    the peak and after, and processor seconds. `size`: of the pictures, in pixels."""
    found = {}
    with TemporaryDirectory() as place:
        child("--make", place, *map(str, size))
        for name in (*WAYS, SIX):
            if not wanted or name.startswith(wanted):
                found[name] = json.loads(child("--one", name, place))
    return found


def main() -> None:
    """Print one line a way; end with an error when one takes more than promised."""
    if sys.argv[1:2] == ["--make"]:
        return make(Path(sys.argv[2]), (int(sys.argv[3]), int(sys.argv[4])))
    if sys.argv[1:2] == ["--one"]:
        return print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
    found = rows(tuple(sys.argv[1:]))
    print(f"{'40 megapixels':34} idle MB   peak MB  after MB  seconds")
    for name, row in found.items():
        told = "  ".join(f"{row[key]:8.0f}" for key in ("idle", "peak", "after"))
        print(f"{name:34}{told}  {row['seconds']:7.2f}")
    heavy = [name for name, row in found.items() if name not in BESIDE and row["peak"] > GOAL]
    if heavy:
        sys.exit(f"above +{GOAL:.0f} MB: {', '.join(heavy)}")
    return None


if __name__ == "__main__":
    main()
