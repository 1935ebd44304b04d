"""What is said about a picture that comes in, in the user's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Final

from engines.intake import Broken, Removed
from errors import InvalidInput
from i18n import say

FIELD: Final = "image"
LONGEST_NAME: Final = 60
# What counts as personal and is named; the rest is "metadata", said only when it is alone.
NAMED: Final = ("location", "camera", "date", "text", "preview", "credentials", "tail")


def called(name: str) -> str:
    """A file's name as it can be shown: without folders, unprintable signs and excess."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(sign for sign in last if sign.isprintable() and sign not in "<>").strip()
    if len(shown) > LONGEST_NAME:
        shown = f"{shown[: LONGEST_NAME - 9]}…{shown[-8:]}"
    return shown or say("intake.unnamed")


def removal(removed: Removed) -> str:
    """Such as "location and camera data removed"; blank when nothing was."""
    removals = [say(f"intake.removed.{name}") for name in removed.names() if name in NAMED]
    if not removals:
        return say("intake.removed", what=say("intake.removed.other")) if removed else ""
    return say("intake.removed", what=listed(removals))


def listed(words: Sequence[str]) -> str:
    """Such as "location, date and text"."""
    if len(words) < 2:
        return "".join(words)
    return say("intake.and", first=", ".join(words[:-1]), last=words[-1])


def refusal(key: str, **values: object) -> InvalidInput:
    """A picture that cannot be taken, in a sentence that says what to do."""
    return InvalidInput(
        say(f"intake.no.{key}", **values), field=FIELD, advice=say(f"intake.advice.{key}")
    )


@contextmanager
def refused(name: str) -> Iterator[None]:
    """Raise `InvalidInput`, which names the file, wherever an engine finds it broken."""
    try:
        yield
    except Broken as error:
        raise refusal(error.why, name=name) from error
