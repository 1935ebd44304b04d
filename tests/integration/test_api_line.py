"""The quick line, choices and languages by API, down to the wire of the emulated services."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError

from engines.words.wildcards import pick
from providers.catalogue import MODELS
from tests.cloud import Cloud
from tests.running import create

PORTRAIT = Path(__file__).parents[1] / "unit" / "data" / "astronaut.jpg"
COLOURS = "a {red|green|blue|white|black} fox"
FOX = "Рыжая лиса в снегу"


def sent(cloud: Cloud, service: str = "fal") -> list[Any]:
    """What came over the wire, call by call."""
    return [call.body for call in cloud.submissions(service)]


def test_a_line_reaches_the_wire_exactly(client: Client, cloud: Cloud) -> None:
    line = (
        "a fox \\| a hen | model=fal-ai/flux/dev | size=640x384 | n=2 | seed=7 | steps=20"
        " | guidance=4 | format=jpg | foo=bar"
    )
    files, receipt = create(client, line, model="fal/flux-schnell", seed=5)
    (body,) = sent(cloud)
    assert body["prompt"] == "a fox | a hen"
    assert body["image_size"] == {"width": 640, "height": 384}
    told = (body["num_images"], body["seed"], body["num_inference_steps"], body["guidance_scale"])
    assert told == (2, 7, 20, 4)
    assert body["output_format"] == "jpeg"
    assert receipt["asked"] | {"prompt": "a fox | a hen", "seed": 7} == receipt["asked"]
    assert receipt["model"] == "fal/flux-dev"
    named, instead, model = receipt["warnings"][:3]
    assert "foo=bar" in named
    assert "seed=7, but 5" in instead
    assert "fal/flux-schnell" in model
    assert len(files) == len(receipt["images"]) == 2


def test_every_setting_of_a_line_is_sent(client: Client, cloud: Cloud) -> None:
    line = (
        "a fox | model=fal/flux-dev | size=640x384 | n=2 | seed=7 | steps=20 | guidance=4"
        " | format=jpg"
    )
    _, by_line = create(client, line)
    _, by_parameters = create(
        client, "a fox", model="fal/flux-dev", width=640, height=384, num_images=2, seed=7,
        num_inference_steps=20, guidance_scale=4, output_format="jpeg",
    )  # fmt: skip
    one, other = sent(cloud)
    assert one == other
    assert by_line["sent"] == by_parameters["sent"]
    assert by_line["warnings"] == by_parameters["warnings"]
    assert by_line["price"] == by_parameters["price"]


def test_the_estimate_follows_the_line(client: Client, cloud: Cloud) -> None:
    by_line = client.predict(prompt="a fox | model=fal/nano-banana | n=3", api_name="/estimate")
    assert by_line["model"] == "fal/nano-banana"
    assert (by_line["num_images"], by_line["usd"]) == (3, pytest.approx(3 * 0.039))
    spread = client.predict(prompt=f"{COLOURS} | model=fal/nano-banana | n=3", api_name="/estimate")
    assert spread["usd"] == by_line["usd"]
    assert cloud.submissions() == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("model=acme/9", "There is no model 'acme/9'"),
        ("model=fal/flux-dev | negative=rain", "has no negative_prompt"),
        ("model=fal/flux-dev | n=9", "must be 1 to 4, not 9"),
        ("model=fal/flux-dev | seed=x", "seed must be a number"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_sent(
    client: Client, cloud: Cloud, line: str, told: str
) -> None:
    with pytest.raises(AppError, match=told):
        create(client, f"a fox | {line}")
    assert cloud.submissions() == []


def test_a_choice_makes_a_job_of_each_picture(client: Client, cloud: Cloud) -> None:
    files, receipt = create(client, f"{COLOURS} | model=fal/flux-dev | n=3 | seed=11")
    picks = [pick(COLOURS, seed) for seed in (11, 12, 13)]
    assert len({each.text for each in picks}) > 1
    bodies = sent(cloud)
    assert [(body["prompt"], body["seed"], body["num_images"]) for body in bodies] == [
        (each.text, seed, 1) for each, seed in zip(picks, (11, 12, 13), strict=True)
    ]
    series = receipt["series"]
    assert [each["asked"]["picked"] for each in series] == [[*each.choices] for each in picks]
    assert [each["asked"]["prompt"] for each in series] == [COLOURS] * 3
    assert [each["sent"]["prompt"] for each in series] == [each.text for each in picks]
    assert [each["id"] for each in client.predict(api_name="/history")] == [
        each["id"] for each in series
    ]
    assert len(files) == 3
    assert receipt["id"] == series[-1]["id"]
    cost = MODELS["fal/flux-dev"].price.usd
    assert cost is not None
    assert [each["price"]["usd"] for each in series] == [float(cost)] * 3


def test_max_price_is_for_all_of_them(client: Client, cloud: Cloud) -> None:
    line = f"{COLOURS} | model=fal/nano-banana | n=3"
    with pytest.raises(AppError, match=r"about \$0\.117, more than max_price \$0\.11"):
        create(client, line, max_price=0.11)
    assert cloud.submissions() == []
    create(client, line, max_price=0.117)
    assert len(sent(cloud)) == 3


def test_edit_and_retouch_read_a_line(client: Client, cloud: Cloud) -> None:
    picture = handle_file(PORTRAIT)
    _, edited = client.predict(
        images=[picture], prompt="snow | model=fal/nano-banana-edit | seed=3 | n=2 | ar=4:3",
        api_name="/edit_image",
    )  # fmt: skip
    assert edited["sent"] | {"prompt": "snow", "seed": 3, "num_images": 2} == edited["sent"]
    assert edited["sent"]["aspect_ratio"] == "4:3"
    _, retouched = client.predict(
        image=picture, instruction="| strength=0.4", strength=0.9,
        model="local/retouch", api_name="/retouch",
    )  # fmt: skip
    assert retouched["asked"]["strength"] == 0.4
    assert "strength=0.4, but 0.9" in retouched["warnings"][0]


def test_russian_goes_to_who_reads_it_as_it_is(client: Client, cloud: Cloud) -> None:
    _, receipt = create(client, FOX, model="fal/nano-banana")
    assert sent(cloud)[-1]["prompt"] == FOX
    assert not [text for text in receipt["warnings"] if "Russian" in text]
    _, receipt = create(client, f"{FOX} | translate=no", model="fal/flux-schnell")
    assert sent(cloud)[-1]["prompt"] == FOX
    assert [text for text in receipt["warnings"] if "looks Russian and is sent as it is" in text]
    ahead = client.predict(prompt=FOX, api_name="/estimate")
    assert MODELS[ahead["model"]].languages == ("*",)
    assert ahead["warnings"] == []
    _, receipt = create(client, FOX)
    assert receipt["model"] == ahead["model"]
