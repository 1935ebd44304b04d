"""Every row that can be asked gives a picture through gradio_client, with one submission each."""

from __future__ import annotations

import io
import json
import secrets
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client
from PIL import Image

from providers.catalogue import MODELS, models_for
from providers.schema import Model, Task
from tests.cloud import Cloud
from tests.running import App, create, leave

LIVE = [model for model in models_for(Task.TEXT_TO_IMAGE) if model.status.state != "retired"]
RETIRED = [model for model in MODELS.values() if model.status.state == "retired"]


def picture(url: str) -> Image.Image:
    answer = httpx.get(url, trust_env=False)
    assert answer.status_code == 200, url
    image = Image.open(io.BytesIO(answer.content))
    image.load()
    return image


@pytest.fixture
def client(app: App, cloud: Cloud) -> Iterator[Client]:
    """A client for whom the hub has somebody for every model.

    It has a token of its own, because the app remembers for each what the hub said.
    """
    token = f"hf_{secrets.token_hex(8)}"
    cloud.add_key("huggingface", token)
    for model in LIVE:
        if model.provider == "huggingface":
            cloud.mapping(model.endpoint, {"hf-inference": {"providerId": model.endpoint}})
    found = app.client(X_HF_Token=token)
    yield found
    leave(found)


def test_every_live_row(client: Client, cloud: Cloud) -> None:
    """All at once: as many jobs of one client as there are rows, and no history entry is lost."""
    jobs = [
        (model, client.submit(prompt="a fox", model=model.id, api_name="/text_to_image"))
        for model in LIVE
    ]
    receipts = {}
    for model, job in jobs:
        files, receipt = job.result(timeout=60)
        assert receipt["model"] == model.id
        assert receipt["state"] == "completed"
        assert len(files) == len(receipt["images"]) >= 1
        receipts[model.id] = receipt
    submitted = len(cloud.submissions())
    assert submitted == len(LIVE) - 1, "one for each row but the sketch"
    assert all(call.accepted for call in cloud.submissions())
    for service in ("replicate", "fal", "wavespeed", "openai"):
        rows = [model for model in LIVE if model.provider == service]
        assert len(cloud.submissions(service)) == len(rows), service
    last = client.predict(api_name="/history")
    assert len(last) == 20
    assert {each["id"] for each in last} <= {each["id"] for each in receipts.values()}
    for receipt in last:
        image = receipt["images"][0]
        assert picture(image["url"]).size == (image["width"], image["height"])


@pytest.mark.parametrize("model", RETIRED, ids=lambda model: model.id)
def test_retired_rows_name_their_successor(client: Client, cloud: Cloud, model: Model) -> None:
    with pytest.raises(Exception, match=model.status.successor):
        create(client, model=model.id)
    assert cloud.submissions() == []


def test_parallel_calls_lose_no_entry(client: Client, cloud: Cloud) -> None:
    jobs = [
        client.submit(prompt=f"fox {number}", model="fal/flux-schnell", api_name="/text_to_image")
        for number in range(12)
    ]
    made = {job.result(timeout=60)[1]["id"] for job in jobs}
    told = client.predict(api_name="/history")
    assert {each["id"] for each in told} == made
    assert len(cloud.submissions("fal")) == len(made) == 12
    assert {each["asked"]["prompt"] for each in told} == {f"fox {n}" for n in range(12)}


def test_all_parameters_reach_the_receipt(client: Client, cloud: Cloud) -> None:
    _, receipt = create(
        client, model="fal/gpt-image-2", width=1200, height=630, num_images=2, quality="low",
        output_format="jpg",
    )  # fmt: skip
    assert receipt["asked"] == {
        "prompt": "a fox", "aspect_ratio": "1:1", "width": 1200, "height": 630, "num_images": 2,
        "quality": "low", "output_format": "jpeg",
    }  # fmt: skip
    assert receipt["sent"] == cloud.submissions("fal")[0].body
    assert any("1200x624" in warning for warning in receipt["warnings"])
    assert len(receipt["images"]) == 2
    assert receipt["price"]["basis"] == "estimate"


def test_auto_asks_the_free_one_first(client: Client, cloud: Cloud) -> None:
    _, receipt = create(client)
    assert receipt["model"].startswith("huggingface/")
    assert len(cloud.submissions()) == 1


def test_first_picture_with_no_key(make_app, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    app: App = make_app()
    client = app.client(download=tmp_path / "mine")
    (file,), receipt = create(client, "маяк на скелі, захід сонця", aspect_ratio="landscape")
    image = Image.open(file["image"])
    image.load()
    assert receipt["model"] == "local/sketch"
    assert any("not AI" in warning for warning in receipt["warnings"])
    assert image.width > image.height
    again = create(client, "маяк на скелі, захід сонця", aspect_ratio="4:3", seed=receipt["seed"])
    assert Path(again[0][0]["image"]).read_bytes() == Path(file["image"]).read_bytes()
    rows = client.predict(api_name="/list_models")
    ours = [row["id"] for row in rows if row["provider"] == "local"]
    assert [row["id"] for row in rows if row["available"]] == ours and "local/edit" in ours
    with pytest.raises(Exception, match="FAL_KEY"):
        create(client, model="fal/flux-dev")
    leave(client)
    assert "Traceback" not in app.log


def test_list_models(client: Client, cloud: Cloud) -> None:
    cloud.mapping("black-forest-labs/FLUX.1-dev", {})
    rows = {row["id"]: row for row in client.predict(api_name="/list_models")}
    assert list(rows) == list(MODELS)
    assert json.dumps(rows)
    for row in rows.values():
        assert row["available"] == (row["why_not"] is None)
    assert rows["fal/flux-dev"]["available"]
    assert "serves" in rows["huggingface/flux-dev"]["why_not"]
    assert rows["huggingface/flux-schnell"]["available"]
    (text,) = client.predict(task="text-overlay", api_name="/list_models")
    assert text["id"] == "local/text"
    shown = client.predict(task=" Text-to-Image ", api_name="/list_models")
    assert len(shown) == len(models_for(Task.TEXT_TO_IMAGE))
    with pytest.raises(Exception, match="There is no task 'painting'"):
        client.predict(task="painting", api_name="/list_models")
    assert cloud.submissions() == []
