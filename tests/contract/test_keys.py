"""Keys: the caller's own goes to its provider and nowhere else; a blank one goes nowhere at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from errors import KeyRefused, MissingKey
from providers.catalogue import PROVIDERS
from providers.http.answers import scrub
from providers.http.client import open_access
from tests.cloud import Cloud
from tests.contract.play import EVERY_ROW, ONE, PAID, check_told, create

BY_NAME = {provider.name: provider for provider in PROVIDERS}
BLANKS = ["", " ", "\t", "\u00a0", "  \n "]


@pytest.mark.parametrize("who", PAID)
@pytest.mark.parametrize("blank", BLANKS)
async def test_a_blank_key_reaches_nobody(
    cloud: Cloud, tmp_path: Path, who: str, blank: str
) -> None:
    """The operator's keys are set, and so are those the SDKs look for: neither stands in."""
    header = {BY_NAME[who].key_header: blank}
    for given in ({"headers": header}, {"typed": {who: blank}}):
        end = await create(cloud, tmp_path, ONE[who], **given)  # type: ignore[arg-type]
        assert isinstance(end.error, MissingKey) and end.error.created is False
        check_told(end.error, cloud.keys)
    with pytest.raises(MissingKey):
        open_access(BY_NAME[who], blank, {}, {})
    assert cloud.calls == []


@pytest.mark.parametrize("name", EVERY_ROW)
async def test_the_callers_key_is_the_one_that_goes(
    cloud: Cloud, tmp_path: Path, name: str
) -> None:
    who = name.partition("/")[0]
    key = f"{who}-guest-key-5f2b9c77"
    cloud.add_key(who, key)
    end = await create(cloud, tmp_path, name, headers={BY_NAME[who].key_header: key})
    assert end.receipt["key"] == "user" and key not in str(end.receipt)
    calls = [call for call in cloud.calls if call.service != "files"]
    assert calls and all(call.headers["authorization"].split()[1] == key for call in calls)
    assert not [call for call in cloud.calls if call.service == "files" and "authorization"
                in call.headers]  # fmt: skip


@pytest.mark.parametrize("who", PAID)
async def test_a_wrong_key_is_refused_once(cloud: Cloud, tmp_path: Path, who: str) -> None:
    wrong = "wrong-key-0123456789abcdef"
    end = await create(cloud, tmp_path, ONE[who], typed={who: wrong})
    assert isinstance(end.error, KeyRefused) and end.error.status == 401
    assert end.error.created is False and cloud.jobs() == []
    check_told(end.error, {who: wrong})


def test_a_key_is_scrubbed_whole_and_in_part() -> None:
    key = "r8_Abcdefghijklmnopqrstuvwxyz0123456789"
    half = len(key) // 2
    for spoken in (key, key[:half], key[half:], key[7:25], f"x{key[3:22]}y{key[20:]}z"):
        text = scrub(f"key {spoken} given", key)
        assert text.startswith("key ") and text.endswith(" given") and "…" in text
        assert not any(key[at : at + 16] in text for at in range(len(key)))
    assert scrub("nothing of it", key) == "nothing of it"
    assert scrub("any text", "") == "any text"
    assert scrub("a short one: abc.", "abc") == "a short one: …."


@pytest.mark.parametrize(
    "foreign",
    [
        "http://127.0.0.1:{elsewhere}/files/fal/requests/1",
        "https://queue.fal.run.evil.example/requests/1",
        "https://evil.example/?x=.fal.run",
        "https://evil.example\\.fal.run/requests/1",
        "https://queue.fal.run/requests/1",
        "https://someone@127.0.0.1:{port}/requests/1",
        "http://key@127.0.0.1:{port}/fal/requests/1",
        "ftp://127.0.0.1:{port}/fal/requests/1",
        "//evil.example/x",
        "https://[bad",
        "http://127.0.0.1:notaport/x",
        "data:,x",
        "https://xn--.fal.run/x",
        "\x00",
    ],
)
async def test_fal_may_not_send_the_key_elsewhere(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, foreign: str
) -> None:
    """Addresses in fal's answer that lead off fal are replaced; the job is asked after at home."""
    with Cloud() as stranger:
        url = foreign.replace("{elsewhere}", str(stranger.port)).replace("{port}", str(cloud.port))
        links = {f"{kind}_url": url for kind in ("status", "response", "cancel")}
        monkeypatch.setattr(cloud._services["fal"], "links", lambda job: links)
        receipt = (await create(cloud, tmp_path, ONE["fal"])).receipt
        assert receipt["images"] and stranger.calls == []
    asked = {call.path for call in cloud.calls if call.stage in ("poll", "result")}
    home = f"/fal/fal-ai/flux/requests/{receipt['upstream_id']}"
    assert asked == {home, f"{home}/status"}


def test_fals_own_hosts_are_trusted_from_fal_alone() -> None:
    from providers.fal.files import is_own

    usual = BY_NAME["fal"].bases["FAL_BASE_URL"]
    assert is_own("https://queue.fal.run/fal-ai/x/requests/1", usual)
    assert is_own("https://queue.falrun.com/fal-ai/x/requests/1", usual)
    assert not is_own("http://queue.fal.run/fal-ai/x/requests/1", usual)
    assert not is_own("https://queue.fal.run:8443/x", usual)
    assert not is_own("https://me@queue.fal.run/x", usual)
    assert not is_own("https://queue.fal.run/x", "https://proxy.example")


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda it: it.name)
def test_access_does_not_show_its_key(provider: object) -> None:
    found = BY_NAME[provider.name]  # type: ignore[attr-defined]
    access = open_access(replace(found), "the-key-nobody-may-see", {}, {})
    assert "nobody" not in repr(access) and "nobody" not in str(access)
