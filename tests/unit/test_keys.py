"""Whose key is used; a key that was given and is blank is never replaced by another's."""

from __future__ import annotations

import pytest

from errors import MissingKey, StudioError
from providers.catalogue import PROVIDERS
from providers.schema import Provider, Task
from studio.keys import Keyring, clean, how_to_set
from studio.request import read_request
from tests.unit.choosing import choose

BY_NAME = {provider.name: provider for provider in PROVIDERS}
FAL, HF, LOCAL = BY_NAME["fal"], BY_NAME["huggingface"], BY_NAME["local"]
KEYED = [provider for provider in PROVIDERS if provider.needs_key]
ODD = ["two words", "ключ", "line\nbreak", "tab\tbed", "nul\0", "bell\x07"]


def ring(
    provider: Provider, header: str = "", typed: str = "", signed: str = "", operator: str = ""
) -> Keyring:
    """A keyring with the keys that are given."""
    return Keyring(
        headers={provider.key_header.lower(): header} if header else {},
        typed={provider.name: typed} if typed else {},
        signed_in=signed,
        operator={provider.name: operator} if operator else {},
    )


@pytest.mark.parametrize("provider", KEYED, ids=lambda it: it.name)
def test_the_order(provider: Provider) -> None:
    everything = ("header", "typed", "signed", "operator")
    expected = ["header", "typed", *(["signed"] if provider.sign_in else []), "operator"]
    left = dict(zip(everything, everything, strict=True))
    for owner in expected:
        key = ring(provider, **left).find(provider)
        assert key is not None
        assert key.value == owner
        assert key.owner == ("operator" if owner == "operator" else "user")
        left.pop(owner)
    assert ring(provider).find(provider) is None


def test_only_hugging_face_is_signed_in_to() -> None:
    assert [provider.name for provider in PROVIDERS if provider.sign_in] == ["huggingface"]


def test_a_key_is_for_its_provider_alone() -> None:
    keys = Keyring(
        headers={"x-hf-token": "h"}, typed={"openai": "t"}, signed_in="s", operator={"fal": "o"}
    )
    assert [keys.find(it) is not None for it in (HF, BY_NAME["openai"], FAL)] == [True] * 3
    assert keys.find(BY_NAME["replicate"]) is None
    assert keys.find(BY_NAME["wavespeed"]) is None


def test_our_own_engine_needs_none() -> None:
    key = Keyring().require(LOCAL)
    assert (key.value, key.owner) == ("", "none")


@pytest.mark.parametrize("blank", [" ", "\t", "\n "])
@pytest.mark.parametrize("place", ["headers", "typed"])
def test_a_blank_key_is_an_error_and_never_falls_back(place: str, blank: str) -> None:
    given = {FAL.key_header.lower(): blank} if place == "headers" else {FAL.name: blank}
    keys = Keyring(**{place: given, "operator": {"fal": "operators"}})  # type: ignore[arg-type]
    with pytest.raises(MissingKey) as caught:
        keys.find(FAL)
    assert "blank" in caught.value.message
    assert caught.value.created is False


def test_an_empty_header_is_an_error_too() -> None:
    keys = Keyring(headers={"x-fal-key": ""}, typed={"fal": "typed"}, operator={"fal": "operators"})
    with pytest.raises(MissingKey, match="blank"):
        keys.find(FAL)


@pytest.mark.parametrize("blank", ["", " ", "with space"])
async def test_auto_does_not_go_round_a_blank_header(blank: str) -> None:
    keys = Keyring(headers={"x-fal-key": blank}, operator={"fal": "o", "huggingface": "o"})
    with pytest.raises(MissingKey, match="fal"):
        await choose("auto", Task.TEXT_TO_IMAGE, read_request("a fox", {}), keys, _always)


@pytest.mark.parametrize("text", ODD)
def test_characters_no_key_has(text: str) -> None:
    with pytest.raises(MissingKey) as caught:
        clean(text, FAL)
    assert "characters" in caught.value.message
    assert text not in str(caught.value)


def test_spaces_around_a_key_are_dropped() -> None:
    assert clean("  abc-123 \n", FAL) == "abc-123"


def test_a_bad_operator_key_is_an_obstacle_not_a_fallback() -> None:
    with pytest.raises(MissingKey):
        Keyring(operator={"fal": "a b"}).find(FAL)


def test_a_missing_key_tells_what_to_set() -> None:
    with pytest.raises(MissingKey) as caught:
        Keyring().require(FAL)
    for part in ("FAL_KEY", "X-Fal-Key", "https://fal.ai"):
        assert part in caught.value.what_now
    assert how_to_set(FAL) == caught.value.what_now


def test_no_key_in_any_representation() -> None:
    keys = Keyring({"x-fal-key": "secret-1"}, {"fal": "secret-2"}, "secret-3", {"fal": "secret-4"})
    assert "secret" not in repr(keys)
    assert "secret" not in repr(keys.find(FAL))


async def _always(*_: object) -> str:
    return ""


def test_errors_are_of_the_tree() -> None:
    assert issubclass(MissingKey, StudioError)
