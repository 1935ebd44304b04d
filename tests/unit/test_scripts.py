"""The page's scripts: each is read by node, leaves one global at most, and passes its tests."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess

import pytest

from tests.unit.house import FILES, ROOT, tree
from ui.scripts import STATIC, call, script_tags

SCRIPTS = sorted(STATIC.glob("*.js"))
TESTS = ROOT / "tests" / "js"
# What stands at the left margin of a script: all the rest is inside the function.
OUTERMOST = re.compile(r"'use strict';|//.*|\(\(\) => \{|\}\)\(\);|")
DOUBTFUL = re.compile(r"\b(var|eval)\b|[^=!]==[^=]|!=[^=]|innerHTML|document\.write\b")
FUNCTION = re.compile(r"\) *=>|\bfunction *\(|\b(document|window)\.\w")


@pytest.fixture(scope="module")
def node() -> str:
    found = shutil.which("node")
    if not found:
        sentence = "node is needed to test the page's scripts; install Node 20 or later"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return found


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_script_can_be_read(node: str) -> None:
    for script in SCRIPTS:
        run(node, "--check", str(script))


def test_the_scripts_pass_their_tests(node: str) -> None:
    for script in SCRIPTS:
        assert (TESTS / f"{script.stem}.test.mjs").is_file(), f"{script.name} has no test"
    run(node, "--test", *map(str, sorted(TESTS.glob("*.test.mjs"))))


def test_each_script_keeps_to_itself() -> None:
    """Strict, one function that is called at once, and no global but `easel`."""
    for script in SCRIPTS:
        lines = script.read_text(encoding="utf-8").splitlines()
        assert lines[0] == "'use strict';", script.name
        for number, line in enumerate(lines, 1):
            where = f"{script.name}:{number} {line}"
            assert len(line) <= 100 and line == line.rstrip(), where
            assert line.startswith("  ") or OUTERMOST.fullmatch(line), where
            assert line.count("`") % 2 == 0, f"{where}: `//` could begin a line of a text"
            assert not DOUBTFUL.search(line.partition("// ")[0]), where
        globals_ = re.findall(r"\bwindow\.(\w+)\)? *(?:\?\?)?= ", "\n".join(lines))
        assert set(globals_) <= {"easel", "fetch"}, script.name
        assert "</script" not in "\n".join(lines), script.name


def test_no_script_stands_in_python() -> None:
    for path in FILES:
        for node in ast.walk(tree(path)) if path.name != "scripts.py" else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                where = f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
                assert not FUNCTION.search(node.value), where


def test_what_listeners_call_is_there() -> None:
    actions = (STATIC / "actions.js").read_text(encoding="utf-8")
    for path in (ROOT / "ui").rglob("*.py"):
        for name in re.findall(r"\bcall\(\"(\w+)\"", path.read_text(encoding="utf-8")):
            assert re.search(rf"^    {name}: ", actions, re.MULTILINE), f"{path}: easel.{name}"


def test_values_are_written_as_javascript() -> None:
    assert call("focus", '#a "b"', 100) == '() => easel.focus("#a \\"b\\"", 100)'


def test_every_script_is_in_the_head() -> None:
    tags = script_tags()
    assert tags.count("<script>") == tags.count("</script>") == len(SCRIPTS)
    assert tags.count("<script>'use strict';\n(() => {\n") == len(SCRIPTS)
    assert not re.search(r"^ *//", tags, re.MULTILINE)
