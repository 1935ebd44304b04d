"""What a long day leaves behind: 2,000 jobs over 200 sessions: `python -m bench.soak`.

Each session holds a heartbeat open, as a browser does, has its jobs done one after the other, and
goes. Eight are there at a time. What is printed is what the app's process holds after the first 200
jobs and at the end, when everybody has gone, and how many sessions, jobs and answers are then left
over in gradio's tables and in Easel's. `--staying`: nobody says goodbye, so that everything is kept
for an hour, as promised to those who call by REST. `--small` is the run of the tests. It ends with
an error when something is left over, or memory grew by more than 20 MB.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
import time
import uuid
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

import httpx

from bench.crowd import SKETCH, call
from tests.running import App
from ui.visitors import GRACE_SECONDS

AT_ONCE = 8
JOBS_EACH = 10
MOST_GROWN = 20_000  # kB
LEAVING_SECONDS = 60.0

# Told when the process is sent SIGUSR1: how much of each table is left.
TELL = """
import json, os, signal
from quiet import prepare_environment
prepare_environment()
from ui.gradio_fixes.import_fixes import import_gradio
import_gradio()
import ui.launch as launch
import ui.visitors as visitors_module
visitors_module.GRACE_SECONDS = float(os.environ["GRACE"])
usual, tables = launch.light_up, {}

def light_up(app, visitors):
    usual(app, visitors)
    studio, blocks = visitors._studio, app.get_blocks()
    queue, holder = blocks._queue, app.state_holder
    tables.update({
        "gradio's sessions": holder.session_data,
        "their messages": queue.pending_messages_per_session,
        "their calls": queue.pending_event_ids_session,
        "events": queue.event_ids_to_events,
        "diffs": blocks.pending_diff_streams,
        "iterators": app.iterators,
        "visitors": visitors._present,
        "owners of records": studio.store._records,
        "running jobs": studio._runner._all,
    })

def tell(*_):
    with open(os.environ["TOLD"] + "~", "w") as file:
        json.dump({name: len(table) for name, table in tables.items()}, file)
    os.replace(os.environ["TOLD"] + "~", os.environ["TOLD"])

signal.signal(signal.SIGUSR1, tell)
launch.light_up = light_up
"""


class Held(NamedTuple):
    """kB the process held after the first tenth of the jobs and at the end, and what was left."""

    early: float
    late: float
    left: dict[str, int]
    seconds: float


class Soaked:
    """The app, and what can be asked of its process."""

    def __init__(self, folder: Path, grace: float) -> None:
        self._told = folder / "told.json"
        settings = {"TOLD": str(self._told), "GRACE": str(grace)}
        self.app = App(folder / "app", settings, TELL)

    @property
    def pid(self) -> int:
        """Its process."""
        assert self.app.process
        return self.app.process.pid

    @property
    def kilobytes(self) -> float:
        """What it holds (Linux only)."""
        text = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii")
        return int(text.split()[1]) * 4.096

    def left(self) -> dict[str, int]:
        """How much of each table is left."""
        self._told.unlink(missing_ok=True)
        os.kill(self.pid, signal.SIGUSR1)
        deadline = time.monotonic() + LEAVING_SECONDS
        while not self._told.exists():
            if time.monotonic() > deadline:
                raise TimeoutError("the app does not tell what is left")
            time.sleep(0.05)
        found: dict[str, int] = json.loads(self._told.read_text(encoding="utf-8"))
        return found


async def one_session(web: httpx.AsyncClient, jobs: int, *, staying: bool) -> None:
    """One visitor with his jobs."""
    name = uuid.uuid4().hex
    async with AsyncExitStack() as ends:
        if not staying:
            beat = await ends.enter_async_context(
                web.stream("GET", f"/gradio_api/heartbeat/{name}")
            )
            lines = beat.aiter_lines()  # kept: without it the stream is closed
            await anext(lines)
        for _ in range(jobs):
            await call(web, "text_to_image", SKETCH, session=name)


async def measure(
    sessions: int, jobs: int, *, staying: bool = False, grace: float = GRACE_SECONDS
) -> Held:
    """The whole of it: so many sessions with so many jobs each. `grace`: seconds after which who
    has gone is taken for gone."""
    with tempfile.TemporaryDirectory() as folder:
        soaked = Soaked(Path(folder), grace)
        limits = httpx.Limits(max_connections=100, keepalive_expiry=2)
        with soaked.app:
            async with httpx.AsyncClient(
                base_url=soaked.app.url, trust_env=False, timeout=120, limits=limits
            ) as web:
                begun = time.monotonic()
                places = asyncio.Semaphore(AT_ONCE)

                async def come() -> None:
                    async with places:
                        await one_session(web, jobs, staying=staying)

                first = max(1, sessions // 10)
                await asyncio.gather(*(come() for _ in range(first)))
                early = soaked.kilobytes
                await asyncio.gather(*(come() for _ in range(sessions - first)))
                seconds = time.monotonic() - begun
                deadline = time.monotonic() + LEAVING_SECONDS
                while any((left := soaked.left()).values()):
                    if staying or time.monotonic() > deadline:
                        break
                    await asyncio.sleep(0.5)
                return Held(early, soaked.kilobytes, left, seconds)


def complaints(held: Held, *, staying: bool = False) -> list[str]:
    """What is wrong with what was measured."""
    found = [f"{count} {name} are left" for name, count in held.left.items() if count]
    grown = held.late - held.early
    if grown > MOST_GROWN:
        found.append(f"memory grew by {grown / 1000:.0f} MB")
    return [] if staying else found


def main() -> None:
    """Print it; end with an error where something is wrong."""
    small, staying = "--small" in sys.argv, "--staying" in sys.argv
    sessions, jobs = (10, 2) if small else (200, JOBS_EACH)
    held = asyncio.run(measure(sessions, jobs, staying=staying))
    print(f"{sessions * jobs} jobs over {sessions} sessions in {held.seconds:.0f} s")
    print(f"memory after a tenth of them {held.early / 1000:.0f} MB, "
          f"at the end {held.late / 1000:.0f} MB, ratio {held.late / held.early:.2f}")  # fmt: skip
    print("left over: " + ", ".join(f"{count} {name}" for name, count in held.left.items()))
    sys.exit("; ".join(complaints(held, staying=staying)) or None)


if __name__ == "__main__":
    main()
