"""A prompt that leaves a choice, `{red|green|blue}`, as one request for each picture."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from engines.words.code import SIGN
from engines.words.wildcards import (
    DEEPEST,
    LONGEST_OPTION,
    MOST_CHOICES,
    MOST_OPTIONS,
    choices,
    count,
    excess,
    pick,
)
from errors import InvalidInput
from i18n import say
from providers.params import SEED_MAXIMUM, next_seed
from providers.schema import Task
from studio.request import UserRequest

# More than any model makes at once; that so many cannot be had is said when they are checked.
MOST = 32
# What is written on a picture, and the idea of a prompt, are taken as they stand, braces and all.
NO_PROMPTS = (Task.TEXT_OVERLAY, Task.PROMPT_WRITING)
# What `excess` names: the most there may be of it.
MOSTS = {
    "choices": MOST_CHOICES,
    "options": MOST_OPTIONS,
    "length": LONGEST_OPTION,
    "depth": DEEPEST,
}
SHOWN, SHOWN_LENGTH = 3, 60


def spread(
    task: Task, user_request: UserRequest, chance: random.Random | None = None
) -> tuple[UserRequest, ...]:
    """One request for each picture where the prompt leaves a choice, else the request itself.

    A picture's own seed decides its pick: the seed asked for, plus one for each picture before it,
    from 0 again after the greatest; where none was asked for, one is drawn. So any single one can
    be made again. Raises `InvalidInput` where there are more choices than can be read.
    """
    if user_request.template or task in NO_PROMPTS:
        return (user_request,)
    if kind := excess(user_request.prompt):
        raise InvalidInput(say(f"choice.{kind}", most=MOSTS[kind]), field="prompt")
    if count(user_request.prompt) == 1:
        return (replace(user_request, prompt=pick(user_request.prompt, 0).text),)
    return tuple(_each(user_request, chance or random.SystemRandom()))


def choices_in(task: Task, user_request: UserRequest) -> tuple[str, ...]:
    """The choices that a prompt leaves, as they are written; one of each is picked a picture."""
    return () if task in NO_PROMPTS else choices(user_request.template or user_request.prompt)


def bars_between_braces(text: str) -> int:
    """How many options a text may hold at most: quickly counted, before anything reads it."""
    bars, depth = 0, 0
    for sign in SIGN.finditer(text):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        bars += sign[0] == "|" and depth > 0
        depth = max(depth, 0)
    return bars


def choices_told(task: Task, user_request: UserRequest) -> str:
    """What to say of them before anything is paid; "" where there are none."""
    texts = choices_in(task, user_request)
    if not texts:
        return ""
    short = [each if len(each) <= SHOWN_LENGTH else f"{each[:SHOWN_LENGTH]}…" for each in texts]
    more = say("choice.more", count=len(texts) - SHOWN) if len(texts) > SHOWN else ""
    key = "choice.one" if len(texts) == 1 else "choice.several"
    return say(key, choices=", ".join(short[:SHOWN]) + more)


def _each(user_request: UserRequest, chance: random.Random) -> Iterator[UserRequest]:
    pictures = int(user_request.settings.get("num_images", 1))
    given = user_request.settings.get("seed")
    first = chance.randint(0, SEED_MAXIMUM - MOST) if given is None else int(given)
    for before in range(max(1, min(pictures, MOST))):
        seed = next_seed(first, before)
        picked = pick(user_request.prompt, seed)
        yield replace(
            user_request,
            prompt=picked.text,
            template=user_request.prompt,
            picked=picked.choices,
            dice=seed,
            number=before + 1,
            of=pictures,
            settings=user_request.settings
            if given is None
            else {**user_request.settings, "seed": seed},
        )
