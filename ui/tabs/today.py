"""What is left today of the app's own money, told in Settings."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from html import escape

from errors import StorageFailed
from i18n import say
from settings import Settings
from studio.money.quota import DailyRemaining, Quota
from ui.money import dollars


async def today(quota: Quota, settings: Settings, address: str) -> str:
    """HTML for Settings; "" where nothing is limited. On a Space strangers read it: they are told
    how much is left in words, the operator at home in dollars."""
    if not quota.limited:
        return ""
    try:
        left = await quota.left(address)
    except StorageFailed as error:
        lines = [str(error)]
    else:
        lines = [*_for_all(left, settings), *_for_one(left, quota, settings)]
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<h2>{say("today.title")}</h2><div class="hint">{told}</div>'


def _for_all(left: DailyRemaining, settings: Settings) -> list[str]:
    """What is left for everybody."""
    lines = []
    if left.usd is not None and settings.daily_usd is not None:
        if settings.on_space:
            lines.append(say("today.share", part=_part(left.usd, settings.daily_usd)))
        else:
            sums = {"left": dollars(_cents(left.usd)), "limit": dollars(settings.daily_usd)}
            lines.append(say("today.usd", **sums))
    if left.calls is not None and settings.daily_calls is not None:
        if settings.on_space:
            part = _part(Decimal(left.calls), Decimal(settings.daily_calls))
            lines.append(say("today.calls.share", part=part))
        else:
            lines.append(say("today.calls", left=left.calls, most=settings.daily_calls))
    return lines


def _for_one(left: DailyRemaining, quota: Quota, settings: Settings) -> list[str]:
    """What is left for this network address."""
    lines = []
    if left.own_usd is not None and quota.own_usd is not None:
        sums = {"left": dollars(_cents(left.own_usd)), "limit": dollars(quota.own_usd)}
        lines.append(say("today.own", **sums))
    if left.jobs is not None and settings.address_jobs is not None:
        done = settings.address_jobs - left.jobs
        lines.append(say("today.jobs", done=done, most=settings.address_jobs))
    return [*lines, say("today.back")]


def _cents(usd: Decimal) -> Decimal:
    """An amount as it may be spent: in full cents where it has more, else as it is."""
    return usd.quantize(Decimal("0.01"), ROUND_DOWN) if usd >= Decimal("0.01") else usd


def _part(left: Decimal, limit: Decimal) -> str:
    """How much that is, in a word."""
    share = left / limit if limit else Decimal(0)
    bounds = ((Decimal("0.9"), "all"), (Decimal("0.6"), "most"), (Decimal("0.4"), "half"))
    word = next((word for least, word in bounds if share >= least), "little" if left else "none")
    return say(f"today.part.{word}")
