"""A session over the API: its history, what is deleted, and what others cannot see."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client

from tests.cloud import Cloud
from tests.integration.waiting import cancel, until
from tests.running import App, create, leave


def status(url: str) -> int:
    return httpx.get(url, trust_env=False).status_code


def test_history_delete_clear_export(app: App, client: Client, tmp_path: Path) -> None:
    made = [create(client, f"fox {n}", model="local/sketch", width=64, height=64) for n in range(3)]
    told = client.predict(api_name="/history")
    assert told == [receipt for _, receipt in made]
    urls = [receipt["images"][0]["url"] for receipt in told]
    assert [status(url) for url in urls] == [200] * 3
    assert all(url.startswith(app.url) for url in urls)

    assert client.predict(id=told[1]["id"], api_name="/delete_result") == {
        "deleted": told[1]["id"],
        "left": 2,
    }
    assert [status(url) == 200 for url in urls] == [True, False, True]
    with pytest.raises(Exception, match="has no result"):
        client.predict(id=told[1]["id"], api_name="/delete_result")

    saver = app.client(download=tmp_path)
    saver.session_hash = client.session_hash
    file = saver.predict(api_name="/export_history")
    assert Path(file).name == "history.json"
    saved = json.loads(Path(file).read_text(encoding="utf-8"))
    assert [each["id"] for each in saved] == [told[0]["id"], told[2]["id"]]
    assert str(app.temp) not in Path(file).read_text(encoding="utf-8")
    with pytest.raises(Exception, match="format must be json"):
        client.predict(format="csv", api_name="/export_history")

    assert client.predict(api_name="/clear_history") == {"deleted": 2}
    assert client.predict(api_name="/history") == []
    assert [status(url) == 200 for url in urls] == [False] * 3


def test_two_sessions_never_meet(app: App, cloud: Cloud) -> None:
    """Not each other's history, results, keys, nor running jobs."""
    mine, other = app.client(X_Fal_Key="my-own-fal-key"), app.client()
    cloud.add_key("fal", "my-own-fal-key")
    _, secret = create(mine, "my secret fox", model="fal/flux-schnell")
    assert other.predict(api_name="/history") == []
    with pytest.raises(Exception, match="has no result"):
        other.predict(id=secret["id"], api_name="/delete_result")
    create(other, model="fal/flux-schnell")
    keys = [call.headers["authorization"] for call in cloud.submissions("fal")]
    assert keys == ["Key my-own-fal-key", f"Key {cloud.keys['fal']}"]
    cloud.pace("fal", queue=0, steps=1000, delay=1)
    running = mine.submit(prompt="a fox", model="fal/flux-dev", api_name="/text_to_image")
    until(lambda: len(cloud.jobs("fal")) == 3)
    other.predict(api_name="/clear_history")
    leave(other)
    assert [each["id"] for each in mine.predict(api_name="/history")] == [secret["id"]]
    assert cloud.cancels() == []
    cancel(running)
    until(lambda: len(cloud.cancels("fal")) == 1)
    leave(mine)


def test_the_history_is_limited_and_nobody_loses_his_picture(
    make_app: Callable[..., App], cloud: Cloud, tmp_path: Path
) -> None:
    """HISTORY_LIMIT=1 with jobs that end together: each caller gets his own receipt and file."""
    app = make_app(**cloud.environment(), HISTORY_LIMIT="1")
    client = app.client(download=tmp_path / "mine")
    jobs = [
        client.submit(prompt=f"fox {n}", model="fal/flux-schnell", api_name="/text_to_image")
        for n in range(6)
    ]
    results: list[Any] = [job.result(timeout=60) for job in jobs]
    assert [receipt["asked"]["prompt"] for _, receipt in results] == [f"fox {n}" for n in range(6)]
    assert all(Path(files[0]["image"]).stat().st_size > 0 for files, _ in results)
    assert len(client.predict(api_name="/history")) == 1
    leave(client)


def test_a_session_that_ends_leaves_nothing(make_app: Callable[..., App]) -> None:
    """The grace is shortened from outside: the app itself has no such switch."""
    app = make_app("import ui.visitors as v; v.GRACE_SECONDS = 0.3")
    client = app.client()
    _, receipt = create(client, width=64, height=64)
    client.predict(api_name="/export_history")
    url = receipt["images"][0]["url"]
    assert status(url) == 200
    (cache,) = app.temp.iterdir()
    assert len(list(cache.rglob("*.png"))) == len(list(cache.rglob("history.json"))) == 1
    leave(client)
    until(lambda: list(cache.rglob("*.png")) == [])
    assert status(url) != 200
    assert list(cache.rglob("history.json")) == []
    assert "Traceback" not in app.log
