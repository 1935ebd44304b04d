"""The line a user reads before the click: what leaves, in what size, without what, and to whom."""

from __future__ import annotations

from i18n import say
from studio.uploads.fitting import Fitted
from studio.uploads.notes import removal
from studio.uploads.picture import UploadedPicture


def before_sending(taken: UploadedPicture, fitted: Fitted, provider: str) -> str:
    """Such as "4032×3024 → 2048 px, location removed, goes to fal". `provider`: its title."""
    size = f"{taken.width}×{taken.height}"
    if fitted.smaller:
        longest = max(fitted.width, fitted.height)
        size = say("intake.line.smaller", size=size, longest=longest)
    words = [size, removal(taken.removed), *fitted.changes, say("intake.line.goes", who=provider)]
    return ", ".join(word for word in words if word)
