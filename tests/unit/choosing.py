"""Asks who would be asked first, with a stand-in for the network's word on who serves what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from providers.schema import Model, Task
from studio.fallback import FallbackRun
from studio.health import Health
from studio.keys import Key, Keyring
from studio.policy import Policy
from studio.request import UserRequest
from studio.routing import Candidate, plan

Serves = Callable[[Model, Key], Awaitable[str]]


class Teller:
    """As much of the backend as is needed to choose."""

    def __init__(self, serves: Serves) -> None:
        self.serves = serves
        self.health = Health()
        self.executor = self


async def choose(
    name: str, task: Task, asked: UserRequest, keys: Keyring, serves: Serves, policy: Any = None
) -> Candidate:
    """The first candidate, by name or by Auto's order."""
    teller: Any = Teller(serves)
    order = FallbackRun(teller, plan(task, name, asked, keys), asked, policy or Policy())
    return await order.first()
