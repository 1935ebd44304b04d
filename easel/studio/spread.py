"""A prompt that leaves a choice, `{red|green|blue}`, as one request for each picture."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from easel.engines.words.wildcards import count, pick
from easel.providers.params import SEED_MAXIMUM
from easel.providers.schema import Task
from easel.studio.ask import Asked

# More than any model makes at once; that so many cannot be had is said when they are checked.
MOST = 32
# What is written on a picture, and the idea of a prompt, are taken as they stand, braces and all.
NO_PROMPTS = (Task.TEXT_OVERLAY, Task.PROMPT_WRITING)


def spread(task: Task, asked: Asked, chance: random.Random | None = None) -> tuple[Asked, ...]:
    """One request for each picture where the prompt leaves a choice, else the request itself.

    A picture's own seed decides its pick: the seed asked for, plus one for each picture before
    it; where none was asked for, one is drawn. So any single one can be made again.
    """
    if asked.template or task in NO_PROMPTS:
        return (asked,)
    if count(asked.prompt) == 1:
        return (replace(asked, prompt=pick(asked.prompt, 0).text),)
    return tuple(_each(asked, chance or random.SystemRandom()))


def _each(asked: Asked, chance: random.Random) -> Iterator[Asked]:
    pictures = int(asked.settings.get("num_images", 1))
    given = asked.settings.get("seed")
    first = chance.randint(0, SEED_MAXIMUM - MOST) if given is None else int(given)
    for before in range(max(1, min(pictures, MOST))):
        seed = first + before
        picked = pick(asked.prompt, seed)
        yield replace(
            asked,
            prompt=picked.text,
            template=asked.prompt,
            picked=picked.choices,
            dice=seed,
            number=before + 1,
            of=pictures,
            settings=asked.settings if given is None else {**asked.settings, "seed": seed},
        )
