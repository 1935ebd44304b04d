"""How the house is kept: short folders, short functions, no circles, listeners at the top level."""

from __future__ import annotations

import ast
from collections import Counter
from graphlib import TopologicalSorter

from tests.unit.house import FILES, ROOT, tree
from tests.unit.test_imports import FILES as MODULES
from tests.unit.test_imports import imports

FOLDER_FILES, FUNCTION_LINES = 20, 60
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def test_no_folder_is_crowded() -> None:
    counts = Counter(path.parent for path in FILES if path.parent != ROOT)
    assert {str(folder): n for folder, n in counts.items() if n > FOLDER_FILES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, FUNCTIONS)
        and node.end_lineno
        and node.end_lineno - node.lineno >= FUNCTION_LINES
    ]
    assert long == []


def test_nothing_imports_in_a_circle() -> None:
    """What is imported for types alone counts too."""
    graph = {
        name: {module for module, _ in imports(tree(path)) if module in MODULES} - {name}
        for name, path in MODULES.items()
    }
    assert [*TopologicalSorter(graph).static_order()]  # raises CycleError, naming the circle


def test_listeners_stand_at_the_top_level() -> None:
    """Where "go to definition" and a test reach them: none is defined inside another function.

    Not counted: `ui/http`, `ui/launch.py` and the files that mend gradio. What is nested there is
    no listener but what ASGI and Starlette call back (a `receive`, a route, a lifespan), each made
    for one request or one app.
    """
    apart = {"ui/launch.py"}
    nested = [
        f"{at}:{inner.lineno} {inner.name}"
        for path in FILES
        if (at := path.relative_to(ROOT)).parts[0] == "ui" and at.as_posix() not in apart
        if at.parts[1] != "http" and "_fixes" not in at.as_posix()
        for outer in ast.walk(tree(path))
        if isinstance(outer, FUNCTIONS)
        for inner in ast.walk(outer)
        if inner is not outer and isinstance(inner, FUNCTIONS)
    ]
    assert nested == []
