"""What all requests of this process share: who can be asked, who is resting, where jobs run."""

from __future__ import annotations

from dataclasses import dataclass

from providers.schema import Task
from studio.health import Health
from studio.jobs.executor import Executor
from studio.keys import Keyring
from studio.request import UserRequest
from studio.routing import Plan, plan
from studio.runner import JobRunner
from studio.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Backend:
    """The parts of the studio that a request works with."""

    # Takes a job to its provider.
    executor: Executor
    # Runs jobs in tasks of their own, and counts their money.
    runner: JobRunner
    # Which keys and providers are resting after a failure.
    health: Health
    # How fast and how reliable each model has been, for Auto's order.
    statistics: Statistics

    def plan(self, task: Task, name: str, user_request: UserRequest, keys: Keyring) -> Plan:
        """Who would be asked, in order."""
        return plan(task, name, user_request, keys, lambda model: self.statistics.score(model.id))
