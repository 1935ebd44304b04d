"""Taking a user's picture in, and making it fit what a model accepts."""

from studio.uploads.fitting import Fitted, fit, fit_in_turn
from studio.uploads.limits import PictureLimits
from studio.uploads.ownership import inside
from studio.uploads.picture import UploadedPicture
from studio.uploads.reading import take, take_in
from studio.uploads.saving import Saved, save_like
from studio.uploads.summary import before_sending

__all__ = [
    "Fitted",
    "PictureLimits",
    "Saved",
    "UploadedPicture",
    "before_sending",
    "fit",
    "fit_in_turn",
    "inside",
    "save_like",
    "take",
    "take_in",
]
