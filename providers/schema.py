"""The types every room shares: what a model is, what is asked of it, what comes back.

All are frozen dataclasses. A model is one row of data (`Model`); the controls, the validation,
the wire payload, the price and the documentation are all read from that row.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from providers.brief import Brief as Brief
from providers.http.answers import Explain
from providers.http.client import Access
from providers.inputs import InputPicture as InputPicture
from providers.inputs import Slot as Slot
from providers.param import Param as Param
from providers.param import Value as Value

Settings = Mapping[str, Value]
Takes = Callable[["GenerationRequest"], None]


class Task(StrEnum):
    """What a user came for."""

    TEXT_TO_IMAGE = "text-to-image"
    IMAGE_EDIT = "image-edit"
    RETOUCH = "retouch"
    TEXT_OVERLAY = "text-overlay"
    FACE_SWAP = "face-swap"
    UPSCALE = "upscale"
    PROMPT_WRITING = "prompt-writing"


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit costs in US dollars, where that is written, and when it was read.

    `usd` is the price per `per`; where it depends on one param, `by` names that param and
    `steps` gives the price for its values, `usd` being the price of the model's default. Where the
    size matters too, `areas` gives these prices for pictures of up to so many pixels, and `steps`
    those of the usual size. `most`: the dearest that any source tells, where sources differ.
    A megapixel is one of what is made; an input megapixel is one of the pictures sent.
    `usd` None means unknown, which is shown as unknown and never as 0. `tokens`: US dollars per
    million tokens of "text" and "image" going in and of "output", where usage is told afterwards.
    A price per token alone has no `usd`: `tokens` tells it, and the most that a request may come to
    is counted from the length of its words and of the answer it allows.
    """

    usd: Decimal | None = None
    per: Literal["image", "megapixel", "input megapixel", "second", "token"] = "image"
    by: str = ""
    steps: Mapping[Value, Decimal] = field(default_factory=dict)
    areas: Mapping[int, Mapping[Value, Decimal]] = field(default_factory=dict)
    most: Decimal | None = None
    tokens: Mapping[str, Decimal] = field(default_factory=dict)
    source: str = ""
    checked: date | None = None
    verified: bool = True
    note: str = ""


UNKNOWN_PRICE = Price()


@dataclass(frozen=True, slots=True)
class Pixels:
    """The sizes a model accepts when it takes exact pixels.

    `minimum`, `maximum`: of one side, in pixels. `multiple`: both sides divide by it.
    `area`: least and greatest width x height. `ratio`: greatest long side / short side.
    `tiers`: the area in pixels that each resolution name stands for; `default` is the area used
    when the user names none.
    """

    minimum: int
    maximum: int
    multiple: int = 8
    area: tuple[int, int] | None = None
    ratio: float | None = None
    tiers: Mapping[str, int] = field(default_factory=dict)
    default: int = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a model can take in. `prompt`: most characters. `pixels`: sizes of what it makes.

    Of each input picture: `image_bytes`, most bytes; `image_side`, most pixels of one side, and
    `image_pixels`, of the area, None where nothing is published; `image_types`, the media types
    it reads, PNG alone where the provider demands it; `image_alpha`, whether transparency may
    stay; `image_least`, fewest pixels of one side, and `image_ratio`, how many times as long as the
    other a side may be, None for any: where nothing is published, what no photograph falls short
    of. How many pictures it takes stands in `Model.slots`.
    """

    prompt: int = 10_000
    pixels: Pixels | None = None
    image_bytes: int = 4 * 1024**2
    image_side: int | None = None
    image_pixels: int | None = None
    image_types: tuple[str, ...] = ("image/jpeg", "image/png", "image/webp")
    image_alpha: bool = True
    image_least: int = 16
    image_ratio: float | None = 32.0


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a model can still be asked. `until`: the last day of a deprecated model, if known.
    `successor`: a row's id, or the name its maker gives where no row has it yet."""

    state: Literal["live", "deprecated", "retired"] = "live"
    until: date | None = None
    successor: str = ""
    note: str = ""


LIVE = Status()


