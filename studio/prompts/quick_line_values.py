"""What the value of a quick line's setting means in Easel's own settings."""

from __future__ import annotations

from typing import Final

from errors import InvalidInput
from providers.params import ASPECT_RATIO, OUTPUT_FORMAT, PARAMS, RESOLUTION
from providers.sizes import ratio_of, size_of
from studio.prompts.quick_line_names import SHAPE_NAMES, TRANSLATE, squeeze
from studio.values import TRUTH, read_setting, spelled

# Whether the prompt may be translated, as people answer that.
TRANSLATE_VALUES: Final = {
    **TRUTH, "да": True, "нет": False, "так": True, "ні": False,
}  # fmt: skip


def read_value(setting: str, value: str) -> dict[str, str]:
    """The settings that a value stands for; none when it cannot be read.

    A size gives width and height, a tier ("2K") or a shape; any other setting keeps its value.
    """
    if setting == RESOLUTION:
        return size_of(value) or shape_of(value)
    if setting == ASPECT_RATIO:
        return shape_of(value) or {setting: value}
    if setting == OUTPUT_FORMAT and (shape := SHAPE_NAMES.get(squeeze(value))):
        return {ASPECT_RATIO: shape}
    param = PARAMS.get(setting)
    return {setting: spelled(param, value) if param and param.kind == "choice" else value}


def makes_sense(setting: str, value: str) -> bool:
    """Whether a value is one that a setting can have, so that it cannot have meant anything else;
    a model's name is for others to judge."""
    if setting == TRANSLATE:
        return value.lower() in TRANSLATE_VALUES
    if setting in (ASPECT_RATIO, RESOLUTION):
        return bool(shape_of(value) or (setting == RESOLUTION and size_of(value)))
    if setting == OUTPUT_FORMAT and SHAPE_NAMES.get(squeeze(value)):
        return True
    param = PARAMS[setting]
    try:
        read = read_setting(setting, value)
    except InvalidInput:
        return False
    return bool(value) and (read == param.random_value or param.within(read))


def shape_of(value: str) -> dict[str, str]:
    """A shape by its name or as a ratio; nothing where a value is neither."""
    shape = ratio_of(value) or SHAPE_NAMES.get(squeeze(value))
    return {ASPECT_RATIO: shape} if shape else {}
