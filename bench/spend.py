"""An attacker who spends the operator's money: what the services charged, beside the day's limits.

Run `python -m bench.spend [seconds]`, 60 by default. The app runs as on a public machine, with a
key for every service of the emulated cloud, whose ledger is the judge: it knows nothing of Easel's
prices. Half of the time the attacker has one network address and writes another one into
X-Forwarded-For each time; then the app is killed (kill -9) and started again on the same data
folder, and he has as many addresses as he likes, by a proxy that the operator named. He calls the
REST API with fresh sessions and without any, by position and by name, and gradio_client, as many
at once as he can. Ends with an error where more was spent than the day allows, or from one address
than its share.
"""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
from gradio_client import Client

from tests.cloud import Cloud
from tests.cloud.ledger import Job
from tests.running import App, leave

DAILY_USD, DAILY_CALLS, SHARE, HOURLY, BUDGET = Decimal(2), 20, Decimal("0.2"), 30, Decimal("0.50")
LANES = 16
LEAST_CALLS = 40  # on a busy machine, however long they take
SERVICES = ("replicate", "fal", "huggingface", "wavespeed", "openai")
# What he asks for: the dearest, the cheapest, what has no price, and what Auto finds.
WISHES: tuple[dict[str, Any], ...] = (
    {"model": "openai/gpt-image-2", "width": 3840, "height": 2160, "quality": "high"},
    {"model": "openai/gpt-image-2", "quality": "low", "num_images": 4},
    {"model": "fal/gpt-image-2", "width": 1024, "height": 1024, "quality": "medium"},
    {"model": "fal/nano-banana", "num_images": 4},
    {"model": "fal/flux-schnell"},
    {"model": "replicate/nano-banana-pro", "resolution": "4K"},
    {"model": "replicate/flux-dev"},
    {"model": "wavespeed/seedream-4"},
    {"model": "huggingface/sd3-medium"},
    {"model": "huggingface/flux-dev"},
    {"model": "auto"},
    {"model": "auto", "prompt": "a {red|green|blue} fox", "num_images": 3},
)
# US dollars a picture by service and model, from the facts of 2026-11-30; by quality for the
# models that have one: in the size of 3840x2160, in any other.
PRICES: dict[str, str] = {
    "fal fal-ai/nano-banana": ".039",
    "fal fal-ai/flux/schnell": ".003",
    "fal fal-ai/flux/dev": ".025",
    "replicate google/nano-banana-pro": ".24",
    "replicate black-forest-labs/flux-dev": ".025",
    "replicate black-forest-labs/flux-schnell": ".003",
    "wavespeed bytedance/seedream-v4": ".027",
    "wavespeed wavespeed-ai/flux-dev": ".012",
}
BY_QUALITY = {
    "low": (".012", ".007"),
    "medium": (".101", ".056"),
    "high": (".401", ".222"),
    "auto": (".401", ".222"),
}


@dataclass
class Tally:
    """What the attacker met: answers by kind, and every sentence that he was refused with."""

    calls: int = 0
    done: int = 0
    refused: int = 0
    said: Counter[str] = field(default_factory=Counter)


def charged(job: Job) -> tuple[Decimal, int]:
    """What the cloud charges for a job: US dollars, and calls without a price of their own."""
    if job.state in ("failed", "aborted") or job.invalid:
        return Decimal(0), 0
    said = job.input
    number = int(said.get("num_images") or said.get("n") or said.get("number_of_images") or 1)
    if "gpt-image-2" in job.model:
        largest = "3840" in json.dumps(said.get("size", said.get("image_size", "")))
        price = BY_QUALITY[str(said.get("quality", "auto"))][0 if largest else 1]
        return Decimal(price) * number, 0
    price = PRICES.get(f"{job.service} {job.model}", "")
    if job.service == "huggingface":  # at the price of who serves it, where that is known
        price = next((usd for name, usd in PRICES.items() if name.endswith(f" {job.model}")), "")
    return (Decimal(price) * number, 0) if price else (Decimal(0), number)


def total(cloud: Cloud) -> tuple[Decimal, int]:
    """What the cloud has charged in all."""
    sums = [charged(job) for job in cloud.jobs()]
    return sum((usd for usd, _ in sums), Decimal(0)), sum(calls for _, calls in sums)


async def attack(app: App, seconds: float, wandering: bool, seed: int) -> Tally:
    """Call as often as possible. `wandering`: every call comes from an address of its own."""
    tally, until, chance = Tally(), time.monotonic() + seconds, random.Random(seed)
    wishes = _wishes(chance)
    async with httpx.AsyncClient(base_url=app.url, trust_env=False, timeout=60) as web:

        async def lane() -> None:
            while time.monotonic() < until or tally.calls < LEAST_CALLS:
                await _call(web, next(wishes), chance, tally)

        async def client_lane() -> None:
            while time.monotonic() < until:
                await asyncio.to_thread(_by_client, app, next(wishes), chance, tally)

        lanes = [lane() for _ in range(LANES)]
        if not wandering:
            lanes.append(client_lane())
        await asyncio.gather(*lanes)
    return tally


def _wishes(chance: random.Random) -> Iterator[dict[str, Any]]:
    while True:
        yield {"prompt": "a fox"} | chance.choice(WISHES)


