"""Money on the screen: open ends and the ways out, fallback, limits, what waits for who left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import KEYS, NewPage
from tests.browser.easel_page import EaselPage, move, until
from tests.cloud import Cloud
from tests.running import App

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def fresh(chromium: str, shared_cloud: Cloud, tmp_path: Path) -> Iterator[App]:
    """An app of its own with keys for fal and Replicate: here providers are made to rest."""
    without = ("HF_TOKEN", "WAVESPEED_API_KEY", "OPENAI_API_KEY")
    environment = {k: v for k, v in shared_cloud.environment().items() if k not in without}
    assert set(without) < set(KEYS)
    with App(tmp_path / "app", environment) as found:
        yield found


async def test_an_open_end_can_be_checked_and_tried_elsewhere(
    fresh: App, new_page: NewPage, cloud: Cloud
) -> None:
    it = await new_page(fresh)
    await it.choose("FLUX.1 schnell · fal")
    await it.prompt.fill("A fox in the snow")
    cloud.fail("fal", "submit", "cut_after")
    await it.go.click()
    await expect(it.card).to_contain_text("It may have been charged")
    await expect(it.card).to_contain_text("It is not known whether this was charged")
    await expect(it.at("#spend")).to_contain_text("1 unknown")
    offer = re.compile(r"Try .+ · Replicate for about \$0\.0")
    await expect(it.at("#elsewhere")).to_have_text(offer)
    await it.at("#check").click()
    await expect(it.card).to_contain_text("cannot be searched")
    await expect(it.at("#elsewhere")).to_be_visible()
    assert len(cloud.submissions()) == 1

    await it.at("#elsewhere").click()
    await it.shown()
    assert [call.service for call in cloud.submissions()] == ["fal", "replicate"]
    await expect(it.at("#caption .who")).to_contain_text("Replicate")
    await expect(it.at("#spend")).to_contain_text(re.compile(r"about \$0\.\d+ \+ 1 unknown"))
    await expect(it.at("#check")).to_be_hidden()


async def test_a_result_that_was_lost_is_found_again(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await it.choose("FLUX.1 schnell · fal")
    await it.prompt.fill("A fox in the snow")
    cloud.fail("fal", "fetch", 503, times=4)
    await it.go.click()
    await expect(it.card).to_contain_text("The host of the result answered 503.")
    await it.at("#check").click()
    await it.shown()
    assert len(cloud.submissions()) == 1
    await expect(it.at("#spend")).not_to_contain_text("unknown")


async def test_auto_goes_on_and_says_why(fresh: App, new_page: NewPage, cloud: Cloud) -> None:
    it = await new_page(fresh)
    before = await it.at("#who").inner_text()
    first = "fal" if "fal" in before else "Replicate"
    cloud.fail(first.lower(), "submit", 402)
    await it.create("A fox in the snow")
    told = it.at("#caption .story")
    await expect(told).to_contain_text(f"{first}: {first} says that the account cannot pay")
    await expect(told).to_contain_text("→")
    assert "no_credit" in await it.receipt()
    await expect(it.at("#who")).not_to_contain_text(f"· {first}")

    await it.at("#gear").click()
    health = it.at("#health table")
    await expect(health).to_contain_text("paused until")
    await expect(health).to_contain_text("cannot pay")
    await it.close_settings()
    await it.tab("Statistics")
    table = it.at("#statistics table.models").first
    await expect(table).to_contain_text("no credit 1")
    await expect(table).to_contain_text("100%")


async def test_limits_are_held_before_anything_is_sent(page: EaselPage, cloud: Cloud) -> None:
    it = page
    await it.open_settings()
    await it.at("#limit-cap input, #limit-cap textarea").fill("0.05")
    await it.at("#limit-max-price input, #limit-max-price textarea").fill("ten")
    await it.at("#limits-save").click()
    await expect(it.at(".toast-body").first).to_contain_text("must be a number, 0 or more")
    await expect(it.at("#limit-max-price input, #limit-max-price textarea")).to_have_value("")
    await it.close_settings()
    await it.choose("Nano Banana 2 · fal")
    await it.prompt.fill("A fox")
    await it.go.click()
    await expect(it.card).to_contain_text(
        "of your spending limit of $0.05 for this session is left"
    )
    assert cloud.submissions() == []


async def test_a_paid_job_is_finished_for_who_left(
    new_page: NewPage, browser_app: App, cloud: Cloud
) -> None:
    it = await new_page(browser_app)
    await it.open_settings()
    await it.at("#limit-finish input").check()
    await it.at("#limits-save").click()
    await it.true("localStorage.getItem('easel-ticket')?.length > 40")
    await it.close_settings()
    await it.choose("FLUX.1 schnell · fal")
    await it.prompt.fill("A fox in the snow")
    cloud.pace("fal", queue=1, steps=200, delay=0.05)
    await it.go.click()
    await until(lambda: cloud.jobs("fal"))

    again = await it.another()
    await it.close()
    await again.open()
    move(cloud)
    await until(lambda: cloud.jobs("fal")[0].state == "succeeded")
    assert cloud.cancels() == [] and len(cloud.submissions()) == 1
    await expect(again.film).to_have_count(1)
    await again.film.first.click()
    assert "A fox in the snow" in await again.receipt()
