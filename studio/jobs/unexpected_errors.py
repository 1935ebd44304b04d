"""Whatever is raised on a job's way that is none of our errors, made into what is known of the job.

An adapter that stumbles over an answer must not leave a caller with a bare exception: the job may
exist, and be paid for. How far it had come decides what it is called.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

from errors import ResultLost, StudioError, UnknownOutcome
from i18n import say
from providers.http.client import Access
from providers.schema import Provider
from studio.jobs.job import Job, State

log = logging.getLogger("easel")


class UnreadableAnswer(ResultLost):
    """What the provider answered about a job, or made, cannot be read here."""

    @property
    def kind(self) -> str:
        """To callers it is a result lost."""
        return "result_lost"


@dataclass(frozen=True, slots=True)
class Unexpected:
    """A context in which any exception but a `StudioError` becomes one. Where it came from is
    logged, by file and line; what was asked and answered is not."""

    # The job it would end.
    job: Job
    # Who has it.
    provider: Provider
    # The way there, which knows whether a POST has left.
    access: Access

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Raise what it means for the job."""
        if not isinstance(error, Exception) or isinstance(error, StudioError):
            return
        place = extract_tb(trace)[-1]
        name = type(error).__name__
        where = f"{Path(place.filename).name}:{place.lineno}"
        log.error("job %s at %s: %s in %s", self.job.id, self.provider.name, name, where)
        raise self._meaning(name) from error

    def _meaning(self, name: str) -> StudioError:
        provider, values = self.provider.name, {"who": self.provider.title, "name": name}
        if self.job.upstream.handle is not None or self.job.state is State.FETCHING:
            return UnreadableAnswer(say("error.unexpected.accepted", **values), provider=provider)
        if self.access.posted:
            return UnknownOutcome(say("error.unexpected.sent", **values), provider=provider)
        text, advice = (
            say("error.unexpected.unsent", **values),
            say("error.unexpected.unsent.advice"),
        )
        return StudioError(text, provider=provider, advice=advice, created=False)
