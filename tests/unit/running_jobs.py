"""Running jobs at the studio from a test."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from decimal import Decimal
from typing import Any

from providers.catalogue import MODELS
from providers.schema import Task
from studio.jobs.job import Job
from studio.keys import Keyring
from studio.request import read_request
from studio.service import Studio
from studio.session import Session

Make = Callable[..., Studio]
OPERATOR = Keyring(operator={"fal": "operators-key"})
OWN = Keyring(typed={"fal": "users-key"})


def start(studio: Studio, session: Session, keys: Keyring = OPERATOR, **settings: Any) -> Any:
    asked = read_request("a fox", settings)
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
