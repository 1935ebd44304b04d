"""Launches the page with the defaults that keep it private and quick.

Each of them is there for a reason measured on gradio 6.31: no run history in the browser (it
keeps password boxes in clear), no analytics, no way around the queue, no deep links (they dump a
session into a file), no tracebacks to callers, no monitoring page.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Container
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from i18n import say
from settings import BY_HUGGING_FACE, Settings
from studio.service import Studio
from studio.storage.users import Users
from studio.warmup import spare_collector, warm_up
from ui.app import build
from ui.gradio_fixes.calls_fixes import CallQueue, adopt_queue, queue_of
from ui.gradio_fixes.keeper_fixes import QueueKeeper
from ui.gradio_fixes.places_fixes import upload_folder
from ui.gradio_fixes.requests_fixes import PATIENT
from ui.gradio_fixes.routes_fixes import App, keep_compressed, own_streams, wrap_outermost
from ui.gradio_fixes.sessions_fixes import (
    forget_paths,
    forget_session,
    idle_sessions,
    use_light_sessions,
)
from ui.gradio_fixes.tracebacks_fixes import log_tracebacks
from ui.http.addresses import address_of
from ui.http.asset_route import asset_routes
from ui.http.call_bodies import Calls
from ui.http.call_inputs import refuse_values
from ui.http.compressed import CompressedAnswers
from ui.http.file_route import file_routes
from ui.http.healthz import Health
from ui.http.hosts import HostGuard, hosts_of
from ui.http.log_limits import keep_log_brief
from ui.http.login import Login
from ui.http.requests import RequestGate
from ui.http.value_limits import fix_choices
from ui.shutdown import Ending
from ui.theme import ASSETS, STYLE, build_theme, head
from ui.upload.route import upload_routes
from ui.visitors import Heartbeats, Visitors

MAX_THREADS = 500  # gradio's 40 caps every running event, waiting ones of ours included
SESSIONS = 1500  # gradio's own bound; ended ones are dropped long before
UNKNOWN_SECONDS = 60.0  # a session that gradio has and nobody here knows is dropped then
WAITING = 400
# Seconds; near gradio's own values for Windows, where its others would be too dear (bench/idle.py).
LOOK_FOR_WORK = 0.02
LOOK_FOR_PROGRESS = 0.1


def make_app(settings: Settings, ending: Ending | None = None) -> tuple[gr.Blocks, dict[str, Any]]:
    """The Blocks with its queue set, and the arguments for `launch`. `ending`: what will end it,
    to be told when it serves."""
    folder = upload_folder()
    studio = Studio(settings, folder)
    visitors = Visitors(studio, folder)
    use_light_sessions()
    demo = build(studio, visitors)
    demo.queue(default_concurrency_limit=None, max_size=WAITING, api_open=False)
    queue = adopt_queue(demo, LOOK_FOR_WORK, LOOK_FOR_PROGRESS)
    fix_choices(demo)
    health = _health(studio, QueueKeeper(queue))
    guards = _guards(settings, demo, folder, health)
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
        **PATIENT,
        "mcp_server": False,
        "footer_links": ["api"],
        "theme": build_theme(),
        "css_paths": STYLE,
        "head": head(),
        "favicon_path": ASSETS / "icon.svg",
        "app_kwargs": {
            "lifespan": _lifespan(studio, visitors, health, guards, ending),
            "routes": [
                *_routes(health),
                *upload_routes(visitors.uploads, lambda it: address_of(it.scope, settings)),
                *file_routes(folder),
            ],
            "middleware": _middleware(settings, visitors),
        },
    }


def _health(studio: Studio, queue: QueueKeeper) -> Health:
    """What must be well for work to be taken."""
    health = Health()
    health.add("queue", lambda: "" if queue.running else say("health.queue"))
    health.add("ending", lambda: say("health.closing") if studio.closing else "")
    health.add("storage", lambda: asyncio.to_thread(studio.storage_problem))
    return health


def _guards(
    settings: Settings, demo: gr.Blocks, folder: Path, health: Health
) -> Callable[[ASGIApp], ASGIApp]:
    """What stands around gradio: foreign hosts and origins first, then what a request may be."""
    calls = Calls(demo, partial(refuse_values, folder=folder))
    hosts = hosts_of(settings)
    return lambda app: HostGuard(RequestGate(app, calls, health.closing), hosts)


def _lifespan(
    studio: Studio,
    visitors: Visitors,
    health: Health,
    guards: Callable[[ASGIApp], ASGIApp],
    ending: Ending | None,
) -> Any:
    @asynccontextmanager
    async def lifespan(app: App) -> AsyncIterator[None]:
        wrap_outermost(app, guards)
        log_tracebacks()
        keep_log_brief()
        light_up(app, visitors)
        await studio.open()
        if ending is not None:
            ending.begin(studio)
        sweeper = asyncio.create_task(visitors.sweep_for_ever())
        tidying = asyncio.create_task(studio.quota.tidy_for_ever())
        warming = asyncio.create_task(asyncio.to_thread(_make_ready))
        try:
            yield
        finally:
            health.close()
            sweeper.cancel()
            tidying.cancel()
            await studio.wind_up(0.0)  # before sessions end, which would withdraw their jobs
            try:
                await visitors.end_all()
            finally:
                await studio.close()
            await warming

    return lifespan


def light_up(app: App, visitors: Visitors) -> None:
    """Have gradio hold and send less: see `ui/gradio_fixes`."""
    own_streams(app)
    keep_compressed(app, CompressedAnswers())
    queue = queue_of(app.get_blocks())
    queue.ended = visitors.forget = partial(forget_session, app)
    visitors.forget_idle = partial(_forget_idle, app, queue)


def _forget_idle(app: App, queue: CallQueue, present: Container[str]) -> None:
    """Have gradio drop the sessions that are not `present`, and what has long ended."""
    for session_hash in idle_sessions(app, UNKNOWN_SECONDS):
        if session_hash not in present:
            forget_session(app, session_hash)
    forget_paths(app)
    queue.calls.tidy()


def _make_ready() -> None:
    """What is done once, beside the first visitors."""
    warm_up()
    spare_collector()


def _routes(health: Health) -> list[Any]:
    """Ours come before gradio's."""
    return [
        Route("/healthz", health.answer),
        Route("/gradio_api/deep_link", gone),
        *asset_routes(),
    ]


def _middleware(settings: Settings, visitors: Visitors) -> list[Middleware]:
    middleware = []
    if settings.require_login:
        by_file = settings.require_login != BY_HUGGING_FACE
        users = Users(Path(settings.require_login)) if by_file else None
        middleware.append(Middleware(Login, settings=settings, users=users))
    return [*middleware, Middleware(Heartbeats, visitors=visitors)]


async def gone(request: Request) -> Response:
    """Closed: a deep link would write a whole session into a file for anyone with the link."""
    return PlainTextResponse(say("api.gone"), status_code=404)
