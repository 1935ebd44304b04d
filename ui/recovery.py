"""After an end nobody is sure of: check again, or try elsewhere at a price that is said first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from errors import StudioError
from i18n import say
from providers.catalogue import provider_of
from providers.schema import Task
from studio.keys import Keyring
from studio.prompts.choices import spread
from studio.request import UserRequest
from studio.routing import Candidate
from studio.service import Studio
from studio.session import Session
from studio.storage.records import is_open
from ui.money import dollars


@dataclass(frozen=True, slots=True)
class WayOut:
    """`basis`: how the job's price is known. `job_id`: the open job that can be checked again.
    `model`, `label`: what could be tried elsewhere; blank where there is nothing."""

    basis: str = ""
    job_id: str = ""
    model: str = ""
    label: str = ""


def ways_out(
    studio: Studio,
    task: Task,
    session: Session,
    user_request: UserRequest,
    keys: Keyring,
    error: StudioError,
) -> WayOut:
    """What can be told and offered after this error; no way, where the outcome is certain."""
    record = studio.store.load(session.id, error.job_id) if error.job_id else None
    if record is None:
        return WayOut()
    basis = str(record["price"]["basis"])
    if not is_open(record):
        return WayOut(basis)
    provider = record["model"].partition("/")[0]
    other = _elsewhere(studio, task, user_request, keys, provider, session.limits.max_price)
    if other is None:
        return WayOut(basis, error.job_id)
    return WayOut(basis, error.job_id, other.model.id, _label(other))


def _elsewhere(
    studio: Studio,
    task: Task,
    user_request: UserRequest,
    keys: Keyring,
    provider: str,
    most: Decimal | None,
) -> Candidate | None:
    """The first model of another service that could do the same, is not resting, and costs no
    more than the visitor lets a picture cost."""
    try:
        candidates = studio.plan(task, "", spread(task, user_request)[0], keys).candidates
    except StudioError:
        return None
    for each in candidates:
        if each.checked.into:  # its price would be that of a translation, too
            continue
        cloud = provider_of(each.model).needs_key and each.model.provider != provider
        if most is not None and (each.whole is None or each.whole > most):
            continue
        if cloud and studio.health.resting(each.model.provider, each.key) is None:
            return each
    return None


def _label(candidate: Candidate) -> str:
    title = f"{candidate.model.title} · {provider_of(candidate.model).title}"
    if candidate.whole is None:
        return say("way.elsewhere.unknown", model=title)
    if not candidate.whole:
        return say("way.elsewhere.free", model=title)
    return say("way.elsewhere", model=title, price=dollars(candidate.whole))