@dataclass(frozen=True, slots=True)
class Model:
    """One row of the catalogue: `id` is `provider/name`, `endpoint` is the provider's own name.

    `languages`: ISO 639-1 codes the model reads well, ("*",) for any. `licence`: what is known of
    commercial use. `fixed`: fields always sent. `source`: where the row was read, with its date.
    `seconds`: how long a job may run before Easel stops waiting. `slots`: where its pictures go.
    `words`: whether it reads words of the user. `guard`: Easel's own prompt for it, to which the
    user's words are added. `general`: it was not made for this task, so that Auto asks it after
    those that were. `takes`: raises `InvalidInput` for a request that fits all of that and still
    says something the model cannot do, such as words it does not know; quick, without network,
    and asked before anything is sent, so that Auto passes the model over. `brief`: the fields in
    which a language model reads what it is "told" to do, and how many "tokens" it may write.
    """

    id: str
    title: str
    endpoint: str
    task: Task
    params: tuple[Param, ...]
    price: Price = UNKNOWN_PRICE
    limits: Limits = Limits()
    languages: tuple[str, ...] = ("en",)
    licence: str = ""
    status: Status = LIVE
    notes: str = ""
    source: str = ""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 600.0
    slots: tuple[Slot, ...] = ()
    words: Literal["needed", "optional", "none"] = "needed"
    guard: str = ""
    general: bool = False
    takes: Takes | None = None
    brief: Mapping[str, str] = field(default_factory=dict)

    @property
    def provider(self) -> str:
        """The part of the id before the slash."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """The part of the id after the slash."""
        return self.id.partition("/")[2]

    @property
    def least_pictures(self) -> int:
        """How many pictures it needs."""
        return sum(slot.least for slot in self.slots)

    @property
    def most_pictures(self) -> int:
        """How many pictures it takes."""
        return sum(slot.most for slot in self.slots)

    def param(self, name: str) -> Param | None:
        """The param of that name, or None where the model lacks it."""
        return next((param for param in self.params if param.name == name), None)


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """A checked request for one model: `settings` holds only params the model has.

    Width and height stand in `settings` in pixels when the model takes pixels. `pictures` fill
    the model's slots in their order. `brief`: what is to be done with the words, where the answer
    is a text.
    """

    model: Model
    prompt: str
    settings: Settings
    pictures: tuple[InputPicture, ...] = ()
    brief: Brief | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """Its pictures as receipts show them."""
        return tuple(picture.label for picture in self.pictures)


@dataclass(frozen=True, slots=True)
class Handle:
    """A job the provider has accepted. `urls`: the provider's own addresses for it, by purpose."""

    id: str
    urls: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Picture:
    """One result as the provider gave it: the bytes themselves, or where to fetch them."""

    url: str = ""
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Queued:
    """The job waits. `position`: how many are ahead, None where the provider does not say."""

    position: int | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """The job runs. `message`: the provider's stage or last log line. `fraction`: 0 to 1.
    `text`: what is written so far, where the answer is a text. `unknown`: the provider's word for
    where the job stands, where Easel does not know it ("?" for none at all)."""

    message: str = ""
    fraction: float | None = None
    text: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The job succeeded: its pictures, the seed used, and whatever the user should be told.

    `charged`: the actual price in US dollars where the provider tells it. `text`: the answer,
    where it is a text; there are no pictures then.
    """

    pictures: tuple[Picture, ...] = ()
    seed: int | None = None
    upstream_id: str = ""
    warnings: tuple[str, ...] = ()
    charged: Decimal | None = None
    text: str = ""


Progress = Queued | Running | Done


Payload = Callable[[GenerationRequest, Sequence[str]], Mapping[str, Any]]
Submit = Callable[[GenerationRequest, "Access"], Coroutine[Any, Any, Handle | Done]]
Write = Callable[[GenerationRequest, "Access"], AsyncGenerator[Running | Done, None]]
Poll = Callable[[GenerationRequest, Handle, "Access"], Coroutine[Any, Any, Progress]]
Cancel = Callable[[GenerationRequest, Handle, "Access"], Coroutine[Any, Any, str]]
Find = Callable[[GenerationRequest, datetime, "Access"], Coroutine[Any, Any, "Handle | None"]]
Serves = Callable[[Model, "Access"], Coroutine[Any, Any, str]]
ServedBy = Callable[[Model, "Access"], Coroutine[Any, Any, tuple[str, str] | None]]


@dataclass(frozen=True, slots=True)
class Provider:
    """One service, or one engine of our own.

    `payload` is the body that goes out, without keys; its second argument stands for the
    pictures: data URIs or addresses when it is sent, their labels in a receipt. `explain` reads a
    failed answer of this service, where the HTTP status alone would mislead. `submit` sends the
    request once and returns a `Handle` when the service queues it, or `Done` when it answers
    with the pictures. `write` does the same for what is written, sends the request once too, and
    yields what has come so far while the answer streams, `Done` last; None where a text is asked
    for like a picture. `poll` asks after a handle. `cancel` asks the service to stop and returns
    its answer in words; None where the service has no such call. `find` looks through the
    account's recent jobs for one whose submission was never answered (sent not before a moment
    in UTC). `serves` returns why a model cannot be had right now, or "" when it can; None where
    that never changes. `served_by` returns who works on a model's jobs now, and its name there,
    where the provider only hands them on; None for nobody. They are coroutines and raise only
    `errors.StudioError`. `also_called`: what others who hand jobs on to it call it.
    `key_names`: the environment names of its key, the first one the proper one; none for our own
    engines. `sign_in`: a visitor who signs in on a Space brings a token that is a key here.
    `bases`: the usual base URL by the environment name that replaces it.
    `keeps`: how long the service keeps pictures and prompts, for the privacy page.
    """

    name: str
    title: str
    models: tuple[Model, ...]
    payload: Payload
    submit: Submit
    write: Write | None = None
    poll: Poll | None = None
    cancel: Cancel | None = None
    find: Find | None = None
    serves: Serves | None = None
    served_by: ServedBy | None = None
    explain: Explain | None = None
    also_called: tuple[str, ...] = ()
    key_names: tuple[str, ...] = ()
    key_header: str = ""
    key_url: str = ""
    sign_in: bool = False
    bases: Mapping[str, str] = field(default_factory=dict)
    keeps: str = ""

    @property
    def needs_key(self) -> bool:
        """Whether a key is needed at all; our own engines need none."""
        return bool(self.key_names)
