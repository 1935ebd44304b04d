"""Who may know whom: the rooms of the design, held by reading every import."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from providers.catalogue import PROVIDERS
from tests.unit import house
from tests.unit.house import ROOT, tree

FILES = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in house.FILES}
# Each room may import itself and what stands to its right.
ORDER = ("app", "ui", "studio", "providers", "engines")
EVERYBODY = {"i18n", "errors"}
SETTINGS = {"settings"}
ALSO = {"ui": SETTINGS, "studio": SETTINGS, "app": SETTINGS | {"quiet"}}
NAMES = {provider.name for provider in PROVIDERS}
OWN = {name.partition(".")[0] for name in FILES} | {"tests", "bench"}
SHARED = {"providers.schema"}
# What the environment says of proxies is read where it is used, and kept in the settings.
OF_SETTINGS = SHARED | {"providers.http.proxy"}


def imports(root: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module imported anywhere in a file, and the line."""
    for node in ast.walk(root):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or "", node.lineno
            for alias in node.names:
                if f"{node.module}.{alias.name}".replace(".__init__", "") in FILES:
                    yield f"{node.module}.{alias.name}", node.lineno


def room(module: str) -> str:
    return module.partition(".")[0]


def adapter(module: str) -> str:
    """Which provider's folder a module is in, "" for none."""
    parts = module.split(".")
    return parts[1] if parts[0] == "providers" and parts[1:2] and parts[1] in NAMES else ""


def test_rooms() -> None:
    for name, path in FILES.items():
        here = room(name)
        for module, line in imports(tree(path)):
            if room(module) not in OWN:
                continue
            where = f"{name}:{line} imports {module}"
            if module in EVERYBODY or module in ALSO.get(here, set()):
                continue
            if here in ORDER:
                assert room(module) in ORDER[ORDER.index(here) :] or module in SHARED, where
            elif name == "settings":
                assert module in OF_SETTINGS, where
            elif name == "users":
                assert module == "studio.storage.users", where
            else:
                raise AssertionError(where)


def test_only_the_screens_know_gradio() -> None:
    for name, path in FILES.items():
        heavy = {module.partition(".")[0] for module, _ in imports(tree(path))}
        assert not heavy & {"gradio", "gradio_client"} or room(name) == "ui", name


def test_one_provider_never_imports_another() -> None:
    for name in filter(adapter, FILES):
        for module, line in imports(tree(FILES[name])):
            assert adapter(module) in ("", adapter(name)), f"{name}:{line} imports {module}"


def test_the_screens_know_no_engine_and_no_adapter() -> None:
    for name in (name for name in FILES if room(name) == "ui"):
        for module, line in imports(tree(FILES[name])):
            where = f"{name}:{line} imports {module}"
            assert room(module) != "engines" and not adapter(module), where


def test_no_provider_is_named_outside_providers() -> None:
    """No `if provider == "…"`, no table by provider's name."""
    for name in (name for name in FILES if room(name) != "providers"):
        for node in ast.walk(tree(FILES[name])):
            parts: list[ast.expr] = []
            if isinstance(node, ast.Compare):
                parts = [node.left, *node.comparators]
            elif isinstance(node, ast.Dict):
                parts = [key for key in node.keys if key]
            elif isinstance(node, ast.MatchValue):
                parts = [node.value]
            elif isinstance(node, ast.Subscript):
                parts = [node.slice]
            for each in (each for part in parts for each in ast.walk(part)):
                if isinstance(each, ast.Constant) and each.value in NAMES:
                    raise AssertionError(f"{name}:{each.lineno} names {each.value!r}")


def test_only_two_files_touch_the_environment() -> None:
    for name in FILES.keys() - {"settings", "quiet"}:
        for node in ast.walk(tree(FILES[name])):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "putenv"):
                raise AssertionError(f"{name}:{node.lineno} reads the environment")
            if isinstance(node, ast.ImportFrom) and node.module == "os":
                assert not {"environ", "getenv"} & {alias.name for alias in node.names}, name
        assert "dotenv" not in {module for module, _ in imports(tree(FILES[name]))}, name
