"""What anybody may send: every route answers in a sentence, nothing stops the app, nothing of it
reaches the log. The cases stand in tests/integration/hostile_http.py."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from i18n import say
from tests.cloud import Cloud
from tests.integration.hostile_http import CALL, JOIN, NAMED, RUN, cases, send
from tests.integration.waiting import until
from tests.running import App

FONT = "assets/fonts/inter-latin-wght-normal.woff2"


@pytest.fixture
def web(app: App) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=app.url, trust_env=False, timeout=60) as client:
        yield client


def last_event(web: httpx.Client, name: str, event: str) -> tuple[str, Any]:
    lines = web.get(f"{CALL}{name}/{event}").text.strip().splitlines()
    return lines[-2].removeprefix("event: "), json.loads(lines[-1].removeprefix("data: "))


def completed(web: httpx.Client, session: str) -> dict[str, dict[str, Any]]:
    """The last message of each call of a session, by its id, when all have ended."""
    found = {}
    with web.stream("GET", f"/gradio_api/queue/data?session_hash={session}") as lines:
        for line in lines.iter_lines():
            message = json.loads(line.removeprefix("data: ")) if line else {"msg": ""}
            if message["msg"] == "process_completed":
                found[message["event_id"]] = message
            if message["msg"] in ("close_stream", "unexpected_error"):
                return found
    return found


def history_works(web: httpx.Client) -> None:
    answer = web.post(f"{CALL}history", json={"data": []})
    assert answer.status_code == 200, answer.text
    assert last_event(web, "history", answer.json()["event_id"]) == ("complete", [[]])


def test_every_case_is_refused_in_a_sentence(app: App, web: httpx.Client, cloud: Cloud) -> None:
    before, wrong = len(app.log), []
    for case in cases():
        answer = send(web, case)
        if answer.status_code not in case.status or case.says not in answer.text:
            wrong.append((case.name, answer.status_code, answer.text[:200]))
    assert wrong == []
    assert app.log[before:] == ""
    assert cloud.submissions() == []
    assert web.get("/healthz").json() == {"status": "ok"}
    history_works(web)


@pytest.mark.parametrize("name", ["", " "])
def test_four_blank_sessions_at_once(web: httpx.Client, name: str) -> None:
    """Four such calls ended gradio's queue for good."""

    def ask(number: int) -> int:
        if number % 2:
            body: dict[str, Any] = {"data": [], "session_hash": name}
            return web.post(f"{CALL}history", json=body).status_code
        body = {"data": [None], "fn_index": 0, "session_hash": name}
        return web.post(JOIN, json=body).status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ask, range(8))) == {400}
    history_works(web)


def test_texts_are_measured_before_anybody_reads_them(
    app: App, web: httpx.Client, cloud: Cloud
) -> None:
    """A prompt of 1.9 MB, 50,000 choices, many texts at once: each ended in a sentence."""
    before = len(app.log)
    texts = {
        "characters; 36,000 are the most": "x" * 1_900_000,
        "choices between braces": "{a|b}" * 5_000,
        "prompt has 250,000 characters": "{a|b}" * 50_000,
    }
    for says, prompt in texts.items():
        for name, key in (("text_to_image", "prompt"), ("write_prompt", "idea"),
                          ("parse_wishes", "wishes"), ("estimate", "prompt")):  # fmt: skip
            answer = web.post(NAMED + name, json={key: prompt})
            kind, told = last_event(web, name, answer.json()["event_id"])
            assert kind == "error"
            assert says.replace("prompt", key) in told["error"], name
    many = dict.fromkeys(("prompt", "model", "aspect_ratio", "resolution", "quality"), "x" * 35_000)
    answer = web.post(f"{NAMED}text_to_image", json=many)
    told = last_event(web, "text_to_image", answer.json()["event_id"])[1]
    assert "together" in told["error"]
    assert app.log[before:] == ""
    assert cloud.submissions() == []


