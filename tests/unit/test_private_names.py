"""What a library does not document is used in `*_fixes` alone, where each use says why."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.unit.house import FILES, ROOT, tree

OURS = {path.relative_to(ROOT).with_suffix("").parts[0] for path in FILES}
PLAIN = sys.stdlib_module_names | OURS
# Of gradio its package, its themes and its events are documented; the rest is its inside.
GRADIO = {"gradio", "gradio.themes"}
INSIDE = {
    "blocks", "caching", "component_meta", "context", "helpers", "http_server", "networking",
    "processing_utils", "queueing", "route_utils", "routes", "server_messages", "state_holder",
    "utils",
}  # fmt: skip
DOCUMENTED = {"_fields", "_asdict", "_replace"}  # of named tuples


def is_fix(path: Path) -> bool:
    return path.stem.endswith("_fixes") or path.parent.name.endswith("_fixes")


def defined(root: ast.AST) -> set[str]:
    """The names that a file gives to something of its own."""
    names = set()
    for node in ast.walk(root):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names |= {node.attr} if node.value.id in ("self", "cls") else set()
    return names


def private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def uses(root: ast.Module) -> Iterator[tuple[int, str]]:
    """Every private name of somebody else's, and the line."""
    own, modules = defined(root), set()
    for node in ast.walk(root):
        if isinstance(node, ast.ImportFrom) and node.module:
            first = node.module.partition(".")[0]
            names = [*node.module.split("."), *(alias.name for alias in node.names)]
            if first == "gradio" and node.module not in GRADIO:
                yield node.lineno, node.module
            if first not in PLAIN and any(map(private, names)):
                yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                if first in sys.stdlib_module_names:
                    modules.add(alias.asname or first)
                if first == "gradio" and alias.name not in GRADIO:
                    yield node.lineno, alias.name
    for node in ast.walk(root):
        if not isinstance(node, ast.Attribute):
            continue
        base = node.value.id if isinstance(node.value, ast.Name) else ""
        if base == "gr" and node.attr in INSIDE:
            yield node.lineno, ast.unparse(node)
        known = base in modules or node.attr in own | DOCUMENTED
        if private(node.attr) and not known:
            yield node.lineno, ast.unparse(node)


def test_private_names_stand_in_fixes_alone() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in FILES
        if not is_fix(path)
        for line, name in uses(tree(path))
    ]
    assert not found, "\n".join(found)


def test_the_rule_sees_what_it_forbids() -> None:
    code = """
import gradio as gr
from gradio.routes import App
from httpx._client import Client
queue = demo._queue
folder = gr.utils.get_upload_folder()
"""
    assert len(list(uses(ast.parse(code)))) == 4


def test_every_fix_says_why_and_until_when() -> None:
    """In its own words or its module's; and in which version it was read."""
    for path in filter(is_fix, FILES):
        text = " ".join(path.read_text(encoding="utf-8").split())
        if path.stem == "__init__":
            assert "read in gradio" in text
            continue
        assert "Why:" in text and "an go when" in text, path
        package = path.parent.name.endswith("_fixes")
        assert package or "Read in " in text or "read in " in text, path
