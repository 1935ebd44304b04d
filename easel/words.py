"""Every label and sentence the screens show, in one place, so that other languages can follow.

`say("create.button")` gives the English text; values are filled in by name.
"""

from __future__ import annotations

ENGLISH: dict[str, str] = {
    "app.title": "Easel",
    "app.tagline": "An image studio over every provider, and over none",
    "bar.spend": "This session",
    "bar.settings": "Settings",
    "tab.create": "Create",
    "tab.history": "History",
    "tab.models": "Models",
    "tab.privacy": "Where your data lives",
    # Create: what to decide
    "create.prompt": "Describe the picture",
    "create.prompt.hint": "A lighthouse on a cliff at sunset, warm light, thin clouds…",
    "create.model": "Model",
    "create.shape": "Shape",
    "create.shape.portrait": "Portrait",
    "create.shape.square": "Square",
    "create.shape.landscape": "Landscape",
    "create.shape.cover": "Cover",
    "create.resolution": "Size",
    "create.resolution.default": "Default",
    "create.num_images": "Pictures",
    "create.more": "More: exact size, seed, negative prompt, format",
    "create.preset": "Exact size",
    "create.preset.none": "By shape and size",
    "create.preset.hint": "or type one, such as 1216x640; it replaces shape and size",
    "create.seed": "Seed",
    "create.seed.hint": "blank draws one",
    "create.negative_prompt": "Not in the picture",
    "create.num_inference_steps": "Steps",
    "create.guidance_scale": "Guidance",
    "create.quality": "Quality",
    "create.output_format": "Format",
    "create.default": "Default",
    "create.button": "Create",
    "create.button.free": "Create · free",
    "create.button.price": "Create · about {price}",
    "create.button.unknown": "Create · price unknown",
    "create.stop": "Stop",
    "create.again": "Again with a new seed",
    "create.download": "Download",
    "create.receipt": "Receipt",
    "create.film": "Session",
    # Create: who will answer
    "who.auto": "Auto",
    "who.goes": "Goes to {provider}.",
    "who.stays": "Stays on this machine.",
    "who.shortcut": "Ctrl + Enter.",
    "who.reads": "Reads {languages}.",
    "who.reads.any": "Reads any language.",
    "who.placeholder": "A placeholder, not AI. Set a key in Settings to use real models.",
    "who.free": "free",
    "who.unknown": "price unknown",
    "who.each": "{price} each",
    "who.needs": "needs {name}",
    "who.unverified": "price not verified",
    # The picture's place
    "stage.empty": "Your picture will stand here.",
    "stage.empty.hint": "Describe it and press Create. Nothing is sent before that.",
    "stage.line": "Waiting for a place here",
    "stage.line.ahead": "Waiting for a place here: {ahead} ahead",
    "stage.queue": "In {provider}'s queue",
    "stage.queue.ahead": "In {provider}'s queue: {ahead} ahead",
    "stage.submitting": "Sending to {provider}",
    "stage.accepted": "{provider} has the job",
    "stage.running": "{provider} is making it",
    "stage.fetching": "Fetching the result",
    "stage.local": "Drawing on this machine",
    "stage.elapsed": "{seconds} s",
    "stage.stopped": "Stopped",
    "stage.failed.untouched": "Your prompt and settings are as you left them.",
    "stage.job": "Job at the provider: {id}",
    # The result
    "result.seconds": "{seconds} s",
    "result.price.estimate": "{price} estimate",
    "result.price.actual": "{price}",
    "result.price.free": "free",
    "result.price.unknown": "price unknown",
    "result.seed": "seed {seed}",
    # History
    "history.empty": "Nothing yet in this session. Results stand here until you leave.",
    "history.note": "The last {limit} results of this session. They go when you close or reload "
    "this tab: save what you want to keep.",
    "history.save": "Save history.json",
    "history.delete": "Delete this result",
    "history.clear": "Delete all",
    # Settings
    "settings.title": "Settings",
    "settings.keys": "Keys for this session",
    "settings.keys.note": "A key typed here stays in this app's memory until you leave, is sent "
    "only to its provider, and is used before any key of the app's own.",
    "settings.key": "{provider} key",
    "settings.key.own": "yours, this session",
    "settings.key.app": "the app's own",
    "settings.key.sign_in": "your Hugging Face sign-in",
    "settings.key.none": "not set",
    "settings.save": "Use these keys",
    "settings.forget": "Forget my keys",
    "settings.saved": "Keys in use: {names}.",
    "settings.blank": "Nothing was typed. Nothing has changed.",
    "settings.forgotten": "Your keys are forgotten.",
    "settings.get": "Get a key",
    "settings.sign_in": "Sign in with Hugging Face",
    # Errors of the screen itself
    "error.unexpected": "Something went wrong inside Easel. Nothing was changed; try again.",
}


def say(key: str, **values: object) -> str:
    """The text for a key, with its values filled in. Raises `KeyError` for an unknown key."""
    return ENGLISH[key].format(**values)
