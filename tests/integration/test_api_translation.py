"""A prompt in another language by API, down to the wire: translated once, told in the receipt, and
never behind anybody's back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError

from tests.cloud import Cloud
from tests.running import App, create, leave

PORTRAIT = Path(__file__).parents[1] / "unit" / "data" / "astronaut.jpg"
FOX = "Рыжая лиса у вывески «Хлеб» в снегу"
SCHNELL, BANANA = "fal/flux-schnell", "fal/nano-banana"


def pictures(cloud: Cloud) -> list[Any]:
    """What was asked of who makes pictures."""
    return [call.body for call in cloud.submissions("fal") if "prompt" in call.body]


def chats(cloud: Cloud) -> list[Any]:
    """What was asked of language models."""
    return [call.body for call in cloud.submissions() if "messages" in call.body]


def ahead(client: Client, prompt: str, **asked: Any) -> Any:
    return client.predict(prompt=prompt, **asked, api_name="/estimate")


def test_who_reads_english_gets_english(client: Client, cloud: Cloud) -> None:
    told = ahead(client, FOX, model=SCHNELL)
    cloud.writes("A red fox at a sign ⟦1⟧ in the snow")
    _, receipt = create(client, FOX, model=SCHNELL)
    (chat,), (body,) = chats(cloud), pictures(cloud)
    assert "Хлеб" not in chat["messages"][1]["content"]
    assert body["prompt"] == "A red fox at a sign «Хлеб» in the snow"
    assert receipt["asked"]["prompt"] == FOX
    assert receipt["sent"]["prompt"] == body["prompt"]
    by = receipt["translated_by"]
    assert (by["from"], by["to"], by["repeated"], by["edited"]) == ("ru", "en", False, False)
    assert by["model"] == told["translation"]["model"]
    assert told["usd"] == pytest.approx(0.003 + told["translation"]["usd"])
    (warning,) = [text for text in receipt["warnings"] if "translated from Russian" in text]
    assert by["title"] in warning
    made = client.predict(by["id"], api_name="/status")
    assert made["text"] == body["prompt"]
    history = client.predict(api_name="/history")
    assert [each["id"] for each in history] == [receipt["id"]]


def test_who_reads_russian_gets_russian(client: Client, cloud: Cloud) -> None:
    assert "translation" not in ahead(client, FOX, model=BANANA)
    _, receipt = create(client, FOX, model=BANANA)
    (body,) = pictures(cloud)
    assert body["prompt"] == receipt["sent"]["prompt"] == FOX
    assert chats(cloud) == [] and "translated_by" not in receipt


def test_nobody_pays_twice_for_a_sentence(client: Client, cloud: Cloud) -> None:
    create(client, FOX, model=SCHNELL)
    assert "translation" not in ahead(client, FOX, model=SCHNELL), "it is paid for"
    _, again = create(client, FOX, model="fal/flux-dev")
    assert len(chats(cloud)) == 1 and len(pictures(cloud)) == 2
    assert again["translated_by"]["repeated"] is True


def test_it_can_be_refused(client: Client, cloud: Cloud) -> None:
    line = f"{FOX} | translate=no"
    assert "translation" not in ahead(client, line, model=SCHNELL)
    _, receipt = create(client, line, model=SCHNELL)
    assert pictures(cloud)[0]["prompt"] == FOX and chats(cloud) == []
    assert [text for text in receipt["warnings"] if "looks Russian" in text]


def test_where_it_fails_no_picture_is_sent(client: Client, cloud: Cloud) -> None:
    cloud.writes("A red fox, and no sign of a sign")
    with pytest.raises(AppError, match=r"no picture was started.*translate=no"):
        create(client, FOX, model=SCHNELL)
    assert pictures(cloud) == [] and len(chats(cloud)) == 1


def test_choices_are_translated_once(client: Client, cloud: Cloud) -> None:
    cloud.writes("In ⟦1⟧ light, a fox")
    prompt = "Лиса при свете {red|green|blue}"
    _, receipt = create(client, prompt, model=SCHNELL, num_images=3, seed=5)
    assert len(chats(cloud)) == 1
    each = receipt["series"]
    assert [it["translated_by"]["repeated"] for it in each] == [False, True, True]
    for body, it in zip(pictures(cloud), each, strict=True):
        assert body["prompt"] == f"In {it['asked']['picked'][0]} light, a fox"
        assert it["asked"]["prompt"] == prompt


def test_an_edit_and_a_retouch_are_translated_too(client: Client, cloud: Cloud) -> None:
    image = handle_file(PORTRAIT)
    cloud.writes("make it snow", "softer light")
    _, edited = client.predict(
        images=[image], prompt="пусть идёт снег", model="fal/seedream-4-edit",
        api_name="/edit_image",
    )  # fmt: skip
    assert (edited["asked"]["prompt"], edited["sent"]["prompt"]) == (
        "пусть идёт снег", "make it snow")  # fmt: skip
    _, softer = client.predict(
        image=image, mode="enhance", instruction="мягкий свет", model="fal/seedream-4-enhance",
        api_name="/retouch",
    )  # fmt: skip
    assert softer["asked"]["prompt"] == "мягкий свет"
    assert "softer light" in softer["sent"]["prompt"]
    assert len(chats(cloud)) == 2


def test_without_a_key_for_it_the_words_go_as_they_are(
    make_app: Callable[..., App], cloud: Cloud
) -> None:
    mine = cloud.environment()
    mine = {name: value for name, value in mine.items() if not name.endswith(("KEY", "TOKEN"))}
    key = {"WAVESPEED_API_KEY": cloud.keys["wavespeed"]}  # it has no language model
    client = make_app(**mine, **key).client()
    try:
        _, receipt = create(client, FOX, model="wavespeed/seedream-4")
    finally:
        leave(client)
    (call,) = cloud.submissions()
    assert call.body["prompt"] == receipt["sent"]["prompt"] == FOX
    assert [text for text in receipt["warnings"] if "looks Russian" in text]
    assert [text for text in receipt["warnings"] if "No model could translate" in text]
    assert "translated_by" not in receipt
