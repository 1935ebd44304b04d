"""A small attack on the operator's money, and whether its judge can complain at all."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from bench import spend
from tests.cloud.ledger import Job, Pace


def test_a_sample_of_the_attack_stays_within_the_limits(tmp_path: Path) -> None:
    assert spend.play(8.0, tmp_path) == []


def test_the_judge_knows_what_jobs_cost() -> None:
    for service, model, said, usd, calls in (
        ("openai", "gpt-image-2", {"size": "3840x2160", "quality": "high", "n": 2}, ".802", 0),
        ("openai", "gpt-image-2", {"size": "auto"}, ".222", 0),
        ("fal", "fal-ai/nano-banana", {"num_images": 4}, ".156", 0),
        ("huggingface", "stabilityai/sd", {}, "0", 1),
    ):
        job = Job("1", service, model, dict(said), Pace())
        assert spend.charged(job) == (Decimal(usd), calls), model
    failed = Job("1", "fal", "fal-ai/nano-banana", {}, Pace(), state="failed")
    assert spend.charged(failed) == (0, 0)
