"""What a receipt holds: the JSON that callers of the API are answered and that a session keeps."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict


class ReceiptImage(TypedDict):
    """A file of a result. Paths are this machine's; the API turns them into addresses."""

    # The file's name.
    name: str
    # Where it is on this machine.
    path: str
    # "png", "jpeg" or "webp".
    format: str
    # Pixels.
    width: int
    # Pixels.
    height: int
    # The file's size.
    bytes: int


class ReceiptPrice(TypedDict):
    """What a job cost, and how that is known."""

    # US dollars, None where nobody knows.
    usd: float | None
    # "actual", "estimate", "free", "not_charged" or "unknown".
    basis: str
    # What an unknown price was expected to be, in US dollars.
    at_most: float | None
    # Whether the row's price was read at its source.
    verified: bool
    # Where the row's price was read.
    source: str
    # When, as an ISO date.
    checked: str | None
    # What the row says about its price.
    note: str


class Attempt(TypedDict):
    """A model that was asked, or passed over ("skipped", with a message and nothing else)."""

    # The model's id.
    model: str
    # A job's state, or "skipped".
    outcome: str
    # The kind of error, None for none.
    kind: NotRequired[str | None]
    # Why it failed or was passed over.
    message: str | None
    # The HTTP status it failed with.
    status: NotRequired[int | None]
    # The job's id at the provider.
    upstream_id: NotRequired[str]
    # How long it took.
    seconds: NotRequired[float]


# A translation, as the receipt of the picture made with it shows it: the id of its own receipt,
# who made it, from and to which language, what it cost and how that is known, whether it was paid
# for before in this session, whether the user has changed it.
TranslatedBy = TypedDict(
    "TranslatedBy",
    {
        "id": str,
        "model": str,
        "title": str,
        "provider": str,
        "from": str,
        "to": str,
        "usd": float | None,
        "basis": str,
        "repeated": bool,
        "edited": bool,
    },
)


class Receipt(TypedDict):
    """What was asked, what was sent, who answered, and at what price."""

    # The job's id.
    id: str
    # When the job was made, in ISO 8601.
    created: str
    # The state the job is in.
    state: str
    # The task's name.
    task: str
    # The model's id.
    model: str
    # The model's title.
    title: str
    # The provider's title.
    provider: str
    # What the user asked, pictures by their labels.
    asked: dict[str, Any]
    # The payload, pictures by their labels.
    sent: dict[str, Any]
    # What the user should know about the result.
    warnings: list[str]
    # The seed, None where nobody knows it.
    seed: int | None
    # The pictures made.
    images: list[ReceiptImage]
    # The text made, "" where pictures were.
    text: str
    # What checking the text found.
    findings: NotRequired[dict[str, Any]]
    # Who translated the prompt, where somebody did.
    translated_by: NotRequired[TranslatedBy]
    # From the button to the end.
    seconds: float
    # What it cost.
    price: ReceiptPrice
    # Whose key was used: "user", "operator" and so on; never the key.
    key: str
    # The job's id at the provider, "" for none.
    upstream_id: str
    # Shared by all jobs of one request.
    order: str
    # Every model asked or passed over, this one last.
    attempts: list[Attempt]
    # The states the job went through, each with its time.
    moments: list[list[str]]
    # The id of the result this one was made from on this machine.
    derived_from: NotRequired[str]


class RecordHandle(TypedDict):
    """How a provider is asked after a job."""

    # The job's id there.
    id: str
    # The addresses it gave for it, by what they are for.
    urls: dict[str, str]


class RecordError(TypedDict):
    """What ended a job."""

    # Its kind, such as "timed_out".
    kind: str
    # What happened.
    message: str
    # What to do now.
    advice: str
    # The HTTP status, None where there was none.
    status: int | None
    # The provider's name.
    provider: str


class Record(Receipt):
    """A receipt with what is needed to ask after its job again."""

    # The prompt that was sent.
    prompt: NotRequired[str]
    # The settings that were sent.
    settings: NotRequired[dict[str, Any]]
    # The pictures that were sent, without their bytes.
    pictures: NotRequired[list[dict[str, Any]]]
    # How the provider is asked after it, None where it never answered.
    handle: NotRequired[RecordHandle | None]
    # What ended it, None where nothing has.
    error: RecordError | None
    # What is known of its cancellation.
    cancellation: str
    # What a language model was told, None for pictures.
    brief: NotRequired[dict[str, Any] | None]
    # Whether it was made before a restart, so that its words are unknown.
    forgotten: NotRequired[bool]
    # US dollars it can come to at most, None where that is its price.
    most: NotRequired[str | None]
    # US dollars drawn from the operator's credit.
    drawn: NotRequired[str]
