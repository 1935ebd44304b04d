"""Keys of one call: they come by header, are used first, and are seen by nobody else."""

from __future__ import annotations

import json

import httpx
import pytest

from providers.catalogue import MODELS, PROVIDERS
from providers.schema import Provider
from tests.cloud import Cloud
from tests.running import App, create, leave

KEYED = [provider for provider in PROVIDERS if provider.needs_key]
MODEL = {
    provider.name: next(model for model in provider.models if model.status.state == "live")
    for provider in KEYED
}


@pytest.mark.parametrize("provider", KEYED, ids=lambda it: it.name)
def test_a_header_comes_before_the_operators_key(
    app: App, cloud: Cloud, provider: Provider
) -> None:
    own = f"own-{provider.name}-key-1234"
    cloud.add_key(provider.name, own)
    model = MODEL[provider.name]
    if provider.name == "huggingface":
        cloud.mapping(model.endpoint, {"hf-inference": {"providerId": model.endpoint}})
    client = app.client(**{provider.key_header: own})
    files, receipt = create(client, model=model.id)
    told = [client.predict(api_name=name) for name in ("/history", "/list_models")]
    answers = json.dumps([files, receipt, told])
    leave(client)
    (call,) = cloud.submissions(provider.name)
    assert call.headers["authorization"].endswith(f" {own}")
    assert receipt["key"] == "user"
    used = {call.headers.get("authorization", "").partition(" ")[2] for call in cloud.calls}
    assert used <= {own, "", *(key for name, key in cloud.keys.items() if name != provider.name)}
    for key in (own, *cloud.keys.values()):
        assert key not in answers
        assert key not in app.log


@pytest.mark.parametrize("model", ["fal/flux-dev", "auto"])
def test_a_blank_header_is_an_error(app: App, cloud: Cloud, model: str) -> None:
    client = app.client(X_Fal_Key="")
    with pytest.raises(Exception, match="The key given for fal is blank"):
        create(client, model=model)
    leave(client)
    assert cloud.submissions() == []


def test_a_bad_key_is_refused_in_words_without_it(app: App, cloud: Cloud) -> None:
    client = app.client(X_Fal_Key="a-key-nobody-knows")
    with pytest.raises(Exception, match="refused the key") as caught:
        create(client, model="fal/flux-dev")
    leave(client)
    assert "a-key-nobody-knows" not in str(caught.value)
    assert len(cloud.submissions("fal")) == 1


def test_another_call_of_the_session_has_not_that_key(app: App, cloud: Cloud) -> None:
    """A key in a header is of that one call; the session does not keep it."""
    mine = "own-fal-key-of-one-call"
    cloud.add_key("fal", mine)
    one, two = app.client(X_Fal_Key=mine), app.client()
    two.session_hash = one.session_hash
    for client in (one, two):
        create(client, model="fal/flux-schnell")
    keys = [call.headers["authorization"] for call in cloud.submissions("fal")]
    assert keys == [f"Key {mine}", f"Key {cloud.keys['fal']}"]
    leave(one)
    leave(two)


def test_no_page_shows_a_key(app: App, cloud: Cloud) -> None:
    for path in ("/", "/config", "/gradio_api/info", "/gradio_api/openapi.json"):
        text = httpx.get(app.url + path, trust_env=False).text
        assert not [key for key in cloud.keys.values() if key in text], path


def test_every_row_of_keys_has_a_live_model() -> None:
    assert set(MODEL) == {it.name for it in KEYED} <= {m.provider for m in MODELS.values()}
