"""Dollars as people read them."""

from __future__ import annotations

from decimal import Decimal

from easel.providers.schema import GenerationRequest, Task
from easel.studio.pricing import count, per_image
from easel.words import say


def dollars(amount: Decimal | float) -> str:
    """$0.039, $0.12, $1.50: at least two decimals, and as many as the amount has."""
    exact = Decimal(str(amount)).normalize()
    places = max(2, -int(exact.as_tuple().exponent)) if exact else 2
    return f"${exact:.{places}f}"


def verb(task: Task) -> str:
    """What a task's button says: "Create"."""
    return say(f"button.{task}")


def button_label(request: GenerationRequest) -> str:
    """The price on the button: "Create · about $0.156 (4 × $0.039)"."""
    does = verb(request.model.task)
    each = per_image(request.model, request.settings, request.pictures)
    number = count(request.settings)
    if each is None:
        return say("button.unknown", verb=does)
    if not each:
        return say("button.free", verb=does)
    total = dollars(each * number)
    sum_up = f"{total} ({number} × {dollars(each)})" if number > 1 else total
    return say("button.price", verb=does, price=sum_up)
