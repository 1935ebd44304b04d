"""The API examples of docs/api.md, run as they stand against the app, its address aside."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.cloud import Cloud
from tests.running import ROOT, App

API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:7860"
SECTION = API.split("\n## ")[0]


def examples(language: str) -> list[str]:
    """The code blocks of a language in the section about programs."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", SECTION, re.DOTALL | re.MULTILINE)
    assert all(ADDRESS in each for each in found)
    return found


PYTHON, JAVASCRIPT, BASH = (examples(each) for each in ("python", "javascript", "bash"))


@pytest.fixture(scope="module")
def app(shared_cloud: Cloud, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app with no key of its own, its providers on this machine."""
    shared_cloud.reset()
    settings = shared_cloud.environment()
    bases = {name: value for name, value in settings.items() if value.startswith("http")}
    with App(tmp_path_factory.mktemp("app"), bases) as found:
        yield found


@pytest.fixture
def cloud(shared_cloud: Cloud) -> Iterator[Cloud]:
    shared_cloud.reset()
    yield shared_cloud
    assert shared_cloud.bugs == []
    assert shared_cloud.leaks() == []


def run(command: list[str], folder: Path, cloud: Cloud) -> str:
    """What an example prints, run in a folder of its own with a key for fal."""
    environment = {**os.environ, "FAL_KEY": cloud.keys["fal"], "NO_PROXY": "*"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def missing(*programs: str) -> str:
    """Why an example cannot be run here, or ""."""
    gone = [each for each in programs if shutil.which(each) is None]
    return f"the example needs {' and '.join(gone)}, not found here" if gone else ""


def assert_only_fal(cloud: Cloud) -> None:
    assert len(cloud.submissions("fal")) == len(cloud.submissions()) == 1


def test_every_example_is_known_here() -> None:
    assert (len(PYTHON), len(JAVASCRIPT), len(BASH)) == (3, 1, 3)
    assert SECTION.count("\n```") == 2 * 7
    assert PYTHON[0] in README


def test_python(app: App, cloud: Cloud, tmp_path: Path) -> None:
    said = run([sys.executable, "-c", PYTHON[0].replace(ADDRESS, app.url)], tmp_path, cloud)
    model, basis, path = said.splitlines()[-1].split(" ", 2)
    assert (model, basis) == ("local/sketch", "free")
    with Image.open(path) as picture:
        assert picture.width > picture.height
    assert cloud.submissions() == []


def test_python_with_a_key(app: App, cloud: Cloud, tmp_path: Path) -> None:
    said = run([sys.executable, "-c", PYTHON[1].replace(ADDRESS, app.url)], tmp_path, cloud)
    picture, count = said.splitlines()[-2:]
    assert picture.startswith("fal/flux-schnell ")
    assert count == "1 in this session"
    assert_only_fal(cloud)


def photograph(folder: Path) -> None:
    """The picture that the examples have."""
    Image.new("RGB", (96, 64), (200, 120, 40)).save(folder / "cat.jpg")


def test_python_with_a_picture(app: App, cloud: Cloud, tmp_path: Path) -> None:
    photograph(tmp_path)
    said = run([sys.executable, "-c", PYTHON[2].replace(ADDRESS, app.url)], tmp_path, cloud)
    label, answer = said.splitlines()[-2:]
    assert label.startswith("picture 1: 96×64 JPEG")
    assert answer.startswith("fal/nano-banana-2-edit 0.08 ")
    with Image.open(answer.split(" ", 2)[2]) as picture:
        assert picture.width > picture.height
    assert_only_fal(cloud)


@pytest.mark.skipif(bool(missing("node", "npm")), reason=missing("node", "npm"))
def test_javascript(app: App, cloud: Cloud, tmp_path: Path) -> None:
    install = ["npm", "install", "--no-audit", "--no-fund", "@gradio/client@>=2.7.0 <3"]
    run(install, tmp_path, cloud)
    script = tmp_path / "example.mjs"
    script.write_text(JAVASCRIPT[0].replace(ADDRESS, app.url), encoding="utf-8")
    model, name = run(["node", script.name], tmp_path, cloud).split()
    assert model == "local/sketch"
    with Image.open(tmp_path / name) as picture:
        assert picture.width > picture.height


@pytest.mark.skipif(bool(missing("bash", "curl")), reason=missing("bash", "curl"))
def test_curl(app: App, cloud: Cloud, tmp_path: Path) -> None:
    told = BASH[0].replace(ADDRESS, app.url)
    history = """
EVENT=$(curl -s "$EASEL/call/history" -H "Content-Type: application/json" \\
  -d '{"session_hash": "'"$SESSION"'", "data": []}' | cut -d '"' -f 4)
curl -sN "$EASEL/call/history/$EVENT" > history.txt"""
    said = run(["bash", "-euo", "pipefail", "-c", told + history], tmp_path, cloud)
    assert said.count("event: complete") == 1
    [picture] = tmp_path.glob("easel_*_local-sketch.png")
    with Image.open(picture) as opened:
        assert opened.width > opened.height
    assert picture.name in (tmp_path / "history.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(bool(missing("bash", "curl")), reason=missing("bash", "curl"))
def test_curl_with_a_key(app: App, cloud: Cloud, tmp_path: Path) -> None:
    told = BASH[1].replace(ADDRESS, app.url)
    said = run(["bash", "-euo", "pipefail", "-c", told], tmp_path, cloud)
    assert "event: complete" in said
    assert '"model": "fal/flux-schnell"' in said
    assert_only_fal(cloud)


@pytest.mark.skipif(bool(missing("bash", "curl")), reason=missing("bash", "curl"))
def test_curl_with_a_picture(app: App, cloud: Cloud, tmp_path: Path) -> None:
    photograph(tmp_path)
    told = BASH[2].replace(ADDRESS, app.url)
    said = run(["bash", "-euo", "pipefail", "-c", told], tmp_path, cloud)
    assert "event: complete" in said
    assert '"model": "fal/nano-banana-2-edit"' in said
    (job,) = cloud.jobs("fal")
    assert [(each.width, each.height) for each in job.received] == [(96, 64)]
    assert_only_fal(cloud)
