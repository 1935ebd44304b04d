"""The app starts private and closed; each default was measured to matter (gradio 6.31)."""

from __future__ import annotations

import re
import socket
from typing import Any

import httpx
import pytest

from tests.cloud import Cloud
from tests.running import App


def get(app: App, path: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.get(app.url + path, headers=named, trust_env=False)


def test_healthz(app: App) -> None:
    answer = get(app, "/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


@pytest.mark.parametrize("path", ["/gradio_api/deep_link", "/gradio_api/deep_link?session_hash=x"])
def test_no_deep_links(app: App, path: str) -> None:
    assert get(app, path).status_code == 404


@pytest.mark.parametrize("path", ["/monitoring", "/monitoring/summary"])
@pytest.mark.parametrize("prefix", ["", "/gradio_api"])
def test_no_monitoring(app: App, prefix: str, path: str) -> None:
    answer = get(app, prefix + path)
    assert answer.status_code in (403, 404)
    assert "text_to_image" not in answer.text


@pytest.mark.parametrize("name", ["text_to_image", "list_models", "history", "predict"])
def test_no_way_round_the_queue(app: App, cloud: Cloud, name: str) -> None:
    body: dict[str, Any] = {"data": ["a fox", "fal/flux-dev"], "session_hash": "x"}
    answer = httpx.post(f"{app.url}/gradio_api/run/{name}", json=body, trust_env=False)
    assert answer.status_code >= 400
    assert cloud.submissions() == []


def test_what_the_page_is_told(app: App, cloud: Cloud) -> None:
    config = get(app, "/config").json()
    assert config["run_history"] is False
    assert config["analytics_enabled"] is False
    assert config["show_error"] is False
    assert config["connect_heartbeat"] is True, "how a visitor who leaves is noticed"
    assert config["title"] == "Easel"
    text = get(app, "/config").text + get(app, "/").text
    for secret in (*cloud.keys.values(), cloud.url, str(app.temp)):
        assert secret not in text


def test_the_page_is_sent_small_and_not_twice(app: App) -> None:
    """Whoever cannot read compressed answers is sent the same plain."""
    for path, most in (("/", 90_000), ("/config", 80_000), ("/gradio_api/info", 20_000)):
        plain = get(app, path, Accept_Encoding="identity")
        assert "content-encoding" not in plain.headers
        for encoding in ("gzip", "br"):
            with (
                httpx.Client(trust_env=False) as web,
                web.stream("GET", app.url + path, headers={"accept-encoding": encoding}) as answer,
            ):
                sent = b"".join(answer.iter_raw())
            assert answer.headers["content-encoding"] == encoding
            assert len(sent) < most < len(plain.content), path
            assert get(app, path, Accept_Encoding=encoding).text == plain.text
            assert answer.headers["cache-control"] == "private, no-cache"
        again = get(app, path, If_None_Match=plain.headers["etag"])
        assert (again.status_code, again.content) == (304, b"")


def test_scripts_are_sent_small(app: App) -> None:
    name = re.findall(r"assets/(index-[\w-]+\.js)", get(app, "/").text)[0]
    for encoding in ("gzip", "br", "identity"):
        answer = get(app, f"/assets/{name}", Accept_Encoding=encoding)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "immutable" in answer.headers["cache-control"]
    assert get(app, "/assets/fonts/inter-latin-wght-normal.woff2").status_code == 200
    for odd in ("nope.js", "..%2findex.html", "%2e%2e/index.html", "fonts", ""):
        assert get(app, f"/assets/{odd}").status_code == 404, odd
    assert httpx.post(f"{app.url}/assets/{name}", trust_env=False).status_code == 405


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80"])
def test_a_foreign_host_is_refused(app: App, host: str) -> None:
    for path in ("/", "/healthz", "/config", "/gradio_api/info", "/gradio_api/heartbeat/x"):
        assert get(app, path, Host=host).status_code == 400, path


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_has_three_names(app: App, host: str) -> None:
    assert get(app, "/healthz", Host=f"{host}:{app.port}").status_code == 200


def test_only_this_machine_is_listened_to(app: App) -> None:
    others = {each[4][0] for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in others - {"127.0.0.1", "127.0.1.1"}:
        with pytest.raises(OSError):
            socket.create_connection((str(address), app.port), timeout=2).close()


def test_a_bad_setting_is_a_sentence_and_no_traceback(make_app: Any) -> None:
    with pytest.raises(AssertionError) as caught:
        make_app(MAX_WORKERS="lots")
    told = str(caught.value)
    assert "MAX_WORKERS must be a whole number from 1" in told
    assert "Traceback" not in told


def test_the_log_holds_nothing_of_the_users(app: App) -> None:
    assert "a fox" not in app.log
    assert "key-for-tests" not in app.log