def test_values_of_another_kind_are_told_in_a_sentence(
    app: App, web: httpx.Client, cloud: Cloud
) -> None:
    before = len(app.log)
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("text_to_image", {"prompt": ["a"]}, "prompt must be text, not a list"),
        ("text_to_image", {"prompt": {"a": 1}}, "prompt must be text, not an object"),
        ("text_to_image", {"prompt": True}, "prompt must be text, not True"),
        ("text_to_image", {"prompt": "a", "width": [1]}, "width must be a number, not a list"),
        ("text_to_image", {"prompt": "a", "seed": {}}, "seed must be a number, not an object"),
        ("text_to_image", {"prompt": "a", "num_images": True}, "must be a number, not True"),
        ("swap_face", {"source": None, "target": None, "consent": []}, "true or false"),
        ("find_faces", {"image": []}, ""),
        ("find_faces", {"image": {"path": "/etc/passwd"}}, ""),
        ("upscale", {"image": "x", "scale": {"a": [1]}}, ""),
        ("edit_image", {"images": [[]] * 300, "prompt": "x"}, ""),
        ("overlay_text", {"image": 5, "text": "x"}, ""),
        ("overlay_text", {"image": {}, "text": "x", "style": [0] * 1000}, ""),
    ]
    for name, body, says in wrong:
        answer = web.post(NAMED + name, json=body)
        kind, told = last_event(web, name, answer.json()["event_id"])
        assert kind == "error", body
        assert told["error"] and says in told["error"], (body, told)
    assert app.log[before:] == ""
    assert cloud.submissions() == []


def test_listeners_take_only_what_the_page_could_send(
    app: App, web: httpx.Client, cloud: Cloud
) -> None:
    """Each of the page's own functions, called with one odd value in all places."""
    config = web.get("/config").json()
    kinds = {part["id"]: part["type"] for part in config["components"]}
    private = [
        each
        for each in config["dependencies"]
        if each["backend_fn"] and each["api_visibility"] == "private"
    ]
    assert len(private) > 100
    before = len(app.log)
    odd: tuple[Any, ...] = (
        [[1]], True, -1, "x" * 40_000,
        {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}},
        {"url": "http://127.0.0.1:1/x", "meta": {"_type": "gradio.FileData"}},
    )  # fmt: skip
    for number, value in enumerate(odd):
        session, statuses, asked = f"listeners{number}", set(), 0
        for each in private:
            data = [None if kinds[i] == "state" else value for i in each["inputs"]]
            asks = any(kinds[i] not in ("state", "browserstate") for i in each["inputs"])
            path = RUN if each["queue"] is False else JOIN
            body = {"data": data, "fn_index": each["id"], "session_hash": session}
            if each["inputs"] and number == 0:
                fewer = web.post(path, json={**body, "data": data[1:]})
                assert fewer.status_code == 400
                assert "values, not" in fewer.text
            if asks:
                answer = web.post(path, json={**body, "event_data": {"index": 0, "value": None}})
                statuses.add(answer.status_code)
                asked += answer.status_code == 200
        assert statuses <= {200, 400}
        ends = completed(web, session)
        assert len(ends) >= asked - 10  # those outside the queue have answered already
        assert all(each["success"] or each["output"]["error"] for each in ends.values())
    assert app.log[before:] == ""
    assert cloud.submissions() == []


def test_events_of_the_page(web: httpx.Client) -> None:
    config = web.get("/config").json()
    chosen = next(
        each
        for each in config["dependencies"]
        if each["targets"][:1] and each["targets"][0][1] == "select" and len(each["inputs"]) == 1
    )
    usual = {"data": [None], "fn_index": chosen["id"], "session_hash": "events"}
    wrong: tuple[dict[str, Any], ...] = (
        {"event_data": None}, {"event_data": 5}, {"event_data": {}}, {"event_data": {"index": 0}},
        {"event_data": {"index": "0", "value": 1}}, {"event_data": {"index": [0], "value": 1}},
        {"event_data": {"index": -1, "value": 1}}, {"event_data": {"index": True, "value": 1}},
        {"trigger_id": -5}, {"trigger_id": 10**6}, {"trigger_id": "5"}, {"trigger_id": True},
        {"batched": True}, {"batched": 5}, {"simple_format": "x"}, {"event_id": "a b"},
    )  # fmt: skip
    for more in wrong:
        body = {"event_data": {"index": 0, "value": 1}, **usual, **more}
        answer = web.post(JOIN, json=body)
        assert answer.status_code == 400, more
        assert "must be" in answer.json()["detail"]
    good = web.post(JOIN, json={"event_data": {"index": 0, "value": 1}, **usual})
    assert good.status_code == 200
    assert good.json()["event_id"] in completed(web, "events")


