"""What Easel changes inside gradio: that it is still there to be changed, and still works."""

from __future__ import annotations

import ast
import asyncio
import inspect
import textwrap
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import gradio as gr
import httpx
import pytest
import pytest_asyncio
from gradio import blocks, queueing, route_utils, routes, state_holder
from gradio.routes import App

from ui.gradio_fixes.calls_fixes import adopt_queue
from ui.gradio_fixes.routes_fixes import keep_compressed, own_streams, replace_endpoint
from ui.gradio_fixes.sessions_fixes import (
    LightSession,
    forget_paths,
    forget_session,
    idle_sessions,
    use_light_sessions,
)
from ui.http.compressed import CompressedAnswers

USUAL = state_holder.SessionState
if issubclass(USUAL, LightSession):  # another test of this process was first
    USUAL = USUAL.__mro__[1]


def source(thing: Any) -> str:
    return textwrap.dedent(inspect.getsource(thing))


def attributes(thing: Any, of: str) -> set[str]:
    """The attributes of a name that the code of something uses."""
    return {
        each.attr
        for each in ast.walk(ast.parse(source(thing)))
        if isinstance(each, ast.Attribute) and ast.unparse(each.value) == of
    }


def test_a_session_is_what_the_light_one_takes_its_place_of() -> None:
    assert attributes(USUAL.__init__, "self") == {
        "blocks_config", "config_values", "state_data", "_state_ttl", "is_closed",
        "STATE_TTL_WHEN_CLOSED",
    }  # fmt: skip
    copied = attributes(blocks.BlocksConfig.__copy__, "new")
    assert copied == {"blocks", "fns", "fn_id", "renderables"}
    assert "config_values" not in source(blocks) + source(route_utils) + source(queueing)
    read = [line for line in source(routes).splitlines() if ".components" in line]
    assert [line for line in read if "session" in line] == [
        "                    for c in app.state_holder[session_hash].components"
    ], "the deep link, which Easel closes, is all that reads the config"
    for module in (state_holder, route_utils, blocks):
        assert "SessionState(" in source(module)


def test_the_queue_has_what_calls_need() -> None:
    held = attributes(queueing.Queue.__init__, "self")
    assert {
        "pending_messages_per_session", "pending_event_ids_session", "event_ids_to_events",
        "event_queue_per_concurrency_id", "_asyncio_tasks", "stopped",
    } <= held  # fmt: skip
    assert "<gradio-sep>" in source(gr.utils.set_task_name)
    push = source(queueing.Queue.push)
    assert push.index("event.data = body") < push.index("self.broadcast_estimations(")
    assert "await" not in push[push.index("event_queue.queue.append(event)") :]
    assert "simple_format=True" in source(routes)
    assert "if event.alive:" in source(queueing.Queue.process_events)


async def echo(text: str, seen: list[str]) -> tuple[str, list[str]]:
    seen.append(text)
    return text, seen


async def count(text: str) -> AsyncIterator[str]:
    for number in range(1000):
        yield f"{text} {number}"
        await asyncio.sleep(0.01)


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (state_holder, route_utils, blocks):
        monkeypatch.setattr(module, "SessionState", module.SessionState)
    use_light_sessions()


@pytest_asyncio.fixture
async def demo(light: None) -> gr.Blocks:
    """A small app with Easel's changes, not served."""
    with gr.Blocks(analytics_enabled=False, title="Small") as found:
        box, choice = gr.Textbox(), gr.Dropdown(["a"], allow_custom_value=False)
        state = gr.State([])
        box.submit(echo, [box, state], [box, state], api_name="echo", concurrency_limit=None)
        box.change(count, box, box, api_name="count", concurrency_limit=None)
        box.input(lambda: gr.update(choices=["a", "b"]), None, choice, api_name="offer")
        choice.input(lambda it: it, choice, choice, api_name="choose")
    found.queue(api_open=False)
    adopt_queue(found, 0.02, 0.1)
    return found


@pytest_asyncio.fixture
async def app(demo: gr.Blocks) -> AsyncIterator[App]:
    app = App.create_app(demo)
    demo.app = app
    demo.auth_message, demo.config["body_css"] = None, {}  # as `launch` sets them
    own_streams(app)
    keep_compressed(app, CompressedAnswers())
    demo._queue.ended = lambda name: forget_session(app, name)
    yield app
    demo.close(verbose=False)


@asynccontextmanager
async def served(app: App) -> AsyncIterator[httpx.AsyncClient]:
    """The app without a socket; its queue runs meanwhile."""
    before = asyncio.all_tasks()
    app.get_blocks().is_running = True
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://small", timeout=30
    ) as web:
        (await web.get("/gradio_api/startup-events")).raise_for_status()
        yield web
    left = asyncio.all_tasks() - before
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


async def call(web: httpx.AsyncClient, name: str, *data: Any, session: str = "s") -> str:
    body = {"data": data} | ({"session_hash": session} if session else {})
    event = (await web.post(f"/gradio_api/call/{name}", json=body)).json()["event_id"]
    return (await web.get(f"/gradio_api/call/{name}/{event}")).text.strip()


async def test_a_light_session_holds_what_changed_alone(demo: gr.Blocks) -> None:
    first, second = LightSession(demo), LightSession(demo)
    usual = demo.default_config.blocks
    (dropdown,) = (each for each in usual.values() if isinstance(each, gr.Dropdown))
    for session in (first, second):
        session[dropdown._id] = gr.Dropdown(["a", "b"], render=False)
        session._update_config(dropdown._id)
        session._update_value_in_config(dropdown._id, "b")
    assert first[dropdown._id] is second[dropdown._id] is not dropdown
    second[dropdown._id] = gr.Dropdown(["c"], render=False)
    assert [choice for choice, _ in first[dropdown._id].choices] == ["a", "b"]
    assert usual[dropdown._id] is dropdown
    assert len(first.blocks_config.blocks.maps[0]) == 1
    assert list(first.components) == []
    (state,) = (each for each in usual.values() if isinstance(each, gr.State))
    first[state._id].append("mine")
    assert second[state._id] == []


