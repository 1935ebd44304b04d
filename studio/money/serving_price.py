"""What a job on somebody's credit costs there: the price of who serves the model behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from errors import StudioError
from providers.catalogue import MODELS, PROVIDERS, provider_of
from providers.http.client import open_access
from providers.schema import Model, Task
from studio.jobs.job import Job
from studio.money.pricing import dearest

LOOK_UP_SECONDS = 10.0


async def drawn(job: Job, bases: Mapping[str, str], memory: dict[Any, Any]) -> Decimal:
    """US dollars that a job draws from the credit of its key's account, by the row of who serves
    the model now; 0 where that is not known. `bases`, `memory`: as for `open_access`."""
    model, provider = job.request.model, provider_of(job.request.model)
    if provider.served_by is None:
        return Decimal(0)
    access = open_access(provider, job.key.value, bases, memory)
    try:
        async with asyncio.timeout(LOOK_UP_SECONDS):
            served = await provider.served_by(model, access)
    except (StudioError, TimeoutError):
        return Decimal(0)
    finally:
        await access.aclose()
    row = row_of(*served, model.task) if served else None
    return (dearest(replace(job.request, model=row)) if row else None) or Decimal(0)


def row_of(server: str, endpoint: str, task: Task) -> Model | None:
    """The row of a model at a provider, by the names that others have for both."""
    names = {each: it.name for it in PROVIDERS for each in (it.name, *it.also_called)}
    rows = (row for row in MODELS.values() if row.endpoint == endpoint and row.task is task)
    return next((row for row in rows if row.provider == names.get(server)), None)
