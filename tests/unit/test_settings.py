"""What the operator decided: the environment, then .env, then the defaults; bad values speak."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from providers.catalogue import PROVIDERS
from settings import (
    ADDRESS_JOBS,
    SPACE_BUDGET_USD,
    SPACE_DAILY_CALLS,
    SPACE_DAILY_USD,
    Settings,
    SettingsError,
    read_settings,
)

KEY_NAMES = [(it.name, name) for it in PROVIDERS for name in it.key_names]
BASES = [(name, usual) for it in PROVIDERS for name, usual in it.bases.items()]


def read(dotenv: Path | None = None, **environ: str) -> Settings:
    return read_settings(PROVIDERS, environ, dotenv)


def refused(name: str, value: str) -> str:
    with pytest.raises(SettingsError) as caught:
        read(**{name: value})
    message = str(caught.value)
    assert message.startswith(name)
    assert message.endswith(".")
    return message


def test_the_defaults() -> None:
    settings = read()
    assert (settings.max_workers, settings.history_limit, settings.budget) == (64, 20, None)
    assert (settings.server_name, settings.server_port) == (None, None)
    assert (settings.keys, settings.trusted_hosts) == ({}, frozenset())
    assert (settings.on_space, settings.sign_in) == (False, False)
    assert settings.bases == dict(BASES)


@pytest.mark.parametrize(("provider", "name"), KEY_NAMES)
def test_every_name_of_a_key_works(provider: str, name: str) -> None:
    assert read(**{name: " secret "}).keys == {provider: "secret"}


@pytest.mark.parametrize("provider", [it for it in PROVIDERS if len(it.key_names) > 1])
def test_the_proper_name_comes_first(provider: object) -> None:
    names = provider.key_names  # type: ignore[attr-defined]
    assert list(read(**{name: name for name in names}).keys.values()) == [names[0]]
    assert list(read(**{names[0]: " ", names[1]: "other"}).keys.values()) == ["other"]


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text('FAL_KEY=file\nOPENAI_API_KEY="quoted"\nMAX_WORKERS=3\nHF_TOKEN=\nNOTHING\n')
    settings = read(file, FAL_KEY="environment", MAX_WORKERS=" ")
    assert settings.keys == {"fal": "environment", "openai": "quoted"}
    assert settings.max_workers == 3


def test_no_file_is_fine(tmp_path: Path) -> None:
    assert read(tmp_path / ".env") == read(tmp_path) == read(None)


def test_blank_is_not_set() -> None:
    names = [name for _, name in KEY_NAMES] + [name for name, _ in BASES]
    names += ["MAX_WORKERS", "HISTORY_LIMIT", "EASEL_BUDGET_USD", "GRADIO_SERVER_PORT", "SPACE_ID"]
    for blank in ("", " ", "\t\n"):
        assert read(**dict.fromkeys(names, blank)) == read()


def test_numbers() -> None:
    settings = read(MAX_WORKERS="2", HISTORY_LIMIT=" 5 ", GRADIO_SERVER_PORT="8000")
    assert (settings.max_workers, settings.history_limit, settings.server_port) == (2, 5, 8000)


@pytest.mark.parametrize("name", ["MAX_WORKERS", "HISTORY_LIMIT", "GRADIO_SERVER_PORT"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "99999999", "9" * 5000, "²", "1_0"])
def test_bad_numbers_give_a_sentence(name: str, value: str) -> None:
    assert "whole number from 1" in refused(name, value)


@pytest.mark.parametrize(("value", "usd"), [("0.50", "0.50"), ("0", "0"), ("12", "12")])
def test_budget(value: str, usd: str) -> None:
    assert read(EASEL_BUDGET_USD=value).budget == Decimal(usd)


@pytest.mark.parametrize("value", ["-1", "much", "nan", "sNaN", "inf", "-Infinity", "$5", "0,50"])
def test_bad_budgets_give_a_sentence(value: str) -> None:
    assert "US dollars" in refused("EASEL_BUDGET_USD", value)


def test_a_space_has_a_budget_and_sign_in() -> None:
    space = read(SPACE_ID="someone/easel", OAUTH_CLIENT_ID="id")
    assert (space.on_space, space.sign_in, space.budget) == (True, True, SPACE_BUDGET_USD)
    assert Decimal("0.50") == SPACE_BUDGET_USD
    assert read(SPACE_ID="someone/easel", EASEL_BUDGET_USD="2").budget == 2
    assert read(SPACE_ID="someone/easel").sign_in is False
    assert read(OAUTH_CLIENT_ID="id").sign_in is False


@pytest.mark.parametrize(("name", "usual"), BASES)
def test_a_base_named_is_in_force_and_trusted(name: str, usual: str) -> None:
    settings = read(**{name: "https://proxy.example/path/"})
    assert settings.bases[name] == "https://proxy.example/path"
    assert settings.trusted_hosts == {("proxy.example", 443)}
    others = {each: value for each, value in BASES if each != name}
    assert {each: settings.bases[each] for each in others} == others


@pytest.mark.parametrize(
    "value", ["http://localhost:9", "http://127.0.0.1:9/fal", "http://[::1]:9", "https://a.b"]
)
def test_plain_http_on_this_machine_only(value: str) -> None:
    assert read(FAL_BASE_URL=value).bases["FAL_BASE_URL"] == value


@pytest.mark.parametrize(
    "value",
    ["http://fal.run", "http://127.0.0.1.evil.example", "ftp://localhost", "fal.run", "https://",
     "localhost:80", "//host", "http://[::1", "https://host:port", "http://10.0.0.1",
     "https://host:0", "https://host:99999", "https://xn--a\x00"],
)  # fmt: skip
def test_bad_addresses_give_a_sentence(value: str) -> None:
    assert "https address" in refused("FAL_BASE_URL", value)


def test_trust_is_for_host_and_port() -> None:
    for value, host, port in (
        ("https://a.b", "a.b", 443), ("https://A.b:8443/v1", "a.b", 8443),
        ("http://localhost", "localhost", 80), ("http://[::1]:9", "::1", 9),
        ("https://bücher.example", "xn--bcher-kva.example", 443),
    ):  # fmt: skip
        assert read(FAL_BASE_URL=value).trusted_hosts == {(host, port)}


def test_proxies_are_read_like_every_other_setting(tmp_path: Path) -> None:
    url = httpx.URL("https://fal.run/x")
    one, other = "http://one.example:1", "http://other.example:2"
    file = tmp_path / ".env"
    file.write_text(f"https_proxy={other}\nNO_PROXY=a.example\n")
    table: list[tuple[dict[str, str], Path | None, str]] = [
        ({}, None, ""), ({}, file, other), ({"HTTPS_PROXY": one}, file, one),
        ({"HTTPS_PROXY": one, "https_proxy": other}, None, other), ({"ALL_PROXY": one}, None, one),
        ({"HTTP_PROXY": one}, None, ""), ({"HTTPS_PROXY": one, "NO_PROXY": "fal.run"}, None, ""),
        ({"HTTPS_PROXY": one, "no_proxy": "*"}, None, ""), ({"HTTPS_PROXY": " "}, file, other),
    ]  # fmt: skip
    for environ, dotenv, wanted in table:
        assert read(dotenv, **environ).outbound.on_the_way_to(url) == wanted, environ
    assert read(file).outbound.on_the_way_to(httpx.URL("https://a.example/x")) == ""


def test_proxies_that_cannot_be_used_give_a_sentence_without_their_password() -> None:
    for name in ("HTTPS_PROXY", "ALL_PROXY"):
        for value in ("socks5://me:secret@x:1", "http://me:secret@", "http://x:secret"):
            message = refused(name, value)
            assert "secret" not in message and "http or https proxy" in message
    assert "secret" not in repr(read(HTTPS_PROXY="http://me:secret@x"))


def test_keys_are_in_no_representation() -> None:
    assert "secret" not in repr(read(FAL_KEY="secret"))


def test_a_setting_that_cannot_be_used_ends_the_app_with_its_sentence() -> None:
    assert issubclass(SettingsError, SystemExit)


def test_what_guards_the_operators_money_is_on_where_strangers_come() -> None:
    here, there = (
        read_settings(PROVIDERS, {}, None),
        read_settings(PROVIDERS, {"SPACE_ID": "a/b"}, None),
    )
    assert (here.daily_usd, here.daily_calls, here.address_jobs) == (None, None, None)
    assert (there.daily_usd, there.daily_calls) == (SPACE_DAILY_USD, SPACE_DAILY_CALLS)
    assert (there.address_jobs, str(there.address_share)) == (ADDRESS_JOBS, "0.2")
    assert read(EASEL_DAILY_USD="5").address_jobs == ADDRESS_JOBS


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("EASEL_ADDRESS_SHARE", "1.5", "from 0 to 1"),
        ("EASEL_DAILY_CALLS", "-1", "EASEL_DAILY_CALLS"),
        ("EASEL_DAILY_USD", "NaN", "EASEL_DAILY_USD"),
        ("EASEL_PROXIES", "proxy.example", "10.0.0.0/8"),
        ("EASEL_ALLOWED_HOSTS", "https://easel.example", "easel.example.org"),
        ("EASEL_REQUIRE_LOGIN", "/nowhere/users", "no file"),
    ],
)
def test_an_odd_guard_is_refused_in_words(name: str, value: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        read_settings(PROVIDERS, {name: value}, None)


def test_where_data_is_kept(tmp_path: Path) -> None:
    def kept(**values: str) -> Path | None:
        return read_settings(PROVIDERS, values, None).data_dir

    assert kept(EASEL_DATA_DIR="off") is None
    assert kept(EASEL_DATA_DIR=str(tmp_path)) == tmp_path
    assert kept(XDG_DATA_HOME=str(tmp_path)) == tmp_path / "easel"


def test_lists_are_read_without_blanks() -> None:
    values = {
        "EASEL_ALLOWED_HOSTS": " A.example ,b.example,",
        "EASEL_PROXIES": "127.0.0.1, 10.1.0.0/16",
    }
    found = read_settings(PROVIDERS, values, None)
    assert found.allowed_hosts == {"a.example", "b.example"}
    assert [str(each) for each in found.proxies] == ["127.0.0.1/32", "10.1.0.0/16"]
