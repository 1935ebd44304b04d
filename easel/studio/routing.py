"""Who could do what was asked, in the order Easel would ask them, and why the others cannot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from easel.providers.catalogue import ALIASES, MODELS, PROVIDERS, models_for, provider_of
from easel.providers.errors import InvalidInput, NotAvailable, StudioError
from easel.providers.schema import Model, Task
from easel.studio.ask import Asked, Checked, check
from easel.studio.keys import Key, Keyring, how_to_set
from easel.studio.pricing import estimate
from easel.words import say

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that can do what was asked, with the key in force and the price, if known."""

    checked: Checked
    key: Key
    price: Decimal | None

    @property
    def model(self) -> Model:
        """The row."""
        return self.checked.request.model


Serves = Callable[[Model, Key], Awaitable[str]]
# What this process has measured of a model: less is better, 0 where nothing is known.
Score = Callable[[Model], float]


@dataclass(frozen=True, slots=True)
class Plan:
    """Candidates in the order they are asked. `pinned`: the user named the one."""

    candidates: list[Candidate]
    pinned: bool = False


def obstacle(model: Model, keys: Keyring, today: date | None = None) -> str:
    """Why a model cannot be asked with these keys, or "" when it can. Needs no network."""
    gone = retired(model, today)
    if gone:
        return gone
    provider = provider_of(model)
    try:
        key = keys.find(provider)
    except StudioError as error:
        return str(error)
    if key is None:
        how = how_to_set(provider)
        return say("studio.key.none.how", provider=provider.title, how=how)
    return ""


def retired(model: Model, today: date | None = None) -> str:
    """Why a model is gone, or "" while it is not."""
    status = model.status
    past = status.until is not None and (today or date.today()) > status.until
    if status.state != "retired" and not past:
        return ""
    since = say("studio.model.gone.since", date=status.until) if status.until else ""
    successor = status.successor
    instead = say("studio.model.gone.instead", successor=successor) if successor else ""
    return say("studio.model.gone", model=model.id, since=since, instead=instead)


def resolve(name: str, task: Task, keys: Keyring) -> Model:
    """The row a user named, by id or alias. Raises `InvalidInput` listing what there is."""
    ids = ALIASES.get(name.lower(), (name.lower(),))
    known = [MODELS[each] for each in ids if each in MODELS and MODELS[each].task is task]
    if not known:
        rows = [model.id for model in models_for(task) if not retired(model)]
        names = ", ".join([AUTO, *ALIASES, *rows])
        message = say("studio.model.none", name=repr(name[:60]), names=names)
        raise InvalidInput(message, field="model")
    return next((model for model in known if not obstacle(model, keys)), known[0])


def plan(task: Task, name: str, asked: Asked, keys: Keyring, score: Score | None = None) -> Plan:
    """Who would be asked, in order. Needs no network.

    A named model stands alone: it raises when it cannot do what was asked or has no key. For
    Auto, raises `InvalidInput` when nobody within reach can, with why and whose key would help,
    and `MissingKey` when a key that came with the call is blank: whoever sends one means it.
    """
    if name.strip().lower() not in ("", AUTO):
        return Plan([_named(name.strip(), task, asked, keys)], pinned=True)
    keys.check_given(PROVIDERS)
    found, why_not = sort_out(task, asked, keys, score)
    if not found:
        raise nobody(asked, keys, why_not)
    return Plan(found)


def _named(name: str, task: Task, asked: Asked, keys: Keyring) -> Candidate:
    """The one model the user named."""
    model = resolve(name, task, keys)
    if gone := retired(model):
        raise NotAvailable(gone, provider=model.provider, created=False)
    checked = check(model, asked)
    key = keys.require(provider_of(model))
    return Candidate(checked, key, estimate(checked.request))


def sort_out(
    task: Task, asked: Asked, keys: Keyring, score: Score | None = None
) -> tuple[list[Candidate], list[tuple[Model, str]]]:
    """Who can do it, in Auto's order, and who cannot and why. Needs no network."""
    found: list[Candidate] = []
    why_not: list[tuple[Model, str]] = []
    for model in models_for(task):
        reason = obstacle(model, keys)
        if not reason:
            try:
                checked = check(model, asked)
                key = keys.require(provider_of(model))
                found.append(Candidate(checked, key, estimate(checked.request)))
                continue
            except StudioError as error:
                reason = error.message
        why_not.append((model, reason))
    return sorted(found, key=lambda candidate: auto_order(candidate, score)), why_not


def auto_order(
    candidate: Candidate, score: Score | None = None
) -> tuple[bool, bool, Decimal, bool, float]:
    """Free first, then by price, unknown prices after known ones, our own engines last; between
    equals, models not on their way out, then what measured best (see `Score`)."""
    ours = not provider_of(candidate.model).needs_key
    price = candidate.price
    aging = candidate.model.status.state == "deprecated"
    measured = score(candidate.model) if score else 0.0
    return (ours, price is None, price or Decimal(0), aging, measured)


def nobody(asked: Asked, keys: Keyring, why_not: Sequence[tuple[Model, str]]) -> InvalidInput:
    """The error for "no model can do this": why not, and which keys would change that."""
    reasons: list[str] = []
    helpful: dict[str, str] = {}
    for model, reason in why_not:
        if retired(model):
            continue
        if not obstacle(model, keys):
            reasons.append(reason)
        elif _could(model, asked):
            helpful.setdefault(provider_of(model).key_names[0], model.id)
    with_keys = ", ".join(f"{model} ({name})" for name, model in helpful.items())
    return InvalidInput(
        say("studio.nobody", reasons=" ".join(dict.fromkeys(reasons))).strip(),
        advice=say("studio.nobody.helpful", names=with_keys) if with_keys else "",
    )


def _could(model: Model, asked: Asked) -> bool:
    """Whether the model takes all that was asked, keys aside."""
    try:
        check(model, asked)
    except StudioError:
        return False
    return True
