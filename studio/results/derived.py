"""A result made here from an older one: nobody is asked again, so nothing is charged again."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from studio.jobs.job import State
from studio.results.image_files import StoredPicture
from studio.results.receipt_writer import describe_image
from studio.results.receipts import Receipt, ReceiptPrice

FREE: ReceiptPrice = {
    "usd": 0.0,
    "basis": "free",
    "at_most": None,
    "verified": True,
    "source": "",
    "checked": None,
    "note": "",
}  # fmt: skip


def derive(receipt: Receipt, made: Sequence[StoredPicture], done: str, seconds: float) -> Receipt:
    """The receipt of such a result: an id of its own, who made the first one, what was done since.

    `derived_from` is the older result's id; what was paid stands in that one's receipt. `done`:
    what was done here, in a sentence. `seconds`: how long it took. Nothing was sent, so `sent` and
    `attempts` are blank.
    """
    now, own = datetime.now(UTC), secrets.token_hex(8)
    return {
        **receipt,
        "id": own,
        "created": now.isoformat(timespec="seconds"),
        "state": str(State.COMPLETED),
        "sent": {},
        "warnings": [done],
        "seed": None,
        "images": [describe_image(stored) for stored in made],
        "seconds": round(seconds, 2),
        "price": FREE.copy(),
        "key": "none",
        "upstream_id": "",
        "order": own,
        "attempts": [],
        "moments": [[str(State.COMPLETED), now.isoformat(timespec="milliseconds")]],
        "derived_from": receipt["id"],
    }
