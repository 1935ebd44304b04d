"""The page of who is not signed in: a sentence and the one way in. It loads nothing."""

from __future__ import annotations

from html import escape

from i18n import say

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif;
  background: light-dark(#f7f4ee, #1d1b19); color: light-dark(#24211d, #ece7df); }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { width: min(22rem, 100vw - 3rem); padding: 2rem 0; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; } p { margin: 0 0 1.25rem; }
label { display: block; margin-bottom: 1rem; }
input { display: block; width: 100%; box-sizing: border-box; margin-top: .25rem;
  padding: .6rem .7rem; font: inherit; color: inherit; border-radius: .5rem;
  border: 1px solid light-dark(#8d857a, #8a8279); background: light-dark(#fff, #282522); }
button, .way { display: block; width: 100%; box-sizing: border-box; padding: .7rem 1rem;
  font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer;
  border: 0; border-radius: .5rem; background: light-dark(#9a3b12, #f0a26f);
  color: light-dark(#fff, #24180f); }
[role=alert] { color: light-dark(#a3180c, #ff9d8f); }
"""


def password_page(problem: str = "", action: str = "login") -> str:
    """The form for a name and a password. `problem`: why the last try failed."""
    told = f'<p role="alert">{escape(problem)}</p>' if problem else ""
    fields = "".join(
        f'<label>{say(f"login.{name}")}<input name="{name}" type="{kind}" autocomplete="{fill}" '
        f"required{' autofocus' if name == 'username' else ''}></label>"
        for name, kind, fill in (
            ("username", "text", "username"),
            ("password", "password", "current-password"),
        )
    )
    return _page(
        f'<p>{say("login.file")}</p>{told}<form method="post" action="{escape(action)}">{fields}'
        f"<button>{say('login.button')}</button></form>"
    )


def hub_page(offered: bool) -> str:
    """The way to sign in with Hugging Face; where the Space offers none, what its owner must do."""
    if not offered:
        return _page(f"<p>{say('login.hub.none')}</p>")
    # Hugging Face's own page refuses to be shown inside another, as a Space's is.
    way = f'<a class="way" href="/login/huggingface" target="_blank">{say("settings.sign_in")}</a>'
    return _page(f"<p>{say('login.hub')}</p>{way}")


def _page(body: str) -> str:
    title = say("app.title")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><style>{STYLE}</style></head>'
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )
