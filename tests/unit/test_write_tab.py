"""The Write tab's pure parts: what is shown of a text, its price, its repair."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engines.words.compose import styles
from errors import InvalidInput
from providers.catalogue import MODELS
from studio.keys import Key
from studio.money.pricing import estimate
from studio.prompts.writing import read_repair, read_writing
from studio.request import check
from studio.results.text_checks import examine, look_at
from studio.routing import Candidate
from studio.session import Session
from ui.money import button_label, label_at_most, rounded
from ui.tabs.history_texts import written
from ui.tabs.write import language_choices, style_choices, target_choices
from ui.tabs.write_cards import beside, caption, clashes, composer_note, found
from ui.tabs.write_draft import Draft, read_offered, repairer

IDEA = "a fox with “Rosa” at night"
CLASHING = "A red fox with “Rosa” at night in the midday sun"
MODEL = "openai/gpt-5.4-mini"


def test_added_words_are_marked_and_everything_is_escaped() -> None:
    told = beside("a fox.", "a red fox. <b>")
    assert "<ins>red </ins>" in told and "&lt;" in told and "<b>" not in told
    assert "<del>old </del>" in beside("an old fox", "an fox")
    assert beside("a fox", "a fox") == "" and beside(" ", "a fox") == ""
    assert found(IDEA, " ") == ""


def test_protected_parts_are_told_by_what_became_of_them() -> None:
    assert 'class="kept"' in found(IDEA, CLASHING)
    assert 'class="lost"' in found(IDEA, CLASHING.replace("Rosa", "Rose"))
    assert "midday" in clashes(IDEA, CLASHING) and clashes(IDEA, "a fox at night") == ""


def test_the_caption_tells_what_is_told_nowhere_else() -> None:
    seen = look_at(IDEA, CLASHING)
    why = seen["contradictions"][0]["why"]
    receipt = {
        "title": "GPT", "provider": "OpenAI", "text": CLASHING, "seconds": 1.0, "attempts": [],
        "price": {"usd": 0.001, "basis": "actual"}, "findings": seen, "warnings": [why, "short"],
    }  # fmt: skip
    told = caption(receipt)
    assert "short" in told and "exclude" not in told and f"{len(CLASHING)} characters" in told


def test_a_repair_keeps_the_brief_and_names_what_is_wrong() -> None:
    before = read_writing(IDEA, style="pixel", language="uk", target_model="flux").brief
    assert before
    asked = read_repair(CLASHING, look_at(IDEA, CLASHING)["contradictions"], before)
    brief = asked.brief
    assert brief and asked.prompt == CLASHING and brief.kind == "repair"
    assert "“night” and “midday” (time of day)" in brief.told and "Pixel art" in brief.told
    assert (brief.language, brief.style, brief.target) == ("uk", "pixel", before.target)
    assert "length" not in brief.asked
    mended = examine(brief, CLASHING, "A red fox with “Rosa” at night")
    assert mended.findings["contradictions"] == []
    assert examine(brief, CLASHING, CLASHING).findings["contradictions"]
    with pytest.raises(InvalidInput, match="only writes anew"):
        check(MODELS["local/composer"], asked)


def test_a_repair_is_offered_for_the_text_as_it_stands() -> None:
    brief = read_writing(IDEA).brief
    draft = Draft(IDEA, model=MODEL, brief=brief)
    name, asked = read_offered(draft, CLASHING)
    assert name == MODEL and asked.brief and asked.brief.kind == "repair"
    assert repairer(Draft(IDEA, model="local/composer")) == "auto"
    with pytest.raises(InvalidInput):
        read_offered(draft, "A fox at night")


def test_a_price_by_tokens_is_the_most_it_may_be() -> None:
    checked = check(MODELS[MODEL], read_writing(IDEA))
    label = button_label(Candidate(checked, Key("k", "operator"), estimate(checked.request)))
    assert label.startswith("Write · at most $0.01")
    assert rounded(Decimal("0.0034712")) == Decimal("0.0035")
    assert rounded(Decimal("0.0901")) == Decimal("0.091") and rounded(Decimal(0)) == 0
    assert label_at_most("Write", None) == "Write · price unknown"
    assert label_at_most("Write", Decimal(0)) == "Write · free"


def test_what_can_be_chosen() -> None:
    assert {value for _, value in style_choices()} == {"", *styles()}
    assert [value for _, value in language_choices()][:4] == ["auto", "en", "ru", "uk"]
    assert ("Any model", "") in target_choices()
    for _, target in target_choices():
        read_writing(IDEA, target_model=target)
    assert "not AI" in composer_note("local/composer") and composer_note(MODEL) == ""


def test_the_history_lists_texts_newest_first() -> None:
    session = Session()
    session.results.history = [
        {"id": "a", "text": "one", "images": []},
        {"id": "b", "text": "", "images": [{}]},
        {"id": "c", "text": "two", "images": []},
    ]
    assert [each["id"] for each in written(session)] == ["c", "a"]
