"""Models that end: which are gone, and which will be within a week."""

from __future__ import annotations

from datetime import date

from i18n import say
from providers.catalogue import MODELS
from providers.schema import Model

SOON_DAYS = 7


def now() -> date:
    """Today, wherever a date decides whether a model can be asked."""
    return date.today()


def retired(model: Model, today: date | None = None) -> str:
    """Why a model is gone, or "" while it is not; its last day is the one its row names."""
    status = model.status
    past = status.until is not None and (today or now()) > status.until
    if status.state != "retired" and not past:
        return ""
    since = say("studio.model.gone.since", date=status.until) if status.until else ""
    return say("studio.model.gone", model=model.id, since=since, instead=_instead(model))


def ending(model: Model, today: date | None = None) -> str:
    """What to say of a model whose last day is within a week; "" for any other."""
    until = model.status.until
    if until is None or not 0 <= (until - (today or now())).days <= SOON_DAYS:
        return ""
    return say("studio.model.ends", title=model.title, date=until, instead=_instead(model))


def _instead(model: Model) -> str:
    """What to use instead: a row, or what its maker names and Easel does not have."""
    successor = model.status.successor
    if not successor:
        return ""
    key = "studio.model.gone.instead" if successor in MODELS else "studio.model.gone.elsewhere"
    return say(key, successor=successor)
