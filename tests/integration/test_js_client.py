"""The same API from JavaScript: @gradio/client under node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from providers.catalogue import models_for
from providers.schema import Task
from tests.cloud import Cloud
from tests.running import App

SCRIPT = Path(__file__).parent / "js"


@pytest.fixture(scope="module")
def node_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script with its one dependency, installed in a temporary folder."""
    if not (shutil.which("node") and shutil.which("npm")):
        told = "node and npm are needed for the JavaScript client's test; install Node 20 or later"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    folder = tmp_path_factory.mktemp("js")
    shutil.copytree(SCRIPT, folder, dirs_exist_ok=True)
    command = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=150)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_visit_from_javascript(app: App, cloud: Cloud, node_project: Path) -> None:
    done = subprocess.run(
        ["node", "client.mjs", app.url],
        cwd=node_project,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["models"] == [model.id for model in models_for(Task.TEXT_TO_IMAGE)]
    assert told["receipt"]["model"] == "local/sketch"
    assert told["magic"] == "PNG"
    assert [[each[:23] for each in given] for given in told["given"]] == [
        ["picture 1: 96×64 PNG, 1"]
    ] * 3
    received = [picture for job in cloud.jobs("fal") for picture in job.received]
    assert [(each.width, each.height, each.metadata) for each in received] == [(96, 64, ())] * 3
    assert told["history"] == [told["receipt"]["id"]]
    assert told["refused"].startswith("There is no model 'nope'")
