"""A prompt said in another language: what is protected comes back, and nobody pays twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from errors import InvalidInput, ProviderFailed, UnknownOutcome
from providers.catalogue import MODELS, PROVIDERS
from settings import read_settings
from studio.policy import Policy
from studio.prompts.language import language_of, worded
from studio.prompts.translation import edit, read_translation, translate
from studio.service import Studio
from studio.session import Session
from tests.cloud import Cloud

WORDS = "девушка у вывески «Хлеб» в городе, 3 кота, https://example.org/a"
MODEL = "openai/gpt-5.4-mini"


@pytest.fixture
def cloud(shared_cloud: Cloud) -> Iterator[Cloud]:
    shared_cloud.reset()
    yield shared_cloud
    assert shared_cloud.bugs == [] and shared_cloud.leaks() == []


@pytest.fixture
def studio(cloud: Cloud, tmp_path: Path) -> Studio:
    return Studio(read_settings(PROVIDERS, cloud.environment(), None), tmp_path)


async def test_protected_parts_stay_here_and_come_back(cloud: Cloud, studio: Studio) -> None:
    session = Session()
    keys = studio.keyring(session)
    made = await translate(studio.backend, session, keys, WORDS, "en", model=MODEL)
    (post,) = cloud.submissions()
    sent = str(post.body["messages"][1]["content"])
    assert "Хлеб" not in sent and "example.org" not in sent and "⟦1⟧" in sent
    assert made.prompt == WORDS and not made.repeated
    for part in ("«Хлеб»", "3", "https://example.org/a"):
        assert part in made.sent
    assert "⟦" not in made.sent and made.receipt["model"] == MODEL
    assert made.receipt["text"] == made.sent and made.receipt["asked"]["language"] == "en"


async def test_the_same_sentence_is_paid_for_once(cloud: Cloud, studio: Studio) -> None:
    session = Session()
    keys = studio.keyring(session)
    first = await translate(studio.backend, session, keys, WORDS, "en", model=MODEL)
    again = await translate(studio.backend, session, keys, f" {WORDS} ", "en", model=MODEL)
    assert (again.sent, again.receipt, again.repeated) == (first.sent, first.receipt, True)
    assert len(cloud.submissions()) == 1 and session.spend.actual > 0
    assert session.results.history == [], "a step, and no result of its own"
    assert studio.status(session, first.receipt["id"])["text"] == first.sent
    await translate(studio.backend, Session(), keys, WORDS, "en", model=MODEL)
    assert len(cloud.submissions()) == 2, "another visitor is another matter"
    session.clear()
    assert session.cache.translations == {}


async def test_an_edited_one_takes_its_place(cloud: Cloud, studio: Studio) -> None:
    session = Session()
    keys = studio.keyring(session)
    first = await translate(studio.backend, session, keys, WORDS, "en", model=MODEL)
    edit(session, WORDS, "en", " a girl ")
    again = await translate(studio.backend, session, keys, WORDS, "en")
    assert (again.sent, again.edited, again.by) == ("a girl", True, "GPT-5.4 mini · OpenAI")
    edit(session, WORDS, "en", "")
    back = await translate(studio.backend, session, keys, WORDS, "en")
    assert (back.sent, back.edited) == (first.sent, False)
    edit(session, "never seen", "en", "a hen")
    assert len(session.cache.translations) == len(cloud.submissions()) == 1


async def test_what_is_in_that_language_is_left_alone(cloud: Cloud, studio: Studio) -> None:
    session = Session()
    keys = studio.keyring(session)
    for words in ("a red fox in the snow", "⟦1⟧", "…"):
        made = await translate(studio.backend, session, keys, words, "en")
        assert (made.sent, made.receipt) == (words, None)
    with pytest.raises(InvalidInput):
        await translate(studio.backend, session, keys, " ", "en")
    assert cloud.submissions() == []


async def test_a_part_that_is_lost_ends_it(cloud: Cloud, studio: Studio) -> None:
    session = Session()
    keys = studio.keyring(session)
    cloud.writes("A girl by a sign that says bread.")
    with pytest.raises(ProviderFailed, match="Хлеб") as caught:
        await translate(studio.backend, session, keys, WORDS, "en", model=MODEL)
    assert "may be charged" in caught.value.what_now
    assert session.cache.translations == {} and session.spend.actual > 0


async def test_a_broken_line_is_not_mended_by_paying_again(cloud: Cloud, studio: Studio) -> None:
    session = Session()
    cloud.fail("openai", "stream", "cut_after")
    with pytest.raises(UnknownOutcome):
        await translate(studio.backend, session, studio.keyring(session), WORDS, "en", model=MODEL)
    assert len(cloud.submissions()) == 1 and session.spend.unknown == 1


async def test_auto_asks_the_free_one_and_never_the_composer(cloud: Cloud, studio: Studio) -> None:
    session = Session()
    keys = studio.keyring(session)
    made = await translate(studio.backend, session, keys, WORDS, "en", Policy(max_price=Decimal(0)))
    assert made.receipt["model"].startswith("huggingface/")
    nobody = studio.keyring(session)
    bare = Studio(read_settings(PROVIDERS, {}, None), studio.folder)
    with pytest.raises(InvalidInput, match="does not translate"):
        await translate(bare.backend, Session(), bare.keyring(Session()), WORDS, "en")
    assert nobody


def test_the_price_can_be_told_before(studio: Studio) -> None:
    asked = read_translation(WORDS, "en")
    assert asked.brief and asked.brief.kind == "translate" and asked.brief.asked == {
        "language": "en"}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "model", "wanted"),
    [("лиса зимой", "huggingface/sdxl", "en"), ("a fox", "huggingface/sdxl", ""),
     ("лиса зимой", "openai/gpt-image-2", ""), ("", "huggingface/sdxl", ""),
     ("лиса зимой", "local/sketch", "")],
)  # fmt: skip
def test_who_needs_it(words: str, model: str, wanted: str) -> None:
    assert worded(MODELS[model], words, language_of(words)).into == wanted
