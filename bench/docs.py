"""Writes the tables of README.md and docs/ that come from the catalogue: `python -m bench.docs`.

Each table stands between two marker comments; what is between them is replaced. A test fails
when one of them and the catalogue differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from providers.catalogue import ALIASES, MODELS, PROVIDERS, provider_of
from providers.schema import Model, Task
from studio.model_listing import price_text

ROOT = Path(__file__).parents[1]
TITLES = {
    Task.TEXT_TO_IMAGE: "Create a picture from words",
    Task.IMAGE_EDIT: "Change a picture by words",
    Task.RETOUCH: "Retouch a portrait",
    Task.TEXT_OVERLAY: "Write on a picture",
    Task.FACE_SWAP: "Swap a face",
    Task.UPSCALE: "Make a picture larger",
    Task.PROMPT_WRITING: "Write a prompt",
}
BEGIN = "<!-- {name}: written by python -m bench.docs -->"
END = "<!-- end of {name} -->"


def keys_table() -> str:
    """Who takes which key: the names of its variable, its header, where to make one."""
    rows = [
        (
            provider.title,
            code(provider.key_names[0]),
            ", ".join(code(name) for name in provider.key_names[1:]) or "-",
            code(provider.key_header),
            f"<{provider.key_url}>",
        )
        for provider in PROVIDERS
        if provider.needs_key
    ]
    return table(("Provider", "Variable", "Also read", "Header", "Make a key at"), rows)


def models_table() -> str:
    """Every row of the catalogue, a table a task, what the prices leave unsaid below, then the
    short names."""
    notes = list(dict.fromkeys(m.price.note for m in MODELS.values() if m.price.note))
    tables = [
        f"{TITLES[task]} (`{task}`):\n\n{rows_table(rows, notes)}"
        for task in Task
        if (rows := [model for model in MODELS.values() if model.task is task])
    ]
    told = "\n".join(f"{number}. {note}" for number, note in enumerate(notes, 1))
    return "\n\n".join(
        (
            *tables,
            f"Notes on prices:\n\n{told}",
            "Short names. Each stands for the first of its models, of those made for what is "
            "asked, that has a key:\n\n"
            + "\n".join(
                f"- {code(alias)}: {', '.join(code(each) for each in ids)}"
                for alias, ids in ALIASES.items()
            ),
        )
    )


def rows_table(models: Sequence[Model], notes: Sequence[str]) -> str:
    """The rows of one task."""
    head = ("Model", "Title", "Provider", "Price, and when it was read", "Reads")
    rows = [
        (
            code(model.id),
            model.title,
            provider_of(model).title,
            price(model, notes),
            reads(model),
            model.licence.removeprefix("Commercial use: "),
            status(model),
        )
        for model in models
    ]
    return table((*head, "Commercial use", "Status"), rows)


def reads(model: Model) -> str:
    """What it takes in: languages where it reads words, and how many pictures."""
    languages = "any language" if "*" in model.languages else ", ".join(model.languages)
    words = "" if model.words == "none" else languages
    least, most = model.least_pictures, model.most_pictures
    count = str(most) if least == most else f"{least} to {most}"
    pictures = f"{count} picture{'s' if most > 1 else ''}" if most else ""
    return "; ".join(filter(None, (words, pictures)))


def price(model: Model, notes: Sequence[str]) -> str:
    """The price with its date, a link to where it was read, and the number of its note."""
    row = model.price
    # The page is written once and read for long: an age would be wrong tomorrow.
    text = price_text(replace(row, note=""), row.checked)
    if row.checked is None:
        text = text if row.usd is not None else "unknown"
    elif row.source.startswith("https://"):
        text += f", [{row.checked}]({row.source})"
    else:
        text += f", {row.checked}"
    return f"{text} <sup>{notes.index(row.note) + 1}</sup>" if row.note else text


def status(model: Model) -> str:
    """Live, deprecated or retired, until when, and what to use instead."""
    row = model.status
    since = f" {row.until}" if row.until else ""
    instead = f", use {code(row.successor)}" if row.successor else ""
    return f"{row.state}{since}{instead}"


def code(text: str) -> str:
    """Text as code."""
    return f"`{text}`"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


TABLES = {"README.md": ("keys", keys_table), "docs/models.md": ("models", models_table)}


def rewrite(paper: str, text: str) -> str:
    """A paper with its table as the catalogue has it now. Raises when a marker is gone."""
    name, make = TABLES[paper]
    begin, end = BEGIN.format(name=name), END.format(name=name)
    place = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if len(place.findall(text)) != 1:
        raise ValueError(f"{paper} needs {begin} and {end} once each, in this order")
    return place.sub(lambda _: f"{begin}\n\n{make()}\n\n{end}", text)


def main() -> None:
    """Rewrite the papers in place."""
    for paper in TABLES:
        old = (ROOT / paper).read_text(encoding="utf-8")
        new = rewrite(paper, old)
        (ROOT / paper).write_text(new, encoding="utf-8", newline="\n")
        print(f"{paper} is up to date." if new == old else f"{paper} was rewritten.")


if __name__ == "__main__":
    main()
