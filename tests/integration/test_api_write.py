"""/write_prompt through gradio_client: streamed, receipted, in the history; and with no key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from gradio_client import Client, handle_file

from tests.cloud import Cloud
from tests.integration.waiting import cancel, until
from tests.running import App, create, leave
from tests.unit.intake_files import exif, saved, scene

MODEL = "openai/gpt-5.4-mini"


def test_it_streams_and_ends_with_the_receipt(client: Client, cloud: Cloud) -> None:
    cloud.pace("openai", delay=0.05)
    job = client.submit(
        idea='a sign "Rosa" on a door', model=MODEL, style="photo", api_name="/write_prompt"
    )
    text, receipt = job.result(timeout=60)
    partial = [each[0] for each in job.outputs()[:-1] if isinstance(each[0], str) and each[0]]
    assert partial and all(text.startswith(each) for each in partial)
    assert len(text) >= 1000 and receipt["text"] == text and receipt["images"] == []
    assert receipt["asked"]["style"] == "photo" and receipt["sent"]["stream"] is True
    assert receipt["findings"]["protected"] == [{"kind": "quote", "text": '"Rosa"', "kept": True}]
    assert len(cloud.submissions()) == 1
    assert client.predict(api_name="/history")[-1]["text"] == text
    assert client.predict(receipt["id"], api_name="/status")["text"] == text
    _, other = create(client, model="fal/flux-dev")
    assert [each["task"] for each in client.predict(api_name="/history")] == [
        "prompt-writing", "text-to-image"]  # fmt: skip
    client.predict(receipt["id"], api_name="/delete_result")
    assert [each["id"] for each in client.predict(api_name="/history")] == [other["id"]]


def test_a_picture_is_described_without_its_metadata(
    client: Client, cloud: Cloud, tmp_path: Path
) -> None:
    path = tmp_path / "Anna at home.jpg"
    path.write_bytes(saved(scene((96, 64)), "JPEG", exif=exif()))
    text, receipt = client.predict(
        idea="", image=handle_file(path), model=MODEL, length=200, api_name="/write_prompt"
    )
    (job,) = cloud.jobs("openai")
    assert [(each.width, each.metadata) for each in job.received] == [(96, ())]
    assert len(text) >= 200 and "Anna" not in str(receipt)


def test_stopping_hangs_up(client: Client, cloud: Cloud) -> None:
    cloud.pace("openai", delay=0.2)
    job = client.submit(idea="a fox", model=MODEL, api_name="/write_prompt")
    until(lambda: cloud.jobs("openai"))
    cancel(job)
    until(lambda: cloud.jobs("openai")[0].cancelled)
    assert len(cloud.submissions()) == 1


def test_the_price_before_and_what_is_refused(client: Client, cloud: Cloud) -> None:
    ahead = client.predict("prompt-writing", model=MODEL, api_name="/estimate")
    assert ahead["model"] == MODEL and 0 < ahead["usd"] < 0.01
    with pytest.raises(Exception, match="no style 'baroque'"):
        client.predict(idea="a fox", style="baroque", api_name="/write_prompt")
    with pytest.raises(Exception, match="idea is empty"):
        client.predict(idea=" ", api_name="/write_prompt")
    with pytest.raises(Exception, match="max_price"):
        client.predict(idea="a fox", model=MODEL, max_price=0, api_name="/write_prompt")
    rows = client.predict(task="prompt-writing", api_name="/list_models")
    assert MODEL in [row["id"] for row in rows if row["available"]]
    assert cloud.submissions() == []


def test_with_no_key_it_is_composed(make_app: Callable[..., App]) -> None:
    app = make_app()
    client = app.client()
    text, receipt = client.predict(idea="лисиця взимку в лісі", api_name="/write_prompt")
    assert receipt["model"] == "local/composer" and len(text) >= 1000
    assert text.startswith("Лисиця взимку в лісі.")
    assert receipt["warnings"] == ["Composed from templates, not by a language model."]
    assert client.predict("prompt-writing", api_name="/estimate")["usd"] == 0
    leave(client)
    assert "Traceback" not in app.log
