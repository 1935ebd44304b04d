"""What Settings tells of today's money: figures at home, words on a Space, nothing without limits;
and that every paid request passes the one place where it is counted."""

from __future__ import annotations

import ast
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from settings import Settings
from studio.money.quota import Quota
from studio.storage.database import Database
from tests.making import fake_job
from tests.unit.house import FILES, ROOT, tree
from ui.figures import today

D = Decimal
LIMITED = Settings(daily_usd=D(2), daily_calls=200, address_jobs=30, address_share=D(1))


async def told(settings: Settings, *prices: str | None, folder: Path | None = None) -> str:
    quota = Quota(settings, Database(folder))
    for price in prices:
        await quota.reserve(fake_job(price), "1.1.1.1")
    return await today(quota, settings, "1.1.1.1")


async def test_figures_at_home() -> None:
    text = await told(LIMITED, "0.60", "0.03", None)
    for part in (
        "$1.37 of $2.00 left today.",
        "199 of 200 calls",
        "3 of your 30 jobs this hour.",
        "midnight UTC",
    ):
        assert part in text
    assert await told(Settings()) == ""


async def test_words_on_a_space() -> None:
    space = replace(LIMITED, on_space=True)
    for price, part in (
        ("0.10", "Nearly all"),
        ("0.60", "Most"),
        ("1.00", "About half"),
        ("1.99", "A little"),
        ("2.00", "Nothing"),
    ):
        text = await told(space, price)
        assert f"{part} of what this app gives away today is left." in text
        assert "of $2.00 left today" not in text
    assert "Nothing of what" in await told(replace(space, daily_usd=D(0)))


async def test_a_disk_that_does_not_hold_is_told(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("no folder")
    assert str(place) in await told(LIMITED, folder=place)


def test_every_paid_request_is_counted_in_one_place() -> None:
    """Only a lifecycle submits, and only the runner starts one, once the job is counted."""
    for name, allowed in (
        ("submit", {"submission.py"}),
        ("Submission", {"lifecycle.py"}),
        ("Lifecycle", {"executor.py"}),
        ("_lifecycle", {"executor.py"}),
        ("watch", {"fallback.py", "service.py"}),
        ("admit", {"runner.py"}),
    ):
        found = {
            path.name
            for path in FILES
            if path.relative_to(ROOT).parts[0] == "studio"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call)
            and (getattr(node.func, "attr", "") or getattr(node.func, "id", "")) == name
        }
        assert found == allowed, name