def test_ranges(app: App, web: httpx.Client) -> None:
    """One range is served, any other refused in words; gradio answered several with 500."""
    body = {"prompt": "a fox", "model": "local/sketch", "width": 64, "height": 64}
    event = web.post(f"{NAMED}text_to_image", json=body).json()["event_id"]
    url = last_event(web, "text_to_image", event)[1][0][0]["image"]["url"]
    whole = web.get(url).content
    before = len(app.log)
    ranges: dict[str, tuple[int, bytes]] = {
        "bytes=0-3": (206, whole[:4]), "bytes=4-": (206, whole[4:]), "bytes=-4": (206, whole[-4:]),
        "bytes=0-9999999": (206, whole),
    }  # fmt: skip
    refused = (
        "bytes=9999999-", "bytes=5-2", "bytes=9999999-99999999", "bytes=0-1,3-4", "bytes=0-1-2",
        "bytes=--", "bytes=a-b", "bytes=", "lines=0-3", "bytes=\u00b2-\u00b3",
        f"bytes=0-{'9' * 5000}", "-", "bytes=0-1, 2-3, 4-5",
    )  # fmt: skip
    ranges |= dict.fromkeys(refused, (416, say("file.range").encode()))
    for asked, (status, content) in ranges.items():
        answer = web.get(url, headers={"Range": asked.encode("latin-1")})
        assert answer.status_code == status, asked
        assert answer.content == content, asked
    assert app.log[before:] == ""


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """As on a Space, with one more allowed host, a proxy that is believed, under a path."""
    settings = {
        "SPACE_ID": "Some.One/studio",
        "SPACE_HOST": "some-one-studio.hf.space",
        "EASEL_ALLOWED_HOSTS": "studio.example.org",
        "EASEL_PROXIES": "127.0.0.1",
        "GRADIO_ROOT_PATH": "/studio",
        "GRADIO_SERVER_NAME": "0.0.0.0",
    }
    with App(tmp_path_factory.mktemp("space"), settings, KILLER) as found:
        yield found


# Ends the task that takes calls from gradio's line, each time a file called "kill" appears.
KILLER = """
import asyncio, os
from pathlib import Path
from ui.visitors import Visitors
kill, sweep = Path(os.environ["TMPDIR"]) / "kill", Visitors.sweep_for_ever

async def kill_for_ever():
    while True:
        await asyncio.sleep(0.02)
        if kill.exists():
            for task in asyncio.all_tasks():
                if task.get_coro().__qualname__ == "Queue.start_processing":
                    task.cancel()
            kill.unlink()

async def both(self):
    await asyncio.gather(sweep(self), kill_for_ever())

Visitors.sweep_for_ever = both
"""


def test_a_queue_that_was_ended_works_on(space: App) -> None:
    """A job under way when it ends is answered, and so are those that come after."""
    with httpx.Client(base_url=space.url, trust_env=False, timeout=60) as web:
        for _ in range(3):
            body = {"prompt": "a city", "model": "local/sketch", "resolution": "2K"}
            event = web.post(f"{NAMED}text_to_image", json=body).json()["event_id"]
            (space.temp / "kill").touch()
            until(lambda: not (space.temp / "kill").exists())
            until(lambda: web.get("/healthz").status_code == 200)
            history_works(web)
            assert last_event(web, "text_to_image", event)[0] == "complete"
    assert space.log.count("queue ended and is started again") == 3


