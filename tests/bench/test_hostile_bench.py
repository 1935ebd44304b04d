"""Small runs of the hostile bench and of the one for leaks, and whether they can fail at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import leaks
from bench.hostile import __main__ as hostile
from bench.hostile.cases import request_cases, value_cases


def test_the_cases_are_many_and_reach_every_endpoint() -> None:
    uploads = dict.fromkeys(("photo", "text", "pixel", "cut", "bomb"), "null")
    cases = [*request_cases(), *value_cases(uploads)]
    assert len(cases) >= 400
    assert len({case.name for case in cases}) == len(cases)


def test_a_sample_of_hostile_calls_does_no_harm(capsys: pytest.CaptureFixture[str]) -> None:
    assert hostile.run(every=25) == 0, capsys.readouterr().out


def test_the_judge_sees_what_is_no_refusal() -> None:
    assert hostile._last(iter(["event: error", 'data: {"error": null}']))[0] == "no sentence"
    assert hostile._last(iter(["event: error", 'data: {"error": "No."}']))[0] == "refused"
    assert hostile._last(iter(["event: heartbeat", "data: null"]))[0] == "no end"


def test_nothing_leaks(capsys: pytest.CaptureFixture[str]) -> None:
    assert leaks.run() == 0, capsys.readouterr().out


def test_a_leak_would_be_seen(tmp_path: Path) -> None:
    path = leaks.picture(tmp_path)
    assert leaks._in_files((tmp_path,), path) == [path.name]
    assert leaks.marks(f"a {leaks.WORD}", leaks.WORD, leaks.KEY) == [leaks.WORD]
