"""Which failures are injected: every cell of provider, stage, kind and mode, then more at random.

`plans` depends on its seed alone, so that a job that went wrong can be played again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

from errors import StudioError
from providers.catalogue import MODELS, PROVIDERS
from providers.schema import Task
from studio.keys import Keyring
from studio.request import UserRequest, read_request
from studio.routing import Plan, plan
from tests.cloud import faults
from tests.contract.picture_rows import LARGE, SMALL

PROMPT = "a red lighthouse"
USUAL = UserRequest(PROMPT)
PAID = tuple(provider.name for provider in PROVIDERS if provider.needs_key)
REFUSED = "no connection"  # the line never stood: the one cut that proves something
WAIT = "429 wait"
# What happens on this machine, to services whose jobs can be asked after: the disk is full when
# the result comes; the app is killed when the job was accepted; an answer about the job is so odd
# that the adapter breaks down over it.
HERE, FULL, KILLED, ODD = "here", "disk full", "killed", "odd answer"
STATUSES: tuple[int | str, ...] = (401, 402, 403, 404, 408, 409, 422, 429, WAIT, 500, 502, 503, 504)
ENDS = ("refusal", "failed", "aborted", "empty_result", "unknown_status")
SILENT = ("html_200", "empty_body", "hang", "drip", "oversized", "redirect")
ODDLY = ("many", "odd_values", "foreign_url", "black")  # the job ends well, and is told of oddly
KINDS: dict[str, tuple[int | str, ...]] = {
    "upload": ("cut_before", "cut_after", *SILENT, 401, 402, 404, 429, 500, 503),
    "put": ("cut_before", "cut_after", *SILENT, 403, 500, 503),
    "submit": (REFUSED, "cut_before", *SILENT, *STATUSES),
    "accepted": ("cut_after", *SILENT, *STATUSES, *ENDS, *ODDLY),
    "poll": ("cut_before", *SILENT, *STATUSES, *ENDS),
    "result": ("cut_before", *SILENT, 408, 429, WAIT, 502),
    "fetch": ("cut_before", "hang", "drip", "empty_body", "truncated", "truncated_ok", "wrong_type",
              "redirect", 403, 404, 408, 429, WAIT, 500, 502, 503, 504),
    HERE: (FULL, KILLED, ODD),
}  # fmt: skip
ASKED: tuple[dict[str, Any], ...] = (
    {}, {"seed": 7}, {"num_images": 2}, {"quality": "low"}, {"resolution": "1K"},
    {"aspect_ratio": "16:9"},
)  # fmt: skip
# Rows whose pictures are small: the bench is about failures, not about pixels.
PINNED = {
    "huggingface": ("sd-1.4", "sd-1.5"), "fal": ("flux-schnell", "flux-dev", "nano-banana"),
    "replicate": ("flux-schnell", "flux-dev", "nano-banana"), "wavespeed": ("flux-dev",),
    "openai": ("gpt-image-2",),
}  # fmt: skip
# One row of each service that starts from pictures, of a task of its own where there is one.
PICTURED = {
    "huggingface": "flux-kontext-dev", "fal": "esrgan", "replicate": "cdingram-face-swap",
    "wavespeed": "image-face-swap", "openai": "gpt-image-2-edit",
}  # fmt: skip
PICTURED_SHARE = 0.3
# fal's storage is not reached with a base address in its place, which the bench always has.
UPLOADING = {"upload": ("replicate", "wavespeed"), "put": ("wavespeed",)}


@dataclass(frozen=True)
class Cell:
    """One sort of failure."""

    provider: str
    stage: str
    kind: int | str
    mode: str


@dataclass(frozen=True)
class Injection:
    """One job and what happens to it. `keys`: the providers that have one. `times`: how often the
    failure strikes, None for ever. `echo`: the service repeats the key in its words. `also`: a
    second failure, at another provider. `prices`: by model id, of everybody who could be asked;
    `first` is the one asked first. `wish`: what is asked for, with the pictures that `task` starts
    from."""

    number: int
    cell: Cell
    model: str
    keys: tuple[str, ...]
    asked: dict[str, Any] = field(default_factory=dict)
    max_price: Decimal | None = None
    patience: float = 0.0
    times: int | None = 1
    echo: bool = False
    also: Cell | None = None
    prices: dict[str, Decimal | None] = field(default_factory=dict)
    first: str = ""
    task: Task = Task.TEXT_TO_IMAGE
    wish: UserRequest = USUAL

    @property
    def pinned(self) -> bool:
        """Whether the user named the model."""
        return self.cell.mode == "pinned"

    @property
    def queued(self) -> bool:
        """Whether Hugging Face's job must be led to who queues it, to be asked after. An edit is
        queued anyhow."""
        text = self.task is Task.TEXT_TO_IMAGE
        late = self.cell.stage in ("poll", "fetch", HERE)
        return self.cell.provider == "huggingface" and late and text


def plans(seed: int, count: int) -> Iterator[Injection]:
    """So many injections: every cell once, in a shuffled order, then again."""
    random = Random(seed)
    cells = list(_cells())
    for number in range(count):
        if number % len(cells) == 0:
            random.shuffle(cells)
        yield _injection(random, number, cells[number % len(cells)])


def _cells() -> Iterator[Cell]:
    for (stage, kinds), provider, mode in product(KINDS.items(), PAID, ("pinned", "auto")):
        yield from (
            Cell(provider, stage, kind, mode) for kind in kinds if _can(provider, stage, kind)
        )


def _can(provider: str, stage: str, kind: int | str) -> bool:
    """Whether the emulated service can fail so."""
    if provider not in UPLOADING.get(stage, PAID):
        return False
    if stage == HERE:
        return provider in faults.POLLED
    try:
        faults.check(provider, stage, 429 if kind == WAIT else kind)
    except ValueError:
        return kind == REFUSED
    return True


def _injection(random: Random, number: int, cell: Cell) -> Injection:
    """The rest of an injection: whose keys, what is asked, how dear, how often."""
    names = PINNED[cell.provider]
    if cell.stage == HERE and cell.provider == "huggingface":
        names = (PICTURED[cell.provider],)  # of its pictures the router queues the edits
    elif cell.stage in UPLOADING or random.random() < PICTURED_SHARE:
        names = (PICTURED[cell.provider],)
    row = MODELS[f"{cell.provider}/{random.choice(names)}"]
    task, large = row.task, cell.stage in UPLOADING or random.random() < 0.2
    if cell.mode == "pinned":
        fitting = [asked for asked in ASKED if all(row.param(name) for name in asked)]
        asked, keys, model = random.choice(fitting), PAID, row.id
        wish = _wish(task, asked, large)
    else:
        asked, keys, wish = _led_by(random, cell.provider, task, large)
        model = "auto"
    found = _plan(task, model, wish, keys)
    first = found.candidates[0]
    most = [None, None, Decimal("0.05"), Decimal("0.25"), first.price]
    fair = [each for each in most if each is None or first.price is None or each >= first.price]
    others = [name for name in keys if name != cell.provider]
    return Injection(
        number,
        cell,
        model,
        keys,
        asked,
        max_price=random.choice(fair),
        patience=random.choice([0.0, 0.0, 2.0]),
        times=_times(random, cell),
        echo=random.random() < 0.3,
        also=_second(random, random.choice(others)) if others and random.random() < 0.3 else None,
        prices={each.model.id: each.price for each in found.candidates},
        first=first.model.id,
        task=task,
        wish=wish,
    )


def _led_by(
    random: Random, provider: str, task: Task, large: bool
) -> tuple[dict[str, Any], tuple[str, ...], UserRequest]:
    """Settings, keys and the wish with which Auto asks this provider first."""
    while True:
        asked = random.choice(ASKED)
        keys = tuple(name for name in PAID if name == provider or random.random() < 0.6)
        wish = _wish(task, asked, large)
        try:
            found = _plan(task, "auto", wish, keys)
        except StudioError:
            continue
        if found.candidates[0].model.provider == provider:
            return asked, keys, wish


def _wish(task: Task, asked: dict[str, Any], large: bool) -> UserRequest:
    """What is asked for; the pictures are small enough for a request, or not."""
    count = {Task.TEXT_TO_IMAGE: 0, Task.FACE_SWAP: 2}.get(task, 1)
    words = PROMPT if task in (Task.TEXT_TO_IMAGE, Task.IMAGE_EDIT) else ""
    return read_request(words, asked, (LARGE if large else SMALL)[:count], task)


def _plan(task: Task, model: str, wish: UserRequest, keys: tuple[str, ...]) -> Plan:
    ring = Keyring(operator=dict.fromkeys(keys, "key"))
    return plan(task, model, wish, ring)


def _times(random: Random, cell: Cell) -> int | None:
    """Once for what is slow or happens once; at a file host often for ever."""
    if cell.stage == "fetch" and random.random() < 0.5:
        return None
    repeated = cell.stage in ("poll", "result", "fetch") and cell.kind not in ("hang", "drip", WAIT)
    return random.choice([1, 2, 3]) if repeated else 1


def _second(random: Random, provider: str) -> Cell:
    stage = random.choice(["submit", "accepted"])
    kinds = [kind for kind in KINDS[stage] if kind != REFUSED and _can(provider, stage, kind)]
    return Cell(provider, stage, random.choice(kinds), "auto")
