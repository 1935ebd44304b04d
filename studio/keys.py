"""Whose key is used: a request header, then one typed in the session, then the visitor's
sign-in, then the operator's. A key that was given and is blank is an error, never a reason to
use somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from errors import MissingKey
from i18n import say
from providers.schema import Provider

Owner = Literal["user", "operator", "none"]


@dataclass(frozen=True, slots=True)
class Key:
    """A key and whose it is: money on an operator's key counts against the session's budget."""

    # The key itself; "" where none is needed.
    value: str = field(default="", repr=False)
    # Whose it is.
    owner: Owner = "none"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys one call may use, by provider name."""

    # From request headers, by their names in lower case.
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    # Typed in this session.
    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    # The visitor's own token from signing in.
    signed_in: str = field(default="", repr=False)
    # The app's own.
    operator: Mapping[str, str] = field(default_factory=dict, repr=False)

    def find(self, provider: Provider) -> Key | None:
        """The key in force, or None when there is none. Raises `MissingKey` for a blank one."""
        if not provider.needs_key:
            return Key()
        header = provider.key_header.lower()
        if header in self.headers:
            return Key(clean(self.headers[header], provider), "user")
        if provider.name in self.typed:
            return Key(clean(self.typed[provider.name], provider), "user")
        if self.signed_in and provider.sign_in:
            return Key(clean(self.signed_in, provider), "user")
        if provider.name in self.operator:
            return Key(clean(self.operator[provider.name], provider), "operator")
        return None

    def require(self, provider: Provider) -> Key:
        """The key in force. Raises `MissingKey` with what to set."""
        key = self.find(provider)
        if key is None:
            raise MissingKey(
                say("studio.key.none", provider=provider.title),
                provider=provider.name,
                advice=how_to_set(provider),
            )
        return key

    def check_given(self, providers: Iterable[Provider]) -> None:
        """Raises `MissingKey` when a key that came with the call, or was typed, is no key."""
        for provider in providers:
            if provider.key_header.lower() in self.headers or provider.name in self.typed:
                self.find(provider)


def clean(text: str, provider: Provider) -> str:
    """A key without the spaces around it, fit for a header. Raises `MissingKey` otherwise."""
    key = text.strip()
    if not key:
        problem = "studio.key.blank"
    elif not (key.isascii() and key.isprintable() and " " not in key):
        problem = "studio.key.odd"
    else:
        return key
    message = say(problem, provider=provider.title)
    raise MissingKey(message, provider=provider.name, advice=how_to_set(provider))


def how_to_set(provider: Provider) -> str:
    """What to do to have a key for this provider."""
    names = {"name": provider.key_names[0], "header": provider.key_header}
    return say("studio.key.how", url=provider.key_url, **names)
