"""Retouching faces: what changes, how strongly, and the promise that all else stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from engines.bands import each_band, enlarged
from engines.faces.colour import colour_in, lab_of, light_of, rgb_of, without_colour
from engines.faces.enhance import clearer, features
from engines.faces.face import Face
from engines.faces.skin import FEATURES, Place, drawn, place, skin
from engines.faces.soft import soft_change
from engines.nets import Picture, Plane
from engines.opencv import cv2

Mode = Literal["soft", "enhance"]

# Faces are looked at with this many pixels between the cheeks; more only costs time.
ENOUGH: Final = 384
MARGIN: Final = 0.12
# Enhancing evens the skin a little too, or it would make every spot clearer.
EVENED_FIRST: Final = 0.4


@dataclass(frozen=True, eq=False)
class Retouched:
    """A retouched picture, and where it was: mask 0 means that the pixel is exactly as before.

    rgb: uint8 (height, width, 3). mask: uint8 (height, width), 255 where the full strength acts.
    """

    rgb: Picture
    mask: Picture


def retouch(
    rgb: Picture,
    faces: Sequence[Face],
    strength: float = 0.6,
    mode: Mode = "soft",
    own: bool = False,
) -> Retouched:
    """Retouch the skin of faces; pixels outside the mask stay exactly as they are.

    faces: as find_faces gave them; none leave the picture as it is. strength: 0..1, 0 changes
    nothing. mode "soft": spots and redness go, tone is evened, pores stay; eyes, brows and lips
    lie outside the mask, and so do beards and what hangs over the face. Freckles and small moles
    fade with the spots. mode "enhance": eyes and brows become clearer, skin a little; lips lie
    outside the mask. `own`: the picture is nobody else's and is changed itself. Raises ValueError
    for another mode or strength.
    """
    if mode not in ("soft", "enhance") or not 0 <= strength <= 1:
        raise ValueError(f"mode {mode!r} or strength {strength!r} is not known")
    out = rgb if own else rgb.copy()
    mask = np.zeros(rgb.shape[:2], np.uint8)
    if strength > 0:
        for face in faces:
            _one(out, mask, face, tuple(faces), strength, mode)
    return Retouched(out, mask)


def _one(
    out: Picture,
    mask: Picture,
    face: Face,
    everybody: tuple[Face, ...],
    strength: float,
    mode: Mode,
) -> None:
    """Retouch one face in place."""
    where = place(face, out, MARGIN)
    small = replace(where, scale=min(1.0, ENOUGH / face.size))
    part = where.cut(out)
    size = face.size * small.scale
    looked = lab_of(cv2.resize(part, small.shape[::-1], interpolation=cv2.INTER_AREA))
    open_skin = skin(small, looked, face, everybody)
    evened = strength if mode == "soft" else strength * EVENED_FIRST
    change = soft_change(looked, open_skin, size, evened)
    weight = _enlarged(open_skin, where.shape)
    weight[_kept(where, everybody, FEATURES)] = 0
    gain, seen = None, weight
    if mode == "enhance":
        eyes = features(where, face, everybody)
        gain = clearer(light_of(part), eyes, weight, face.size)
        seen = np.maximum(weight, eyes)
    grey = not colour_in(part)
    for top, bottom in each_band(len(part)):
        rows = slice(top, bottom)
        lab = lab_of(part[rows])
        lab += enlarged(change, where.shape, top, bottom) * weight[rows, :, None]
        if gain is not None:
            lab[..., 0] += np.float32(strength) * gain[rows]
        # From here on a pixel is changed if and only if the mask has it.
        covered = np.round(seen[rows] * 255).astype(np.uint8)
        made = without_colour(rgb_of(lab)) if grey else rgb_of(lab)
        np.copyto(part[rows], made, where=(covered > 0)[..., None])
        there = where.cut(mask)[rows]
        np.maximum(there, covered, out=there)


def _kept(
    where: Place, everybody: tuple[Face, ...], rings: tuple[tuple[Sequence[int], float], ...]
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Where anybody's features lie."""
    kept = np.zeros(where.shape, np.bool_)
    for face in everybody:
        kept |= drawn(where, face, rings) > 0
    return kept


def _enlarged(planes: Plane, shape: tuple[int, int]) -> Plane:
    return np.asarray(cv2.resize(planes, shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)
