"""Running jobs at the studio from a test."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from decimal import Decimal
from typing import Any

from easel.providers.catalogue import MODELS
from easel.providers.schema import Task
from easel.studio.ask import read_asked
from easel.studio.job import Job
from easel.studio.keys import Keyring
from easel.studio.service import Studio
from easel.studio.session import Session

Make = Callable[..., Studio]
OPERATOR = Keyring(operator={"fal": "operators-key"})
OWN = Keyring(typed={"fal": "users-key"})


def start(studio: Studio, session: Session, keys: Keyring = OPERATOR, **settings: Any) -> Any:
    asked = read_asked("a fox", settings)
    return studio.run(Task.TEXT_TO_IMAGE, "fal/flux-dev", asked, session, keys)


async def until(condition: Callable[[], object], seconds: float = 2) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


async def run(studio: Studio, session: Session, keys: Keyring = OPERATOR) -> Job:
    async with aclosing(start(studio, session, keys)) as jobs:
        async for job in jobs:
            last: Job = job
    return last


def cost() -> Decimal:
    usd = MODELS["fal/flux-dev"].price.usd
    assert usd
    return usd
