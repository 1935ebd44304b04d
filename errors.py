"""Everything that can go wrong, as one tree.

    StudioError
    ├── InvalidInput        a value the model cannot take; names the field
    ├── MissingKey          no key for this provider
    ├── KeyRefused          the provider refused the key                        (401, 403)
    ├── NoCredit            the account cannot pay                              (402)
    ├── OverBudget          Easel's own cap would be passed; nothing was sent
    ├── StorageFailed       this machine's disk is full or read-only; nothing was sent
    ├── RateLimited         too many requests; says how long to wait            (429)
    ├── Refused             moderation, with the provider's own words
    ├── NotAvailable        no such model, not served, or the service is down   (404, 5xx)
    ├── ProviderFailed      the job ran and ended without a picture
    ├── TimedOut            Easel stopped waiting; the job may still end well
    ├── ResultLost          the job succeeded, its picture could not be fetched
    ├── UnknownOutcome      the line was cut after sending: it may have been charged
    └── Cancelled           stopped by the user

Every error says who (`provider`), what the service answered (`status`), which job
(`upstream_id`) and, in `what_now`, what to do now. `created` tells what is known of the job:
False is proof that nothing was created (so nothing is charged), True that a job exists,
None that nobody knows. Sentences come from `words`: the advice of a class has the key
`error.advice.<kind>`.
"""

from __future__ import annotations

from i18n import say


class StudioError(Exception):
    """Base of the tree: what happened and what to do now, in sentences fit for a user."""

    created: bool | None = None

    def __init__(
        self,
        message: str,
        *,
        provider: str = "",
        status: int | None = None,
        upstream_id: str = "",
        advice: str = "",
        created: bool | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.provider = provider
        self.status = status
        self.upstream_id = upstream_id
        self.advice = advice
        self.job_id = ""
        if created is not None:
            self.created = created

    @property
    def kind(self) -> str:
        """The class name in the API's spelling: "key_refused"."""
        name = type(self).__name__
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")

    @property
    def what_now(self) -> str:
        """What to do now. Read when it is shown: until then a job may turn out to exist."""
        if self.advice:
            return self.advice
        if self.created and type(self).created is False:
            return say("error.advice.accepted")  # the class would say that nothing was created
        return say(f"error.advice.{self.kind}")

    def __str__(self) -> str:
        return f"{self.message} {self.what_now}".strip()


class InvalidInput(StudioError):
    """A value that cannot be sent. `field` is the parameter's name in the API."""

    created = False

    def __init__(self, message: str, *, field: str = "", **details: object) -> None:
        super().__init__(message, **details)  # type: ignore[arg-type]
        self.field = field


class MissingKey(StudioError):
    """There is no key for the provider, or the one given is blank."""

    created = False


class KeyRefused(StudioError):
    """The provider does not accept the key."""

    created = False


class NoCredit(StudioError):
    """The account behind the key cannot pay for the job."""

    created = False


class OverBudget(StudioError):
    """The session's budget would be passed. Nothing was sent."""

    created = False


class StorageFailed(StudioError):
    """What must be written down before a job is sent cannot be: the disk is full or read-only."""

    created = False


class RateLimited(StudioError):
    """Too many requests. `retry_after` is the wait in seconds where the provider tells it."""

    created = False

    def __init__(
        self, message: str, *, retry_after: float | None = None, **details: object
    ) -> None:
        super().__init__(message, **details)  # type: ignore[arg-type]
        self.retry_after = retry_after

    @property
    def what_now(self) -> str:
        """What to do now, with the wait where it is known."""
        if self.advice or self.created or self.retry_after is None:
            return super().what_now
        return say("error.advice.rate_limited.wait", seconds=f"{self.retry_after:.0f}")


class Refused(StudioError):
    """The provider's moderation refused the prompt or the picture."""


class NotAvailable(StudioError):
    """The model does not exist there any more, is not served, or the service is down."""


class ProviderFailed(StudioError):
    """The job was accepted and ended without a picture. `free`: the provider's documentation
    says that this kind of failure is not charged."""

    created = True

    def __init__(self, message: str, *, free: bool = False, **details: object) -> None:
        super().__init__(message, **details)  # type: ignore[arg-type]
        self.free = free


class TimedOut(StudioError):
    """Easel's own deadline passed. The job may still end well at the provider."""

    created = True


class ResultLost(StudioError):
    """The provider made the picture, and fetching it failed."""

    created = True


class UnknownOutcome(StudioError):
    """The line was cut after the request was sent, so nobody here knows whether a job exists."""


class Cancelled(StudioError):
    """The user stopped it."""
