"""The app ends as containers are ended (SIGTERM), and leaves nothing on the disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx

from tests.cloud import Cloud
from tests.integration.waiting import report, until
from tests.running import App, create, leave


def test_sigterm_cancels_what_runs_and_leaves_an_empty_folder(
    make_app: Callable[..., App], cloud: Cloud
) -> None:
    app = make_app(**cloud.environment())
    client = app.client()
    create(client, model="local/sketch", width=64, height=64)
    client.predict(api_name="/export_history")
    assert len(list(app.temp.rglob("*.png"))) == 1
    cloud.pace("fal", queue=1, steps=10_000, delay=0.05)
    client.submit(prompt="a fox", model="fal/flux-dev", api_name="/text_to_image")
    until(lambda: cloud.jobs("fal"))
    seconds = app.stop()
    report(f"ended by SIGTERM in {seconds:.1f} s, a client still there and its job running")
    assert len(cloud.cancels("fal")) == 1
    assert list(app.temp.iterdir()) == []
    assert app.process
    assert app.process.returncode == 0
    assert "Traceback" not in app.log
    leave(client)


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
