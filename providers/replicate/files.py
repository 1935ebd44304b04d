"""How pictures reach Replicate: inside the request, or as a file where they are too large for that.

A file is deleted when nobody needs it any more; Replicate would delete it after 24 hours. Source:
replicate 1.0.7 and Replicate's OpenAPI description of 2026-04.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from errors import NotAvailable, StudioError
from i18n import say
from providers.http.bounds import ANSWER_BYTES, Bounds
from providers.http.client import Access
from providers.http.json_reading import name, record
from providers.http.picture_uploads import upload_each
from providers.inputs import InputPicture
from providers.replicate.replicate_fixes import call
from providers.schema import GenerationRequest

NAME = "replicate"
WHO = "Replicate"
IN_REQUEST = 256_000  # of a data URI; the description advises addresses for what is larger
FORGET_SECONDS = 10.0
FILE = "file "
FILES = re.compile(r"/v1/files/[\w=+~-]+$", re.ASCII)  # where one is looked up and deleted


async def hand_in(pictures: Sequence[InputPicture], access: Access) -> None:
    """Put into `access.addresses` what stands for each picture in the request: a data URI, or
    the address of its file. Where it fails, those handed in until then stand there."""

    async def put(picture: InputPicture, number: int) -> None:
        access.addresses.append(await _put(picture, number, access))

    access.addresses.clear()
    await upload_each(pictures, put, access)


async def _put(picture: InputPicture, number: int, access: Access) -> str:
    inside = picture.data_uri
    if len(inside) <= IN_REQUEST:
        return inside
    part = (picture.file_name(number), picture.data, picture.media_type)
    answer = await call(access, "POST", "/v1/files", files={"content": part})
    address = name(record((await access.json(answer, paid=False)).get("urls")).get("get"))
    if not address.startswith(("https:", "http:")):
        raise NotAvailable(say("error.upload.storage", who=WHO), provider=NAME)
    return address


def bounds(request: GenerationRequest, seconds: float) -> dict[str, Any]:
    """The bounds of an answer about a prediction, as an extension: it repeats the input, and with
    it the pictures that went inside."""
    inside = sum(slot.most for slot in request.model.slots) * IN_REQUEST
    return Bounds(ANSWER_BYTES + inside, seconds).mark


def places(addresses: Sequence[str]) -> dict[str, str]:
    """The paths of the files among what stands for pictures, as a handle keeps them."""
    found = [FILES.search(each) for each in addresses if not each.startswith("data:")]
    return {f"{FILE}{number}": each[0] for number, each in enumerate(filter(None, found), 1)}


async def forget(kept: Mapping[str, str], access: Access) -> None:
    """Delete the files of a handle. What cannot be deleted goes after 24 hours anyway."""
    with contextlib.suppress(StudioError, TimeoutError):
        async with asyncio.timeout(FORGET_SECONDS):
            for kind, place in kept.items():
                if kind.startswith(FILE):
                    await call(access, "DELETE", place)
