"""The parts of a prompt that nobody may rewrite."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engines.words.protect import Part, mask, missing, unmask
from tests.loops import for_each

NEAR = st.lists(
    st.sampled_from(
        ["⟦", "⟧", "⟦1⟧", "1", '"', "'", "«", "»", "{", "}", "Anna ", "London", " 5 km", "a ",
         ". ", "https://x.y", "кот ", "Київ", "\n", "“", "”"]
    ),
    max_size=20,
).map("".join)  # fmt: skip


@for_each(
    [
        ("a sign with «Хлеб» on it", ["«Хлеб»"]),
        ('the words "Open 24/7" in neon', ['"Open 24/7"']),
        ("напис „Львівська кава“ на склі", ["„Львівська кава“"]),
        ("a poster says “Sale”, in red", ["“Sale”"]),
        ("a cup with 'hello' on it, don't blur, it's nice", ["'hello'"]),
        ("a {red|green {dark|light}} fox", ["{red|green {dark|light}}"]),
        ("a tower of 300 m, 25% fog, at 5:30", ["300 m", "25%", "5:30"]),
        ("гора 2061 м, 3 кота", ["2061 м", "3"]),
        ("see https://example.org/a_b?c=1, please", ["https://example.org/a_b?c=1"]),
        ("a portrait of Taras Shevchenko in a park", ["Taras Shevchenko"]),
        ("The Tower of London at dusk", ["Tower of London"]),
        ("London at night. A cat", ["London"]),
        ("Київ навесні, вид на Дніпро", ["Київ", "Дніпро"]),
        ("девушка из Одессы в платье", ["Одессы"]),
        ("Anna Maria Bell walks", ["Anna Maria Bell"]),
        ("A Cat In A Hat On A Mat", []),
        ("Cat on a mat. Dog beside it", []),
        ("a house in the NATO style", ["NATO"]),
        ("I said ⟦7⟧ before", ["⟦7⟧"]),
        ("the year 1920s look", ["1920s"]),
        ("", []),
    ]
)
def test_parts(text: str, parts: list[str]) -> None:
    masked, found = mask(text)
    assert [part.text for part in found] == parts
    assert unmask(masked, found) == text


@settings(deadline=None)
@given(st.one_of(st.text(), NEAR))
def test_what_was_masked_comes_back(text: str) -> None:
    masked, parts = mask(text)
    assert unmask(masked, parts) == text
    assert missing(parts, text) == ()
    assert all(part.text and part.text in text for part in parts)


@settings(deadline=None)
@given(st.one_of(st.text(), NEAR), st.sampled_from([str.upper, str.title, str.strip]))
def test_a_rewrite_around_the_marks_keeps_the_parts(text: str, rewrite: object) -> None:
    masked, parts = mask(text)
    assert callable(rewrite)
    assert missing(parts, unmask(rewrite(masked), parts)) == ()


def test_what_was_lost_is_named() -> None:
    _, parts = mask('"Open" and "Open" at 5 km, in Paris')
    assert missing(parts, "“Open” at 6 km, in Paris") == (
        Part("quote", '"Open"'),
        Part("number", "5 km"),
    )


def test_kinds_can_be_chosen() -> None:
    assert mask("5 cats in Paris", ("number",))[0] == "⟦1⟧ cats in Paris"


def test_a_hostile_text_takes_no_time() -> None:
    for text in ('"' * 9001, "'a " * 4000, "{" * 9000, "A " * 5000, "1." * 5000, "a@" * 5000):
        mask(text)
