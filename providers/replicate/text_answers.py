"""What a language model at Replicate has written: an array of pieces that grows while it runs.

The pieces are read by polling the prediction. Its own stream of events is on another host, which
none of Easel's settings names. Source: recordings of replicate-python, 2024-10; a stored copy of
the page of gemini-2.5-flash, read 2026-11-21.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from errors import ProviderFailed
from i18n import say
from providers.http.json_reading import amount, job_id, record, rows
from providers.schema import Done, Price

NAME = "replicate"
WHO = "Replicate"
# Where each number of tokens is told: in the metrics, or at the end of the log.
COUNTED = {
    "text": ("input_token_count", re.compile(r"Input token count: (\d{1,9})")),
    "output": ("output_token_count", re.compile(r"Output token count: (\d{1,9})")),
}
LOG_END = 2000  # characters of a log that may be of any length
MILLION = Decimal(1_000_000)


def so_far(body: dict[str, Any]) -> str:
    """The pieces put together; some models answer with one string."""
    output = body.get("output")
    if isinstance(output, str):
        return output
    return "".join(each for each in rows(output) if isinstance(each, str))


def written(body: dict[str, Any]) -> Done:
    """The text of a finished prediction. Raises `ProviderFailed` where there is none."""
    job, text = job_id(body.get("id")), so_far(body)
    if not text.strip():
        raise ProviderFailed(say("error.no_text", who=WHO), provider=NAME, upstream_id=job)
    return Done(text=text, upstream_id=job)


def charged(body: dict[str, Any], price: Price) -> Decimal | None:
    """What the tokens come to in US dollars; None where they, or their price, are not told."""
    metrics, logs = record(body.get("metrics")), body.get("logs")
    end = logs[-LOG_END:] if isinstance(logs, str) else ""
    total = Decimal(0)
    for kind, (field, line) in COUNTED.items():
        found = line.search(end)
        count = amount(metrics.get(field)) or (Decimal(found[1]) if found else None)
        if count is None or kind not in price.tokens:
            return None
        total += price.tokens[kind] * count
    return total / MILLION
