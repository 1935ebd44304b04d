"""Says a prompt in another language before it is sent to a model that does not read the user's.

A language model of the rows that write prompts is asked, in Auto's order, with the same keys,
budget and terms; Easel's own composer does not translate. What must stay as it is (quoted text,
names, numbers, braces, addresses) does not even leave: marks stand for it, and it is put back and
looked for afterwards. The same sentence is paid for once a session. A translation is a job of its
own, whose receipt the picture's names; where it fails, nothing of the picture is sent. Where
nobody within reach and within the price translates, the words go as they are, with a warning.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from engines.language.names import english_name
from engines.words.instructions import instruction
from engines.words.protect import mask, missing
from engines.words.wildcards import pick_alike
from errors import Cancelled, InvalidInput, ProviderFailed, StudioError
from i18n import say
from providers.brief import Brief
from providers.schema import Task
from studio.fallback import FallbackRun
from studio.jobs.backend import Backend
from studio.jobs.job import Job
from studio.keys import Keyring
from studio.policy import Policy
from studio.prompts.language import Translation, language_of
from studio.prompts.translated import Translated
from studio.prompts.writing import ANY_MODEL
from studio.request import UserRequest, check, read_request
from studio.results.receipts import TranslatedBy
from studio.routing import AUTO, Candidate, Plan
from studio.session import Session

MOST_KEPT: Final = 200  # translations a session remembers
# Whose prompts are translated.
TRANSLATED: Final = frozenset({Task.TEXT_TO_IMAGE, Task.IMAGE_EDIT, Task.RETOUCH})


@dataclass(frozen=True)
class Translator:
    """Finds, for a request of this visitor with these keys, who translates, and has it done."""

    # The parts of the studio it works with.
    backend: Backend
    # Whose translations are known, and who pays; None where nobody's is known, as for a price.
    session: Session | None
    # The keys it may use.
    keys: Keyring

    async def join(
        self, candidate: Candidate, user_request: UserRequest, most: Decimal | None
    ) -> Candidate:
        """A candidate with its prompt in a language it reads, where that is known already; else
        with who would be asked to translate, so that both together cost `most`; else as it is,
        with a warning why."""
        checked = candidate.checked
        if not checked.into:
            return candidate
        if made := self._known(user_request, checked.into):
            return _translated(candidate, user_request, replace(made, repeated=True))
        try:
            first = await self._fallback_run(candidate, user_request, most).first()
        except StudioError as error:
            why = say("translation.none", why=error.message)
            unchanged = replace(checked, into="", warnings=(*checked.warnings, why))
            return replace(candidate, checked=unchanged)
        return replace(candidate, translator=first)

    async def translate(
        self, candidate: Candidate, user_request: UserRequest, job: Job, most: Decimal | None
    ) -> AsyncGenerator[Job, None]:
        """Have the prompt translated for the `job` that waits for it. Yields the translation's own
        job; raises what ended it, saying that nothing of the picture was sent."""
        if self.session is None:
            raise LookupError("a translation is paid for by a session")
        words, into = source(user_request), candidate.checked.into
        asking = self._fallback_run(replace(candidate, translator=None), user_request, most)
        asking.leads_to = job
        try:
            step: Job | None = None
            async with aclosing(asking.run(self.session)) as steps:
                async for step in steps:
                    if not step.receipt:  # a translation is no result of its own
                        yield step
            _keep(self.session, words, into, step)
        except Cancelled:
            raise
        except StudioError as error:
            advice = say("translation.failed.advice", now=error.what_now)
            error.message = say("translation.failed", why=error.message)
            error.advice, error.job_id = advice, ""
            raise

    def done(self, candidate: Candidate, user_request: UserRequest) -> Candidate:
        """The candidate with the translation that was just made for it."""
        made = self._known(user_request, candidate.checked.into)
        if made is None:
            raise LookupError("nothing was translated")
        return _translated(candidate, user_request, made)

    def _known(self, user_request: UserRequest, into: str) -> Translated | None:
        known = self.session.cache.translations if self.session else {}
        return known.get((source(user_request), into))

    def _fallback_run(
        self, candidate: Candidate, user_request: UserRequest, most: Decimal | None
    ) -> FallbackRun:
        """Who could translate, in order. Raises `InvalidInput` where nobody with a key can."""
        words, model = source(user_request), candidate.model
        wanted = read_translation(words, candidate.checked.into, model.title)
        candidates = self.backend.plan(Task.PROMPT_WRITING, AUTO, wanted, self.keys).candidates
        able = [each for each in candidates if not self._boundless(each)]
        left = None if most is None else max(Decimal(0), most - (candidate.whole or Decimal(0)))
        return FallbackRun(self.backend, Plan(able), wanted, Policy(max_price=left))

    def _boundless(self, candidate: Candidate) -> bool:
        """Whether a price that nobody knows meets a limit, which it would never fit."""
        if candidate.price is not None:
            return False
        capped = self.session is not None and self.session.limits.cap is not None
        budget = self.backend.runner.accounts.budget
        budgeted = candidate.key.owner == "operator" and budget is not None
        return capped or budgeted


def read_translation(words: str, to: str, target: str = "") -> UserRequest:
    """What is asked of whoever translates. `to`: an ISO 639-1 code; `target`: the title of the
    model it is for."""
    masked, parts = mask(words)
    instructions = instruction("translate", model=target or ANY_MODEL, language=english_name(to))
    brief = Brief("translate", instructions, language=to, length=len(words), parts=parts)
    return read_request(masked, {}, (), Task.PROMPT_WRITING, brief)


async def translate(
    backend: Backend,
    session: Session,
    keys: Keyring,
    text: str,
    to: str,
    policy: Policy | None = None,
    model: str = AUTO,
) -> Translated:
    """The words in another language, by a language model with the keys given.

    `model`: an id, or "auto" in the usual order. Words that are in that language already are given
    back as they are. Raises what ended the request, and `ProviderFailed` (paid for) where a
    protected part did not come back: what is not sure to say the same is never sent.
    """
    words = text.strip()
    if not words:
        raise InvalidInput(say("studio.prompt.empty"), field="prompt")
    if language_of(words) in (to, ""):
        return Translated(text, text)
    if known := session.cache.translations.get((words, to)):
        return replace(known, prompt=text, repeated=True)
    wanted = read_translation(words, to)
    plan = backend.plan(Task.PROMPT_WRITING, model, wanted, keys)
    done: Job | None = None
    async with aclosing(
        FallbackRun(backend, plan, wanted, policy or Policy()).run(session)
    ) as jobs:
        async for job in jobs:
            done = job
    _keep(session, words, to, done)
    return replace(session.cache.translations[words, to], prompt=text)


def source(user_request: UserRequest) -> str:
    """What is translated: the prompt, with its choices where it leaves some, so that several
    pictures need one translation."""
    return user_request.template or user_request.prompt


def edit(session: Session, words: str, to: str, text: str) -> None:
    """Have the user's own wording sent in a translation's place, or again the translation where
    that is blank."""
    made = session.cache.translations.get((words, to))
    if made is None or made.receipt is None:
        return
    text = text.strip() or made.receipt["text"]
    edited = text != made.receipt["text"]
    session.cache.translations[words, to] = replace(made, sent=text, edited=edited)


def _keep(session: Session, words: str, to: str, job: Job | None) -> None:
    """Remember a translation that was made. Raises `ProviderFailed` where it lost a protected
    part."""
    if job is None or job.receipt is None:
        raise LookupError("a request ended without a receipt")
    parts = job.user_request.brief.parts if job.user_request.brief else ()
    if lost := missing(parts, job.text):
        parts_lost = ", ".join(part.text for part in lost)
        raise ProviderFailed(
            say("translation.lost", who=job.receipt["title"], parts=parts_lost),
            provider=job.request.model.provider,
            upstream_id=job.upstream.id,
            advice=say("translation.lost.advice"),
        )
    session.cache.translations[words, to] = Translated(words, job.text, job.receipt)
    while len(session.cache.translations) > MOST_KEPT:
        del session.cache.translations[next(iter(session.cache.translations))]


def _translated(candidate: Candidate, user_request: UserRequest, made: Translated) -> Candidate:
    """The candidate with its prompt as it was translated; what the prompt leaves open is picked
    as it is in the user's own words."""
    text, to = made.sent, candidate.checked.into
    if user_request.template:
        text = pick_alike(user_request.template, user_request.dice or 0, text)
    translated = replace(user_request, said={to: Translation(text, made.by, made.edited)})
    return replace(
        candidate,
        checked=check(candidate.model, translated),
        translator=None,
        translated_by=_translated_by(made, user_request.language, to),
    )


def _translated_by(made: Translated, language: str, to: str) -> TranslatedBy | None:
    """A translation as the picture's receipt tells it; the whole of it stands in its own."""
    if (receipt := made.receipt) is None:
        return None
    return {
        "id": receipt["id"],
        "model": receipt["model"],
        "title": receipt["title"],
        "provider": receipt["provider"],
        "from": language,
        "to": to,
        "usd": receipt["price"]["usd"],
        "basis": receipt["price"]["basis"],
        "repeated": made.repeated,
        "edited": made.edited,
    }
