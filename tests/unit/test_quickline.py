"""A prompt with its settings on one line: what is read, and that nothing is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from providers.catalogue import PROVIDERS
from providers.params import PARAMS
from studio.prompts.quick_line_grammar import QuickLine, parse, write
from studio.prompts.quick_line_names import line_names, model_names, squeeze
from tests.loops import for_each

DATA = Path(__file__).parent / "data" / "quicklines.json"
ROWS = json.loads(DATA.read_text(encoding="utf-8"))
MODELS = model_names(
    (row.id, row.endpoint, row.title) for provider in PROVIDERS for row in provider.models
)
# Texts that come near the grammar's own signs.
NEAR = st.lists(
    st.sampled_from(
        ["a fox", "|", "=", "\\", "{", "}", " ", "\n", "seed", "size", "64x64", "n", "foo", "1:1",
         "Изображение", "```", '{"description": "x"}', '"', "format", "portrait"]
    ),
    max_size=24,
).map("".join)  # fmt: skip


def resolve(name: str) -> str | None:
    return MODELS.get(squeeze(name))


@for_each(ROWS)
def test_lines(text: str, prompt: str, settings: dict[str, str], unknown: list[str]) -> None:
    assert parse(text) == QuickLine(prompt, settings, tuple(unknown))


def test_there_are_enough_lines() -> None:
    assert len({row[0] for row in ROWS}) == len(ROWS) >= 130
    assert {key for row in ROWS for key in row[2]} >= {*line_names().values()} - {
        "creativity", "resemblance", "fidelity"
    }  # fmt: skip


def test_no_name_means_two_settings() -> None:
    for setting, param in PARAMS.items():
        for name in (setting, *(param.spellings or "").split()):
            assert param.spellings is None or line_names()[squeeze(name)] == setting, name


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("fal/flux-dev", "fal/flux-dev"),
        ("fal-ai/flux/dev", "fal/flux-dev"),
        ("FAL-AI/Flux/Dev", "fal/flux-dev"),
        ("black-forest-labs/flux-dev", "replicate/flux-dev"),
        ("flux", "fal/flux-dev"),
        ("nano-banana-pro", "fal/nano-banana-pro"),
    ],
)
def test_models_by_any_of_their_names(name: str, id: str) -> None:
    assert parse(f"a fox | model={name}", resolve) == QuickLine("a fox", {"model": id})


def test_a_model_nobody_knows_is_named() -> None:
    assert parse("a fox | model=acme/9", resolve) == QuickLine("a fox", {}, ("model=acme/9",))


@settings(deadline=None)
@given(st.one_of(st.text(), NEAR))
def test_what_was_read_is_written_and_read_again(text: str) -> None:
    line = parse(text)
    assert parse(write(line)) == line


@settings(deadline=None)
@given(st.text().filter(lambda text: "|" not in text and "{" not in text))
def test_a_prompt_without_bars_is_unchanged(text: str) -> None:
    if not text.lstrip().lower().startswith("изображение"):
        assert parse(text) == QuickLine(text)


@settings(deadline=None)
@given(
    st.text("ab |=\\{}", max_size=20).map(str.strip),
    st.dictionaries(
        st.sampled_from(["seed", "negative_prompt", "style"]),
        st.text("xy |=\\{}1", min_size=1, max_size=9).map(str.strip).filter(bool),
    ),
)
def test_any_line_can_be_written(prompt: str, settings: dict[str, str]) -> None:
    # What looks like a setting ends the braces it stands in, escaped or not.
    assume(not any(re.search(r"\{.*\|\s*[a-z]\w*=", each) for each in (prompt, *settings.values())))
    line = QuickLine(prompt, settings)
    assert parse(write(line)) == line


def test_a_hostile_line_takes_no_time() -> None:
    for text in ("{" * 20_000 + "|seed=1", "|" * 20_000 + "x=1", '{"description":' * 5_000 + "}"):
        parse(text)
