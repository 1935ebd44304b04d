"""Before the click: who will answer, at what price, where the prompt goes."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from html import escape

from errors import MissingKey, NotAvailable, StudioError
from i18n import say
from providers.catalogue import MODELS, provider_of
from providers.schema import Model, Task
from studio.keys import Keyring
from studio.money.pricing import per_image
from studio.money.quote import age_days, is_old
from studio.policy import Policy
from studio.prompts.choices import choices_told
from studio.prompts.language import names_of
from studio.request import UserRequest
from studio.results.expected_size import expected_size
from studio.retired_models import ending
from studio.routing import AUTO, Candidate
from studio.service import Studio
from studio.session import Session
from studio.uploads import Fitted, before_sending, fit_in_turn
from ui.forms.controls import needs
from ui.forms.translating import Foreseen, foresee_translation
from ui.money import button_label, dollars, rounded, verb

# Where a model does one thing well and another not at all, its notes are told before the click.
TOLD_ABOUT = frozenset({Task.RETOUCH, Task.UPSCALE, Task.FACE_SWAP})


@dataclass(frozen=True, slots=True)
class Preview:
    """The button's label, whether it can be pressed, and the two lines about who answers.
    `model`: who would answer; None where nobody can. `translation`: what is to be told of one."""

    button: str
    ready: bool
    who: str
    hint: str
    model: Model | None = None
    translation: Foreseen | None = None


async def preview(
    studio: Studio,
    task: Task,
    name: str,
    read: Awaitable[tuple[str, UserRequest]],
    keys: Keyring,
    policy: Policy,
    session: Session | None = None,
) -> Preview:
    """What would happen if the button were pressed now. Sends nothing. `read`: who is asked and
    what, raising what is wrong with the form; `name`: who is chosen in it."""
    name = name or AUTO
    try:
        name, user_request = await read
        candidate = await studio.choose(task, name, user_request, keys, policy, session)
        going = await _going(candidate, user_request)
        seen = foresee_translation(task, candidate, user_request, session)
    except StudioError as error:
        blocked = isinstance(error, MissingKey | NotAvailable)
        who = _who(_pinned(name), _need(error, name), "off")
        hint = _warning(str(error)) + about(MODELS.get(name))
        return Preview(verb(task), not blocked, who, hint)
    return Preview(
        button=button_label(candidate),
        ready=True,
        who=_who(_title(candidate, name), _price(candidate), "ok")
        + _sizes(candidate, going)
        + _choices(task, user_request),
        hint=_hint(candidate, seen)
        + _leaves(candidate, user_request, going)
        + about(candidate.model),
        model=candidate.model,
        translation=seen,
    )


def _choices(task: Task, user_request: UserRequest) -> str:
    """Which choices the prompt leaves, where nothing covers it on a phone: braces that were meant
    as they stand are seen in time."""
    line = choices_told(task, user_request)
    return f'<p class="hint choice">{escape(line)}</p>' if line else ""


async def _going(candidate: Candidate, user_request: UserRequest) -> list[Fitted]:
    """The pictures as this model would be given them."""
    limits = candidate.model.limits
    return [await fit_in_turn(taken, limits) for taken in user_request.originals]


def _leaves(candidate: Candidate, user_request: UserRequest, going: list[Fitted]) -> str:
    """What leaves of each picture, in what size, without what, and to whom."""
    provider = provider_of(candidate.model)
    if not provider.needs_key:
        return ""
    pairs = zip(user_request.originals, going, strict=True)
    lines = [before_sending(taken, made, provider.title) for taken, made in pairs]
    if len(lines) > 1:
        lines = [say("who.picture", number=n, line=line) for n, line in enumerate(lines, 1)]
    return "".join(_note(line) for line in lines)


def _sizes(candidate: Candidate, going: list[Fitted]) -> str:
    """From which size to which, where a picture changes its own."""
    if not going:
        return ""
    given = [(each.width, each.height) for each in going]
    settings = candidate.checked.request.settings
    made = expected_size(candidate.model, settings, given)
    before = f"{given[-1][0]}×{given[-1][1]}"
    if made is None and candidate.model.task is Task.UPSCALE:
        return f'<p class="sizes">{escape(say("who.size.open", before=before))}</p>'
    if made is None or made == given[-1]:
        return ""
    after = f"{made[0]}×{made[1]}"
    return f'<p class="sizes">{escape(say("who.size", before=before, after=after))}</p>'


def about(model: Model | None) -> str:
    """What the row has to say of its model and its licence; our own engines keep theirs short."""
    if model is None or model.task not in TOLD_ABOUT or not provider_of(model).needs_key:
        return ""
    licence = _note(model.licence) if model.licence else ""
    return (_note(model.notes) if model.notes else "") + licence


def _title(candidate: Candidate, name: str) -> str:
    title = _pinned(candidate.model.id)
    return f"{say('who.auto')} → {title}" if name == AUTO else title


def _pinned(name: str) -> str:
    model = MODELS.get(name)
    return f"{model.title} · {provider_of(model).title}" if model else say("who.auto")


def _need(error: StudioError, name: str) -> str:
    return needs(MODELS[name]) if isinstance(error, MissingKey) and name in MODELS else ""


def _price(candidate: Candidate) -> str:
    request = candidate.checked.request
    if request.model.price.per == "token" and candidate.price is not None:
        return say("who.most", price=dollars(rounded(candidate.price)))
    each = per_image(candidate.model, request.settings, request.pictures)
    if each is None:
        return say("who.unknown")
    return say("who.each", price=dollars(each)) if each else say("who.free")


def _hint(candidate: Candidate, seen: Foreseen | None) -> str:
    model, provider = candidate.model, provider_of(candidate.model)
    if not provider.needs_key:
        parts = [say("who.stays")]
        if candidate.model.task is Task.TEXT_TO_IMAGE:
            parts.append(say("who.placeholder"))
    else:
        parts = [say("who.goes", provider=provider.title)]
        if model.words != "none":
            parts.append(_reads(model.languages))
        if model.price.usd is not None and not model.price.usd and model.price.note:
            parts.append(f"{say('who.free').capitalize()}: {model.price.note}.")
        if not model.price.verified:
            parts.append(f"{say('who.unverified').capitalize()}.")
        if is_old(model.price):
            days = age_days(model.price)
            parts.append(f"{say('who.old', days=days).capitalize()}.")
    shown = candidate.checked.unread if seen else ()  # under the prompt
    warnings = [_warning(text) for text in candidate.warnings if text not in shown]
    if ends := ending(model):
        warnings.insert(0, _warning(ends))
    return _note(" ".join([say("who.shortcut"), *parts])) + "".join(warnings)


def _reads(languages: tuple[str, ...]) -> str:
    if "*" in languages:
        return say("who.reads.any")
    return say("who.reads", languages=names_of(languages))


def _who(title: str, price: str, dot: str) -> str:
    return (
        f'<div class="who-line"><span class="dot {dot}"></span><span>{escape(title)}</span>'
        f"<em>{escape(price)}</em></div>"
    )


def _note(text: str) -> str:
    return f'<p class="hint">{escape(text)}</p>'


def _warning(text: str) -> str:
    return f'<p class="warning">{escape(text)}</p>'
