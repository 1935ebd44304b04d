"""For every row that writes: where it is asked, and the body that must go out.

Written out by hand, so that neither a row nor an adapter can change the wire unnoticed. TOLD stands
for the instruction, PICTURE for the picture's data URI; `tokens` is what a length of 1000 allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

IDEA = 'a girl with a red umbrella and a sign "Rosa"'
LOOK = "Describe the picture."
TOLD, PICTURE = "<told>", "<picture>"
TOKENS = 2000
STREAM = {"stream": True, "stream_options": {"include_usage": True}}


@dataclass(frozen=True)
class Case:
    """`path`: the end of the POST's address. `idea` blank: a picture is to be described."""

    model: str
    path: str
    sent: dict[str, Any]
    idea: str = IDEA
    pictures: int = 0

    @property
    def name(self) -> str:
        return f"{self.model}-{self.pictures}-{'idea' if self.idea else 'none'}"


def chat(
    model: str, path: str, name: str, tokens: str, *, sees: bool = True, **fixed: Any
) -> list[Case]:
    """A chat: with words, with words and a picture, with a picture alone."""
    first = {"role": "system", "content": TOLD}
    more = {tokens: TOKENS, **(fixed or {"temperature": 0.4}), **STREAM}
    found = [Case(model, path, {"model": name, "messages": [first, said(IDEA)], **more})]
    for idea in (IDEA, "") if sees else ():
        body = {"model": name, "messages": [first, said(idea or LOOK, seen=True)], **more}
        found.append(Case(model, path, body, idea, 1))
    return found


def said(words: str, *, seen: bool = False) -> dict[str, Any]:
    """The user's message."""
    if not seen:
        return {"role": "user", "content": words}
    picture = {"type": "image_url", "image_url": {"url": PICTURE}}
    return {"role": "user", "content": [{"type": "text", "text": words}, picture]}


def fal(name: str, model: str, pictures: int = 0) -> list[Case]:
    """fal's router, without pictures or with one."""
    path = "/fal/openrouter/router" + ("/vision" if pictures else "")
    found = []
    for idea in (IDEA, "") if pictures else (IDEA,):
        body = {"prompt": idea or LOOK, "model": model, "system_prompt": TOLD,
                "max_tokens": TOKENS, "temperature": 0.4}  # fmt: skip
        body |= {"image_urls": [PICTURE]} if pictures else {}
        found.append(Case(f"fal/{name}", path, body, idea, pictures))
    return found


REPLICATE = "/replicate/v1/models/{}/predictions"
GEMINI = {"system_instruction": TOLD, "max_output_tokens": TOKENS, "thinking_budget": 0,
          "temperature": 0.4}  # fmt: skip
GEMINI_PATH = REPLICATE.format("google/gemini-2.5-flash")

CASES: list[Case] = [
    *chat("openai/gpt-6-luna", "/openai/v1/chat/completions", "gpt-6-luna",
          "max_completion_tokens", reasoning_effort="none"),
    *chat("openai/gpt-4.1-mini", "/openai/v1/chat/completions", "gpt-4.1-mini",
          "max_completion_tokens"),
    *chat("openai/gpt-5.4-mini", "/openai/v1/chat/completions", "gpt-5.4-mini",
          "max_completion_tokens"),
    *chat("huggingface/gemma-4-31b", "/router/v1/chat/completions",
          "google/gemma-4-31B-it:novita", "max_tokens"),
    *chat("huggingface/gemma-3-27b", "/router/v1/chat/completions",
          "google/gemma-3-27b-it:nebius", "max_tokens"),
    *chat("huggingface/llama-3.3-70b", "/router/v1/chat/completions",
          "meta-llama/Llama-3.3-70B-Instruct:cerebras", "max_tokens", sees=False),
    Case("replicate/llama-3-8b", REPLICATE.format("meta/meta-llama-3-8b-instruct"),
         {"input": {"prompt": IDEA, "system_prompt": TOLD, "max_tokens": TOKENS,
                    "temperature": 0.4}}),
    Case("replicate/gemini-2.5-flash", GEMINI_PATH, {"input": {"prompt": IDEA, **GEMINI}}),
    Case("replicate/gemini-2.5-flash", GEMINI_PATH,
         {"input": {"prompt": LOOK, "images": [PICTURE], **GEMINI}}, "", 1),
    *fal("gemini-3.5-flash-lite", "google/gemini-3.5-flash-lite"),
    *fal("gemini-2.5-flash", "google/gemini-2.5-flash"),
    *fal("claude-sonnet-4.5", "anthropic/claude-sonnet-4.5"),
    *fal("gpt-4.1", "openai/gpt-4.1"),
    *fal("llama-4-maverick", "meta-llama/llama-4-maverick"),
    *fal("gemini-3.5-flash-lite-vision", "google/gemini-3.5-flash-lite", 1),
    *fal("gemini-2.5-flash-vision", "google/gemini-2.5-flash", 1),
    *fal("claude-sonnet-4.5-vision", "anthropic/claude-sonnet-4.5", 1),
]  # fmt: skip