async def test_gradio_runs_on_light_sessions(app: App) -> None:
    """States, updates that later calls are held against, streams of steps."""
    async with served(app) as web:
        assert await call(web, "echo", "fox") == 'event: complete\ndata: ["fox", null]'
        await call(web, "echo", "owl")
        await call(web, "echo", "elk", session="other")
        holder = app.state_holder
        kept = {name: list(each.state_data.values()) for name, each in holder.session_data.items()}
        assert kept == {"s": [["fox", "owl"]], "other": [["elk"]]}
        assert isinstance(holder["s"], LightSession)
        assert "event: error" in await call(web, "choose", "b")
        await call(web, "offer")
        assert await call(web, "choose", "b") == 'event: complete\ndata: ["b"]'
        assert "event: error" in await call(web, "choose", "b", session="other")


async def test_nothing_is_left_of_a_session_that_is_forgotten(app: App) -> None:
    async with served(app) as web:
        demo, queue = app.get_blocks(), app.get_blocks()._queue
        await call(web, "echo", "fox", session="")
        async with asyncio.timeout(10):  # it brought no session
            while app.state_holder.session_data:
                await asyncio.sleep(0.01)
        await call(web, "echo", "fox")
        body = {"data": ["fox"], "session_hash": "s", "fn_index": 1}
        (await web.post("/gradio_api/queue/join", json=body)).raise_for_status()
        async with asyncio.timeout(10):
            while not (app.iterators and demo.pending_diff_streams["s"]):
                await asyncio.sleep(0.01)
        assert idle_sessions(app, -1) == []
        forget_session(app, "s")
        async with asyncio.timeout(10):
            while queue.event_ids_to_events or any(queue.active_jobs):
                await asyncio.sleep(0.01)
        assert "s" not in app.state_holder.session_data
        assert "s" not in app.state_holder.time_last_used
        for table in (
            queue.pending_messages_per_session, queue.pending_event_ids_session, app.iterators,
            demo.pending_streams,
        ):  # fmt: skip
            assert dict(table) == {}
        assert "s" not in demo.pending_diff_streams
        assert [each.over for each in queue.calls.by_id.values()] == [True, True]


async def test_sessions_nobody_uses_are_known(app: App) -> None:
    async with served(app) as web:
        await call(web, "echo", "fox")
        assert idle_sessions(app, 60) == []
        app.state_holder.time_last_used["s"] -= timedelta(seconds=61)
        async with asyncio.timeout(10):  # the answer may be there a moment before the call's end
            while idle_sessions(app, 60) != ["s"]:
                await asyncio.sleep(0.01)
        assert isinstance(app.state_holder.time_last_used["s"], datetime)
        app.get_blocks().upload_file_set.add("/some/where")
        app.iterators_to_reset.add("long gone")
        forget_paths(app)
        assert not any(app.get_blocks().temp_file_sets)
        assert app.iterators_to_reset == set()


async def test_a_dropped_call_gives_its_place_back(app: App) -> None:
    async with served(app) as web:
        queue = app.get_blocks()._queue
        body = {"data": ["fox"], "session_hash": "s"}
        for begun in (False, True):
            event = (await web.post("/gradio_api/call/count", json=body)).json()["event_id"]
            call = queue.calls.open(event)
            async with asyncio.timeout(10):
                while begun and "generating" not in call.text:
                    await asyncio.sleep(0.01)
            queue.drop(call)
            async with asyncio.timeout(10):
                while queue.event_ids_to_events or any(queue.active_jobs):
                    await asyncio.sleep(0.01)
            assert call.over
            assert len(queue) == 0


async def test_nobody_is_sent_anothers_page(app: App) -> None:
    """Whoever is signed in has a page of his own, which is not to be stored; streams are behind
    the login too."""
    app.auth = {"ann": "x", "bob": "x"}
    app.tokens = {"token-of-ann": "ann", "token-of-bob": "bob"}
    async with served(app) as web:

        async def page(path: str, name: str = "", **headers: str) -> httpx.Response:
            token = {"cookie": f"access-token-unsecure-{app.cookie_id}=token-of-{name}"}
            return await web.get(path, headers=headers | (token if name else {}))

        for _ in range(2):
            for name in ("ann", "bob"):
                for path in ("/", "/config", "/?page=nope", "/config?page=nope", "/?deep_link=x"):
                    answer = await page(path, name)
                    assert answer.status_code == 200, path
                    assert f'"username":"{name}"' in answer.text
                    assert answer.headers["cache-control"] == "private, no-store"
                    assert "Cookie" in answer.headers["vary"]
                    assert "etag" not in answer.headers
            nobodys = await page("/")
            assert '"auth_required":true' in nobodys.text
            assert '"username"' not in nobodys.text
            for path in ("/config", "/gradio_api/info", "/gradio_api/call/echo/nope",
                         "/gradio_api/call/v2/echo/nope"):  # fmt: skip
                assert (await page(path)).status_code == 401, path
        assert (await page("/gradio_api/call/echo/nope", "ann")).status_code == 404
        elsewhere = await page("/", "ann", **{"x-forwarded-host": "easel.example"})
        assert '"root":"http://easel.example"' in elsewhere.text
        assert '"root":"http://small"' in (await page("/", "ann")).text


async def test_a_route_that_is_not_there_is_an_error(app: App) -> None:
    with pytest.raises(LookupError, match="/nope"):
        replace_endpoint(app, "/nope", lambda made: made)
