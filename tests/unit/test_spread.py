"""A prompt that leaves a choice: one request for each picture, the seed deciding."""

from __future__ import annotations

import asyncio
import random
from contextlib import aclosing
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from engines.words.wildcards import pick
from errors import Cancelled, InvalidInput, OverBudget, ProviderFailed
from providers.catalogue import MODELS
from providers.schema import Task
from studio.jobs.job import Job, State
from studio.keys import Keyring
from studio.money.quote import quote
from studio.policy import Policy
from studio.prompts.choices import MOST, choices_in, choices_told, spread
from studio.request import UserRequest, check, read_request
from studio.service import Studio
from studio.session import Session, VisitorLimits
from studio.storage.records import public_record, revive
from tests.making import Bench
from tests.unit.running_jobs import OPERATOR, OWN, Make, cost, until

CREATE = Task.TEXT_TO_IMAGE

FOX = "a {red|green|blue} fox {asleep|awake}"
MODEL = MODELS["fal/flux-dev"]


def asked(prompt: str = FOX, **settings: Any) -> UserRequest:
    return read_request(prompt, settings)


def test_a_prompt_without_a_choice_stays_one_request() -> None:
    plain = asked("a fox", num_images=3)
    assert spread(CREATE, plain) == (plain,)
    (bare,) = spread(CREATE, asked(r"a \{fox\} and {a\|b}", num_images=3))
    assert (bare.prompt, bare.template, bare.of) == ("a {fox} and {a|b}", "", 1)


@pytest.mark.parametrize("task", [Task.TEXT_OVERLAY, Task.PROMPT_WRITING])
def test_a_caption_and_an_idea_are_taken_as_they_stand(task: Task) -> None:
    caption = asked("{a|b} {c} \\{", num_images=2)
    assert spread(task, caption) == (caption,)


def test_choices_are_told_and_too_many_are_refused() -> None:
    assert choices_told(CREATE, asked("a fox {")) == ""
    assert "a choice: {red|green}. One is" in choices_told(CREATE, asked("a {red|green} fox"))
    many = choices_told(CREATE, asked("{a|b} {c|d} {e|f} {g|h} " + "{" + "i" * 99 + "|j}"))
    assert "{a|b}, {c|d}, {e|f} and 2 more" in many
    assert choices_in(Task.PROMPT_WRITING, asked("{a|b}")) == ()
    for prompt in ("{a|b} " * 101, "{a|{b|{c|d}}}", "{" + "a|" * 1000 + "}", f"{{{'a' * 2001}|b}}"):
        with pytest.raises(InvalidInput) as caught:
            spread(CREATE, asked(prompt))
        assert caught.value.field == "prompt"


def test_each_picture_has_its_seed_and_its_pick() -> None:
    each = spread(CREATE, asked(num_images=3, seed=7))
    assert [one.settings["seed"] for one in each] == [7, 8, 9]
    assert [one.prompt for one in each] == [pick(FOX, seed).text for seed in (7, 8, 9)]
    assert [one.picked for one in each] == [pick(FOX, seed).choices for seed in (7, 8, 9)]
    assert [(one.number, one.of, one.left) for one in each] == [(1, 3, 3), (2, 3, 2), (3, 3, 1)]
    alone = spread(CREATE, asked(seed=8))
    assert alone[0].prompt == each[1].prompt, "any single one can be made again by its seed"
    assert spread(CREATE, each[1]) == (each[1],)


def test_without_a_seed_one_is_drawn_that_the_model_gets_too() -> None:
    each = spread(CREATE, asked(num_images=2), random.Random(4))
    first, second = (check(MODEL, one).request for one in each)
    assert first.settings["seed"] == each[0].dice
    assert second.settings["seed"] == each[0].dice + 1 == each[1].dice  # type: ignore[operator]
    assert first.settings["num_images"] == 1
    assert first.prompt == pick(FOX, int(first.settings["seed"])).text


def test_the_model_is_held_to_the_whole_number() -> None:
    for number in (5, 10**9, 0, -3):
        each = spread(CREATE, asked(num_images=number))
        assert len(each) <= MOST
        with pytest.raises(InvalidInput, match="num_images of fal/flux-dev must be 1 to 4"):
            check(MODEL, each[0])
    with pytest.raises(InvalidInput, match="has no num_images"):
        check(MODELS["replicate/nano-banana"], spread(CREATE, asked(num_images=2))[0])


def test_a_seed_that_leads_too_far_begins_again() -> None:
    each = spread(CREATE, asked(num_images=3, seed=2**31 - 2))
    assert [check(MODEL, one).request.settings["seed"] for one in each] == [2**31 - 2, 2**31 - 1, 0]
    with pytest.raises(InvalidInput, match="must be 0 to 2147483647, or -1 for a random one"):
        check(MODEL, spread(CREATE, asked(num_images=2, seed=2**31))[0])


