"""Reads the environment and .env, once, into frozen `Settings`. No other file reads either."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from dotenv import dotenv_values

from i18n import say
from providers.http.proxy import NAMES, BadProxy, Proxies, read_proxies
from providers.schema import Provider

SPACE_BUDGET_USD = Decimal("0.50")
SPACE_DAILY_USD = Decimal("2.00")
SPACE_DAILY_CALLS = 200
ADDRESS_SHARE = Decimal("0.2")
ADDRESS_JOBS = 30
OFF = "off"
BY_HUGGING_FACE = "huggingface"  # who may come in signs in there
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class SettingsError(SystemExit):
    """A setting that cannot be used; the message names it and says what to write instead."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decided.

    `keys`: the operator's key by provider name. `bases`: the base URL in force by environment
    name. `trusted_hosts`: host and port of the base URLs that the operator named; results may be
    fetched from there, over plain http on this machine. `outbound`: the proxies through which
    providers and results are asked for. `max_workers`: jobs at once (1 or more).
    `history_limit`: receipts kept per session (1 or more). `budget`: US dollars a session may
    spend on the operator's keys, None for no cap. `on_space`: running as a Hugging Face Space.
    `sign_in`: the Space offers Hugging Face sign-in.

    Of the operator's money, against strangers: `daily_usd` and `daily_calls` are what all anonymous
    callers together may spend a day, in US dollars and in calls whose price nobody knows;
    `address_share` is the part of both (0 to 1) that one network address may have, `address_jobs`
    how many jobs an hour. None for no limit. `require_login`: "" for anybody, "huggingface" for
    those who sign in there, else the path of a file of names and argon2 hashes.

    `space_hosts`: the names a Space has of the platform. `allowed_hosts`: host names this app
    answers to beside its own. `proxies`: networks whose
    X-Forwarded-For is believed. `data_dir`: where the journal of paid jobs and the day's sums are
    kept, None for nowhere.
    """

    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    bases: Mapping[str, str] = field(default_factory=dict)
    trusted_hosts: frozenset[tuple[str, int]] = frozenset()
    outbound: Proxies = field(default_factory=Proxies)
    max_workers: int = 64
    history_limit: int = 20
    budget: Decimal | None = None
    server_name: str | None = None
    server_port: int | None = None
    on_space: bool = False
    sign_in: bool = False
    daily_usd: Decimal | None = None
    daily_calls: int | None = None
    address_share: Decimal = ADDRESS_SHARE
    address_jobs: int | None = None
    require_login: str = ""
    space_hosts: frozenset[str] = frozenset()
    allowed_hosts: frozenset[str] = frozenset()
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    data_dir: Path | None = None


def read_settings(
    providers: Iterable[Provider],
    environ: Mapping[str, str] | None = None,
    dotenv: Path | None = Path(".env"),
) -> Settings:
    """The settings in force: the environment first, then .env, then the defaults.

    A blank value counts as not set. Raises `SettingsError` with a sentence for a value that
    cannot be used.
    """
    values = _merge(os.environ if environ is None else environ, dotenv)
    on_space = "SPACE_ID" in values
    bases, trusted = _read_bases(providers, values)
    daily = _dollars(values, "EASEL_DAILY_USD", SPACE_DAILY_USD if on_space else None)
    guarded = on_space or daily is not None
    return Settings(
        keys=_read_keys(providers, values),
        bases=bases,
        trusted_hosts=trusted,
        outbound=_read_outbound(values),
        max_workers=_whole(values, "MAX_WORKERS", 64, 1, 10_000),
        history_limit=_whole(values, "HISTORY_LIMIT", 20, 1, 1000),
        budget=_dollars(values, "EASEL_BUDGET_USD", SPACE_BUDGET_USD if on_space else None),
        server_name=values.get("GRADIO_SERVER_NAME"),
        server_port=_whole(values, "GRADIO_SERVER_PORT", 0, 1, 65535) or None,
        on_space=on_space,
        sign_in=on_space and "OAUTH_CLIENT_ID" in values,
        daily_usd=daily,
        daily_calls=_count(values, "EASEL_DAILY_CALLS", SPACE_DAILY_CALLS if on_space else None),
        address_share=_share(values, "EASEL_ADDRESS_SHARE", ADDRESS_SHARE),
        address_jobs=_count(values, "EASEL_ADDRESS_JOBS", ADDRESS_JOBS if guarded else None),
        require_login=_login(values, on_space),
        space_hosts=_space_hosts(values),
        allowed_hosts=_hosts(values, "EASEL_ALLOWED_HOSTS"),
        proxies=_networks(values, "EASEL_PROXIES"),
        data_dir=_data_dir(values, on_space),
    )


def _merge(environ: Mapping[str, str], dotenv: Path | None) -> dict[str, str]:
    """Both sources as one, blanks left out; the names of proxies in small letters."""
    stored = dotenv_values(dotenv) if dotenv is not None and dotenv.is_file() else {}
    filled = (
        {n: v.strip() for n, v in each.items() if v and v.strip()} for each in (stored, environ)
    )
    found: dict[str, str] = {}
    for source in filled:
        found |= {name.lower(): text for name, text in source.items() if name.lower() in NAMES}
        found |= source
    return found


def _read_outbound(values: Mapping[str, str]) -> Proxies:
    """The proxies in force. What is wrong with one is told without its password."""
    try:
        return read_proxies(values)
    except BadProxy as error:
        raise SettingsError(say("studio.setting.proxy", name=str(error))) from None


def _read_keys(providers: Iterable[Provider], values: Mapping[str, str]) -> dict[str, str]:
    """The operator's key by provider: the first of the provider's names that is set."""
    found = {}
    for provider in providers:
        key = next((values[name] for name in provider.key_names if name in values), "")
        if key:
            found[provider.name] = key
    return found


def _read_bases(
    providers: Iterable[Provider], values: Mapping[str, str]
) -> tuple[dict[str, str], frozenset[tuple[str, int]]]:
    """The base URL in force by environment name, and host and port of those the operator named."""
    bases: dict[str, str] = {}
    trusted: set[tuple[str, int]] = set()
    for provider in providers:
        for name, usual in provider.bases.items():
            bases[name] = _base_url(name, values[name]) if name in values else usual
            if name in values:
                url = httpx.URL(bases[name])
                port = url.port or (443 if url.scheme == "https" else 80)
                trusted.add((url.raw_host.decode("ascii"), port))
    return bases, frozenset(trusted)


def _base_url(name: str, value: str) -> str:
    """A base URL without its last slash; https, or plain http on this machine only."""
    try:
        parts = urlsplit(value)
        host, scheme = httpx.URL(value).host, parts.scheme
        if parts.port == 0:
            host = ""
    except (ValueError, httpx.InvalidURL):  # an unclosed bracket, a port that is no number
        host, scheme = "", ""
    if not host or not (scheme == "https" or (scheme == "http" and host in LOOPBACK)):
        raise SettingsError(say("studio.setting.url", name=name, value=repr(value)))
    return value.rstrip("/")


def _whole(values: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    """A whole number within bounds."""
    text = values.get(name)
    if text is None:
        return usual
    if not text.isdecimal() or len(text) > 9 or not least <= int(text) <= most:
        bounds = {"least": least, "most": most}
        raise SettingsError(say("studio.setting.whole", name=name, value=repr(text), **bounds))
    return int(text)


def _dollars(values: Mapping[str, str], name: str, usual: Decimal | None) -> Decimal | None:
    """An amount of US dollars, 0 or more."""
    text = values.get(name)
    if text is None:
        return usual
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise SettingsError(say("studio.setting.dollars", name=name, value=repr(text)))
    return amount


def _count(values: Mapping[str, str], name: str, usual: int | None) -> int | None:
    """A whole number, 0 or more; None for no limit."""
    return _whole(values, name, 0, 0, 10**9 - 1) if name in values else usual


def _share(values: Mapping[str, str], name: str, usual: Decimal) -> Decimal:
    """A part of a whole, 0 to 1."""
    share = _dollars(values, name, usual)
    if share is None or share > 1:
        raise SettingsError(say("studio.setting.share", name=name, value=repr(values[name])))
    return share


def _login(values: Mapping[str, str], on_space: bool) -> str:
    """Who may use the app: "" anybody, "huggingface" who signs in there, or a file's path."""
    text = values.get("EASEL_REQUIRE_LOGIN", "")
    if text.lower() in ("", "0", "false", "no", OFF):
        return ""
    if on_space:
        return BY_HUGGING_FACE
    if not Path(text).is_file():
        raise SettingsError(say("studio.setting.login", value=repr(text)))
    return text


