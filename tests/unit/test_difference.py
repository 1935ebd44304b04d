"""What changed between two texts, word by word."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engines.words.difference import Change, difference


def test_words() -> None:
    assert difference("a red fox, running", "a big red fox") == (
        Change("same", "a "),
        Change("added", "big "),
        Change("same", "red fox"),
        Change("removed", ", running"),
    )


def test_the_last_word_stays_the_same_where_others_follow() -> None:
    assert difference("a fox", "a fox in the snow") == (
        Change("same", "a fox"),
        Change("added", " in the snow"),
    )


def test_nothing_changed() -> None:
    assert difference("кот", "кот") == (Change("same", "кот"),)
    assert difference("", "") == ()


@settings(deadline=None)
@given(st.text("ab ,\n"), st.text("ab ,\n"))
def test_both_texts_can_be_read_from_it(before: str, after: str) -> None:
    changes = difference(before, after)
    assert "".join(one.words for one in changes if one.kind != "added") == before
    assert "".join(one.words for one in changes if one.kind != "removed") == after
    assert all(one.words for one in changes)
