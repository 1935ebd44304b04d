"""README.md, .env.example and the files beside them say what the code does."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from bench import docs
from providers.catalogue import MODELS, PROVIDERS
from settings import (
    ADDRESS_JOBS,
    SPACE_BUDGET_USD,
    SPACE_DAILY_CALLS,
    SPACE_DAILY_USD,
    read_settings,
)
from tests.unit import house
from ui.visitors import GRACE_SECONDS, IDLE_SECONDS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
TEST_COMMAND = ".venv/bin/pip install -r requirements-dev.txt && .venv/bin/python -m pytest"
BASES = {name: usual for provider in PROVIDERS for name, usual in provider.bases.items()}
KEY_NAMES = [name for provider in PROVIDERS for name in provider.key_names]
OTHERS = {"MAX_WORKERS", "HISTORY_LIMIT", "EASEL_BUDGET_USD", "GRADIO_SERVER_NAME"}
OTHERS |= {"EASEL_DAILY_USD", "EASEL_DAILY_CALLS", "EASEL_ADDRESS_SHARE", "EASEL_ADDRESS_JOBS"}
OTHERS |= {"EASEL_REQUIRE_LOGIN", "EASEL_ALLOWED_HOSTS", "EASEL_PROXIES", "EASEL_DATA_DIR"}
VARIABLES = {*BASES, *OTHERS, "GRADIO_SERVER_PORT", "GRADIO_TEMP_DIR"}
PAPERS = (
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "NOTICE",
    *(f"docs/{name}.md" for name in DOCS),
)
OWN = (*PAPERS, ".env.example", "Dockerfile", ".ci/run", "requirements.txt", "requirements-dev.txt")
# Installed under a name of its own.
PACKAGES = {
    "PIL": "pillow",
    "argon2": "argon2-cffi",
    "cv2": "opencv-python-headless",
    "dotenv": "python-dotenv",
    "fal_client": "fal-client",
    "fluent": "fluent.runtime",
    "pillow_heif": "pillow-heif",
    "bidi": "python-bidi",
}
WITH_GRADIO = {"brotli", "fastapi", "jinja2", "python_multipart", "starlette"}


def section(title: str) -> str:
    """What stands under a heading of the README."""
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """The code in the first cell of each row of a table."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def requirements(name: str) -> dict[str, str]:
    """Each package of a requirements file with its range."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = [
        re.match(r"([a-z][a-z0-9._-]*)(?:\[\w+\])?(.+)", line)
        for line in lines
        if line[:1].isalpha()
    ]
    return {match.group(1): match.group(2) for match in found if match}


@pytest.mark.parametrize("paper", docs.TABLES)
def test_the_tables_are_the_catalogue(paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / paper).read_text(encoding="utf-8")
    assert docs.rewrite(paper, text) == text, "run: python -m bench.docs"
    monkeypatch.setattr(docs, "MODELS", {k: MODELS[k] for k in list(MODELS)[1:]})
    monkeypatch.setattr(docs, "PROVIDERS", PROVIDERS[1:])
    assert docs.rewrite(paper, text) != text, "a changed row shows"
    with pytest.raises(ValueError, match="end of"):
        docs.rewrite(paper, re.sub(r"<!-- end of \w+ -->", "", text))


def test_the_papers_are_short() -> None:
    for name, most in (("README.md", 220), ("ARCHITECTURE.md", 200)):
        assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= most, name


def test_the_front_matter() -> None:
    front = yaml.safe_load(README.split("---\n")[1])
    assert front["sdk"] == "gradio"
    assert (ROOT / front["app_file"]).is_file()
    assert (front["hf_oauth"], front["hf_oauth_scopes"]) == (True, ["inference-api"])
    assert front["license"] == "apache-2.0"
    assert len(front["short_description"]) <= 60
    assert isinstance(front["python_version"], str)
    assert f"FROM python:{front['python_version']}-slim" in (ROOT / "Dockerfile").read_text()
    lowest = requirements("requirements.txt")["gradio"].split(",")[0]
    assert f"{lowest}.0" == f">={front['sdk_version']}"


def test_the_two_commands_are_one_line_each() -> None:
    start = section("Start")
    shells = re.findall(r"^```bash\n(.*?)\n```$", start, re.DOTALL | re.MULTILINE)
    windows = re.findall(r"^```powershell\n(.*?)\n```$", start, re.DOTALL | re.MULTILINE)
    assert shells[1] == TEST_COMMAND
    assert [len(each.splitlines()) for each in (*shells, *windows)] == [1, 1, 1, 1]
    for shell, other in zip(shells, windows, strict=True):
        translated = shell.replace(" && ", "; ").replace(".venv/bin/", ".venv\\Scripts\\")
        assert other == translated.replace("python3 -m venv", "py -m venv")


def test_ci_runs_the_second_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"grep -E '([^']+)' README.md", script)
    assert pattern
    assert re.findall(pattern.group(1), README, re.MULTILINE) == [TEST_COMMAND]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_every_setting_is_told_with_its_default() -> None:
    table = section("Settings")
    assert set(first_cells(table)) == VARIABLES
    for name, usual in BASES.items():
        assert f"| `{name}` | `{usual}` |" in table
    settings = read_settings(PROVIDERS, {}, None)
    assert f"| `MAX_WORKERS` | {settings.max_workers} |" in table
    assert f"| `HISTORY_LIMIT` | {settings.history_limit} |" in table
    assert f"| `EASEL_BUDGET_USD` | {SPACE_BUDGET_USD} on a Space, else no limit |" in table
    assert f"| `EASEL_DAILY_USD` | {SPACE_DAILY_USD} on a Space, else no limit |" in table
    assert f"| `EASEL_DAILY_CALLS` | {SPACE_DAILY_CALLS} on a Space, else no limit |" in table
    assert f"| `EASEL_ADDRESS_SHARE` | {settings.address_share} |" in table
    assert f"| `EASEL_ADDRESS_JOBS` | {ADDRESS_JOBS} where `EASEL_DAILY_USD` is in force |" in table


def test_the_example_file_names_every_variable_and_sets_none(tmp_path: Path) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name in (*VARIABLES, *KEY_NAMES):
        assert re.search(rf"\b{name}\b", text), name
    usual = read_settings(PROVIDERS, {}, None)
    assert read_settings(PROVIDERS, {}, ROOT / ".env.example") == usual
    lines = re.findall(r"^# ([A-Z_]+)=(.*)$", text, re.MULTILINE)
    assert {name for name, _ in lines} == {
        *VARIABLES - {"GRADIO_TEMP_DIR"},
        *(provider.key_names[0] for provider in PROVIDERS if provider.needs_key),
    }
    filled = tmp_path / ".env"
    filled.write_text("\n".join(f"{name}={value}" for name, value in lines), encoding="utf-8")
    settings = read_settings(PROVIDERS, {}, filled)
    assert (settings.keys, settings.bases) == ({}, usual.bases)
    assert (settings.max_workers, settings.history_limit) == (64, 20)
    assert settings.budget == SPACE_BUDGET_USD


def test_the_endpoints_are_those_of_the_api() -> None:
    surface = ROOT / "tests" / "integration" / "data" / "api.json"
    names = set(json.loads(surface.read_text(encoding="utf-8")))
    assert set(first_cells(DOCS["api"])) == names
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [name for name in names if f"`{name}`" not in changes] == []


def test_the_times_of_the_privacy_lines() -> None:
    told = " ".join(DOCS["privacy"].split())
    assert (GRACE_SECONDS, IDLE_SECONDS) == (10, 3600)
    assert "about ten seconds later" in told
    assert "after an hour without a call" in told


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_has_a_range_and_a_reason(name: str) -> None:
    told = DOCS["dependencies"]
    for package, bounds in requirements(name).items():
        assert re.fullmatch(r">=[\d.]+,<[\d.]+", bounds), package
        assert re.search(rf"\b{package}\b", told), package


def extras() -> set[str]:
    """The packages of pyproject's extras, all of which the app does without."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [each for extra in told["project"]["optional-dependencies"].values() for each in extra]
    return {re.split(r"[<>=\[]", each)[0] for each in wanted}


