"""Taking a user's picture in, and making it fit what a model accepts."""

from studio.intake.fitting import Fitted, fit, fit_in_turn
from studio.intake.limits import PictureLimits
from studio.intake.line import before_sending
from studio.intake.place import inside
from studio.intake.save import Saved, save_like
from studio.intake.taken import Taken
from studio.intake.taking import take, take_in

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
