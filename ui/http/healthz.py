"""Whether the app can take work now, and if not, what is wrong: /healthz."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from i18n import say

Check = Callable[[], "str | Awaitable[str]"]


class Health:
    """Named checks. Each says what is wrong in a sentence, "" when all is well; it may be a
    coroutine, and is asked at every look, so it must be quick."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}
        self._closing = False

    def add(self, name: str, check: Check) -> None:
        """Have this asked, too."""
        self._checks[name] = check

    def close(self) -> None:
        """The app is shutting down: no more work from now on."""
        self._closing = True

    def closing(self) -> str:
        """Why no new work is begun, "" while it is."""
        return say("health.closing") if self._closing else ""

    async def problems(self) -> dict[str, str]:
        """What is wrong, by the name of its check; empty when work can be taken."""
        problems = {"closing": self.closing()} if self._closing else {}
        for name, check in self._checks.items():
            problem = check()
            problem = await problem if inspect.isawaitable(problem) else problem
            if problem:
                problems[name] = problem
        return problems

    async def answer(self, request: Request) -> Response:
        """GET /healthz: 200 {"status": "ok"}, or 503 with the problems by name."""
        problems = await self.problems()
        if problems:
            return JSONResponse({"status": "failing", "problems": problems}, 503)
        return JSONResponse({"status": "ok"})
