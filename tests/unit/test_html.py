"""HTML comes from templates, where whatever a value says stays text."""

from __future__ import annotations

import re
from html import escape

import jinja2
import pytest

from errors import ProviderFailed
from ui import cards
from ui.html import TEMPLATES, render
from ui.tabs import write_cards

EVIL = "<script>alert('it')</script> & \"more\""
PLAIN = re.compile(r"<script|alert\('it'\)")


def test_no_template_lets_a_value_through() -> None:
    for name in TEMPLATES.list_templates():
        source = TEMPLATES.loader.get_source(TEMPLATES, name)[0]  # type: ignore[union-attr]
        assert not re.search(r"\|\s*safe|autoescape", source), name
        assert source.startswith("{#") or source.count("\n") == 1, f"{name} says what it is for"
    assert TEMPLATES.autoescape is True


def test_values_stay_text() -> None:
    receipt = {
        "title": EVIL, "provider": EVIL, "images": [
            {"name": EVIL, "width": 1, "height": 2, "bytes": 3, "path": "/x"}
        ], "seconds": 1.0, "price": {"usd": None, "basis": "unknown"}, "seed": EVIL,
        "attempts": [], "warnings": [EVIL], "moments": [(EVIL, EVIL)], "settings": {EVIL: EVIL},
        "request": {"prompt": EVIL, "number": 7, "flag": True, "none": None}, "text": EVIL,
        "prompts": [EVIL, {"deep": [EVIL]}],
    }  # fmt: skip
    pages = [
        cards.caption(receipt),  # type: ignore[arg-type]
        cards.receipt_table(receipt),  # type: ignore[arg-type]
        cards.failed(ProviderFailed(EVIL)),
        cards.note(EVIL),
        cards.told(EVIL),
        write_cards.caption(receipt),  # type: ignore[arg-type]
        write_cards.beside("a fox", EVIL),
        write_cards.protected([{"kept": True, "text": EVIL}]),
        write_cards.contradicted([{"why": EVIL}]),
        render("login", way="password", problem=EVIL, action=EVIL),
    ]
    for page in pages:
        assert not PLAIN.search(page), page
        assert "&lt;script" in page
    for sign in ("7", "true"):
        assert f"</span> {sign}" in pages[1]


def test_a_receipt_is_read_line_by_line() -> None:
    table = render("receipt", rows=[("size", {"width": 1, "note": "", "b": "x"})], flat=str)
    assert "<th>size</th><td><span>width</span> 1<br><span>b</span> x</td>" in table
    table = render("receipt", rows=[("names", ["a", {"k": "v"}, 3])], flat=str)
    assert "<td>a<br><span>k</span> v<br>3</td>" in table


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render("note")
    assert escape("a & b") in render("note", sentence="a & b")
