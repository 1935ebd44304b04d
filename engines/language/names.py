"""Languages by their codes: what each is called in English, and what people write for it."""

from __future__ import annotations

from typing import Final

# ISO 639-1 code: the English name, then other names people may write.
LANGUAGE_NAMES: Final[dict[str, str]] = {
    "en": "English английский англійська",
    "ru": "Russian русский російська",
    "uk": "Ukrainian украинский українська ua",
    "be": "Belarusian белорусский",
    "sr": "Serbian",
    "bg": "Bulgarian",
    "de": "German Deutsch",
    "fr": "French français",
    "es": "Spanish español",
    "pl": "Polish polski",
    "it": "Italian italiano",
    "pt": "Portuguese português",
    "nl": "Dutch",
    "cs": "Czech",
    "sk": "Slovak",
    "ro": "Romanian",
    "hu": "Hungarian",
    "sv": "Swedish",
    "da": "Danish",
    "no": "Norwegian",
    "fi": "Finnish",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "et": "Estonian",
    "tr": "Turkish",
    "el": "Greek",
    "he": "Hebrew",
    "ar": "Arabic",
    "fa": "Persian",
    "hi": "Hindi",
    "th": "Thai",
    "vi": "Vietnamese",
    "id": "Indonesian",
    "ka": "Georgian",
    "kk": "Kazakh",
    "zh": "Chinese 中文",
    "ja": "Japanese 日本語",
    "ko": "Korean 한국어",
}

_CODES: Final = {
    name.lower(): code for code, names in LANGUAGE_NAMES.items() for name in (code, *names.split())
}


def code_of(name: str) -> str:
    """The code of a language by its code or name in any case; "" for one not in the table."""
    return _CODES.get(name.strip().lower(), "")


def english_name(code: str) -> str:
    """What a language is called in English; its code where the table lacks it."""
    return LANGUAGE_NAMES.get(code, code).split()[0]
