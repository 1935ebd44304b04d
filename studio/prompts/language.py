"""Which language a prompt is in, and what a model that does not read it is given.

`worded` is the one place between a user's words and a model's: a translation, where there is one
(see `studio.prompts.translation`), takes their place here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engines.language.detect import LONGEST, UNKNOWN, detect
from engines.words.protect import mask
from i18n import say
from providers.catalogue import provider_of
from providers.schema import Model

ANY: Final = "*"
USUAL: Final = "en"
NAMES: Final = {
    "en": "English", "ru": "Russian", "uk": "Ukrainian", "be": "Belarusian", "sr": "Serbian",
    "de": "German", "fr": "French", "es": "Spanish", "pl": "Polish", "it": "Italian",
    "pt": "Portuguese", "nl": "Dutch", "cs": "Czech", "tr": "Turkish",
    "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "ar": "Arabic", "he": "Hebrew",
    "el": "Greek", "th": "Thai", "hi": "Hindi",
}  # fmt: skip
MARK: Final = re.compile(r"⟦\d+⟧")


@dataclass(frozen=True, slots=True)
class Translation:
    """A prompt in another language. `by`: who translated it, "" for nobody; `edited`: the user
    has changed it since."""

    text: str
    by: str = ""
    edited: bool = False


@dataclass(frozen=True, slots=True)
class PromptForModel:
    """The prompt as a model is given it, and what to tell the user of that. `read`: whether the
    model reads it as the user wrote it. `into`: the language it would have to be translated into
    first, "" where that is done or would be no use."""

    prompt: str
    warnings: tuple[str, ...] = ()
    read: bool = True
    into: str = ""


def language_of(prompt: str) -> str:
    """The ISO 639-1 code of a prompt's language, "" where it cannot be told. What it quotes, such
    as words to be written in the picture, does not count."""
    # What `detect` looks at, and as much again for what is quoted.
    own, _ = mask(prompt[: 2 * LONGEST], {"quote", "address"})
    detected = detect(MARK.sub(" ", own))
    return "" if detected == UNKNOWN else detected


def worded(
    model: Model, prompt: str, language: str, said: Mapping[str, Translation] | None = None
) -> PromptForModel:
    """The prompt for one model: as it is where the model reads its language; else in one it reads,
    where it was `said` in that, by its code; else as it is, with a warning. `language`: from
    `language_of`, "" for unknown."""
    reads = model.languages
    if not prompt or not language or model.words == "none" or {language, ANY} & {*reads}:
        return PromptForModel(prompt)
    to = language_for(model)
    values = {"title": model.title, "reads": names_of(reads), "language": NAMES[language]}
    if said and (translation := said.get(to)):
        key = "translation.edited" if translation.edited else "translation.done"
        note = say(key, to=names_of((to,)), by=translation.by, **values)
        return PromptForModel(translation.text, (note,), read=False)
    paid = provider_of(model).needs_key  # nobody is to pay so that a placeholder understands
    return PromptForModel(
        prompt, (say("studio.language.unread", **values),), False, to if paid else ""
    )


def language_for(model: Model) -> str:
    """The language a prompt is translated into for a model."""
    return USUAL if USUAL in model.languages else model.languages[0]


def names_of(languages: tuple[str, ...]) -> str:
    """The languages of a row, as people name them."""
    return ", ".join(NAMES.get(code, code) for code in languages)
