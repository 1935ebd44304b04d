"""Every sentence a user may read comes from the catalogue in assets/locales."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax.ast import Message

import errors
from i18n import LOCALES, say
from tests.loops import for_each
from tests.unit.house import FILES, ROOT, tree

PROVIDERS = [path for path in FILES if "providers" in path.parts]
KINDS = {
    name
    for name, thing in vars(errors).items()
    if isinstance(thing, type) and issubclass(thing, errors.StudioError)
}
ENGLISH = {
    entry.id.name: FluentSerializer().serialize_entry(entry).partition("=")[2]
    for entry in FluentParser().parse((LOCALES / "en.ftl").read_text(encoding="utf-8")).body
    if isinstance(entry, Message)
}


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', '?')}"


def says() -> Iterator[tuple[Path, ast.Call]]:
    """Every call of say() in the app."""
    for path in FILES:
        for node in ast.walk(tree(path)):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(node, ast.Call) and getattr(called, "id", "") == "say":
                yield path, node


def keys_of(node: ast.expr) -> list[str]:
    """The keys an expression may be, as patterns: a literal, a choice of two, or an f-string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [re.escape(node.value.replace(".", "-"))]
    if isinstance(node, ast.IfExp):
        return keys_of(node.body) + keys_of(node.orelse)
    if isinstance(node, ast.JoinedStr):
        parts = (
            re.escape(str(part.value).replace(".", "-"))
            if isinstance(part, ast.Constant)
            else r"[\w-]+"
            for part in node.values
        )
        return ["".join(parts)]
    return []


def fields(text: str) -> set[str]:
    return set(re.findall(r"\$(\w+)", text))


@for_each(PROVIDERS)
def test_no_provider_error_is_worded_in_place(path: Path) -> None:
    found = []
    for node in ast.walk(tree(path)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id in KINDS | {"kind"}:
            texts = [*node.args[:1], *(kw.value for kw in node.keywords if kw.arg == "advice")]
            blank = [text for text in texts if isinstance(text, ast.Constant) and text.value == ""]
            worded = (ast.Constant, ast.JoinedStr, ast.BinOp)
            found += [where(path, node) for text in texts if isinstance(text, worded)
                      and text not in blank]  # fmt: skip
    assert not found, "\n".join(found)


def test_every_key_said_is_in_the_table() -> None:
    missing = [
        f"{where(path, call)} {pattern}"
        for path, call in says()
        for pattern in keys_of(call.args[0])
        if not any(re.fullmatch(pattern, key) for key in ENGLISH)
    ]
    assert not missing, "\n".join(missing)


def test_every_key_of_the_table_is_said() -> None:
    """As the key of a say(), here or in a template, or as a literal on its way to one."""
    patterns = {pattern for _, call in says() for pattern in keys_of(call.args[0])}
    literals = {
        node.value.replace(".", "-")
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for template in (ROOT / "ui" / "templates").glob("*.html"):
        text = template.read_text(encoding="utf-8")
        literals |= {key.replace(".", "-") for key in re.findall(r'say\("([\w.]+)"', text)}
    unused = [
        key
        for key in ENGLISH
        if key not in literals and not any(re.fullmatch(pattern, key) for pattern in patterns)
    ]
    assert not unused, "\n".join(unused)


def test_every_value_is_given_and_used() -> None:
    wrong = []
    for path, call in says():
        given = {kw.arg for kw in call.keywords if kw.arg}
        patterns = keys_of(call.args[0])
        keys = [key for key in ENGLISH if any(re.fullmatch(each, key) for each in patterns)]
        # Several keys may share one call; which of a pattern's keys are meant nobody can tell.
        sure = not any(isinstance(part, ast.JoinedStr) for part in ast.walk(call.args[0]))
        wanted = set[str]().union(*(fields(ENGLISH[key]) for key in keys))
        open_ended = any(kw.arg is None for kw in call.keywords)
        lacking = wanted - given if sure and not open_ended else set()
        idle = given - wanted if keys else set()
        if lacking or idle:
            wrong.append(f"{where(path, call)} lacks {sorted(lacking)}, idle {sorted(idle)}")
    assert not wrong, "\n".join(wrong)


def test_every_kind_of_error_has_its_advice() -> None:
    for name in KINDS:
        thing = getattr(errors, name)
        error = thing("It broke.")
        assert say(f"error.advice.{error.kind}") == error.what_now
        assert str(error) == f"It broke. {error.what_now}"


def test_texts_are_fit_to_read() -> None:
    for key, text in ENGLISH.items():
        assert text.strip() and "  " not in text.replace("\n    ", "\n"), key
        if key.startswith(("error-advice-", "note-")):
            assert text.rstrip().endswith((".", "}")), key
