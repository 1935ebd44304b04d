"""Cutting a person out of a picture, on this machine.

Importing this raises EngineMissing where OpenCV is not installed; import it late.
"""

from engines.cutout.segment import PERSON_SHARE, cut_out, levels, person_share

__all__ = ["PERSON_SHARE", "cut_out", "levels", "person_share"]
