"""Our own engines through the whole studio: pictures taken in, a job run, no key and no network."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image

from providers.schema import Task
from studio.jobs.job import Job
from studio.keys import Keyring
from studio.request import UserRequest, read_request
from studio.service import Studio
from studio.session import Session
from studio.uploads import UploadedPicture, take

Make = Callable[..., Studio]
ASTRONAUT: Final = Path(__file__).parent / "data" / "astronaut.jpg"


def taken(image: Image.Image, kind: str = "PNG", **options: Any) -> UploadedPicture:
    """A picture as the intake hands it on."""
    place = BytesIO()
    image.save(place, kind, **options)
    return take(place.getvalue(), f"mine.{kind.lower()}")


def plain(width: int = 40, height: int = 30, colour: str = "#4a7a3c") -> Image.Image:
    return Image.new("RGB", (width, height), colour)


NOTED = 0x010E  # EXIF's ImageDescription, which a swap writes


def noise(width: int, height: int) -> Image.Image:
    return Image.effect_noise((width, height), 60).convert("RGB")


def astronaut() -> UploadedPicture:
    return take(ASTRONAUT.read_bytes(), "astronaut.jpg")


def asked_for(
    task: Task, *pictures: UploadedPicture, words: str = "", **settings: Any
) -> UserRequest:
    return read_request(words, settings, pictures, task)


async def run(
    studio: Studio,
    task: Task,
    *pictures: UploadedPicture,
    words: str = "",
    model: str = "auto",
    **more: Any,
) -> Job:
    """The finished job, for a visitor who has the consent of those in the pictures. Raises what
    ended it."""
    asked = asked_for(task, *pictures, words=words, **more)
    jobs = [job async for job in studio.run(task, model, asked, Session(consent=True), Keyring())]
    return jobs[-1]


def made(job: Job) -> Image.Image:
    """The one result, opened."""
    (stored,) = job.result.stored
    image = Image.open(BytesIO(stored.path.read_bytes()))
    image.load()
    assert image.size == (stored.width, stored.height)
    assert set(image.getexif()) <= {NOTED}
    return image
