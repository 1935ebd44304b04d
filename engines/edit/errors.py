"""What keeps an edit from being done, in a sentence fit for the user."""

from __future__ import annotations


class EditError(ValueError):
    """An edit that cannot be done to these pictures; nothing was changed."""
