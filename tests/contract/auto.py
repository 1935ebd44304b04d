"""How the tests of fallback, unknown outcomes and checks play: several requests of one session."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from errors import StudioError
from providers.inputs import InputPicture
from providers.schema import Task
from studio.jobs.job import Job
from studio.keys import Keyring
from studio.policy import Policy
from studio.request import read_request
from studio.service import Studio
from studio.session import Session
from tests.cloud import Cloud
from tests.contract.play import check_told, open_studio
from tests.contract.rows import PROMPT


@dataclass
class Play:
    """A studio over the cloud and one visitor. `keys`: the providers he has keys for. `task`,
    `pictures`, `words`: what he comes with."""

    cloud: Cloud
    folder: Path
    services: tuple[str, ...] = ()
    session: Session = field(default_factory=Session)
    error: StudioError | None = None
    job: Job | None = None
    task: Task = Task.TEXT_TO_IMAGE
    pictures: tuple[InputPicture, ...] = ()
    words: str = PROMPT

    def __post_init__(self) -> None:
        self.studio: Studio = open_studio(self.cloud, self.folder)
        self.session.consent = True

    @property
    def keys(self) -> Keyring:
        """The operator's keys of the services named, in the order of nothing."""
        mine = {name: self.cloud.keys[name] for name in self.services or self.cloud.keys}
        return Keyring(operator=mine, typed=self.session.keys)

    async def ask(
        self, model: str = "auto", policy: Policy | None = None, **settings: Any
    ) -> dict[str, Any]:
        """One request; its receipt, or {} with the error kept."""
        asked = read_request(self.words, settings, self.pictures, self.task)
        run = self.studio.run(self.task, model, asked, self.session, self.keys, policy or Policy())
        return await self._follow(run)

    def order(self, **settings: Any) -> list[str]:
        """The models Auto would ask, in its order."""
        asked = read_request(self.words, settings, self.pictures, self.task)
        plan = self.studio.plan(self.task, "auto", asked, self.keys)
        return [candidate.model.id for candidate in plan.candidates]

    async def check(self, job_id: str) -> dict[str, Any]:
        """Ask after a job again; its receipt, or {} with the error kept."""
        return await self._follow(self.studio.check(self.session, job_id, self.keys))

    def status(self, job_id: str) -> dict[str, Any]:
        """A job's record; fails when a key stands in it."""
        record = self.studio.status(self.session, job_id)
        for key in self.cloud.keys.values():
            assert key not in json.dumps(record)
        return record

    def posts(self) -> list[str]:
        """The services that were sent a paid request, in order."""
        return [call.service for call in self.cloud.submissions()]

    async def _follow(self, run: AsyncGenerator[Job, None]) -> dict[str, Any]:
        self.error, self.job = None, None
        try:
            async for job in run:
                self.job = job
        except StudioError as error:
            self.error = error
            check_told(error, self.cloud.keys)
            return {}
        return self.job.receipt if self.job else {}


def tries(receipt: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """Who was asked or passed over, how that ended, and the kind of failure."""
    return [(each["model"], each["outcome"], each.get("kind")) for each in receipt["attempts"]]
