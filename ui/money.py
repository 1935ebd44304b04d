"""Dollars as people read them."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal

from i18n import say
from providers.schema import Task
from studio.money.pricing import count, per_image
from studio.routing import Candidate


def dollars(amount: Decimal | float) -> str:
    """$0.039, $0.12, $1.50: at least two decimals, and as many as the amount has."""
    exact = Decimal(str(amount)).normalize()
    places = max(2, -int(exact.as_tuple().exponent)) if exact else 2
    return f"${exact:.{places}f}"


def rounded_up(amount: Decimal) -> Decimal:
    """The most an answer of a language model may come to, in hundredths of a cent."""
    return amount.quantize(Decimal("0.0001"), ROUND_UP)


def verb(task: Task) -> str:
    """What a task's button says: "Create"."""
    return say(f"button.{task}")


def button_label(candidate: Candidate) -> str:
    """The price on the button: "Create · about $0.156 (4 × $0.039)", with that of a translation
    where one comes first."""
    request, times, first = candidate.checked.request, candidate.times, candidate.translator
    does = verb(request.model.task)
    if request.model.price.per == "token":
        return label_at_most(does, candidate.price)
    each = per_image(request.model, request.settings, request.pictures)
    number = count(request.settings) * times
    if candidate.whole is None or each is None:
        return say("button.unknown", verb=does)
    if not candidate.whole:
        return free(does)
    if first and first.price:
        return say("button.translated", verb=does, price=dollars(rounded_up(candidate.whole)))
    total = dollars(each * number)
    sum_up = f"{total} ({number} × {dollars(each)})" if number > 1 else total
    return say("button.price", verb=does, price=sum_up)


def label_at_most(does: str, most: Decimal | None) -> str:
    """The label of a button whose price has no more than a bound: what a text may come to."""
    if most is None:
        return say("button.unknown", verb=does)
    return say("button.most", verb=does, price=dollars(rounded(most))) if most else free(does)


def free(does: str) -> str:
    """The label of a button that costs nothing."""
    return say("button.free", verb=does)


def rounded(amount: Decimal) -> Decimal:
    """An amount in two figures, never less than it is."""
    if not amount:
        return amount
    return amount.quantize(Decimal(1).scaleb(amount.adjusted() - 1), ROUND_UP)
