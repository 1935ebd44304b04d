"""Where a login is required, every route is closed to who has none: ours, gradio's, any method."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import itsdangerous
import pytest
from argon2 import PasswordHasher
from gradio_client import Client
from gradio_client.exceptions import AuthenticationError

from tests.cloud import Cloud
from tests.running import App, leave

NAME, PASSWORD = "anna", "correct horse"
ALONE: dict[str, Any] = {"trust_env": False, "timeout": 60}  # argon2 is slow on purpose
OPEN = {"/healthz", "/login", "/logout"}
HUB_OPEN = {"/healthz", "/login/huggingface", "/login/callback", "/logout"}
SECRET = "made up for a test"
SPACE = {
    "SYSTEM": "spaces",
    "SPACE_ID": "somebody/easel",
    "SPACE_HOST": "somebody-easel.hf.space",
    "OAUTH_CLIENT_ID": "client",
    "OAUTH_CLIENT_SECRET": SECRET,
    "OAUTH_SCOPES": "openid profile",
    "OPENID_PROVIDER_URL": "http://127.0.0.1:9",
    "GRADIO_SERVER_NAME": "127.0.0.1",
    "EASEL_REQUIRE_LOGIN": "1",
}


@pytest.fixture(scope="module")
def closed(shared_cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("closed")
    users = folder / "users.txt"
    users.write_text(f"{NAME}:{PasswordHasher().hash(PASSWORD)}\n")
    settings = {**shared_cloud.environment(), "EASEL_REQUIRE_LOGIN": str(users)}
    with App(folder / "app", settings) as found:
        yield found


@pytest.fixture(scope="module")
def space(shared_cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with App(tmp_path_factory.mktemp("space"), {**shared_cloud.environment(), **SPACE}) as found:
        yield found


# Run in a process of its own: what gradio opens while it is built is never closed.
LIST_ROUTES = """
import json, re
from gradio import routes
from starlette.routing import Mount, Route
from settings import Settings
from ui.launch import make_app
demo, how = make_app(Settings())
app = routes.App.create_app(demo, app_kwargs=how["app_kwargs"])
found = set()
def walk(each, prefix=""):
    if isinstance(each, Mount):
        found.add(("GET", prefix + each.path + "/x"))
        for inner in each.routes or []:
            walk(inner, prefix + each.path)
    elif isinstance(each, Route):
        path = re.sub(r"[{][^}]*[}]", "x", prefix + each.path)
        found.update((method, path) for method in each.methods or {"GET"})
    else:
        for inner in getattr(getattr(each, "original_router", None), "routes", []):
            walk(inner, prefix)
for route in app.routes:
    walk(route)
