"""The picture's place, the line under it and the receipt, as HTML. Every value is escaped."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from errors import Cancelled, StudioError
from i18n import say
from providers.catalogue import MODELS, PROVIDERS, provider_of
from providers.schema import Model, Queued, Running
from studio.jobs.job import Job, State
from studio.keys import how_to_set
from studio.money.spend import ZERO
from studio.results.receipts import Receipt, ReceiptImage
from studio.runner import is_aside
from studio.session import Session
from ui.forms.controls import needs
from ui.html import render
from ui.money import dollars

COLUMNS = ("model", "price", "reads", "licence", "now")


def empty(hint: str = "", title: str = "") -> str:
    """Before the first result. `hint`: what to do, where that is not to describe a picture;
    `title`: what will stand there, where that is none."""
    return _card("empty", title or say("stage.empty"), [hint or say("stage.empty.hint")])


def starting() -> str:
    """Between the click and the first word of the job."""
    label = say("stage.starting")
    return _card("running", label, [], bar={"fraction": None, "label": label})


def running(job: Job) -> str:
    """While a job runs: stage, the provider's line, elapsed time, a bar where it is known."""
    fraction = job.progress.fraction if isinstance(job.progress, Running) else None
    line = job.progress.message if job.state in (State.ACCEPTED, State.RUNNING) else ""
    user_request = job.user_request
    which = (
        say("stage.picture", number=user_request.number, of=user_request.of)
        if user_request.of > 1
        else ""
    )
    bar = {"fraction": fraction, "label": stage(job)}
    return _card("running", stage(job), [which, line], bar=bar, seconds=int(job.elapsed))


def stage(job: Job) -> str:
    """Where a job stands, in a few words."""
    provider = provider_of(job.request.model)
    progress = job.progress
    if job.state is State.PRICED:
        ahead = progress.position if isinstance(progress, Queued) else None
        return say("stage.line.ahead", ahead=ahead) if ahead else say("stage.line")
    if not provider.needs_key:
        ahead = progress.position if isinstance(progress, Queued) else None
        return say("stage.line.ahead", ahead=ahead) if ahead else say("stage.local")
    if is_aside(job):
        return say("stage.translating", provider=provider.title)
    if job.state is State.ACCEPTED and isinstance(progress, Queued):
        if progress.position is not None:
            return say("stage.queue.ahead", provider=provider.title, ahead=progress.position)
        return say("stage.accepted", provider=provider.title)
    return say(f"stage.{job.state}", provider=provider.title)


def failed(error: StudioError, basis: str = "") -> str:
    """After a failure: what happened, what to do now, and that nothing is lost. `basis`: how the
    job's price is known, where there is a job."""
    kind = "stopped" if isinstance(error, Cancelled) else "failed"
    job = say("stage.job", id=error.upstream_id) if error.upstream_id else ""
    charge = say(f"charge.{basis}") if basis in ("unknown", "not_charged") else ""
    lines = [error.what_now, charge, job, say("stage.failed.untouched")]
    return _card(kind, error.message, lines)


def told(sentence: str) -> str:
    """A plain sentence in the picture's place."""
    return _card("stopped", sentence, [])


def note(sentence: str) -> str:
    """A plain sentence under something."""
    return render("note", sentence=sentence)


def broken() -> str:
    """After a fault of Easel's own."""
    return _card("failed", say("error.unexpected"), [say("stage.failed.untouched")])


def caption(receipt: Receipt, before: tuple[int, int] | None = None) -> str:
    """One line under the picture: who made it, size, seconds, price, seed, warnings. `before`:
    the size of the picture it was made from."""
    image = receipt["images"][0]
    old = f"{before[0]} × {before[1]} → " if before else ""
    return render(
        "caption",
        maker=f"{receipt['title']} · {receipt['provider']}",
        facts=[
            f"{old}{image['width']} × {image['height']}",
            say("result.seconds", seconds=receipt["seconds"]),
            price(receipt),
        ],
        seed=receipt["seed"],
        story=story(receipt),
        warnings=receipt["warnings"],
    )


