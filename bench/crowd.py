"""What a crowd costs: Easel beside an empty gradio app, in one run: `python -m bench.crowd`.

Each app is a process of its own, and meets, one after the other: new sessions at 20 a second, each
with one small call; 40 loads of the page and its config at once; ordinary jobs, each of a new
session. Meanwhile a third process asks for `/healthz` every 10 ms: its slowest answer is how long
the event loop was held, and its 99th percentile what everybody else felt. `--small` is the run of
the tests. The figures depend on the machine and on what else runs there; the ratios less so.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from studio.statistics import percentile
from tests.running import App, free_port

PACE = 0.01  # seconds between two looks at /healthz
RATE = 20.0  # new sessions a second
LOADS = 40
SKETCH = ["a fox", "local/sketch", None, None, 64, 64]

EMPTY = """
import os
from quiet import prepare_environment
prepare_environment()
import gradio as gr
from starlette.responses import JSONResponse
from starlette.routing import Route

async def echo(text):
    return text

with gr.Blocks() as demo:
    box = gr.Textbox()
    box.submit(echo, box, box, api_name="echo", concurrency_limit=None)
healthz = Route("/healthz", lambda request: JSONResponse({}))
demo.queue().launch(server_port=int(os.environ["PORT"]), app_kwargs={"routes": [healthz]},
                    max_threads=500, run_history=False, ssr_mode=False)
"""


@dataclass(frozen=True)
class Place:
    """An app that is measured: its process, its address, its small call and its ordinary job."""

    name: str
    pid: int
    url: str
    call: tuple[str, list[Any]]
    job: tuple[str, list[Any]]

    @property
    def kilobytes(self) -> float:
        """What its process holds now (Linux only)."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * 4.096


class Felt(NamedTuple):
    """Seconds: what a look at /healthz took, 99 of 100 at most, and the slowest."""

    usual: float
    worst: float


class Figure(NamedTuple):
    """What one thing cost one app: seconds it took, kB its process grew by for each, and what
    everybody else felt."""

    seconds: float
    grown: float
    felt: Felt


@contextmanager
def empty_app(folder: Path) -> Iterator[Place]:
    """Gradio with one box, on a free port."""
    port = free_port()
    app = App(folder, {"PORT": str(port)}, EMPTY + "\nraise SystemExit")
    app.url = f"http://127.0.0.1:{port}"
    with app:
        assert app.process
        small = ("echo", ["a fox"])
        yield Place("empty gradio", app.process.pid, app.url, small, small)


@contextmanager
def easel(folder: Path) -> Iterator[Place]:
    """Easel, with no key."""
    with App(folder, {}) as app:
        assert app.process
        job = ("text_to_image", SKETCH)
        yield Place("Easel", app.process.pid, app.url, ("history", []), job)


async def call(web: httpx.AsyncClient, name: str, data: list[Any], session: str = "") -> str:
    """One call by REST, to its end: the stream's last event. Without a session of its own where
    none is given."""
    body = {"data": data} | ({"session_hash": session} if session else {})
    answer = await web.post(f"/gradio_api/call/{name}", json=body)
    event = answer.raise_for_status().json()["event_id"]
    stream = await web.get(f"/gradio_api/call/{name}/{event}")
    last = stream.text.strip().split("\n\n")[-1]
    if not last.startswith("event: complete"):
        raise RuntimeError(f"/{name} ended with {last[:200]}")
    return last


async def new_sessions(place: Place, web: httpx.AsyncClient, count: int) -> None:
    """So many sessions, 20 a second, whatever the earlier ones take."""
    begun, tasks = time.monotonic(), []
    for number in range(count):
        await asyncio.sleep(max(0.0, begun + number / RATE - time.monotonic()))
        tasks.append(asyncio.create_task(call(web, *place.call, session=uuid.uuid4().hex)))
    await asyncio.gather(*tasks)


async def page_loads(place: Place, web: httpx.AsyncClient, count: int) -> None:
    """So many at once, as browsers ask for them."""

    async def load() -> None:
        for path in ("/", "/config"):
            headers = {"accept-encoding": "gzip, br"}
            async with web.stream("GET", path, headers=headers) as answer:
                answer.raise_for_status()
                async for _ in answer.aiter_raw():  # as bytes: reading them is the browser's work
                    pass

    await asyncio.gather(*(load() for _ in range(count)))