print(json.dumps(sorted(found)))
"""


def every_route() -> set[tuple[str, str]]:
    """Method and a path for every route of the app."""
    run = [sys.executable, "-c", LIST_ROUTES]
    done = subprocess.run(run, capture_output=True, text=True, check=True, timeout=180)
    return {(method, path) for method, path in json.loads(done.stdout.splitlines()[-1])}


GOOD: dict[str, Any] = {
    "/config": None,
    "/gradio_api/info": None,
    "/gradio_api/file=/etc/passwd": None,
    "/assets/index.js": None,
    "/gradio_api/call/history": {"data": []},
    "/gradio_api/call/v2/estimate": {"prompt": "a fox"},
    "/gradio_api/upload": {"no": "file"},
    "/gradio_api/cancel": {"session_hash": "abc", "fn_index": 1, "event_id": "abc"},
}


def test_every_route_is_closed_without_a_login(closed: App, space: App) -> None:
    walked = every_route()
    assert {"/gradio_api/upload", "/gradio_api/queue/join", "/config", "/gradio_api/info"} <= {
        path for _, path in walked
    }
    extra = {
        ("GET", "/gradio_api/startup-events"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("POST", "/gradio_api/call/text_to_image"),
        ("GET", "/assets/index.js"),
        ("GET", "//login/../config"),
        ("OPTIONS", "/config"),
        ("GET", "/healthz/"),
        ("GET", "/no-such-page"),
    }
    for app, open_ones in ((closed, OPEN), (space, HUB_OPEN)):
        with httpx.Client(base_url=app.url, **ALONE) as client:
            for method, path in sorted(walked | extra):
                if path.rstrip("/") in open_ones and path != "/healthz/":
                    continue
                answer = client.request(method, path, json={} if method == "POST" else None)
                told = {} if method == "HEAD" else answer.json()
                if answer.status_code == 401:
                    assert method == "HEAD" or "This app is for" in told["detail"], path
                    continue
                # Refused before anybody asks who sends it: no such route here, no good request.
                assert answer.status_code in (400, 404, 405, 415), (method, path)
                assert method == "HEAD" or told["error"] == told["detail"], path
            for path, body in GOOD.items():
                answer = client.post(path, json=body) if body else client.get(path)
                assert answer.status_code == 401, path
            assert client.get("/healthz").status_code == 200
            page = client.get("/", headers={"accept": "text/html"})
            assert page.status_code == 401
            assert "Sign in" in page.text
            assert "gradio" not in page.text


def test_a_user_of_the_file_signs_in(closed: App, cloud: Cloud) -> None:
    """By the page, by gradio_client, by HTTP Basic; and is out again when he leaves."""
    with httpx.Client(base_url=closed.url, **ALONE) as client:
        form = {"username": NAME, "password": PASSWORD}
        html = {"accept": "text/html"}
        wrong = client.post("/login", data={**form, "password": "x"}, headers=html)
        assert wrong.status_code == 401
        unknown = client.post("/login", data={**form, "username": "x"}, headers=html)
        assert wrong.text == unknown.text, "no word whether a name exists"
        assert "name or the password is wrong" in wrong.text
        answer = client.post("/login", data=form, headers=html)
        assert (answer.status_code, answer.headers["location"]) == (303, "./")
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert client.get("/config").json()["title"] == "Easel"
        assert client.get("/gradio_api/startup-events").status_code == 200
        client.get("/logout")
        assert client.get("/config").status_code == 401
        assert client.post("/login", data={"username": "x" * 9000}).status_code == 401
        assert client.post("/login", content=b"\xff\xfe").status_code == 401
    signed = Client(closed.url, auth=(NAME, PASSWORD), verbose=False, httpx_kwargs={"timeout": 60})
    files, receipt = signed.predict("a fox", model="fal/flux-schnell", api_name="/text_to_image")
    assert files
    assert receipt["state"] == "completed"
    leave(signed)
    with pytest.raises(AuthenticationError):
        Client(closed.url, auth=(NAME, "x"), verbose=False, httpx_kwargs={"timeout": 60})
    for password, status in ((PASSWORD, 200), ("x", 401)):
        told = httpx.get(f"{closed.url}/config", auth=(NAME, password), **ALONE)
        assert told.status_code == status
    odd = {"authorization": "Basic %%%"}
    assert httpx.get(f"{closed.url}/config", headers=odd, **ALONE).status_code == 401


def test_guessing_is_slowed_down(closed: App) -> None:
    """The last of this file on this app: its address has to wait afterwards."""
    answers = [
        httpx.get(f"{closed.url}/config", auth=(f"guess{number}", "x"), **ALONE)
        for number in range(12)
    ]
    assert answers[-1].status_code == 429
    assert "Too many attempts" in answers[-1].json()["detail"]


def test_a_visitor_of_a_space_signs_in_with_hugging_face(space: App) -> None:
    """By gradio's own signed cookie, and by no other."""
    soon = int(time.time()) + 3600
    for secret, expires, status in (
        (SECRET, soon, 200),
        (SECRET, soon - 7200, 401),
        ("another", soon, 401),
    ):
        cookies = {"session": signed_in(secret, expires)}
        answer = httpx.get(f"{space.url}/config", cookies=cookies, **ALONE)
        assert answer.status_code == status, (secret, expires)
    page = httpx.get(space.url, headers={"accept": "text/html"}, **ALONE)
    assert 'href="/login/huggingface"' in page.text


def signed_in(secret: str, expires: int) -> str:
    """The cookie that gradio sets for somebody who has signed in (gradio.oauth)."""
    info: dict[str, Any] = {
        "access_token": "hf_made_up",
        "scope": "openid",
        "expires_at": expires,
        "userinfo": {"name": "A", "preferred_username": "a", "profile": "", "picture": ""},
    }
    key = hashlib.sha256(f"{secret}-v4".encode()).hexdigest()
    data = base64.b64encode(json.dumps({"oauth_info": info}).encode())
    return itsdangerous.TimestampSigner(key).sign(data).decode()


def test_a_file_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="EASEL_REQUIRE_LOGIN must be the path"):
        App(tmp_path, {"EASEL_REQUIRE_LOGIN": "no-such-file"}).__enter__()
