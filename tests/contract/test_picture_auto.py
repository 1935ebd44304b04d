"""Auto for every task with pictures: the next is asked only after proof, with the same pictures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from errors import InvalidInput, UnknownOutcome
from providers.catalogue import MODELS
from providers.schema import Task
from studio.jobs import timing
from studio.policy import Policy
from tests.cloud import Cloud
from tests.contract.auto import Play, tries
from tests.contract.picture_rows import LARGE, SMALL
from tests.contract.rows import PROMPT

# Who has a key, by task: the cheapest that was made for it is asked first.
WHO = [
    (Task.IMAGE_EDIT, ("huggingface", "fal")), (Task.IMAGE_EDIT, ("wavespeed", "replicate")),
    (Task.IMAGE_EDIT, ("fal", "openai")), (Task.RETOUCH, ("fal", "replicate")),
    (Task.UPSCALE, ("fal", "replicate")), (Task.FACE_SWAP, ("wavespeed", "fal")),
    (Task.FACE_SWAP, ("replicate", "wavespeed")),
]  # fmt: skip
ANY_PRICE = Policy(max_price=Decimal(10))


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "FIND_PAUSES", (0.01, 0.02))


def start(cloud: Cloud, folder: Path, task: Task, services: tuple[str, ...]) -> Play:
    pictures = SMALL if task is Task.FACE_SWAP else SMALL[:1]
    words = PROMPT if task is Task.IMAGE_EDIT else ""
    return Play(cloud, folder, services, task=task, pictures=pictures, words=words)


def check_all_given(play: Play, cloud: Cloud) -> None:
    (job,) = cloud.jobs()
    assert {each.data for each in job.received} == {each.data for each in play.pictures}


@pytest.mark.parametrize(("task", "services"), WHO)
async def test_the_first_is_asked_alone(
    cloud: Cloud, tmp_path: Path, task: Task, services: tuple[str, ...]
) -> None:
    play = start(cloud, tmp_path, task, services)
    first = play.order()[0]
    receipt = await play.ask()
    assert tries(receipt) == [(first, "completed", None)] and len(play.posts()) == 1
    assert not MODELS[first].general
    check_all_given(play, cloud)


@pytest.mark.parametrize(("task", "services"), WHO)
@pytest.mark.parametrize("kind", [401, 402, 404, 429, 503])
async def test_after_proof_the_next_is_asked(
    cloud: Cloud, tmp_path: Path, task: Task, services: tuple[str, ...], kind: int
) -> None:
    play = start(cloud, tmp_path, task, services)
    first = play.order()[0]
    cloud.fail(MODELS[first].provider, "submit", kind)
    receipt = await play.ask(policy=ANY_PRICE)
    told = tries(receipt)
    assert told[0][:2] == (first, "not_accepted")
    assert told[-1] == (receipt["model"], "completed", None) and receipt["model"] != first
    assert len(play.posts()) == 2 and play.posts()[0] == MODELS[first].provider
    check_all_given(play, cloud)
    assert receipt["asked"]["pictures"] == [each.label for each in play.pictures]


@pytest.mark.parametrize(("task", "services"), WHO)
@pytest.mark.parametrize(
    ("stage", "kind"),
    [("submit", "cut_before"), ("submit", 500), ("submit", 502), ("submit", "html_200"),
     ("accepted", 504), ("accepted", "empty_body")],
)  # fmt: skip
async def test_without_proof_nobody_else_is_asked(
    cloud: Cloud, tmp_path: Path, task: Task, services: tuple[str, ...], stage: str,
    kind: int | str,
) -> None:  # fmt: skip
    play = start(cloud, tmp_path, task, services)
    provider = MODELS[play.order()[0]].provider
    cloud.fail(provider, stage, kind)
    receipt = await play.ask(policy=ANY_PRICE)
    assert play.posts() == [provider]
    if provider == "replicate" and stage == "accepted":
        assert receipt["upstream_id"] == cloud.jobs()[0].id, "found, by its pictures too"
    else:
        assert isinstance(play.error, UnknownOutcome) and receipt == {}


@pytest.mark.parametrize(("task", "services"), WHO)
async def test_a_wrong_request_is_wrong_everywhere(
    cloud: Cloud, tmp_path: Path, task: Task, services: tuple[str, ...]
) -> None:
    play = start(cloud, tmp_path, task, services)
    provider = MODELS[play.order()[0]].provider
    cloud.fail(provider, "submit", 400)
    await play.ask(policy=ANY_PRICE)
    assert isinstance(play.error, InvalidInput) and play.posts() == [provider]


@pytest.mark.parametrize(
    ("task", "services", "stage"),
    [(Task.FACE_SWAP, ("wavespeed", "fal"), "upload"),
     (Task.FACE_SWAP, ("wavespeed", "fal"), "put"),
     (Task.IMAGE_EDIT, ("wavespeed", "fal"), "upload"),
     (Task.IMAGE_EDIT, ("replicate", "openai"), "upload")],
)  # fmt: skip
@pytest.mark.parametrize("kind", [402, 500, "cut_after", "html_200"])
async def test_an_upload_that_fails_is_proof(
    cloud: Cloud, tmp_path: Path, task: Task, services: tuple[str, ...], stage: str,
    kind: int | str,
) -> None:  # fmt: skip
    play = start(cloud, tmp_path, task, services)
    play.pictures = LARGE[: len(play.pictures)]
    first = play.order()[0]
    assert MODELS[first].provider == services[0]
    cloud.fail(services[0], stage, kind)
    receipt = await play.ask(policy=ANY_PRICE)
    assert tries(receipt)[0][:2] == (first, "not_accepted")
    assert len(play.posts()) == 1 and receipt["model"] != first
    check_all_given(play, cloud)


async def test_who_takes_too_few_pictures_is_left_out(cloud: Cloud, tmp_path: Path) -> None:
    play = start(cloud, tmp_path, Task.IMAGE_EDIT, ("huggingface", "fal", "replicate"))
    assert play.order()[0].startswith("huggingface/")
    play.pictures = SMALL
    assert all(MODELS[name].most_pictures >= 2 for name in play.order())
    receipt = await play.ask()
    check_all_given(play, cloud)
    assert len(receipt["asked"]["pictures"]) == 2


async def test_a_wish_is_only_for_who_reads_it(cloud: Cloud, tmp_path: Path) -> None:
    play = start(cloud, tmp_path, Task.RETOUCH, ("fal", "replicate"))
    play.words = "brighter eyes"
    await play.ask()
    (post,) = cloud.submissions()
    inner = post.body.get("input", post.body)
    assert inner["prompt"].endswith("the wish: brighter eyes") and play.error is None
