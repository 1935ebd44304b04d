"""One test for a rule that holds for many cases, instead of a test for each of them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any


def for_each(cases: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Run a test for every case and name all that fail.

    A test of several parameters gets a case's parts, one of a single parameter the case itself.
    """

    def over(test: Callable[..., None]) -> Callable[[], None]:
        several = len(inspect.signature(test).parameters) > 1

        @functools.wraps(test)
        def run() -> None:
            failures, count = [], 0
            for case in cases:
                count += 1
                try:
                    test(*case) if several else test(case)
                except Exception as error:  # noqa: BLE001 - every failure is named at the end
                    error.add_note(f"{test.__name__}: {getattr(case, 'id', case)!r:.300}")
                    failures.append(error)
            assert count, "no case at all"
            if failures:
                raise ExceptionGroup(f"{len(failures)} of {count} cases", failures)

        del run.__wrapped__  # type: ignore[attr-defined]  # or pytest looks for its fixtures
        return run

    return over
