"""How the page's own listeners are registered, read from what the page is sent."""

from __future__ import annotations

import httpx

from tests.running import App

# What a press sets off once, however often it is pressed; and what is said when that broke down.
ONCE = ("create", "broke_down")


def test_what_follows_a_call_is_never_dropped(app: App) -> None:
    """Gradio drops a `once` listener that comes while its own earlier call is under way: a key was
    kept, and the page went on saying that there was none."""
    listeners = httpx.get(f"{app.url}/config", trust_env=False).json()["dependencies"]
    following = [
        each for each in listeners if each["trigger_after"] is not None and each["backend_fn"]
    ]
    assert len(following) > 40
    dropped = [each["api_name"] for each in following if each["trigger_mode"] == "once"]
    assert {name for name in dropped if not name.startswith(ONCE)} == set()
