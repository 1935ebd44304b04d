"""Reads what a user asked and checks it against a model, before anything is sent."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from errors import InvalidInput
from i18n import say
from providers.brief import Brief
from providers.inputs import InputPicture
from providers.params import (
    ASPECT_RATIO,
    HEIGHT,
    NAMED_RATIOS,
    NUM_IMAGES,
    PARAMS,
    RESOLUTION,
    SEED,
    SEED_MAXIMUM,
    SIDES,
    TIERS,
    WIDTH,
)
from providers.payload import full_prompt
from providers.schema import GenerationRequest, Model, Param, Pixels, Task, Value
from providers.sizes import fit_exact, parse_ratio, pixels_for, refuse_size
from providers.tasks import TASKS
from studio.prompts.language import Translation, language_of, worded
from studio.results.expected_size import check_size
from studio.uploads import UploadedPicture
from studio.uploads.minimum_sides import check_sides
from studio.uploads.preparing import on_its_way
from studio.values import read_settings, read_text


@dataclass(frozen=True, slots=True)
class UserRequest:
    """What the user asked, read but not yet held against a model. Blank settings are left out.
    `originals`: his pictures as they were taken in; `pictures`: what stands for them. `brief`: what
    is to be done with the words, where the answer is a text. `language`: of the prompt, "" where it
    cannot be told. `notes`: what he should know of how he was read. `translate`: whether Easel may
    have the prompt translated; `said`: what it is in other languages, by their codes.

    Where the prompt left a choice: `template` is that prompt, `picked` what was picked, by the
    seed `dice`, for picture `number` `of` so many (see `studio.prompts.choices`)."""

    prompt: str
    settings: Mapping[str, Value] = field(default_factory=dict)
    pictures: tuple[InputPicture, ...] = ()
    originals: tuple[UploadedPicture, ...] = field(default=(), repr=False)
    brief: Brief | None = None
    language: str = ""
    notes: tuple[str, ...] = ()
    translate: bool = True
    said: Mapping[str, Translation] = field(default_factory=dict)
    template: str = ""
    picked: tuple[str, ...] = ()
    dice: int | None = None
    number: int = 1
    of: int = 1

    @property
    def left(self) -> int:
        """How many pictures are still to be made and paid for, this one included."""
        return self.of - self.number + 1


@dataclass(frozen=True, slots=True)
class CheckedRequest:
    """A request one model can take, and what the user should know about it. `read`: whether the
    model reads the language of the prompt; `into`: the one to translate it into, "" for none;
    `unread`: the warning that it is not, which is among the others."""

    request: GenerationRequest
    warnings: tuple[str, ...] = ()
    read: bool = True
    into: str = ""
    unread: tuple[str, ...] = ()


def read_request(
    prompt: object,
    settings: Mapping[str, object],
    pictures: Sequence[UploadedPicture | InputPicture] = (),
    task: Task = Task.TEXT_TO_IMAGE,
    brief: Brief | None = None,
    notes: Sequence[str] = (),
    translate: bool = True,
) -> UserRequest:
    """The prompt and the settings that are set, as plain values, and the pictures as they are.

    Blank ("" or None) means the model's default. Raises `InvalidInput` naming the field when a
    value is not of its kind, or when the task cannot be asked for without words.
    """
    text = "" if prompt is None else read_text("prompt", prompt)
    if not text and TASKS[task].needs_words(len(pictures)):
        field = "idea" if task is Task.PROMPT_WRITING else "prompt"
        raise InvalidInput(say(f"studio.{field}.empty"), field=field)
    read: dict[str, Value] = {}
    for name, value in settings.items():
        read |= read_settings(name, value)
    originals = tuple(each for each in pictures if isinstance(each, UploadedPicture))
    standing: tuple[InputPicture, ...] = tuple(
        on_its_way(each, number) if isinstance(each, UploadedPicture) else each
        for number, each in enumerate(pictures, 1)
    )
    language = language_of(text)
    return UserRequest(text, read, standing, originals, brief, language, tuple(notes), translate)


def check(
    model: Model, user_request: UserRequest, draw_seed: random.Random | None = None
) -> CheckedRequest:
    """The request for one model, or `InvalidInput` naming what it cannot take and what it can."""
    words = worded(model, user_request.prompt, user_request.language, user_request.said)
    _check_words(model, words.prompt)
    _check_pictures(model, len(user_request.pictures))
    check_sides(model, user_request.pictures)
    settings = dict(user_request.settings)
    if settings.get(NUM_IMAGES) == 1 and not model.param(NUM_IMAGES):
        del settings[NUM_IMAGES]
    if any(side in settings for side in SIDES):
        _complete(settings)
    left = _leave_choice(model, settings)
    for name, value in settings.items():
        _check_param(model, name, value)
    if user_request.of > 1:
        settings[NUM_IMAGES] = 1  # each is asked for by itself
    sized = _to_pixels(model, settings, user_request.pictures)
    seed = model.param(SEED)
    if seed and SEED not in settings:
        most = min(SEED_MAXIMUM, int(seed.maximum or SEED_MAXIMUM))
        drawn = (draw_seed or random.SystemRandom()).randint(0, most)
        settings[SEED] = drawn if user_request.dice is None else user_request.dice
    sent = _to_send(model, settings)
    request = GenerationRequest(
        model, words.prompt, sent, user_request.pictures, user_request.brief
    )
    if model.takes:
        model.takes(request)
    check_size(model, sent, [(each.width, each.height) for each in user_request.pictures])
    into, unread = (words.into, words.warnings) if user_request.translate else ("", ())
    told = (*user_request.notes, *words.warnings, *left, *sized)
    return CheckedRequest(request, told, words.read, into, unread)


def _leave_choice(model: Model, settings: dict[str, Value]) -> tuple[str, ...]:
    """Take out which face is meant where the model cannot be told, and say so."""
    untold = [name for name in settings if _chosen_by(model, name)]
    told = {name: settings.pop(name) for name in untold}
    return tuple(
        say(f"studio.{name}.untold", title=model.title, number=number)
        for name, number in told.items()
    )


def _chosen_by(model: Model, name: str) -> bool:
    """Whether the model decides that by itself, and cannot be told."""
    return name in PARAMS and PARAMS[name].chosen_by_model and not model.param(name)


def _check_words(model: Model, words: str) -> None:
    """Whether the model reads words, needs some, and can hold these."""
    if words and model.words == "none":
        raise InvalidInput(say("studio.prompt.unread", model=model.id), field="prompt")
    if not words and model.words == "needed":
        raise InvalidInput(say("studio.prompt.empty"), field="prompt")
    length = len(full_prompt(model, words))
    if length > model.limits.prompt:
        counts = {"length": length, "most": model.limits.prompt}
        raise InvalidInput(say("studio.prompt.long", model=model.id, **counts), field="prompt")


def _check_pictures(model: Model, count: int) -> None:
    """Whether the model takes so many pictures."""
    least, most = model.least_pictures, model.most_pictures
    if least <= count <= most:
        return
    kind = "between" if least < most else {0: "none", 1: "one"}.get(most, "exact")
    told = {"model": model.id, "least": least, "most": most, "count": count}
    raise InvalidInput(say(f"studio.pictures.{kind}", **told), field="pictures")


def _check_param(model: Model, name: str, value: Value) -> None:
    """Whether the model has this param and takes this value."""
    param = model.param(name)
    if param is None:
        names = ", ".join(each.name for each in model.params)
        raise InvalidInput(
            say("studio.param.none", model=model.id, name=name, names=names), field=name
        )
    if not param.within(value):
        told = {"name": name, "model": model.id, "allowed": allowed_in_words(param)}
        raise InvalidInput(say("studio.param.bounds", value=str(value)[:60], **told), field=name)


def allowed_in_words(param: Param) -> str:
    """What a param takes, as an error says it."""
    allowed = param.allowed()
    if param.random_value is None:
        return allowed
    return say("studio.seed.allowed", allowed=allowed)


def _complete(settings: dict[str, Value]) -> None:
    """Fill in the side the user left out, from the shape, which an exact size replaces."""
    if RESOLUTION in settings:
        raise InvalidInput(say("studio.size.twice"), field=RESOLUTION)
    user_request = str(settings.pop(ASPECT_RATIO, "1:1"))
    ratio = parse_ratio(user_request)
    if ratio is None:
        told = {"names": ", ".join(NAMED_RATIOS), "value": repr(user_request[:40])}
        raise InvalidInput(say("studio.ratio", **told), field=ASPECT_RATIO)
    if WIDTH not in settings:
        settings[WIDTH] = round(int(settings[HEIGHT]) * ratio)
    if HEIGHT not in settings:
        settings[HEIGHT] = round(int(settings[WIDTH]) / ratio)


def _to_pixels(
    model: Model, settings: dict[str, Value], pictures: Sequence[InputPicture]
) -> tuple[str, ...]:
    """Turn shape and resolution into width and height, where the model takes pixels. With no
    shape asked for, a picture keeps its own."""
    limits = model.limits.pixels
    if limits is None:
        return ()
    if WIDTH in settings:
        return _exact(model, settings, limits)
    shape = model.param(ASPECT_RATIO)
    if shape is None or shape.wire != "pixels":
        return ()
    if not {ASPECT_RATIO, RESOLUTION} & settings.keys() and shape.default is None:
        return ()  # the provider has a default of its own
    usual = shape.default or "1:1"
    if pictures:
        usual = _shape_of(pictures[0], limits)
    ratio = parse_ratio(str(settings.pop(ASPECT_RATIO, usual))) or Fraction(1)
    tier = str(settings.pop(RESOLUTION, ""))
    area = limits.tiers.get(tier, TIERS.get(tier, limits.default))
    settings[WIDTH], settings[HEIGHT] = pixels_for(ratio, area, limits)
    return ()


def _shape_of(picture: InputPicture, limits: Pixels) -> str:
    """A picture's shape, as far as the model can make one so long."""
    ratio = Fraction(picture.width, picture.height)
    if limits.ratio:
        most = Fraction(limits.ratio)
        ratio = min(max(ratio, 1 / most), most)
    return f"{ratio.numerator}:{ratio.denominator}"


def _exact(model: Model, settings: dict[str, Value], limits: Pixels) -> tuple[str, ...]:
    """Check an exact size, and round it to what the model can make."""
    width, height = int(settings[WIDTH]), int(settings[HEIGHT])
    near = fit_exact(width, height, limits)
    if reason := refuse_size(width, height, limits) or refuse_size(*near, limits):
        wide = limits.minimum <= width <= limits.maximum
        tall = limits.minimum <= height <= limits.maximum
        field = HEIGHT if wide and not tall else WIDTH
        raise InvalidInput(say("studio.size.refused", model=model.id, reason=reason), field=field)
    settings[WIDTH], settings[HEIGHT] = near
    if near == (width, height):
        return ()
    told = {"asked": f"{width}x{height}", "made": f"{near[0]}x{near[1]}", "title": model.title}
    return (say("studio.size.rounded", multiple=limits.multiple, **told),)


def _to_send(model: Model, settings: Mapping[str, Value]) -> dict[str, Value]:
    """What goes out: an unverified param only when it says something the default does not."""
    kept = {}
    for name, value in settings.items():
        param = model.param(name)
        if param and param.unverified and value == param.default:
            continue
        kept[name] = value
    return kept