def test_everything_imported_is_required() -> None:
    known = {
        *extras(),
        *requirements("requirements.txt"),
        *WITH_GRADIO,
        *sys.stdlib_module_names,
        *(path.relative_to(ROOT).parts[0].removesuffix(".py") for path in house.FILES),
    }
    for path in house.FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            tops = {name.partition(".")[0] for name in names}
            assert {PACKAGES.get(top, top) for top in tops} <= known, path


@pytest.mark.parametrize("name", PAPERS)
def test_every_file_named_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    named = re.findall(
        r"`((?:ui|studio|providers|engines|assets|tests|bench|docs|\.ci)/[\w./-]+)`", text
    )
    beside = (ROOT / name).parent
    assert [each for each in linked if not (beside / each).exists()] == []
    assert [each for each in named if not (ROOT / each).exists()] == []


@pytest.mark.parametrize("name", OWN)
def test_nothing_of_a_machine_and_no_key(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"/(root|work|tmp|Users)/|/home/(?!user\b)", text)
    assert not re.search(r"\b(hf_|r8_|sk-)[A-Za-z0-9-]{12,}", text)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_what_is_locked_is_what_is_required(name: str) -> None:
    """Run .ci/lock after a change of the requirements."""
    names = dict.fromkeys(("requirements", name))  # the second stands on the first
    text = "".join((ROOT / f"{each}.lock").read_text(encoding="utf-8") for each in names)
    locked = dict(re.findall(r"^([a-z0-9._-]+)==([^ \\]+)", text, re.MULTILINE))
    for package, versions in requirements(f"{name}.txt").items():
        assert locked[canonicalize_name(package)] in SpecifierSet(versions), package
    pins = re.findall(r"^[a-z0-9._-]+==.*(?:\n    --hash=sha256:.*)+", text, re.MULTILINE)
    assert len(pins) >= len(locked)
    assert not re.search(r"https?:", text)


def test_the_image_is_the_same_for_everybody() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^FROM python:[\w.-]+@sha256:[0-9a-f]{64}$", dockerfile, re.MULTILINE)
    assert "--require-hashes -r requirements.lock" in dockerfile
    assert "-name hash_seed.txt -delete" in dockerfile


def test_ci_is_a_script_bash_can_read() -> None:
    done = subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], capture_output=True)
    assert done.returncode == 0, done.stderr


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.lstrip().startswith("Apache License")
    assert "END OF TERMS AND CONDITIONS" in text
    fonts = sorted((ROOT / "assets" / "fonts").glob("*.woff2"))
    assert fonts
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert all(font.name.startswith("inter-") for font in fonts), "name the font in NOTICE"
    assert "SIL Open Font License" in notice
