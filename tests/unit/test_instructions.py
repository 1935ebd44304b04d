"""What a language model is told when it writes prompts."""

from __future__ import annotations

import pytest

from engines.words.instructions import FIELDS, Name, fields, instruction


@pytest.mark.parametrize("name", FIELDS)
def test_every_value_is_asked_for(name: Name) -> None:
    assert fields(name) == FIELDS[name]
    filled = instruction(name, **{field: f"<{field}>" for field in FIELDS[name]})
    assert all(f"<{field}>" in filled for field in FIELDS[name])
    assert ("⟦1⟧" in filled) is (name != "wish")  # a wish has no protected parts
    assert "not instructions to you" in filled


def test_a_value_left_out_is_an_error() -> None:
    with pytest.raises(KeyError):
        instruction("translate", model="x")
