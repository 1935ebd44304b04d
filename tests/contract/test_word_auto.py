"""Auto for writing: free first, on to the next only after proof, never to a price nobody knows."""

from __future__ import annotations

from pathlib import Path

from errors import NotAvailable, UnknownOutcome
from providers.schema import Task
from studio.prompts.writing import read_writing
from studio.session import Session
from tests.cloud import Cloud
from tests.contract.auto import tries
from tests.contract.play import open_studio
from tests.contract.writing import write

GEMMA, LLAMA = "huggingface/gemma-4-31b", "huggingface/llama-3.3-70b"


async def test_the_order(cloud: Cloud, tmp_path: Path) -> None:
    studio = open_studio(cloud, tmp_path)
    asked = read_writing("a fox")
    found = studio.plan(Task.PROMPT_WRITING, "auto", asked, studio.keyring(Session())).candidates
    order = [each.model.id for each in found]
    last_free = "huggingface/gemma-3-27b"  # it is on its way out
    assert order[:4] == [GEMMA, LLAMA, last_free, "openai/gpt-6-luna"]
    assert order[-1] == "local/composer"
    priced = [each.price for each in found if each.price is not None and each.model.provider]
    assert priced[:-1] == sorted(priced[:-1])


async def test_on_to_the_next_after_proof(cloud: Cloud, tmp_path: Path) -> None:
    cloud.fail("huggingface", "submit", 402, times=None)
    end = await write(cloud, tmp_path, "auto", asked={"temperature": None})
    receipt = end.receipt
    assert receipt["model"] == "openai/gpt-6-luna"
    assert tries(receipt)[0] == (GEMMA, "not_accepted", "no_credit")
    cloud.reset()


async def test_not_after_a_line_that_was_cut(cloud: Cloud, tmp_path: Path) -> None:
    cloud.fail("huggingface", "stream", "cut_after")
    end = await write(cloud, tmp_path, "auto", asked={"temperature": None})
    assert isinstance(end.error, UnknownOutcome) and len(cloud.submissions()) == 1


async def test_who_is_left_in_the_end_is_the_composer(cloud: Cloud, tmp_path: Path) -> None:
    for who in ("huggingface", "openai", "replicate", "fal"):
        cloud.fail(who, "submit", 401, times=None)
    end = await write(cloud, tmp_path, "auto", asked={"temperature": None})
    assert end.receipt["model"] == "local/composer"
    skipped = {each["model"] for each in end.receipt["attempts"] if each["outcome"] == "skipped"}
    assert "fal/gpt-4.1" in skipped, "a price nobody knows is no way on"
    cloud.reset()


async def test_a_picture_is_shown_to_those_who_see(cloud: Cloud, tmp_path: Path) -> None:
    end = await write(cloud, tmp_path, "auto", "", pictures=1, asked={"temperature": None})
    assert end.receipt["model"] == GEMMA
    cloud.mapping("google/gemma-4-31B-it", {})
    end = await write(cloud, tmp_path, LLAMA, "", pictures=1)
    assert end.error is not None and not isinstance(end.error, NotAvailable)
