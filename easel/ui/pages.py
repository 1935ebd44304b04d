"""The pages that only tell: the models, and where the data lives."""

from __future__ import annotations

from easel.providers.catalogue import PROVIDERS
from easel.studio.service import Studio
from easel.studio.waiting import WAIT_SECONDS
from easel.ui.visitors import GRACE_SECONDS, IDLE_SECONDS


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
- **Pictures** are files in a temporary folder of the machine Easel runs on, under names nobody can
  guess; whoever has the full address of a picture can open it while it exists.
- **Receipts** (with your prompts) and **keys you type** are in memory only. A key is sent to its
  own provider and nowhere else, and is never written to a file or a log.
- The last {studio.settings.history_limit} results are kept; when the next one comes, the oldest
  leaves the history at once and its pictures are deleted within about two minutes.
- **Closing or reloading the tab ends the session**: running jobs are cancelled at once, and about
  {GRACE_SECONDS:.0f} seconds later pictures, receipts and keys are deleted. A phone that puts the
  tab to sleep for longer ends the session too. Sessions of the plain API end after
  {IDLE_SECONDS / 60:.0f} minutes without a call.
- **Paid jobs you have asked to be finished** (in Settings) run on when you leave. What they make
  waits {WAIT_SECONDS / 60:.0f} minutes for your browser, which keeps a random ticket for that and
  nothing else; then it is deleted.
- **A restart** of the app or the Space loses everything. Save what you want to keep as soon as
  you see it.

### What the providers keep
{cloud}

Their own terms hold beside this; what they keep is as far as their documentation tells
(read 2026-11-21).

### What a log may hold
Nothing of yours: Easel writes no prompts, pictures, keys or addresses of pictures to its log.
"""