async def jobs(place: Place, web: httpx.AsyncClient, count: int) -> None:
    """So many ordinary jobs at once, none of which brings a session."""
    await asyncio.gather(*(call(web, *place.job) for _ in range(count)))


Work = Callable[[Place, httpx.AsyncClient, int], Awaitable[None]]
# What is measured, and of how many in a whole run and in a small one. Work that is heavy by itself,
# such as edits of 40 megapixels, belongs at the end of this table: its memory stays a while.
TABLE: tuple[tuple[str, Work, int, int], ...] = (
    ("new sessions, 20 a second", new_sessions, 200, 20),
    (f"page loads, {LOADS} at once", page_loads, LOADS, 10),
    ("ordinary jobs at once", jobs, 100, 5),
)


@asynccontextmanager
async def feeling(url: str) -> AsyncIterator[list[float]]:
    """Another process looks at /healthz meanwhile; then the list holds what its looks took."""
    command = [sys.executable, "-m", "bench.crowd", "--probe", url]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as probe:  # noqa: ASYNC220
        assert probe.stdin and probe.stdout
        found: list[float] = []
        try:
            await asyncio.to_thread(probe.stdout.readline)  # it has begun
            yield found
            probe.stdin.close()
            found += json.loads(await asyncio.to_thread(probe.stdout.readline))
        finally:
            probe.kill()


def look(url: str) -> None:
    """That other process: look until the input ends, then tell what each look took."""
    import select

    took: list[float] = []
    with httpx.Client(base_url=url, trust_env=False, timeout=60) as web:
        web.get("/healthz")
        print("begun", flush=True)
        while not select.select([sys.stdin], [], [], PACE)[0]:
            begun = time.monotonic()
            web.get("/healthz").raise_for_status()
            took.append(time.monotonic() - begun)
    print(json.dumps(took), flush=True)


async def measure(place: Place, work: Work, count: int) -> Figure:
    """One line of the table at one app."""
    limits = httpx.Limits(max_connections=200, keepalive_expiry=2)  # the app closes them at 5
    async with httpx.AsyncClient(
        base_url=place.url, trust_env=False, timeout=120, limits=limits
    ) as web:
        await work(place, web, 2)  # what the first costs alone
        before = place.kilobytes
        async with feeling(place.url) as took:
            begun = time.monotonic()
            await work(place, web, count)
            seconds = time.monotonic() - begun
        grown = (place.kilobytes - before) / count
    return Figure(seconds, grown, Felt(percentile(took, 0.99) or 0.0, max(took)))


def told(name: str, count: int, figure: Figure) -> str:
    """One line."""
    felt = figure.felt
    return (
        f"  {name:14} {figure.seconds:6.2f} s   {figure.grown:7.0f} kB each   "
        f"/healthz p99 {felt.usual * 1000:6.1f} ms, loop held {felt.worst * 1000:6.1f} ms"
    )


async def main(*, small: bool = False) -> dict[str, tuple[Figure, Figure]]:
    """Print, and return, what each thing costs the empty app and Easel."""
    found = {}
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory()))
        empty = ends.enter_context(empty_app(folder / "empty"))
        ours = ends.enter_context(easel(folder / "easel"))
        for name, work, many, few in TABLE:
            count = few if small else many
            theirs = await measure(empty, work, count)
            mine = await measure(ours, work, count)
            found[name] = (theirs, mine)
            print(f"{name} ({count})")
            print(told(empty.name, count, theirs))
            print(told(ours.name, count, mine))
            ratio = mine.felt.usual / theirs.felt.usual
            print(f"  ratio          {mine.seconds / theirs.seconds:.2f} of the time, "
                  f"{ratio:.2f} of what others felt", flush=True)  # fmt: skip
    return found


if __name__ == "__main__":
    if "--probe" in sys.argv:
        look(sys.argv[-1])
    else:
        asyncio.run(main(small="--small" in sys.argv))
