"""Whose key is used: a request header, then one typed in the session, then a Hugging Face
sign-in, then the operator's. A key that was given and is blank is an error, never a reason to
use somebody else's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from easel.providers.errors import MissingKey
from easel.providers.schema import Provider

Owner = Literal["user", "operator", "none"]


@dataclass(frozen=True, slots=True)
class Key:
    """A key and whose it is: money on an operator's key counts against the session's budget."""

    value: str = field(default="", repr=False)
    owner: Owner = "none"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys one call may use, by provider name.

    `headers`: lower-case request headers. `typed`: keys of this session. `signed_in`: the
    visitor's own Hugging Face token. `operator`: the app's own.
    """

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    signed_in: str = field(default="", repr=False)
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
        if self.signed_in and provider.name == "huggingface":
            return Key(clean(self.signed_in, provider), "user")
        if provider.name in self.operator:
            return Key(clean(self.operator[provider.name], provider), "operator")
        return None

    def require(self, provider: Provider) -> Key:
        """The key in force. Raises `MissingKey` with what to set."""
        key = self.find(provider)
        if key is None:
            raise MissingKey(
                f"There is no key for {provider.title}.",
                provider=provider.name,
                advice=how_to_set(provider),
            )
        return key


def clean(text: str, provider: Provider) -> str:
    """A key without the spaces around it, fit for a header. Raises `MissingKey` otherwise."""
    key = text.strip()
    if not key:
        problem = f"The key given for {provider.title} is blank."
    elif not (key.isascii() and key.isprintable() and " " not in key):
        problem = f"The key given for {provider.title} has characters no key has."
    else:
        return key
    raise MissingKey(problem, provider=provider.name, advice=how_to_set(provider))


def how_to_set(provider: Provider) -> str:
    """What to do to have a key for this provider."""
    return (
        f"Type one in Settings, set {provider.key_names[0]}, or send {provider.key_header}; "
        f"make one at {provider.key_url}."
    )
