"""Several pictures of one request, each a job of its own, made one after the other."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Sequence

from errors import Cancelled, StudioError
from i18n import say
from studio.fallback import FallbackRun
from studio.job import Job
from studio.session import Session


async def in_turn(orders: Sequence[FallbackRun], session: Session) -> AsyncGenerator[Job, None]:
    """Run orders one after the other, yielding their jobs. A stop or a failure ends them all;
    what was made before stays in the history, and the error says so.

    What the first may come to in Auto holds for all: it was told for the whole request.
    """
    stops = session.stops
    for made, order in enumerate(orders):
        order.id, order.ceiling = orders[0].id, orders[0].ceiling
        try:
            if session.has_stopped(stops, order.id):
                raise Cancelled(say("studio.stopped"), advice=say("studio.stopped.unsent"))
            async with contextlib.aclosing(order.run(session)) as steps:
                async for job in steps:
                    yield job
        except StudioError as error:
            if made:
                told = say("studio.series.made", made=made, of=len(orders))
                error.advice = f"{told} {error.what_now}".strip()
            raise
