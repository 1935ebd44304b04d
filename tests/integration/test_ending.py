"""The app ends as containers are ended (SIGTERM), or is killed: what is paid for is not lost, and
nothing else is left on the disk."""

from __future__ import annotations

import json
import signal
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from studio.storage.database import FILE
from tests.cloud import Cloud
from tests.integration.waiting import report, until
from tests.running import App, create, leave

WAITS = "from ui import shutdown\nshutdown.WAIT_SECONDS = {seconds}\n"
FOX = {"prompt": "a canary fox", "model": "fal/flux-dev"}


def journal(app: App) -> list[str]:
    """The provider's ids of the jobs under way, as they stand on the disk."""
    with sqlite3.connect(app.temp.parent / "data" / FILE) as connection:
        return [row[0] for row in connection.execute("SELECT upstream_id FROM paid_jobs")]


def finish(cloud: Cloud) -> None:
    """Every job is done at its provider."""
    with cloud.ledger.lock:
        for job in cloud.ledger.jobs.values():
            job.end()


class RestCall:
    """A call of plain REST, whose stream is read until it breaks off."""

    def __init__(self, app: App, **more: Any) -> None:
        self.events: list[tuple[str, Any]] = []
        self._url = f"{app.url}/gradio_api/call"
        named = {"data": ["a canary fox", "fal/flux-dev"], **more}
        posted = httpx.post(f"{self._url}/text_to_image", json=named, trust_env=False, timeout=60)
        self._event = posted.json()["event_id"]
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        kind, url = "", f"{self._url}/text_to_image/{self._event}"
        try:
            with httpx.stream("GET", url, trust_env=False, timeout=120) as lines:
                for line in lines.iter_lines():
                    if line.startswith("event: "):
                        kind = line.removeprefix("event: ")
                    elif line.startswith("data: "):
                        self.events.append((kind, json.loads(line.removeprefix("data: "))))
        except httpx.TransportError:
            return

    @property
    def job(self) -> str:
        """The job's id, once it was told."""
        told = [data[1] for kind, data in self.events if kind == "generating" and data]
        return next((each["id"] for each in told if isinstance(each, dict) and "id" in each), "")

    @property
    def last(self) -> tuple[str, Any]:
        """The last event, when the stream has ended."""
        self._thread.join(60)
        return self.events[-1]


def ask(app: App, name: str, job: str) -> tuple[str, Any]:
    """One call of plain REST without a session: its last event."""
    url = f"{app.url}/gradio_api/call/{name}"
    event = httpx.post(url, json={"data": [job]}, trust_env=False, timeout=60).json()["event_id"]
    answer = httpx.get(f"{url}/{event}", trust_env=False, timeout=120)
    blocks = [each.splitlines() for each in answer.text.strip().split("\n\n")]
    kind, data = (line.partition(": ")[2] for line in blocks[-1][:2])
    return kind, json.loads(data)


def test_killed_with_five_jobs_under_way_five_are_told_and_five_are_fetched(
    make_app: Callable[..., App], cloud: Cloud
) -> None:
    app = make_app(**cloud.environment())
    cloud.pace("fal", queue=1, steps=10_000, delay=0.05)
    client = app.client()
    for _ in range(3):
        client.submit(**FOX, api_name="/text_to_image")
    calls = [RestCall(app), RestCall(app, session_hash="a-name-nobody-guesses")]
    until(lambda: len(cloud.jobs("fal")) == 5, 120)
    until(lambda: len([each for each in journal(app) if each]) == 5 and all(c.job for c in calls))
    app.kill()
    files = [each for each in (app.temp.parent / "data").iterdir() if each.is_file()]
    written = b"".join(each.read_bytes() for each in files)
    assert b"canary" not in written and cloud.keys["fal"].encode() not in written
    assert {each.stat().st_mode & 0o077 for each in files} == {0}

    finish(cloud)
    app.start()
    stranger = app.client()
    assert stranger.predict(api_name="/history") == []
    back = app.client()
    back.session_hash = client.session_hash  # as a page, or a client, that is still open
    told = back.predict(api_name="/history")
    assert [(each["state"], each["images"]) for each in told] == [("unknown", [])] * 3
    for each in told:
        assert "restarted" in each["error"]["message"] and each["upstream_id"]
        found = back.predict(id=each["id"], api_name="/check")
        assert (found["state"], len(found["images"])) == ("completed", 1)
        assert httpx.get(found["images"][0]["url"], trust_env=False).status_code == 200
    assert {each["state"] for each in back.predict(api_name="/history")} == {"completed"}
    for call in calls:  # who has no session has the id that was told
        kind, (status,) = ask(app, "status", call.job)
        assert (kind, status["state"]) == ("complete", "unknown")
        kind, (found,) = ask(app, "check", call.job)
        assert (kind, found["state"], len(found["images"])) == ("complete", "completed", 1)
    assert len(cloud.submissions()) == len(cloud.jobs()) == 5 and cloud.cancels() == []
    until(lambda: journal(app) == [])
    assert "Traceback" not in app.log
    leave(client, stranger, back)


