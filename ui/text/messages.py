"""What the Text tab says of wishes and previews, as HTML."""

from __future__ import annotations

from html import escape

from errors import StudioError
from i18n import say
from studio.captions.preview import Drawn
from studio.captions.wishes import Explanation


def understood(read: Explanation | None) -> str:
    """How a wish was understood, and which words were not; blank for a blank one."""
    if read is None:
        return ""
    lines = []
    if read.understood:
        what = escape(say("text.understood", what=read.understood))
        lines.append(f'<p class="hint">{what}</p>')
    if read.unknown:
        lines.append(f'<p class="warning unknown">{escape(read.unknown)}</p>')
    elif not read.understood:
        lines.append(f'<p class="warning unknown">{say("text.nothing")}</p>')
    lines += [f'<p class="hint">{escape(note)}</p>' for note in read.notes]
    return "".join(lines)


def readable(drawn: Drawn) -> str:
    """How well the text of a preview can be read, and what else the user should know."""
    if drawn.contrast is None:
        return f'<p class="hint">{say("text.write")}</p>'
    key = "text.contrast.poor" if drawn.poor else "text.contrast.good"
    kind = "warning" if drawn.poor else "hint"
    line = f'<p class="{kind}">{say(key, ratio=f"{drawn.contrast:.1f}")}</p>'
    return line + "".join(f'<p class="warning">{escape(note)}</p>' for note in drawn.notes)


def warning(error: StudioError) -> str:
    """What is wrong and what to do."""
    return f'<p class="warning">{escape(str(error))}</p>'
