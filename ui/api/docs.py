"""The descriptions of endpoints' parameters: a setting's from its declaration, the rest from here,
and what is special about one endpoint from its handler's docstring."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from textwrap import indent, wrap
from typing import Any, Final

from providers.param import Param
from providers.params import PARAMS

# Parameters that are no settings of a model and mean the same everywhere.
COMMON: Final[Mapping[str, str]] = {
    "model": 'An id or alias from /list_models, or "auto": free ones first, then by price.',
    "max_price": "US dollars for the whole request; 0 for free models only. Blank: what the named "
    'model costs, or in "auto" twice the first choice, at least 0.05.',
    "image": "One uploaded picture.",
    "id": "The job's id, from a receipt or an error's text.",
}
ARGS: Final = re.compile(r"^Args:\n((?:    .*\n|\n)*)", re.MULTILINE)
ARG: Final = re.compile(r"^    (\w+): ((?:.*\n)(?:     .*\n)*)", re.MULTILINE)
SECTION: Final = re.compile(r"^(?:Raises|Returns):$", re.MULTILINE)
WIDTH: Final = 92


def describe(handler: Any) -> None:
    """Fill in what a handler's docstring leaves out of its "Args:". Raises `KeyError` for a
    parameter that nothing describes."""
    described = arguments(handler)
    text = inspect.getdoc(handler) or ""
    whole = "".join(_entry(name, words) for name, words in described.items())
    args = f"Args:\n{whole}\n" if described else ""
    bare = ARGS.sub("", text + "\n")
    sections = SECTION.search(bare)
    place = sections.start() if sections else len(bare)
    function = getattr(handler, "__func__", handler)
    function.__doc__ = f"{bare[:place]}{args}{bare[place:]}".strip()


def arguments(handler: Any) -> dict[str, str]:
    """What each parameter that a caller gives means, in their order."""
    own = own_words(handler)
    return {
        name: own.get(name) or (_help(PARAMS[name]) if name in PARAMS else COMMON[name])
        for name in inspect.signature(handler).parameters
        if name not in ("session", "request", "token", "progress")
    }


def with_descriptions(info: dict[str, Any], handlers: Mapping[str, Any]) -> dict[str, Any]:
    """Gradio's description of the API (`Blocks.get_api_info`), changed in place: each parameter
    has its own. `handlers`: of the public endpoints, by the names of their endpoints."""
    for name, handler in handlers.items():
        described = arguments(handler)
        for parameter in info["named_endpoints"].get(name, {}).get("parameters", ()):
            parameter["python_type"]["description"] = described[parameter["parameter_name"]]
    return info


def own_words(handler: Any) -> dict[str, str]:
    """What a handler's docstring itself says of its parameters."""
    section = ARGS.search((inspect.getdoc(handler) or "") + "\n")
    entries = ARG.findall(section[1]) if section else []
    return {name: " ".join(words.split()) for name, words in entries}


def _help(param: Param) -> str:
    """What a setting does, and which words it takes."""
    words = ", ".join(f'"{choice}"' for choice in param.choices)
    return f"{param.help} One of {words}, as far as the model has it." if words else param.help


def _entry(name: str, words: str) -> str:
    lines = wrap(f"{name}: {words}", WIDTH, break_long_words=False, break_on_hyphens=False)
    return indent("\n".join([lines[0], *(f"    {line}" for line in lines[1:])]), "    ") + "\n"
