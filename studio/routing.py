"""Who could do what was asked, in the order Easel would ask them, and why the others cannot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from errors import InvalidInput, NotAvailable, StudioError
from i18n import say
from providers.catalogue import ALIASES, MODELS, PROVIDERS, models_for, provider_of
from providers.schema import Model, Task
from studio.keys import Key, Keyring, how_to_set
from studio.money.pricing import estimate
from studio.request import CheckedRequest, UserRequest, check
from studio.results.receipts import TranslatedBy
from studio.retired_models import retired
from studio.values import is_blank

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that can do what was asked, with the key in force and the price, if known. `times`:
    how often it is asked, where each picture has a prompt of its own. `translator`: who is asked
    first to translate the prompt, where it has to be; `translated_by`: who has, as receipts tell.
    """

    checked: CheckedRequest
    key: Key
    price: Decimal | None
    times: int = 1
    translator: Candidate | None = None
    translated_by: TranslatedBy | None = None

    @property
    def whole(self) -> Decimal | None:
        """The price of all that was asked, a translation included, if known."""
        first = self.translator.price if self.translator else Decimal(0)
        return None if self.price is None or first is None else self.price * self.times + first

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should know about it."""
        unread = self.checked.unread if self.translator else ()
        return tuple(each for each in self.checked.warnings if each not in unread)

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


def is_auto(name: str) -> bool:
    """Whether a model's name leaves the choice to Easel."""
    return name.strip().lower() == AUTO or is_blank(name)


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


def resolve(name: str, task: Task, keys: Keyring) -> Model:
    """The row a user named, by id or alias. Raises `InvalidInput` listing what there is."""
    ids = ALIASES.get(name.lower(), (name.lower(),))
    known = [MODELS[each] for each in ids if each in MODELS and MODELS[each].task is task]
    if not known:
        rows = [model.id for model in models_for(task) if not retired(model)]
        short = [name for name, ids in ALIASES.items() if _serve(ids, task)]
        names = ", ".join([AUTO, *short, *rows])
        message = say("studio.model.none", name=repr(name[:60]), names=names)
        raise InvalidInput(message, field="model")
    return next((model for model in known if not obstacle(model, keys)), known[0])


def _serve(ids: Sequence[str], task: Task) -> bool:
    """Whether a short name stands for any model of this task."""
    return any(MODELS[each].task is task for each in ids if each in MODELS)


def plan(
    task: Task, name: str, user_request: UserRequest, keys: Keyring, score: Score | None = None
) -> Plan:
    """Who would be asked, in order. Needs no network.

    A named model stands alone: it raises when it cannot do what was asked or has no key. For
    Auto, raises `InvalidInput` when nobody within reach can, with why and whose key would help,
    and `MissingKey` when a key that came with the call is blank: whoever sends one means it.
    """
    if not is_auto(name):
        return Plan([_named(name.strip(), task, user_request, keys)], pinned=True)
    keys.check_given(PROVIDERS)
    candidates, why_not = sort_out(task, user_request, keys, score)
    if not candidates:
        raise nobody(user_request, keys, why_not)
    return Plan(candidates)


def _named(name: str, task: Task, user_request: UserRequest, keys: Keyring) -> Candidate:
    """The one model the user named."""
    model = resolve(name, task, keys)
    if gone := retired(model):
        raise NotAvailable(gone, provider=model.provider, created=False)
    try:
        checked = check(model, user_request)
    except InvalidInput as error:
        if error.advice and (others := _others(model, user_request, keys)):
            error.advice = f"{error.advice} {say('studio.others', names=others)}"
        raise
    key = keys.require(provider_of(model))
    return Candidate(checked, key, estimate(checked.request), user_request.of)


def _others(model: Model, user_request: UserRequest, keys: Keyring) -> str:
    """Who can do what a model says it cannot, one for each key that has to be set for it."""
    able = [
        each for each in models_for(model.task) if _could(each, user_request) and not retired(each)
    ]
    ready = [each.id for each in able if not obstacle(each, keys)]
    return ", ".join([*ready[:1], *_with_keys(each for each in able if obstacle(each, keys))])


def sort_out(
    task: Task, user_request: UserRequest, keys: Keyring, score: Score | None = None
) -> tuple[list[Candidate], list[tuple[Model, str]]]:
    """Who can do it, in Auto's order, and who cannot and why. Needs no network."""
    candidates: list[Candidate] = []
    why_not: list[tuple[Model, str]] = []
    for model in models_for(task):
        reason = obstacle(model, keys)
        if not reason:
            try:
                checked = check(model, user_request)
                key = keys.require(provider_of(model))
                candidates.append(
                    Candidate(checked, key, estimate(checked.request), user_request.of)
                )
                continue
            except StudioError as error:
                reason = error.message
        why_not.append((model, reason))
    return sorted(candidates, key=lambda candidate: auto_order(candidate, score)), why_not


def auto_order(
    candidate: Candidate, score: Score | None = None
) -> tuple[bool, bool, bool, bool, Decimal, bool, bool, float]:
    """Free first, then by price, unknown prices after known ones, models made for something else
    after those, then models that do not read the prompt's language, our own engines last; between
    equals, models not on their way out, then prices read at their source, then what measured best
    (see `Score`)."""
    ours = not provider_of(candidate.model).needs_key
    price = candidate.price
    aging = candidate.model.status.state == "deprecated"
    guessed = price is not None and not candidate.model.price.verified
    measured = score(candidate.model) if score else 0.0
    unread, general = not candidate.checked.read, candidate.model.general
    amount = price or Decimal(0)
    return (ours, unread, general, price is None, amount, aging, guessed, measured)


def nobody(
    user_request: UserRequest, keys: Keyring, why_not: Sequence[tuple[Model, str]]
) -> InvalidInput:
    """The error for "no model can do this": why not, and which keys would change that."""
    here = [(model, why) for model, why in why_not if not retired(model)]
    reasons = [why for model, why in here if not obstacle(model, keys)]
    able = [model for model, _ in here if obstacle(model, keys) and _could(model, user_request)]
    advice = [_advice(model, user_request) for model, _ in here if not obstacle(model, keys)]
    if able:
        advice.append(say("studio.nobody.helpful", names=", ".join(_with_keys(able))))
    return InvalidInput(
        say("studio.nobody", reasons=" ".join(dict.fromkeys(reasons))).strip(),
        advice=" ".join(dict.fromkeys(filter(None, advice))),
    )


def _with_keys(models: Iterable[Model]) -> list[str]:
    """One model for each key that is missing: "fal/x (FAL_KEY)"."""
    helpful: dict[str, str] = {}
    for model in models:
        helpful.setdefault(provider_of(model).key_names[0], model.id)
    return [f"{model} ({name})" for name, model in helpful.items()]


def _advice(model: Model, user_request: UserRequest) -> str:
    """What a model of its own accord says to do about what it cannot take."""
    try:
        check(model, user_request)
    except InvalidInput as error:
        return error.advice
    return ""


def _could(model: Model, user_request: UserRequest) -> bool:
    """Whether the model takes all that was asked, keys aside."""
    try:
        check(model, user_request)
    except StudioError:
        return False
    return True