def story(receipt: Receipt) -> str:
    """Who was asked before and why not they: "Hugging Face: no credit → Nano Banana · fal, $0.039";
    blank when the first one answered."""
    reasons: dict[str, str] = {}
    for tried in receipt["attempts"][:-1]:
        who = provider_of(MODELS[tried["model"]]).title
        reasons.setdefault(who, str(tried["message"]).strip().rstrip("."))
    if not reasons:
        return ""
    who = f"{receipt['title']} · {receipt['provider']}"
    answered = say("story.answered", who=who, price=price(receipt))
    return " → ".join([*(f"{who}: {why}" for who, why in reasons.items()), answered])


def price(receipt: Receipt) -> str:
    """What a result cost, and how that is known."""
    paid = receipt["price"]
    amount = dollars(paid["usd"]) if paid["usd"] is not None else ""
    return say(f"result.price.{paid['basis']}", price=amount)


def receipt_table(receipt: Receipt) -> str:
    """The whole receipt as a table."""
    shown = {
        **receipt,
        "images": [_image_words(image) for image in receipt["images"]],
        "moments": [f"{at} {state}" for state, at in receipt["moments"]],
    }
    rows = [
        (name.replace("_", " "), value)
        for name, value in shown.items()
        if name != "title" and value not in ("", None, [], {})
    ]
    return render("receipt", rows=rows, flat=_flat)


def spend(session: Session) -> str:
    """The session's spend, always in sight."""
    money = session.spend
    parts = [say("bar.spend.actual", amount=dollars(money.actual))] if money.actual else []
    if money.estimated:
        parts.append(say("bar.spend.estimated", amount=dollars(money.estimated)))
    if money.unknown:
        parts.append(say("bar.spend.unknown", count=money.unknown))
    return render("spend", amounts=" + ".join(parts) or dollars(ZERO))


def models_table(rows: Iterable[dict[str, Any]]) -> str:
    """Every model by provider: what it costs, reads and allows, and what is missing to use it."""
    groups = groupby(rows, key=itemgetter("provider"))
    providers = [_provider_part(name, group) for name, group in groups]
    return render("models", columns=COLUMNS, providers=providers)


def _provider_part(name: str, rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    provider = next(it for it in PROVIDERS if it.name == name)
    key = how_to_set(provider) if provider.needs_key else say("who.stays")
    models = [_model_row(row) for row in rows]
    return {"title": provider.title, "key": key, "models": models}


def _model_row(row: dict[str, Any]) -> dict[str, Any]:
    model = MODELS[row["id"]]
    free = model.price.usd is not None and not model.price.usd
    return {
        "id": model.id,
        "title": model.title,
        "price": say("who.free") if free else row["price"]["text"],
        "reads": ", ".join(model.languages).replace("*", "any"),
        "licence": model.licence,
        "ready": row["available"],
        "now": _now(model, row),
    }


def _now(model: Model, row: dict[str, Any]) -> str:
    """Whether the model can be had now; the key to set stands in the provider's own row."""
    if row["available"]:
        until = model.status.until
        return say("models.ready.until", date=until) if until else say("models.ready")
    provider = provider_of(model)
    missing = row["why_not"] == say(
        "studio.key.none.how", provider=provider.title, how=how_to_set(provider)
    )
    return needs(model) if missing else str(row["why_not"])


def _flat(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _image_words(image: ReceiptImage) -> str:
    size = f"{image['width']}×{image['height']}"
    return f"{image['name']}, {size}, {image['bytes']:,} bytes"


def _card(
    kind: str,
    title: str,
    lines: Iterable[str],
    bar: dict[str, Any] | None = None,
    seconds: int | None = None,
) -> str:
    """A card in the result's place. `bar`: the label of a progress bar, and its fraction where that
    is known."""
    return render("card", kind=kind, title=title, lines=lines, bar=bar, seconds=seconds)