def test_a_space_answers_to_its_own_names(space: App) -> None:
    own, evil = "some-one-studio.hf.space", "evil.example"
    with httpx.Client(base_url=space.url, trust_env=False, timeout=60) as web:
        for host in (own, "studio.example.org", "127.0.0.1", "localhost", "10.1.2.3:7860"):
            assert web.get("/healthz", headers={"Host": host}).status_code == 200, host
        for host in (evil, f"{own}.{evil}", "8.8.8.8", "", "other-app.hf.space"):
            for path in ("/healthz", "/", "/config"):
                assert web.get(path, headers={"Host": host}).status_code == 400, host
        for origin in ("https://evil.example", "null", f"https://{own}.{evil}", "file://", ""):
            headers = {"Host": own, "Origin": origin}
            for method in ("GET", "POST", "OPTIONS"):
                answer = web.request(method, f"{CALL}history", headers=headers)
                assert answer.status_code == 403, (method, origin)
                assert not [name for name in answer.headers if name.startswith("access-control")]
        for origin in (f"https://{own}", "https://studio.example.org"):
            headers = {"Host": own, "Origin": origin}
            asked = {**headers, "Access-Control-Request-Method": "POST"}
            answer = web.options(f"{CALL}history", headers=asked)
            assert answer.status_code == 204
            assert answer.headers["access-control-allow-origin"] == origin
            answer = web.post(f"{CALL}history", json={"data": []}, headers=headers)
            assert answer.status_code == 200
            assert answer.headers.get_list("access-control-allow-origin") == [origin]


def test_what_a_believed_proxy_says(space: App) -> None:
    with httpx.Client(base_url=space.url, trust_env=False, timeout=60) as web:
        headers = {"X-Forwarded-Host": "evil.example, studio.example.org"}
        headers |= {"X-Forwarded-Proto": "https"}
        root = web.get("/config", headers=headers).json()["root"]
        assert root == "https://studio.example.org/studio"
        root = web.get("/config", headers={"X-Gradio-Server": "http://evil.example"}).json()["root"]
        assert "evil" not in root


def test_fonts_under_a_path(space: App) -> None:
    style = Path("ui/static/studio.css").read_text(encoding="utf-8")
    assert f'url("{FONT}")' in style, "relative, so that the page's own path stands before it"
    with httpx.Client(base_url=space.url, trust_env=False, timeout=60) as web:
        for path in (f"/{FONT}", f"/studio/{FONT}"):
            answer = web.get(path)
            assert (answer.status_code, answer.content[:4]) == (200, b"wOF2"), path
        headers = {"X-Forwarded-Prefix": "/deep/er"}
        assert web.get(f"/deep/er/{FONT}", headers=headers).status_code == 200
        assert web.get("/studio/healthz").status_code == 200
        for path in ("assets/fonts/none.woff2", "assets/fonts/..%2Fstudio.css"):
            assert web.get(f"/{path}").status_code == 404


def test_a_foreign_forwarded_host_is_not_believed(app: App, web: httpx.Client) -> None:
    for name in ("X-Forwarded-Host", "X-Gradio-Server", "Forwarded"):
        root = web.get("/config", headers={name: "evil.example"}).json()["root"]
        assert root == app.url
    root = web.get("/config", headers={"X-Forwarded-Proto": "https"}).json()["root"]
    assert root == app.url


def test_health_says_what_is_wrong(space: App) -> None:
    """The last of this app: a file stands where the folder for pictures was."""
    (folder,) = space.temp.glob("easel-*")
    kept = folder.rename(folder.with_name("kept"))
    folder.touch()
    answer = httpx.get(f"{space.url}/healthz", trust_env=False)
    folder.unlink()
    kept.rename(folder)
    assert answer.status_code == 503
    assert set(answer.json()["problems"]) == {"storage"}
    assert "cannot be written to" in answer.json()["problems"]["storage"]
    assert httpx.get(f"{space.url}/healthz", trust_env=False).status_code == 200
