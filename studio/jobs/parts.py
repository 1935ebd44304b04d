"""The named parts of a `Job`."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from providers.schema import Handle
from studio.results.image_files import StoredPicture
from studio.results.receipts import Attempt, TranslatedBy


@dataclass
class JobMoney:
    """What a job costs, in US dollars."""

    # By the model's row, None for a price nobody knows.
    price: Decimal | None
    # What the provider says it charged, None where it says nothing.
    charged: Decimal | None = None
    # The most it can come to, where that is more than its price.
    most: Decimal | None = None
    # What a job without a price of its own draws from the operator's credit at the serving
    # provider, 0 where nobody knows.
    drawn: Decimal = Decimal(0)

    @property
    def reserved(self) -> Decimal | None:
        """What counts until it is known what it cost; None for a price nobody knows."""
        return None if self.price is None else max(self.price, self.most or self.price)


@dataclass
class JobResult:
    """What a job has made; its text, which grows while it is written, is the job's own."""

    # The pictures, as they are stored.
    stored: list[StoredPicture] = field(default_factory=list)
    # The seed the provider reports, or the one that was asked for.
    seed: int | None = None
    # What checking the text found.
    findings: dict[str, Any] = field(default_factory=dict)


@dataclass
class JobOwner:
    """Who may have a job again after a restart: digests, "" for none."""

    # Of the session's name.
    caller: str = ""
    # Of a token that the browser keeps.
    browser: str = ""


@dataclass
class JobOrigin:
    """The request a job is part of."""

    # Shared by all jobs of one request.
    order: str = ""
    # The models asked or passed over before this one.
    attempts: list[Attempt] = field(default_factory=list)
    # Who translated the prompt that was sent, None where nobody did.
    translated_by: TranslatedBy | None = None


@dataclass
class UpstreamJob:
    """The job as its provider knows it."""

    # Its id there, "" while it has none.
    id: str = ""
    # How the provider is asked after it, None before it has answered.
    handle: Handle | None = None
    # What is known of its cancellation.
    cancellation: str = ""
