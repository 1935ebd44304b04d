"""A place for our own engines to work in: two jobs at once, off the event loop, to be stopped.

Two lines, one after the other: for one of two places, and for room for the pictures' megapixels
(`engines.admission`). Both tell how many are ahead.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Final

from engines.admission import MEGA, Admission, line_for, run_held
from engines.intake import Broken
from engines.missing import EngineMissing
from errors import Cancelled, InvalidInput, NotAvailable, ProviderFailed
from i18n import say
from providers.http.client import Access
from providers.schema import Done, GenerationRequest, Task

NAME: Final = "local"
# Each may take a few hundred megabytes, and a container often has two processors.
AT_ONCE: Final = 2
# What a network that enlarges takes beside its pictures, as pixels (python -m bench.memory).
NETWORK: Final = 25_000_000

Work = Callable[[GenerationRequest, Access], Done]


async def work_off(work: Work, request: GenerationRequest, access: Access) -> Done:
    """Wait for a place, then work in a thread: the event loop stays free.

    A job nobody waits for any more is told to stop, and keeps its place until its thread has
    ended: a thread cannot be ended from outside, and another job beside it would be one too many.
    """
    places: Admission = access.memory.setdefault((NAME, "places"), Admission(AT_ONCE))
    await places.enter(1, access.waiting)
    size = megapixels(request)
    line = line_for(size)
    try:
        weight = await line.enter(size, access.waiting)
    except BaseException:
        places.leave(1)
        raise

    def leave() -> None:
        line.leave(weight)
        places.leave(1)

    try:
        return await run_held(size, partial(_answer, work, request, access), leave)
    except asyncio.CancelledError:
        access.stop.set()
        raise


def megapixels(request: GenerationRequest) -> float:
    """What a job works on: the pictures that go in, and the one that comes out where it may be
    larger than all of them."""
    given = sum(each.width * each.height for each in request.pictures)
    settings = request.settings
    made = int(settings.get("width") or 0) * int(settings.get("height") or 0)
    if request.model.task is Task.UPSCALE:
        made = given * int(settings.get("scale", 1)) ** 2 + NETWORK
    if len(request.pictures) > 1:  # side by side, in a grid, one into the other
        made = max(each.width * each.height for each in request.pictures)
    return (given + made) / MEGA


def go_on(access: Access) -> None:
    """Raises `Cancelled` when the job is to stop. Asked between two steps of it."""
    if access.stop.is_set():
        raise Cancelled(say("error.stopped"), provider=NAME, created=False)


def _answer(work: Work, request: GenerationRequest, access: Access) -> Done:
    """The result, or a `StudioError`: nothing that fails here is ever charged."""
    try:
        go_on(access)
        return work(request, access)
    except EngineMissing as error:
        raise NotAvailable(missing(error.name or ""), provider=NAME, created=False) from error
    except Broken as error:
        told = say(f"intake.no.{error.why}", name=say("intake.unnamed"))
        advice = say(f"intake.advice.{error.why}")
        raise InvalidInput(told, field="pictures", provider=NAME, advice=advice) from error
    except MemoryError as error:
        raise failed(say("local.memory")) from error


def missing(package: str) -> str:
    """What to say where an engine's package is not installed."""
    return say("local.missing", package=package)


def failed(message: str) -> ProviderFailed:
    """An engine that could not do its work: free, and no proof against other models."""
    return ProviderFailed(
        message, free=True, provider=NAME, created=False, advice=say("local.failed.advice")
    )
