"""Taking a user's picture in, and making it fit what a model accepts."""

from easel.studio.intake.fitting import Fitted, fit, fit_in_turn
from easel.studio.intake.limits import PictureLimits
from easel.studio.intake.line import before_sending
from easel.studio.intake.place import inside
from easel.studio.intake.save import Saved, save_like
from easel.studio.intake.taken import Taken
from easel.studio.intake.taking import take, take_in

__all__ = [
    "Fitted",
    "PictureLimits",
    "Saved",
    "Taken",
    "before_sending",
    "fit",
    "fit_in_turn",
    "inside",
    "save_like",
    "take",
    "take_in",
]
