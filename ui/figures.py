"""Figures as HTML: what was seen of each provider and each model, and what is left of today's
money."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from html import escape
from typing import Any

from errors import StorageFailed, StudioError
from i18n import say
from providers.catalogue import MODELS, PROVIDERS, provider_of
from settings import Settings
from studio.health import FOR_EVER, Health, HealthRecord
from studio.keys import Keyring
from studio.money.quota import DailyRemaining, Quota
from studio.statistics import Statistics, Tally, percentile
from ui.html import render
from ui.money import dollars

COLUMNS = ("model", "tries", "success", "seconds", "spend", "failures")


def health_table(health: Health, keys: Keyring) -> str:
    """Each provider that has a key: last success, last error, whether it rests."""
    rows = []
    for provider in PROVIDERS:
        try:
            key = keys.find(provider)
        except StudioError:
            key = None
        if key is None or not provider.needs_key:
            continue
        record = health.of(provider.name, key)
        words = " · ".join(_health_words(record))
        rests = bool(record.resting_until)
        rows.append({"title": provider.title, "words": words, "rests": rests})
    return render("health", providers=rows) if rows else ""


def statistics_page(process: Statistics, session: Statistics) -> str:
    """Both tables of figures, with bars."""
    tables = [
        (say("statistics.session"), _rows(session)),
        (say("statistics.process"), _rows(process)),
    ]
    return render("statistics", columns=COLUMNS, tables=tables)


def _health_words(record: HealthRecord) -> list[str]:
    if not record.last_success and not record.last_error_at:
        return [say("health.never")]
    words = []
    if record.resting_until == FOR_EVER:
        words.append(say("health.refused"))
    elif record.resting_until:
        words.append(say("health.resting", until=_clock(record.resting_until)))
    if record.last_success:
        words.append(say("health.success", at=_clock(record.last_success)))
    if record.last_error_at:
        at = _clock(record.last_error_at)
        words.append(say("health.error", at=at, error=record.last_error))
    return words


def _rows(figures: Statistics) -> list[dict[str, Any]]:
    most = max((tally.tries for tally in figures.models.values()), default=0)
    return [_row(model, tally, most) for model, tally in sorted(figures.models.items())]


def _row(model_id: str, tally: Tally, most: int) -> dict[str, Any]:
    model = MODELS[model_id]
    mean, late = tally.mean_seconds, percentile(tally.seconds, 0.95)
    failures = [f"{kind.replace('_', ' ')} {number}" for kind, number in tally.failures.items()]
    failures += [f"{name} {n}" for name, n in _others(tally) if n]
    success = tally.successes / tally.tries if tally.tries else 0
    return {
        "model": model.title,
        "provider": provider_of(model).title,
        "tries": tally.tries,
        "share": f"{tally.tries / most:.0%}",
        "success": f"{success:.0%}",
        "seconds": "" if mean is None or late is None else f"{mean:.1f} / {late:.1f}",
        "spend": dollars(tally.spend),
        "failures": ", ".join(failures),
    }


def _others(tally: Tally) -> list[tuple[str, int]]:
    return [("refused", tally.refusals), ("cancelled", tally.cancelled)]


def _clock(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment).astimezone():%H:%M:%S}"


async def today(quota: Quota, settings: Settings, address: str) -> str:
    """HTML for Settings; "" where nothing is limited. On a Space strangers read it: they are told
    how much is left in words, the operator at home in dollars."""
    if not quota.limited:
        return ""
    try:
        left = await quota.left(address)
    except StorageFailed as error:
        lines = [str(error)]
    else:
        lines = [*_for_all(left, settings), *_for_one(left, quota, settings)]
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<h2>{say("today.title")}</h2><div class="hint">{told}</div>'


def _for_all(left: DailyRemaining, settings: Settings) -> list[str]:
    """What is left for everybody."""
    lines = []
    if left.usd is not None and settings.daily_usd is not None:
        if settings.on_space:
            lines.append(say("today.share", part=_part(left.usd, settings.daily_usd)))
        else:
            sums = {"left": dollars(_cents(left.usd)), "limit": dollars(settings.daily_usd)}
            lines.append(say("today.usd", **sums))
    if left.calls is not None and settings.daily_calls is not None:
        if settings.on_space:
            part = _part(Decimal(left.calls), Decimal(settings.daily_calls))
            lines.append(say("today.calls.share", part=part))
        else:
            lines.append(say("today.calls", left=left.calls, most=settings.daily_calls))
    return lines


def _for_one(left: DailyRemaining, quota: Quota, settings: Settings) -> list[str]:
    """What is left for this network address."""
    lines = []
    if left.own_usd is not None and quota.own_usd is not None:
        sums = {"left": dollars(_cents(left.own_usd)), "limit": dollars(quota.own_usd)}
        lines.append(say("today.own", **sums))
    if left.jobs is not None and settings.address_jobs is not None:
        done = settings.address_jobs - left.jobs
        lines.append(say("today.jobs", done=done, most=settings.address_jobs))
    return [*lines, say("today.back")]


def _cents(usd: Decimal) -> Decimal:
    """An amount as it may be spent: in full cents where it has more, else as it is."""
    return usd.quantize(Decimal("0.01"), ROUND_DOWN) if usd >= Decimal("0.01") else usd


def _part(left: Decimal, limit: Decimal) -> str:
    """How much that is, in a word."""
    share = left / limit if limit else Decimal(0)
    bounds = ((Decimal("0.9"), "all"), (Decimal("0.6"), "most"), (Decimal("0.4"), "half"))
    word = next((word for least, word in bounds if share >= least), "little" if left else "none")
    return say(f"today.part.{word}")
