"""The Write tab on the page: streaming and Stop, the finished text and where it goes, a repair."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from i18n import say
from tests.browser.easel_page import EaselPage
from tests.browser.looking import wrong_at_any_width
from tests.cloud import Cloud

pytestmark = pytest.mark.asyncio(loop_scope="session")
PORTRAIT = Path(__file__).parents[1] / "unit" / "data" / "astronaut.jpg"
IDEA = "A fox holding a sign “Rosa” in the snow at night"
CLASHING = f"{IDEA}, lit by the midday sun. Its coat is thick and red."
MENDED = CLASHING.replace("the midday sun", "the moon")


def text(it: EaselPage) -> Locator:
    """The box with the written prompt."""
    return it.at("#write-text textarea")


async def opened(it: EaselPage, idea: str = IDEA) -> None:
    """Go to the tab, choose a model that streams, and write the idea down."""
    await it.tab("Write")
    await expect(it.at("#write-go")).to_contain_text("·")
    await it.at("#write-model input").click()
    await it.page.get_by_role("option", name="GPT-4.1 mini").first.click()
    await it.at("#write-idea textarea").fill(idea)
    await expect(it.at("#write-go")).to_contain_text("Write · at most $")
    await expect(it.at("#write-hint")).to_contain_text("Goes to OpenAI")


async def test_it_streams_stops_and_keeps_what_came(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await opened(it)
    cloud.pace("openai", delay=0.2)
    await it.at("#write-go").click()
    await expect(it.at("#write-stream")).to_contain_text("A fox holding")
    await expect(it.at("#write-go")).to_be_enabled()  # the next may be started at once
    await it.at("#stop").click()
    await expect(it.at("#stage")).to_contain_text("Stopped")
    await expect(text(it)).to_have_value(re.compile("^A fox holding"))
    assert len(await text(it).input_value()) < 1000
    await expect(it.at("#stop")).to_be_hidden()
    await expect(it.at("#write-go")).to_be_enabled()
    (job,) = cloud.jobs("openai")
    assert job.cancelled


async def test_a_contradiction_is_told_and_repaired_and_the_text_goes_to_create(
    page: EaselPage, cloud: Cloud
) -> None:
    it = page
    await it.prompt.fill("an older prompt")
    await opened(it)
    cloud.writes(CLASHING, MENDED)
    await it.at("#write-go").click()
    await expect(text(it)).to_have_value(CLASHING)
    await expect(it.at("#write-found ins").last).to_contain_text("coat is thick")
    await expect(it.at("#write-found li.kept")).to_contain_text("“Rosa”")
    await expect(it.at("#write-clashes .warning")).to_contain_text("“night” and “midday”")
    await expect(it.at("#write-repair")).to_contain_text("Fix the contradictions · at most $")
    assert len(cloud.submissions()) == 1
    assert await wrong_at_any_width(it, "a clash") == []

    await it.at("#write-repair").click()
    await expect(text(it)).to_have_value(MENDED)
    await expect(it.at("#write-clashes .warning")).to_have_count(0)
    await expect(it.at("#write-repair")).to_be_hidden()
    told = str(cloud.submissions()[-1].body["messages"])
    assert "You repair prompts" in told and "“night” and “midday”" in told

    await text(it).fill(MENDED.replace("“Rosa”", "“Rose”"))
    await text(it).blur()
    await expect(it.at("#write-found li.lost")).to_contain_text("“Rosa”")
    await it.at("#write-mine").click()
    await expect(text(it)).to_have_value(IDEA)
    await it.at("#write-mine").click()
    await expect(text(it)).to_have_value(re.compile("“Rose”"))
    assert await it.prompt.input_value() == "an older prompt"  # nothing is used by itself

    await it.at("#write-use-create").click()
    await expect(it.prompt).to_be_visible()
    await expect(it.prompt).to_have_value(re.compile("“Rose”"))
    await it.at("#earlier > button").click()
    await expect(it.at("#earlier-found label")).to_have_text(["an older prompt"])
    await it.tab("Write")
    await it.at("#write-use-edit").click()
    await expect(it.at("#edit-prompt textarea")).to_have_value(re.compile("“Rose”"))

    await it.tab("History")
    await expect(it.at("#history-texts label")).to_have_count(2)
    await expect(it.at("#history-empty")).to_be_hidden()
    await it.at("#history-texts label").first.click()
    await expect(it.at("#history-text textarea")).to_have_value(MENDED)
    assert await wrong_at_any_width(it, "an earlier text") == []
    await it.at("#history-delete").click()
    await expect(it.at("#history-texts label")).to_have_count(1)
    await it.at("#history-clear").click()
    await expect(it.at("#history-empty")).to_be_visible()
    await it.tab("Write")
    await expect(it.at("#stage")).to_contain_text(say("stage.empty"))
    await expect(text(it)).to_be_hidden()


async def test_a_failure_leaves_the_text_that_was_there(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await opened(it)
    cloud.writes(CLASHING)
    await it.at("#write-go").click()
    await expect(text(it)).to_have_value(CLASHING)
    cloud.fail("openai", "submit", 429)
    await it.at("#write-repair").click()
    await expect(it.at("#stage .failed")).to_be_visible()
    await expect(text(it)).to_have_value(CLASHING)
    await expect(it.at("#write-repair")).to_be_visible()
    await expect(it.at("#write-go")).to_be_enabled()


async def test_with_no_key_the_composer_says_what_it_is(bare_page: EaselPage, cloud: Cloud) -> None:
    it = bare_page
    await it.tab("Write")
    await it.at("#write-idea textarea").fill("a cat at night under the midday sun")
    await expect(it.at("#write-go")).to_contain_text("Write · free")
    await expect(it.at("#write-hint")).to_contain_text("not AI")
    await it.at("#write-style label").filter(has_text="Watercolour").click()
    await it.at("#write-go").click()
    await expect(text(it)).to_have_value(re.compile("^A cat at night under the midday sun"))
    await expect(it.at("#write-caption")).to_contain_text(say("compose.note"))
    await expect(it.at("#write-advice")).to_contain_text("No language model is available")
    await expect(it.at("#write-repair")).to_be_hidden()
    assert await wrong_at_any_width(it, "composed") == []
    assert cloud.submissions() == []


async def test_a_picture_alone_is_described(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await opened(it, "")
    await it.at("#write-more > button").click()
    await it.page.set_input_files("#write-picture input[type=file]", [str(PORTRAIT)])
    await expect(it.at("#write-go")).to_contain_text("price unknown")
    cloud.writes(CLASHING)
    await it.at("#write-go").click()
    await expect(it.at("#stage")).to_contain_text("The price of GPT-4.1 mini is unknown.")
    assert cloud.submissions() == []
    await it.page.wait_for_timeout(600)  # sooner, it would be a double click
    await it.at("#write-go").click()
    await expect(text(it)).to_have_value(CLASHING)
    await expect(it.at("#write-found section")).to_have_count(0)  # there is no idea beside it
    await expect(it.at("#write-mine")).to_be_hidden()
    (job,) = cloud.jobs("openai")
    assert [each.metadata for each in job.received] == [()]
