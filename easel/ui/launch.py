"""Launches the page with the defaults that keep it private and quick.

Each of them is there for a reason measured on gradio 6.31: no run history in the browser (it
keeps password boxes in clear), no analytics, no way around the queue, no deep links (they dump a
session into a file), no tracebacks to callers, no monitoring page.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import gradio as gr
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from easel.settings import LOOPBACK, Settings
from easel.studio.service import Studio
from easel.studio.warming import spare_collector, warm_up
from easel.ui.ending import Ending
from easel.ui.shell import build, cache_folder
from easel.ui.theme import ASSETS, STYLE, build_theme, head
from easel.ui.visitors import Heartbeats, Visitors
from easel.words import say

MAX_THREADS = 500  # gradio's 40 caps every running event, waiting ones of ours included
SESSIONS = 1500  # each keeps about 130 kB until it is the oldest
WAITING = 400
# Gradio looks for work every millisecond, which costs an app nobody uses 7 % of a processor
# (bench/idle.py). These are near its own values for Windows.
LOOK_FOR_WORK = 0.02
LOOK_FOR_PROGRESS = 0.1


def make_app(settings: Settings, ending: Ending | None = None) -> tuple[gr.Blocks, dict[str, Any]]:
    """The Blocks with its queue set, and the arguments for `launch`. `ending`: what will end it,
    to be told when it serves."""
    folder = cache_folder()
    studio = Studio(settings, folder)
    visitors = Visitors(studio, folder)
    demo = build(studio, visitors)
    demo.queue(default_concurrency_limit=None, max_size=WAITING, api_open=False)
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
            "lifespan": _lifespan(studio, visitors, ending),
            "routes": _routes(),
            "middleware": _middleware(settings, visitors),
        },
    }


def _lifespan(studio: Studio, visitors: Visitors, ending: Ending | None) -> Any:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await studio.open()
        if ending is not None:
            ending.begin(studio)
        sweeper = asyncio.create_task(visitors.sweep_for_ever())
        warming = asyncio.create_task(asyncio.to_thread(_make_ready))
        try:
            yield
        finally:
            sweeper.cancel()
            await studio.wind_up(0.0)  # before sessions end, which would withdraw their jobs
            await visitors.end_all()
            await studio.close()
            await warming

    return lifespan


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
