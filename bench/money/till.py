"""A provider that keeps its own book: what each job ends in, and what it takes for it."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass, field
from decimal import Decimal

from PIL import Image

from errors import (
    NoCredit,
    ProviderFailed,
    RateLimited,
    Refused,
    ResultLost,
    StudioError,
    UnknownOutcome,
)
from providers.http.client import Access
from providers.schema import (
    Done,
    GenerationRequest,
    Handle,
    Picture,
    Progress,
    Provider,
    Running,
)

# What a job ends in. Those of the second row may have cost something, and nobody says how much.
FREE = ("no_credit", "busy", "failed_free")
OPEN = ("failed", "refused", "cut", "lost", "stopped")


@dataclass(frozen=True)
class Script:
    """What happens to one job. `charged`: what the provider says it took, None where it says
    nothing. `found`: asked after again, it turns out well."""

    end: str
    charged: Decimal | None = None
    found: bool = False
    polls: int = 1


@dataclass
class Till:
    """The provider. `scripts` by the job's number, which is its seed. `accepted`: the numbers of
    the jobs it took; `second`: of those whose users have asked after them again."""

    scripts: dict[int, Script]
    accepted: list[int] = field(default_factory=list)
    asked: dict[int, int] = field(default_factory=dict)
    second: set[int] = field(default_factory=set)
    picture: bytes = field(default_factory=lambda: _picture())

    def provider(self) -> Provider:
        """It, as the studio knows providers."""
        return Provider(
            name="fal",
            title="The till",
            models=(),
            payload=lambda request, addresses: {"prompt": request.prompt},
            submit=self._submit,
            poll=self._poll,
            cancel=self._cancel,
            key_names=("TILL_KEY",),
            key_header="X-Till-Key",
            key_url="https://till.example/keys",
        )

    async def _submit(self, request: GenerationRequest, access: Access) -> Handle | Done:
        number = int(request.settings["seed"])
        end = self.scripts[number].end
        await asyncio.sleep(0.002)
        if end in ("no_credit", "busy"):
            raise (NoCredit if end == "no_credit" else RateLimited)("No.", provider="fal")
        self.accepted.append(number)
        if end == "cut":
            raise UnknownOutcome("The line was cut.", provider="fal")
        return Handle(f"job-{number}")

    async def _poll(self, request: GenerationRequest, handle: Handle, access: Access) -> Progress:
        number = int(handle.id.removeprefix("job-"))
        script = self.scripts[number]
        self.asked[number] = self.asked.get(number, 0) + 1
        if script.end == "stopped" or self.asked[number] <= script.polls:
            return Running("working")
        failure = self._failure(number, script)
        if failure:
            raise failure
        return Done((Picture(data=self.picture),), upstream_id=handle.id, charged=script.charged)

    def _failure(self, number: int, script: Script) -> StudioError | None:
        if script.end == "lost":
            return None if self.turned_out_well(number) else ResultLost("Gone.", provider="fal")
        if script.end == "refused":
            return Refused("No.", provider="fal", created=True)
        if script.end in ("failed", "failed_free"):
            return ProviderFailed("No.", provider="fal", free=script.end == "failed_free")
        return None

    def turned_out_well(self, number: int) -> bool:
        """Whether a lost result was found when its user asked again."""
        script = self.scripts[number]
        return script.end == "lost" and script.found and number in self.second

    async def _cancel(self, request: GenerationRequest, handle: Handle, access: Access) -> str:
        return "The till accepted the cancellation."


def _picture() -> bytes:
    place = io.BytesIO()
    Image.new("RGB", (8, 8), (90, 120, 60)).save(place, "PNG")
    return place.getvalue()
