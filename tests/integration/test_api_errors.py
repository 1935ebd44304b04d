"""Errors over the API are sentences: what is wrong, what is allowed, what to do now."""

from __future__ import annotations

from typing import Any

import pytest
from gradio_client import Client

from tests.cloud import Cloud
from tests.running import App, create

# What is asked, and what the sentence must name.
BAD: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"prompt": ""}, ("prompt is empty",)),
    ({"prompt": "  "}, ("prompt is empty",)),
    ({"prompt": "x" * 10_001, "model": "local/sketch"}, ("10,001", "10,000")),
    ({"model": "nope"}, ("'nope'", "auto", "fal/flux-dev")),
    ({"model": "fal/nope"}, ("'fal/nope'",)),
    ({"model": "fal/flux-dev", "quality": "high"}, ("fal/flux-dev has no quality", "seed")),
    ({"model": "local/sketch", "num_images": 5}, ("num_images", "1 to 4")),
    ({"model": "local/sketch", "num_images": 1.5}, ("num_images", "whole number")),
    ({"model": "local/sketch", "num_images": "many"}, ("num_images", "'many'")),
    ({"model": "local/sketch", "seed": -2}, ("seed", "0 to")),
    ({"model": "local/sketch", "width": 10, "height": 10}, ("width", "64 to 2048")),
    ({"model": "local/sketch", "width": 512, "resolution": "1K"}, ("either resolution",)),
    ({"model": "local/sketch", "resolution": "vast"}, ("resolution", "1K, 2K", "vast")),
    ({"model": "local/sketch", "aspect_ratio": "wide"}, ("aspect_ratio", "16:9")),
    ({"model": "local/sketch", "output_format": "bmp"}, ("png, jpeg, webp",)),
    ({"aspect_ratio": "7:5"}, ("No available model", "aspect_ratio")),
    ({"num_images": 99}, ("No available model", "num_images")),
]


def failure(client: Client, **settings: Any) -> str:
    with pytest.raises(Exception) as caught:
        create(client, **settings)
    return str(caught.value)


def test_what_cannot_be_asked(app: App, cloud: Cloud, client: Client) -> None:
    before = len(app.log)
    for settings, named in BAD:
        told = failure(client, **settings)
        for part in named:
            assert part in told, settings
        assert_sentence(app, told)
    assert cloud.submissions() == []
    assert client.predict(api_name="/history") == []
    assert app.log[before:] == "", "an error that was meant needs no traceback"


@pytest.mark.parametrize(
    ("stage", "kind", "named"),
    [
        ("submit", 401, "key"),
        ("submit", 402, "pay"),
        ("submit", 429, "too many"),
        ("submit", 502, "charged"),
        ("submit", "cut_after", "charged"),
        ("submit", "html_200", "charged"),
        ("accepted", "refusal", "refused"),
        ("accepted", "failed", "fal"),
        ("fetch", 404, "job"),
    ],
)
def test_what_the_provider_answers(
    app: App, cloud: Cloud, client: Client, stage: str, kind: str | int, named: str
) -> None:
    times = None if stage == "fetch" else 1
    cloud.fail("fal", stage, kind, times=times)
    before = len(app.log)
    told = failure(client, model="fal/flux-schnell")
    assert named in told
    assert_sentence(app, told)
    assert len(cloud.submissions("fal")) == 1, "one Create is one submission, whatever happens"
    assert cloud.keys["fal"] not in told
    assert app.log[before:] == ""


def assert_sentence(app: App, told: str) -> None:
    """For a reader: no traceback, no path of this machine, no name of a class."""
    assert told[0].isalpha()
    assert told.rstrip().endswith((".", "!"))
    for part in ("Traceback", "/tmp", "studio/", "site-packages", str(app.temp), "Error("):
        assert part not in told
