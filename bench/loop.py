"""Whether the event loop stays free while our own engines work: `python -m bench.loop`.

For each engine, two jobs at once through the whole studio, on a photograph of 12 megapixels (1
and 4 for upscaling), beside a ticker on the event loop that wakes every 5 ms. What it prints is
by how much the ticker woke late, the longest and the 99th percentile, with an idle stretch of the
same run for comparison; and how much of the longest is Easel's own doing. That leaves out the
time the loop's thread stood in the kernel's line for a processor (/proc/thread-self/schedstat;
Linux only), which says how busy the machine is, and never passes the processor time that Easel
used meanwhile. The verdict goes by it. Words given are the beginnings of the cases to run.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import monotonic, process_time
from typing import Any, Final, NamedTuple

import anyio.lowlevel
from PIL import Image

from providers.schema import Task
from settings import Settings
from studio.keys import Keyring
from studio.request import read_request
from studio.service import Studio
from studio.session import Session
from studio.statistics import percentile
from studio.uploads import UploadedPicture, take
from studio.warmup import spare_collector, warm_up
from ui.gradio_fixes.import_fixes import import_gradio

TICK: Final = 0.005
IDLE_SECONDS: Final = 3.0
GOAL: Final = 0.050
SCHEDULE: Final = Path("/proc/thread-self/schedstat")
FACE: Final = Path(__file__).parents[1] / "tests" / "unit" / "data" / "astronaut.jpg"


@dataclass(frozen=True)
class Case:
    """What two jobs are asked. `size`: of the pictures, in pixels; `kind`: of their files."""

    name: str
    task: Task
    count: int = 1
    size: tuple[int, int] = (4000, 3000)
    kind: str = "JPEG"
    words: str = ""
    settings: tuple[tuple[str, Any], ...] = ()


CASES: Final = (
    Case("sketch of 2K", Task.TEXT_TO_IMAGE, 0, words="a city", settings=(("resolution", "2K"),)),
    Case("edit: colours", Task.IMAGE_EDIT, words="warmer, more contrast and sharper"),
    Case("edit: background", Task.IMAGE_EDIT, words="remove the background"),
    Case("edit: join", Task.IMAGE_EDIT, 3, words="put them side by side", kind="PNG"),
    Case("retouch", Task.RETOUCH),
    Case("retouch, PNG", Task.RETOUCH, kind="PNG", settings=(("mode", "enhance"),)),
    Case("face swap", Task.FACE_SWAP, 2),
    Case("upscale 1 MP x2", Task.UPSCALE, size=(1155, 866)),
    Case("upscale 4 MP x4, webp", Task.UPSCALE, size=(2048, 2048), kind="PNG",
         settings=(("scale", 4), ("output_format", "webp"))),
    Case("upscale 4 MP x4, png", Task.UPSCALE, size=(2048, 2048), kind="PNG",
         settings=(("scale", 4),)),
)  # fmt: skip


class Late(NamedTuple):
    """By how many seconds a tick came late, and how many of them Easel itself held it up."""

    all: float
    own: float


async def late_during(work: Coroutine[Any, Any, None]) -> list[Late]:
    """How late each tick came while the work went on."""
    task = asyncio.create_task(work)
    found: list[Late] = []
    while not task.done():
        begun, used, waited = monotonic(), process_time(), in_line()
        await asyncio.sleep(TICK)
        late = monotonic() - begun - TICK
        own = min(late - (in_line() - waited), process_time() - used)
        found.append(Late(late, max(0.0, own)))
    await task
    return found


def in_line() -> float:
    """Seconds this thread has waited for a processor so far; 0 where the kernel does not tell."""
    if not SCHEDULE.exists():
        return 0.0
    return int(SCHEDULE.read_text().split()[1]) / 1e9


async def two_jobs(case: Case, studio: Studio, pictures: list[UploadedPicture]) -> None:
    """Two jobs of one case at once."""
    await asyncio.gather(one_job(case, studio, pictures), one_job(case, studio, pictures))


async def one_job(case: Case, studio: Studio, pictures: list[UploadedPicture]) -> None:
    """One job to its end."""
    asked = read_request(case.words, dict(case.settings), pictures, case.task)
    session = Session()
    session.consent = True  # the astronaut's own face
    async for _ in studio.run(case.task, "auto", asked, session, Keyring()):
        pass


def photographs(case: Case) -> list[UploadedPicture]:
    """The case's pictures, as the intake hands them on."""
    with Image.open(FACE) as face:
        image = face.convert("RGB").resize(case.size, Image.Resampling.BICUBIC)
    file = BytesIO()
    image.save(file, case.kind)
    return [take(file.getvalue(), "photograph")] * case.count


async def measure(names: list[str]) -> None:
    """Every case whose name begins with one of these (all without any), printed one by one."""
    # The process as the app's is when its first visitor comes.
    import_gradio()
    await asyncio.to_thread(warm_up)
    await anyio.lowlevel.checkpoint()
    spare_collector()
    show("idle", IDLE_SECONDS, await late_during(asyncio.sleep(IDLE_SECONDS)))
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Settings(), Path(folder))
        for case in CASES:
            if names and not case.name.startswith(tuple(names)):
                continue
            pictures = await asyncio.to_thread(photographs, case)
            begun = monotonic()
            late = await late_during(two_jobs(case, studio, pictures))
            show(case.name, monotonic() - begun, late)


def show(name: str, seconds: float, late: list[Late]) -> None:
    """One line."""
    worst = max(each.all for each in late)
    most = percentile([each.all for each in late], 0.99) or 0.0
    own = max(each.own for each in late)
    verdict = "" if own < GOAL else f"   over {GOAL * 1000:.0f} ms"
    print(f"{name:24} {seconds:6.1f} s   late {worst * 1000:6.1f} ms, 99 % {most * 1000:5.1f} ms   "
          f"own {own * 1000:5.1f} ms{verdict}", flush=True)  # fmt: skip


if __name__ == "__main__":
    asyncio.run(measure(sys.argv[1:]))