def test_sigterm_lets_jobs_go_on_and_tells_their_callers(
    make_app: Callable[..., App], cloud: Cloud
) -> None:
    app = make_app(WAITS.format(seconds=0.5), **cloud.environment())
    client = app.client()
    create(client, model="local/sketch", width=64, height=64)
    client.predict(api_name="/export_history")
    assert len(list(app.temp.rglob("*.png"))) == 1
    cloud.pace("fal", queue=1, steps=10_000, delay=0.05)
    call = RestCall(app)
    until(lambda: journal(app) != [""] and journal(app))
    seconds = app.stop(60)
    report(f"ended by SIGTERM in {seconds:.1f} s, a client still there and its job running")
    assert cloud.cancels("fal") == [], "a deploy is nobody's wish to stop what is paid for"
    kind, error = call.last
    assert kind == "error" and "was stopped while fal had this job" in error["error"]
    assert call.job in error["error"]
    assert list(app.temp.iterdir()) == []
    assert app.process
    assert app.process.returncode == 0
    assert "Traceback" not in app.log
    assert journal(app) == [cloud.jobs("fal")[0].id]
    leave(client)


def test_sigterm_waits_for_what_is_nearly_done_and_takes_nothing_new(
    make_app: Callable[..., App], cloud: Cloud
) -> None:
    """Told twice it ends at once."""
    app = make_app(WAITS.format(seconds=600), **cloud.environment())
    cloud.pace("fal", queue=1, steps=10_000, delay=0.05)
    near, far = RestCall(app), RestCall(app)
    until(lambda: len([each for each in journal(app) if each]) == 2)
    assert app.process
    app.process.send_signal(signal.SIGTERM)
    until(lambda: "takes no new jobs" in RestCall(app).last[1]["error"])
    first = next(each for each in cloud.jobs("fal"))
    with cloud.ledger.lock:
        first.end()
    until(lambda: any(call.events and call.events[-1][0] == "complete" for call in (near, far)))
    app.process.send_signal(signal.SIGINT)
    assert app.process.wait(60) == 0
    assert len(cloud.jobs("fal")) == 2 and cloud.cancels("fal") == []
    kinds = sorted(call.last[0] for call in (near, far))
    assert kinds == ["complete", "error"]
    assert len(journal(app)) == 1 and first.id not in journal(app)


def test_a_folder_of_the_operators_own_is_emptied_of_ours_alone(
    make_app: Callable[..., App], tmp_path: Path
) -> None:
    """At the end; and after a kill at the next start."""
    own = tmp_path / "own"
    (own / "easel-pictures").mkdir(parents=True)
    foreign = [own / "notes.txt", own / "easel-pictures" / "cat.png"]
    for path in foreign:
        path.write_bytes(b"not ours")

    def ours() -> list[Path]:
        return [path for path in own.rglob("*") if path.is_file() and path not in foreign]

    clients = []
    for ending in ("kill", "term"):
        app = make_app(GRADIO_TEMP_DIR=str(own))
        assert ours() == [next(own.glob("*/.easel"))], "nothing of the run before"
        clients.append(app.client())
        create(clients[-1], width=64, height=64)
        with httpx.Client(base_url=app.url, trust_env=False) as web:
            web.post("/gradio_api/upload", files={"files": ("a.png", b"x")}).raise_for_status()
        assert len(ours()) == 3
        assert app.process
        if ending == "kill":
            app.process.kill()
            app.process.wait()
            assert len(ours()) == 3
        else:
            app.stop()
    assert ours() == []
    assert all(path.exists() for path in foreign)
    assert len([*own.iterdir()]) == 2
    leave(*clients)
