"""What answers gradio's own addresses in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial, wraps
from typing import Any

from fastapi.routing import APIRoute
from gradio import route_utils
from gradio.routes import App, ORJSONResponse
from gradio.utils import get_heartbeat_rate
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import ASGIApp

from i18n import say
from ui.gradio_fixes.calls_fixes import queue_of
from ui.http.call_streams import follow
from ui.http.compressed import CompressedAnswers, Kept

__all__ = ["App", "keep_compressed", "own_streams", "replace_endpoint", "wrap_outermost"]

API = "/gradio_api"


def wrap_outermost(app: Starlette, wrap: Callable[[ASGIApp], ASGIApp]) -> None:
    """Put a middleware around everything, gradio's own included.

    Why: `App.create_app` adds its CORS and compression in front of whatever `app_kwargs` names,
    so that a refused host or origin would still be answered with credentials. To be called from
    the lifespan, when the stack has been built. Can go when `launch` takes outer middleware.
    """
    if app.middleware_stack is None:
        raise RuntimeError("called before the middleware stack was built")
    app.middleware_stack = wrap(app.middleware_stack)


def replace_endpoint(app: App, path: str, replaced: Callable[[Any], Any]) -> None:
    """Put something of ours before what answers a path of gradio's, behind gradio's own check of
    the login. `replaced` is given what answered until now, whose parameters it must have. Raises
    `LookupError` where there is no such path.

    Why: gradio's endpoints and its check are closures, which only its routes know; FastAPI keeps
    included routers whole (`original_router`). Can go when a route of ours can ask
    gradio who is logged in.
    """
    matching = [route for route in _all_routes(app.routes) if getattr(route, "path", "") == path]
    if not matching:
        raise LookupError(f"gradio has no route {path}")
    for route in matching:
        ours = APIRoute(
            path,
            replaced(route.endpoint),
            methods=route.methods,
            dependencies=route.dependencies,
            response_model=None,
            include_in_schema=False,
        )
        app.router.routes.insert(0, ours)


def _all_routes(routes: Iterable[Any]) -> Iterator[Any]:
    """Every route, those of included routers too."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        yield from _all_routes(inner.routes) if inner else [route]


def own_streams(app: App) -> None:
    """Have streams of calls come from the call's own line (`CallQueue`)."""
    queue = queue_of(app.get_blocks())

    async def stream(request: Request, event_id: str) -> Response:
        call = queue.calls.get(event_id)
        if call is None:
            return JSONResponse({"detail": say("api.call.none")}, status_code=404)

        def stopped() -> str:
            return say("api.call.ended") if queue.closing else ""

        beat = get_heartbeat_rate()
        text = follow(call, request.is_disconnected, stopped, beat, queue.drop)
        headers = {"cache-control": "no-store"}
        return StreamingResponse(text, media_type="text/event-stream", headers=headers)

    for path in ("/call/{api_name}/{event_id}", "/call/v2/{api_name}/{event_id}"):
        replace_endpoint(app, API + path, lambda _: stream)


def keep_compressed(app: App, kept: CompressedAnswers) -> None:
    """Build the page, its config and the description of the API once for each address it is
    reached at and each user who is signed in, and keep them compressed.

    Why: gradio builds them for every visitor and sends them plain, as its compression goes by the
    ending of a path (brotli_middleware.py). What differs by request is the address, the user's
    name, the page, `all_endpoints`, and a deep link, of which Easel makes none. Can go when gradio
    keeps them.
    """
    for path in ("/", "/config", f"{API}/info"):
        replace_endpoint(app, path, partial(_kept_answer, app, kept, path))


def _kept_answer(
    app: App, kept: CompressedAnswers, path: str, make: Callable[..., Any]
) -> Callable[..., Response]:
    """What answers a path in the place of `make`, whose parameters it has."""
    blocks = app.get_blocks()

    @wraps(make)
    def answer(**given: Any) -> Response:
        request, user = given["request"], given.get("user")
        if given.get("deep_link"):
            given["deep_link"] = "-"  # there are none, so all are as good as this one
        if given.get("page") not in blocks.config["page"]:
            given.pop("page", None)  # gradio takes its first one
        root = app.root_path or request.scope.get("root_path") or blocks.custom_mount_path
        address = route_utils.get_root_url(request, path, root)
        settings = tuple(sorted((k, v) for k, v in given.items() if k != "request"))
        every = bool(request.query_params.get("all_endpoints"))
        stored = kept.get_or_make(
            (path, address, settings, every), lambda: _answered(make(**given))
        )
        if not isinstance(stored, Kept):
            return stored
        fixed = {
            "cache-control": "private, no-store" if user else "private, no-cache",
            "vary": "Accept-Encoding, Cookie",
        }
        return stored.answer(request.headers, fixed, again=not user)

    return answer


def _answered(result: Any) -> Response:
    """What an endpoint returned, as FastAPI would send it."""
    return result if isinstance(result, Response) else ORJSONResponse(result)
