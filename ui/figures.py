"""Health and statistics as HTML: what was seen of each provider and each model."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from errors import StudioError
from i18n import say
from providers.catalogue import MODELS, PROVIDERS, provider_of
from studio.health import FOR_EVER, Health, HealthRecord
from studio.keys import Keyring
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
