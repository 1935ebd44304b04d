"""HTML from the templates in `ui/templates`, where every value is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from i18n import say

__all__ = ["render"]

TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    auto_reload=False,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals["say"] = say


def render(template: str, **values: object) -> str:
    """The HTML of a template with these values. Raises `jinja2.UndefinedError` for one it lacks."""
    return TEMPLATES.get_template(f"{template}.html").render(values)
