"""What a language model behind fal's router has written, told in the end alone.

Source: fal's published endpoint types (fal-js, 2026-08-02). That `usage` may hold a `cost` is
unverified; where it does, it is what the job cost.
"""

from __future__ import annotations

from typing import Any

from errors import ProviderFailed, Refused, ResultLost
from i18n import say
from providers.http.json_reading import record, refused, said, sentence, told_price
from providers.schema import Done, Handle

NAME = WHO = "fal"


def written(body: dict[str, Any], handle: Handle) -> Done:
    """The text of a finished job. Raises what is told instead of one."""
    about: dict[str, Any] = {"provider": NAME, "upstream_id": handle.id, "created": True}
    if wrong := sentence(body.get("error")):
        told = say("error.refused" if refused(wrong) else "error.failed", who=WHO, said=said(wrong))
        raise (Refused if refused(wrong) else ProviderFailed)(told, **about)
    text = body.get("output")
    if not isinstance(text, str):
        raise ResultLost(say("error.unreadable", who=WHO), **about)
    if not text.strip():
        raise ProviderFailed(say("error.no_text", who=WHO), **about)
    return Done(
        text=text,
        upstream_id=handle.id,
        warnings=(say("note.text.cut", who=WHO),) if body.get("partial") is True else (),
        charged=told_price(record(body.get("usage")).get("cost")),
    )
