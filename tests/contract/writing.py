"""How the tests of writing play: one studio over the cloud, one prompt, its end."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from errors import StudioError
from providers.catalogue import MODELS
from providers.schema import Task
from studio.prompts.writing import read_writing
from studio.session import Session
from tests.cloud import Cloud
from tests.contract.picture_rows import SMALL
from tests.contract.play import End, open_studio
from tests.contract.word_rows import IDEA

# One row of each kind of answer.
STREAMING = {"openai": "openai/gpt-5.4-mini", "huggingface": "huggingface/gemma-4-31b"}
POLLED = {"replicate": "replicate/llama-3-8b", "fal": "fal/gemini-3.5-flash-lite"}
ONE = STREAMING | POLLED


async def write(
    cloud: Cloud,
    folder: Path,
    model: str,
    idea: str = IDEA,
    *,
    pictures: int = 0,
    end: End | None = None,
    texts: list[str] | None = None,
    asked: Mapping[str, Any] | None = None,
) -> End:
    """One prompt, to its end, whatever that is. `texts` hears what is written as it comes."""
    studio = open_studio(cloud, folder)
    end = end or End(studio, Session())
    end.studio = studio
    keys = studio.keyring(end.session)
    heard = [] if texts is None else texts
    try:
        row = MODELS.get(model)
        warm = {"temperature": 0.4} if row is None or row.param("temperature") else {}
        wish = read_writing(idea, SMALL[:pictures], **{**warm, **(asked or {})})
        async for job in studio.run(Task.PROMPT_WRITING, model, wish, end.session, keys):
            end.job = job
            heard.append(job.text)
    except StudioError as error:
        end.error = error
    return end
