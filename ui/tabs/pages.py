"""The page about where your data lives."""

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
Only the provider of the model you use; the line above the button names it before you press
**Create**, and the receipt names it afterwards. If that model does not read your prompt's
language, the prompt (without quoted text, names and numbers, and without pictures) is sent first
to the language model that translates it, named under the prompt. Easel's own engines run on the
machine Easel runs on and send nothing anywhere. Easel itself sends no statistics, and this page
loads everything it shows from Easel's own address.

### What Easel keeps, and until when
- **Results** are files in a temporary folder of the machine Easel runs on, under names nobody can
  guess. Anyone who has the full address of one can open it while it exists; browsers and proxies
  are told to keep no copy, and once the result is deleted the address leads nowhere.
- **Pictures you upload** are kept in the same folder, each under a name nobody can guess, exactly
  as you gave them, including location and camera data. A model's provider never gets those data.
  They belong to your session from the moment the page, or your program, first uses them; another
  session that names one is refused. What nobody has used {_minutes(UNUSED_SECONDS)} after it came
  is deleted, and a refused or interrupted upload at once. One session may have
  {SESSION_BYTES // MEGABYTE} MB of uploads; beyond that, those unused for longest are deleted.
- **Receipts** (with your prompts) and **keys you type** are in memory only. A key is sent to its
  own provider and nowhere else, and is never written to a file or a log.
- The last {studio.settings.history_limit} results are kept; when another one is made, the oldest
  leaves the history at once and its pictures are deleted within about two minutes.
- **Closing or reloading the tab ends the session**: running jobs are cancelled at once, and about
  {GRACE_SECONDS:.0f} seconds later results, uploads, receipts and keys are deleted. A phone that
  puts the tab to sleep for longer ends the session too. A program that keeps a connection open
  (gradio_client) ends its session the same way. Sessions of the plain API end
  {_minutes(IDLE_SECONDS)} after their last call; what a single call without a session has used and
  made, {_minutes(NAMELESS_SECONDS)} after it. Easel looks every {SWEEP_SECONDS:.0f} seconds.
- **Anything left over**, such as a copy of gradio's own, goes {_minutes(STRAY_SECONDS)} after it
  was written.
- **Paid jobs you asked Easel to finish** (in Settings) go on when you leave. What they make
  waits {_minutes(WAIT_SECONDS)} for your browser, which keeps a random ticket for that and
  nothing else; then it is deleted.
- **Stopping the app**, or the Space, deletes everything; if it was killed instead, the next start
  does. Download what you want to keep as soon as you see it.

### What the providers keep
{cloud}

Their own terms apply as well; what they keep is what their documentation says
(read 2026-11-21).

### What a log may hold
Nothing of yours: Easel writes no prompts, pictures, keys or addresses of pictures to its log.
"""


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes"
