"""The pages that only tell: the models, and where the data lives."""

from __future__ import annotations

from providers.catalogue import PROVIDERS
from studio.results.uncollected import WAIT_SECONDS
from studio.service import Studio
from studio.uploads.register import MEGABYTE, SESSION_BYTES, UNUSED_SECONDS
from ui.visitors import (
    GRACE_SECONDS,
    IDLE_SECONDS,
    NAMELESS_SECONDS,
    STRAY_SECONDS,
    SWEEP_SECONDS,
)


def privacy(studio: Studio) -> str:
    """Where the data lives, from the same values the code runs on. Markdown."""
    cloud = "\n".join(f"- **{it.title}**: {it.keeps}" for it in PROVIDERS if it.needs_key)
    return f"""
### Who sees your prompts and pictures
Only the provider of the model you ask; the line under the button names it before you press
**Create**, and the receipt names it afterwards. Where that model does not read your prompt's
language, the prompt (without quoted text, names and numbers, and no picture) goes first to the
language model that translates it, named under the prompt. Easel's own engines run on the machine
Easel runs on and ask nobody. Easel itself sends no statistics anywhere, and this page loads
everything it shows from Easel's own address.

### What Easel keeps, and until when
- **Results** are files in a temporary folder of the machine Easel runs on, under names nobody can
  guess. Whoever has the full address of one can open it while it exists; no browser and no proxy is
  to keep a copy, and when the result is deleted the address leads nowhere.
- **Pictures you upload** lie in the same folder, each in a place of its own that nobody can guess,
  as you gave them: with what they tell of place and camera. A model's provider never gets that.
  They belong to your session from the moment the page, or your program, first uses them; another
  session that names one is refused. What nobody has used {_minutes(UNUSED_SECONDS)} after it came
  is deleted, and what was refused or broken off at once. One session may have
  {SESSION_BYTES // MEGABYTE} MB of uploads; beyond that those it has not used for longest go.
- **Receipts** (with your prompts) and **keys you type** are in memory only. A key is sent to its
  own provider and nowhere else, and is never written to a file or a log.
- The last {studio.settings.history_limit} results are kept; when the next one comes, the oldest
  leaves the history at once and its pictures are deleted within about two minutes.
- **Closing or reloading the tab ends the session**: running jobs are cancelled at once, and about
  {GRACE_SECONDS:.0f} seconds later results, uploads, receipts and keys are deleted. A phone that
  puts the tab to sleep for longer ends the session too. A program that keeps a line open
  (gradio_client) ends its session the same way. Sessions of the plain API end
  {_minutes(IDLE_SECONDS)} after their last call; what a single call without a session has used and
  made, {_minutes(NAMELESS_SECONDS)} after it. Easel looks every {SWEEP_SECONDS:.0f} seconds.
- **Anything left over**, such as a copy of gradio's own, goes {_minutes(STRAY_SECONDS)} after it
  was written.
- **Paid jobs you have asked to be finished** (in Settings) run on when you leave. What they make
  waits {_minutes(WAIT_SECONDS)} for your browser, which keeps a random ticket for that and
  nothing else; then it is deleted.
- **The end of the app**, or of the Space, deletes everything; where it was killed instead, the
  next start does. Save what you want to keep as soon as you see it.

### What the providers keep
{cloud}

Their own terms hold beside this; what they keep is as far as their documentation tells
(read 2026-11-21).

### What a log may hold
Nothing of yours: Easel writes no prompts, pictures, keys or addresses of pictures to its log.
"""


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes"