def _hosts(values: Mapping[str, str], name: str) -> frozenset[str]:
    """Host names, separated by commas, in lower case."""
    found = frozenset(_listed(values, name))
    for host in found:
        if "/" in host or " " in host:
            raise SettingsError(say("studio.setting.hosts", name=name, value=repr(host)))
    return found


def _space_hosts(values: Mapping[str, str]) -> frozenset[str]:
    """What Hugging Face calls this Space (SPACE_HOST); else what follows from its id."""
    if "SPACE_ID" not in values:
        return frozenset()
    usual = re.sub(r"[^a-z0-9]+", "-", values["SPACE_ID"].lower()).strip("-")
    return frozenset(_listed(values, "SPACE_HOST")) or frozenset({f"{usual}.hf.space"})


def _networks(values: Mapping[str, str], name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses or networks, separated by commas."""
    try:
        return tuple(ip_network(each, strict=False) for each in _listed(values, name))
    except ValueError as error:
        text = say("studio.setting.networks", name=name, value=repr(values[name]))
        raise SettingsError(text) from error


def _listed(values: Mapping[str, str], name: str) -> list[str]:
    """What stands between commas, in lower case, blanks left out."""
    return [each.strip().lower() for each in values.get(name, "").split(",") if each.strip()]


def _data_dir(values: Mapping[str, str], on_space: bool) -> Path | None:
    """Where data outlives the run: the folder named, a Space's own, or the user's."""
    text = values.get("EASEL_DATA_DIR", "")
    if text.lower() == OFF:
        return None
    if text:
        return Path(text).expanduser()
    if on_space and os.access("/data", os.W_OK):
        return Path("/data/easel")
    home = values.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(home).expanduser() / "easel"
