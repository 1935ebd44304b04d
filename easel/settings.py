"""Reads the environment and .env, once, into frozen `Settings`. No other file reads either."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from easel.providers.schema import Provider
from easel.words import say

SPACE_BUDGET_USD = Decimal("0.50")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class SettingsError(SystemExit):
    """A setting that cannot be used; the message names it and says what to write instead."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decided.

    `keys`: the operator's key by provider name. `bases`: the base URL in force by environment
    name. `trusted_hosts`: hosts the operator named as base URLs; results may be fetched from
    them even over plain http. `max_workers`: jobs at once (1 or more). `history_limit`: receipts
    kept per session (1 or more). `budget`: US dollars a session may spend on the operator's
    keys, None for no cap. `on_space`: running as a Hugging Face Space. `sign_in`: the Space
    offers Hugging Face sign-in.
    """

    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    bases: Mapping[str, str] = field(default_factory=dict)
    trusted_hosts: frozenset[str] = frozenset()
    max_workers: int = 64
    history_limit: int = 20
    budget: Decimal | None = None
    server_name: str | None = None
    server_port: int | None = None
    on_space: bool = False
    sign_in: bool = False


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
    return Settings(
        keys=_read_keys(providers, values),
        bases=bases,
        trusted_hosts=trusted,
        max_workers=_whole(values, "MAX_WORKERS", 64, 1, 10_000),
        history_limit=_whole(values, "HISTORY_LIMIT", 20, 1, 1000),
        budget=_dollars(values, "EASEL_BUDGET_USD", SPACE_BUDGET_USD if on_space else None),
        server_name=values.get("GRADIO_SERVER_NAME"),
        server_port=_whole(values, "GRADIO_SERVER_PORT", 0, 1, 65535) or None,
        on_space=on_space,
        sign_in=on_space and "OAUTH_CLIENT_ID" in values,
    )


def _merge(environ: Mapping[str, str], dotenv: Path | None) -> dict[str, str]:
    """Both sources as one, blanks left out."""
    stored = dotenv_values(dotenv) if dotenv is not None and dotenv.is_file() else {}
    both = {**stored, **{name: value for name, value in environ.items() if value.strip()}}
    return {name: value.strip() for name, value in both.items() if value and value.strip()}


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
) -> tuple[dict[str, str], frozenset[str]]:
    """The base URL in force by environment name, and the hosts the operator named."""
    bases, trusted = {}, set()
    for provider in providers:
        for name, usual in provider.bases.items():
            bases[name] = _base_url(name, values[name]) if name in values else usual
            if name in values:
                trusted.add(urlsplit(bases[name]).hostname or "")
    return bases, frozenset(trusted)


def _base_url(name: str, value: str) -> str:
    """A base URL without its last slash; https, or plain http on this machine only."""
    try:
        parts = urlsplit(value)
        host, scheme, _ = parts.hostname, parts.scheme, parts.port
    except ValueError:  # an unclosed bracket, a port that is no number
        host, scheme = None, ""
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