def start(studio: Studio, session: Session, policy: Policy | None = None, **settings: Any) -> Any:
    keys: Keyring = settings.pop("keys", OWN)
    request = asked(**{"num_images": 3, "seed": 7, **settings})
    return studio.run(Task.TEXT_TO_IMAGE, "fal/flux-dev", request, session, keys, policy)


async def run(*args: Any, **settings: Any) -> list[Job]:
    found: dict[str, Job] = {}
    async with aclosing(start(*args, **settings)) as jobs:
        async for job in jobs:
            found[job.id] = job
    return list(found.values())


running = pytest.mark.usefixtures("quick", "no_task_left")


@running
async def test_three_jobs_three_receipts(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(), Session()
    bench.finish.set()
    jobs = await run(studio, session)
    assert bench.submitted == 3
    assert [job.state for job in jobs] == [State.COMPLETED] * 3
    assert session.results.history == [job.receipt for job in jobs]
    assert len({receipt["order"] for receipt in session.results.history}) == 1
    for number, receipt in enumerate(session.results.history, 1):
        told, picked = receipt["asked"], pick(FOX, 6 + number)
        assert (told["prompt"], told["seed"], receipt["seed"]) == (FOX, 6 + number, 6 + number)
        assert (told["picked"], told["picked_by_seed"]) == ([*picked.choices], 6 + number)
        assert told["picture"] == f"{number} of 3"
        assert receipt["sent"] == {"prompt": picked.text}
    assert session.prompts == [FOX]


@running
async def test_what_was_sent_is_known_when_a_job_is_taken_up_again(
    bench: Bench, make_studio: Make
) -> None:
    studio, session = make_studio(), Session()
    bench.finish.set()
    (job,) = await run(studio, session, num_images=1)
    record = studio.status(session, job.id)
    assert revive(record, job.key).request.prompt == pick(FOX, 7).text
    assert "prompt" not in public_record(record)
    again = revive(record, job.key)
    assert again.user_request.settings["picked"] == [*pick(FOX, 7).choices]


@running
@pytest.mark.parametrize("limit", ["budget", "cap", "max_price"])
async def test_limits_hold_for_the_sum_before_the_first(
    bench: Bench, make_studio: Make, limit: str
) -> None:
    bench.finish.set()
    enough, short = cost() * 3, cost() * 3 - Decimal("0.001")
    for most, refused in ((short, True), (enough, False)):
        session = Session(limits=VisitorLimits(cap=most if limit == "cap" else None))
        studio = make_studio(budget=most) if limit == "budget" else make_studio()
        policy = Policy(max_price=most) if limit == "max_price" else Policy()
        before = bench.submitted
        if refused:
            with pytest.raises(OverBudget, match=rf"\${cost() * 3}"):
                await run(studio, session, policy, keys=OPERATOR)
        else:
            await run(studio, session, policy, keys=OPERATOR)
        assert bench.submitted - before == (0 if refused else 3)


@running
async def test_stop_ends_the_rest(bench: Bench, make_studio: Make) -> None:
    studio, session = make_studio(), Session()
    task = asyncio.create_task(run(studio, session))
    await until(lambda: bench.submitted == 1)
    await studio.stop(session)
    with pytest.raises(Cancelled):
        await task
    assert (bench.submitted, bench.cancelled) == (1, 1)


@running
async def test_a_failure_ends_the_rest_and_says_what_was_made(
    bench: Bench, make_studio: Make
) -> None:
    studio, session = make_studio(), Session()
    bench.finish.set()
    with pytest.raises(ProviderFailed, match="1 of 3 pictures were finished before"):
        async with aclosing(start(studio, session)) as jobs:
            async for job in jobs:
                if job.state is State.COMPLETED:
                    bench.failure = ProviderFailed("No.")
    assert bench.submitted == 2
    assert len(session.results.history) == 1


async def test_the_quote_is_for_all(make_studio: Make) -> None:
    first = await make_studio().choose(
        Task.TEXT_TO_IMAGE, "fal/flux-dev", asked(num_images=3), OWN, Policy()
    )
    told = quote(first, Policy(), pinned=True)
    assert (told["num_images"], Decimal(str(told["usd"]))) == (3, cost() * 3)
    assert replace(first, price=None).whole is None


def test_prompts_are_remembered_once_newest_first_and_forgotten() -> None:
    session = Session()
    for prompt in ("a", "b", "", "a"):
        session.note(prompt)
    assert session.prompts == ["a", "b"]
    session.clear()
    assert session.prompts == []
    for number in range(300):
        session.note(str(number))
    assert (len(session.prompts), session.prompts[0]) == (200, "299")
    session.end()
    assert session.prompts == []
