"""Launches the page with the defaults that keep it private and quick.

Each of them is there for a reason measured on gradio 6.31: no run history in the browser (it
keeps password boxes in clear), no analytics, no way around the queue, no deep links (they dump a
session into a file), no tracebacks to callers, no monitoring page.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Container
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import gradio as gr
from gradio.routes import App
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from easel.settings import LOOPBACK, Settings
from easel.studio.service import Studio
from easel.studio.warming import spare_collector, warm_up
from easel.ui.compressed import CompressedAnswers
from easel.ui.gradio_fixes import (
    adopt_queue,
    forget_paths,
    forget_session,
    idle_sessions,
    keep_compressed,
    own_streams,
    use_light_sessions,
)
from easel.ui.scripts import Scripts
from easel.ui.shell import build, cache_folder
from easel.ui.theme import ASSETS, STYLE, build_theme, head
from easel.ui.visitors import Heartbeats, Visitors
from easel.words import say

MAX_THREADS = 500  # gradio's 40 caps every running event, waiting ones of ours included
SESSIONS = 1500  # gradio's own bound; ended ones are dropped long before
UNKNOWN_SECONDS = 60.0  # a session that gradio has and nobody here knows is dropped then
WAITING = 400
# Gradio looks for work every millisecond, which costs an app nobody uses 7 % of a processor
# (bench/idle.py). These are near its own values for Windows.
LOOK_FOR_WORK = 0.02
LOOK_FOR_PROGRESS = 0.1


def make_app(settings: Settings) -> tuple[gr.Blocks, dict[str, Any]]:
    """The Blocks with its queue set, and the arguments for `launch`."""
    folder = cache_folder()
    studio = Studio(settings, folder)
    visitors = Visitors(studio, folder)
    use_light_sessions()
    demo = build(studio, visitors)
    demo.queue(default_concurrency_limit=None, max_size=WAITING, api_open=False)
    adopt_queue(demo)
    demo._queue.sleep_when_free = LOOK_FOR_WORK
    demo._queue.progress_update_sleep_when_free = LOOK_FOR_PROGRESS
    return demo, {
        "server_name": settings.server_name,
        "server_port": settings.server_port,
        "max_threads": MAX_THREADS,
        "state_session_capacity": SESSIONS,
        "max_file_size": "30mb",
        "show_error": False,
        "enable_monitoring": False,
        "run_history": False,
        "ssr_mode": False,
        "pwa": False,
        "share": False,
        # Else gradio gives up on a machine that needs more than 3 s for its first page.
        "_frontend": False,
        "mcp_server": False,
        "footer_links": ["api"],
        "theme": build_theme(),
        "css_paths": STYLE,
        "head": head(),
        "favicon_path": ASSETS / "icon.svg",
        "app_kwargs": {
            "lifespan": _lifespan(visitors),
            "routes": _routes(),
            "middleware": _middleware(settings, visitors),
        },
    }


def _lifespan(visitors: Visitors) -> Any:
    @asynccontextmanager
    async def lifespan(app: App) -> AsyncIterator[None]:
        light_up(app, visitors)
        sweeper = asyncio.create_task(visitors.sweep_for_ever())
        warming = asyncio.create_task(asyncio.to_thread(_make_ready))
        try:
            yield
        finally:
            sweeper.cancel()
            await visitors.end_all()
            await warming

    return lifespan


def light_up(app: App, visitors: Visitors) -> None:
    """Have gradio hold and send less: see `easel/ui/gradio_fixes.py`."""
    own_streams(app)
    keep_compressed(app, CompressedAnswers())
    queue = app.get_blocks()._queue
    queue.ended = visitors.forget = partial(forget_session, app)

    def forget_idle(present: Container[str]) -> None:
        for session_hash in idle_sessions(app, UNKNOWN_SECONDS):
            if session_hash not in present:
                forget_session(app, session_hash)
        forget_paths(app)
        queue.calls.tidy()

    visitors.forget_idle = forget_idle


def _make_ready() -> None:
    """What is done once, beside the first visitors."""
    warm_up()
    spare_collector()


def _routes() -> list[Any]:
    """Ours come before gradio's."""
    return [
        Route("/healthz", healthz),
        Route("/gradio_api/deep_link", gone),
        Mount("/assets/fonts", StaticFiles(directory=ASSETS / "fonts")),
        Route("/assets/{path:path}", Scripts()),
    ]


def _middleware(settings: Settings, visitors: Visitors) -> list[Middleware]:
    found = []
    local = settings.server_name is None or settings.server_name in LOOPBACK
    if local and not settings.on_space:
        # A page elsewhere could otherwise reach this app under a name of its own (DNS rebinding).
        found.append(Middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, "[::1]"]))
    return [*found, Middleware(Heartbeats, visitors=visitors)]


async def healthz(request: Request) -> Response:
    """Whether the app is up."""
    return JSONResponse({"status": "ok"})


async def gone(request: Request) -> Response:
    """Closed: a deep link would write a whole session into a file for anyone with the link."""
    return PlainTextResponse(say("api.gone"), status_code=404)
