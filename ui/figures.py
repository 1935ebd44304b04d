"""Health and statistics as HTML: what was seen of each provider and each model."""

from __future__ import annotations

from datetime import datetime
from html import escape

from errors import StudioError
from i18n import say
from providers.catalogue import MODELS, PROVIDERS, provider_of
from studio.health import FOR_EVER, Health, HealthRecord
from studio.keys import Keyring
from studio.statistics import Statistics, Tally, percentile
from ui.money import dollars

COLUMNS = ("model", "tries", "success", "seconds", "spend", "failures")


def health_table(health: Health, keys: Keyring) -> str:
    """Each provider that has a key: last success, last error, whether it rests."""
    rows = ""
    for provider in PROVIDERS:
        try:
            key = keys.find(provider)
        except StudioError:
            key = None
        if key is None or not provider.needs_key:
            continue
        record = health.of(provider.name, key)
        state = "off" if record.resting_until else "ok"
        rows += (
            f'<tr><th><span class="dot {state}"></span> {escape(provider.title)}</th>'
            f"<td>{escape(' · '.join(_health_words(record)))}</td></tr>"
        )
    return f"<h2>{say('health.title')}</h2><table class='keys'>{rows}</table>" if rows else ""


def statistics_page(process: Statistics, session: Statistics) -> str:
    """Both tables of figures, with bars."""
    parts = [("statistics.session", session), ("statistics.process", process)]
    tables = "".join(f"<h3>{say(title)}</h3>{_table(figures)}" for title, figures in parts)
    return f'<p class="hint">{say("statistics.note")}</p>{tables}'


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


def _table(figures: Statistics) -> str:
    if not figures.models:
        return f'<p class="nothing">{say("statistics.empty")}</p>'
    head = "".join(f"<th>{say(f'statistics.{name}')}</th>" for name in COLUMNS)
    most = max(tally.tries for tally in figures.models.values())
    body = "".join(_row(model, tally, most) for model, tally in sorted(figures.models.items()))
    table = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f'<div class="scroll"><table class="models">{table}</table></div>'


def _row(model_id: str, tally: Tally, most: int) -> str:
    model = MODELS[model_id]
    mean, late = tally.mean_seconds, percentile(tally.seconds, 0.95)
    seconds = "" if mean is None or late is None else f"{mean:.1f} / {late:.1f}"
    failures = [f"{kind.replace('_', ' ')} {number}" for kind, number in tally.failures.items()]
    failures += [f"{name} {n}" for name, n in _others(tally) if n]
    share = tally.successes / tally.tries if tally.tries else 0
    cells = [
        f"<b>{escape(model.title)}</b> · {escape(provider_of(model).title)}",
        f"{tally.tries}{_bar(tally.tries / most)}",
        f"{share:.0%}{_bar(share)}",
        seconds,
        dollars(tally.spend),
        escape(", ".join(failures)),
    ]
    named = zip(COLUMNS, cells, strict=True)
    told = (f'<td data-name="{say(f"statistics.{name}")}">{cell}</td>' for name, cell in named)
    return f"<tr>{''.join(told)}</tr>"


def _others(tally: Tally) -> list[tuple[str, int]]:
    return [("refused", tally.refusals), ("cancelled", tally.cancelled)]


def _bar(share: float) -> str:
    return f'<span class="bar"><span style="width:{share:.0%}"></span></span>'


def _clock(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment).astimezone():%H:%M:%S}"
