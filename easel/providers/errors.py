"""Everything that can go wrong, as one tree.

    StudioError
    ├── InvalidInput        a value the model cannot take; names the field
    ├── MissingKey          no key for this provider
    ├── KeyRefused          the provider refused the key                        (401, 403)
    ├── NoCredit            the account cannot pay                              (402)
    ├── OverBudget          Easel's own cap would be passed; nothing was sent
    ├── RateLimited         too many requests; says how long to wait            (429)
    ├── Refused             moderation, with the provider's own words
    ├── NotAvailable        no such model, not served, or the service is down   (404, 5xx)
    ├── ProviderFailed      the job ran and ended without a picture
    ├── TimedOut            Easel stopped waiting; the job may still end well
    ├── ResultLost          the job succeeded, its picture could not be fetched
    ├── UnknownOutcome      the line was cut after sending: it may have been charged
    └── Cancelled           stopped by the user

Every error says who (`provider`), what the service answered (`status`), which job
(`upstream_id`) and, in `advice`, what to do now. `created` tells what is known of the job:
False is proof that nothing was created (so nothing is charged), True that a job exists,
None that nobody knows.
"""

from __future__ import annotations

from typing import ClassVar


class StudioError(Exception):
    """Base of the tree: what happened and what to do now, in sentences fit for a user."""

    advice: ClassVar[str] = "Try again."
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
        self.what_now = advice or type(self).advice
        if created is not None:
            self.created = created

    @property
    def kind(self) -> str:
        """The class name in the API's spelling: "key_refused"."""
        name = type(self).__name__
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")

    def __str__(self) -> str:
        return f"{self.message} {self.what_now}".strip()


class InvalidInput(StudioError):
    """A value that cannot be sent. `field` is the parameter's name in the API."""

    advice = "Change it and try again; nothing was sent."
    created = False

    def __init__(self, message: str, *, field: str = "", **details: object) -> None:
        super().__init__(message, **details)  # type: ignore[arg-type]
        self.field = field


class MissingKey(StudioError):
    """There is no key for the provider, or the one given is blank."""

    created = False


class KeyRefused(StudioError):
    """The provider does not accept the key."""

    advice = "Check the key in Settings, or set a new one; nothing was created."
    created = False


class NoCredit(StudioError):
    """The account behind the key cannot pay for the job."""

    advice = "Add credit at the provider, or choose another model; nothing was created."
    created = False


class OverBudget(StudioError):
    """The session's budget would be passed. Nothing was sent."""

    advice = "Use a key of your own in Settings, or choose a cheaper model; nothing was sent."
    created = False


class RateLimited(StudioError):
    """Too many requests. `retry_after` is the wait in seconds where the provider tells it."""

    advice = "Wait a little and try again; nothing was created."
    created = False

    def __init__(
        self, message: str, *, retry_after: float | None = None, **details: object
    ) -> None:
        super().__init__(message, **details)  # type: ignore[arg-type]
        self.retry_after = retry_after
        if retry_after is not None:
            self.what_now = f"Try again in {retry_after:.0f} s; nothing was created."


class Refused(StudioError):
    """The provider's moderation refused the prompt or the picture."""

    advice = "Reword the prompt; Easel does not send a refused prompt anywhere else."


class NotAvailable(StudioError):
    """The model does not exist there any more, is not served, or the service is down."""

    advice = "Choose another model, or try again later."


class ProviderFailed(StudioError):
    """The job was accepted and ended without a picture."""

    advice = "Try again, or choose another model; the provider may charge for a failed job."
    created = True


class TimedOut(StudioError):
    """Easel's own deadline passed. The job may still end well at the provider."""

    advice = "Look for the job at the provider by its id before you pay for another."
    created = True


class ResultLost(StudioError):
    """The provider made the picture, and fetching it failed."""

    advice = "Fetch it from the provider's own page by the job's id before you pay for another."
    created = True


class UnknownOutcome(StudioError):
    """The line was cut after the request was sent, so nobody here knows whether a job exists."""

    advice = "It may have been charged: look at the provider's own page before you try again."


class Cancelled(StudioError):
    """The user stopped it."""

    advice = "Nothing more is asked of the provider."
