"""Puts pictures where a provider can read them, before the request that names them.

An upload creates no job and costs nothing, so a failure on the way means that nothing was
created, whatever the transport could say of a POST in general. Nothing is sent after the user has
stopped: a job that is not there yet need not be made to be withdrawn.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from errors import Cancelled, NotAvailable, StudioError
from i18n import say
from providers.http.client import Access
from providers.inputs import InputPicture

# All of a request's pictures together; the POST that follows must fit into the studio's time for
# submitting as well.
UPLOAD_SECONDS = 45.0
STOP_BEAT = 0.1  # how often it is looked whether the user has stopped

Kept = TypeVar("Kept")
Put = Callable[[InputPicture, int], Awaitable[Kept]]


async def upload_each(
    pictures: Sequence[InputPicture], put: Put[Kept], access: Access
) -> list[Kept]:
    """What `put` says of each picture, numbered from 1, one after the other.

    Raises `StudioError` with `created` False for every failure, and when the user has stopped.
    """
    provider, who = access.provider.name, access.provider.title
    work = asyncio.create_task(_put_all(pictures, put))
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            while not work.done() and not access.stop.is_set():
                await asyncio.wait({work}, timeout=STOP_BEAT)
        found = None if access.stop.is_set() else work.result()
    except TimeoutError as error:
        text = say("error.upload.slow", who=who, seconds=UPLOAD_SECONDS)
        raise NotAvailable(text, provider=provider, created=False) from error
    except StudioError as error:
        if type(error).created is False:  # the key, the credit, the input: said as it is
            raise
        text = say("error.upload", who=who, why=error.message)
        raise NotAvailable(text, provider=provider, status=error.status, created=False) from error
    finally:
        work.cancel()
    check_going(access)
    return found or []


def check_going(access: Access) -> None:
    """Raises `Cancelled` when the user has stopped: whoever waited before a paid POST asks this."""
    if access.stop.is_set():
        raise Cancelled(say("error.stopped"), provider=access.provider.name, created=False)


async def _put_all(pictures: Sequence[InputPicture], put: Put[Kept]) -> list[Kept]:
    return [await put(picture, number) for number, picture in enumerate(pictures, 1)]