async def _call(
    web: httpx.AsyncClient, wish: dict[str, Any], chance: random.Random, tally: Tally
) -> None:
    """One call by REST: with a session nobody has seen, or with none."""
    mine = f"{chance.randrange(1, 224)}.{chance.randrange(256)}.{chance.randrange(256)}.7"
    headers = {"X-Forwarded-For": mine, "X-Real-IP": mine, "Forwarded": f"for={mine}"}
    place = "/gradio_api/call/v2/text_to_image"
    body: dict[str, Any] = dict(wish)
    if chance.random() < 0.5:
        place = "/gradio_api/call/text_to_image"
        body = {"data": _in_order(wish)}
        if chance.random() < 0.5:
            body["session_hash"] = secrets.token_hex(8)
    tally.calls += 1
    try:
        answer = await web.post(place, json=body, headers=headers)
        if answer.status_code != 200:
            tally.said[f"{answer.status_code} {answer.text[:60]}"] += 1
            return
        event = answer.json()["event_id"]
        follow = await web.get(f"/gradio_api/call/text_to_image/{event}", headers=headers)
    except httpx.HTTPError as error:  # the app is being killed
        tally.said[type(error).__name__] += 1
        return
    _note(follow.text, tally)


def _in_order(wish: dict[str, Any]) -> list[Any]:
    """The parameters by position."""
    usual = {"aspect_ratio": "1:1", "num_images": 1}
    names = (
        "prompt", "model", "aspect_ratio", "resolution", "width", "height", "num_images", "seed",
        "negative_prompt", "num_inference_steps", "guidance_scale", "quality", "output_format",
        "max_price",
    )  # fmt: skip
    return [wish.get(name, usual.get(name)) for name in names]


def _by_client(app: App, wish: dict[str, Any], chance: random.Random, tally: Tally) -> None:
    """One call by gradio_client, with a session of its own."""
    tally.calls += 1
    client: Client | None = None
    try:
        client = app.client(X_Forwarded_For=f"9.9.{chance.randrange(256)}.7")
        client.predict(**wish, api_name="/text_to_image")
        tally.done += 1
    except Exception as error:  # noqa: BLE001 - whatever gradio_client makes of a refusal
        tally.refused += 1
        tally.said[str(error)[:60]] += 1
    finally:
        if client is not None:
            leave(client)


def _note(events: str, tally: Tally) -> None:
    """The last event of a call."""
    kind, _, data = events.rpartition("event: ")[2].partition("\n")
    if kind == "complete":
        tally.done += 1
    else:
        tally.refused += 1
        tally.said[data[:90]] += 1


def play(seconds: float, folder: Path, seed: int = 1) -> list[str]:
    """Both halves of the attack; prints the figures. Returns what is wrong."""
    wrong: list[str] = []
    with Cloud() as cloud:
        for service in SERVICES:
            cloud.pace(service, queue=0, steps=1, delay=0.0)
        usual = cloud.environment() | {
            "EASEL_DAILY_USD": str(DAILY_USD),
            "EASEL_DAILY_CALLS": str(DAILY_CALLS),
            "EASEL_ADDRESS_SHARE": str(SHARE),
            "EASEL_ADDRESS_JOBS": str(HOURLY),
            "EASEL_BUDGET_USD": str(BUDGET),
            "EASEL_DATA_DIR": str(folder / "data"),
        }
        with App(folder / "first", usual) as app:
            one = asyncio.run(attack(app, seconds / 2, wandering=False, seed=seed))
            if app.process:
                app.process.kill()
                app.process.wait()
        usd, calls = total(cloud)
        _print("one address", one, cloud, usd, calls)
        if usd > DAILY_USD * SHARE or calls > DAILY_CALLS * SHARE or len(cloud.jobs()) > HOURLY:
            wrong.append(f"one address: ${usd}, {calls} calls, {len(cloud.jobs())} jobs")
        with App(folder / "again", usual | {"EASEL_PROXIES": "127.0.0.1"}) as app:
            many = asyncio.run(attack(app, seconds / 2, wandering=True, seed=seed + 1))
        usd, calls = total(cloud)
        _print("many addresses, after a kill", many, cloud, usd, calls)
        if usd > DAILY_USD or calls > DAILY_CALLS:
            wrong.append(f"all: ${usd}, {calls} calls")
        if not one.refused or not many.refused or not cloud.jobs():
            wrong.append("nothing was refused, or nothing made: this was no attack")
        wrong += cloud.bugs
    return wrong


def _print(who: str, tally: Tally, cloud: Cloud, usd: Decimal, calls: int) -> None:
    print(
        f"{who}: {tally.calls} calls, {tally.done} done, {tally.refused} refused; charged so far: "
        f"{len(cloud.jobs())} jobs, ${usd} of ${DAILY_USD}, {calls} of {DAILY_CALLS} calls"
    )
    for text, times in tally.said.most_common(4):
        print(f"    {times} x {text}")


def main() -> None:
    """Print the figures; end with an error where a limit was passed."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    with tempfile.TemporaryDirectory() as folder:
        wrong = play(seconds, Path(folder))
    sys.exit("\n".join(wrong) or 0)


if __name__ == "__main__":
    main()
