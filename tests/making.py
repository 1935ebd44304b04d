"""What tests make: small pictures, made-up jobs, a provider under the test's thumb."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass, field, replace
from decimal import Decimal

from PIL import Image

from providers.catalogue import MODELS
from providers.http.client import Access
from providers.inputs import InputPicture
from providers.schema import (
    Done,
    GenerationRequest,
    Handle,
    Model,
    Picture,
    Price,
    Progress,
    Provider,
    Running,
    Task,
)
from studio.jobs.job import Job
from studio.jobs.parts import JobMoney
from studio.keys import Key, Owner
from studio.request import UserRequest, read_request


def picture_bytes(kind: str = "PNG", size: tuple[int, int] = (32, 16)) -> bytes:
    """A small real picture, all of one colour."""
    place = io.BytesIO()
    Image.new("RGB", size, (90, 120, 60)).save(place, kind)
    return place.getvalue()


def fake_job(price: str | None = "0.10", owner: Owner = "operator", key: str = "key") -> Job:
    """A job for a cloud model, not started."""
    model = MODELS["fal/flux-dev"]
    request = GenerationRequest(model, "a fox", {"seed": 1})
    cost = None if price is None else Decimal(price)
    return Job(UserRequest("a fox"), request, Key(key, owner), JobMoney(cost))


def in_picture(
    name: str = "picture 1",
    size: tuple[int, int] = (64, 48),
    kind: str = "PNG",
) -> InputPicture:
    """A small real picture on its way in."""
    return InputPicture(name, picture_bytes(kind, size), f"image/{kind.lower()}", *size)


def words_for(model: Model, words: str = "a fox") -> str:
    """The words for a model: none where it reads none, and what ours knows where it knows few."""
    if model.words == "none":
        return ""
    return "warmer" if model.takes and model.task is Task.IMAGE_EDIT else words


def asked_of(model: Model, prompt: str = "a fox", **settings: object) -> UserRequest:
    """As much as this model needs: words where it reads any, the least number of pictures."""
    pictures = [in_picture(f"picture {each}") for each in range(1, model.least_pictures + 1)]
    return read_request(words_for(model, prompt), settings, pictures, model.task)


@dataclass
class Bench:
    """A provider under the test's thumb: it takes a job, runs until `finish`, counts.

    `queues`: it hands out handles and is polled, as fal does; otherwise it answers at once.
    `posts`: its way out notes that a POST has left.
    """

    queues: bool = True
    finish: asyncio.Event = field(default_factory=asyncio.Event)
    failure: BaseException | None = None
    posts: bool = False
    submitted: int = 0
    cancelled: int = 0
    running: int = 0
    most: int = 0
    data: bytes = field(default_factory=picture_bytes)

    def provider(self) -> Provider:
        """It, as the studio knows providers."""
        return Provider(
            name="fal",
            title="Bench",
            models=(),
            payload=lambda request, addresses: {"prompt": request.prompt},
            submit=self._submit,
            poll=self._poll if self.queues else None,
            cancel=self._cancel if self.queues else None,
            key_names=("BENCH_KEY",),
            key_header="X-Bench-Key",
            key_url="https://bench.example/keys",
        )

    async def _submit(self, request: GenerationRequest, access: Access) -> Handle | Done:
        self.submitted += 1
        self.running += 1
        self.most = max(self.most, self.running)
        if self.posts:
            access.transport.posted = True  # type: ignore[attr-defined]
        if self.failure:
            self.running -= 1
            raise self.failure
        if self.queues:
            return Handle(f"job-{self.submitted}")
        try:
            await self.finish.wait()
        finally:
            self.running -= 1
        return Done((Picture(data=self.data),))

    async def _poll(self, request: GenerationRequest, handle: Handle, access: Access) -> Progress:
        if not self.finish.is_set():
            return Running("working")
        self.running -= 1
        return Done((Picture(data=self.data),), upstream_id=handle.id)

    async def _cancel(self, request: GenerationRequest, handle: Handle, access: Access) -> str:
        self.cancelled += 1
        self.running -= 1
        return "Bench accepted the cancellation."


def priced(model: Model, price: Price) -> Model:
    """The row at another price."""
    return replace(model, price=price)
