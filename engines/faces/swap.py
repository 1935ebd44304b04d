"""Giving a face in one picture the features of a face in another."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from engines.bands import each_band, enlarged
from engines.faces.colour import lab_of, rgb_of, without_colour
from engines.faces.face import FOREHEAD, LEFT_BROW, OVAL, RIGHT_BROW, Face, Points
from engines.faces.skin import BROWS, EYES, Place, drawn, feathered, place, skin, within
from engines.faces.tone import tone_of
from engines.faces.warp import bend
from engines.nets import Picture, Plane
from engines.opencv import cv2

# Room around a face, in sizes of it.
MARGIN: Final = 0.15
# The part that is taken over ends so far above the brows, and this share of the way from the rim
# to the nose. More would bring hair and background along.
ABOVE_BROWS: Final = 0.10
JAW_INSET: Final = 0.08
# Light is what varies over more than this; less is the shape of the face.
LIGHT: Final = 0.09
ENOUGH: Final = 192
# How much of the source's own proportions its features keep, at most.
OWN_SHAPE: Final = 0.8
# The seam is this much wider than a retouch's.
SEAM: Final = 2
# Faces are cloned with so many pixels between the cheeks, and no more.
CLONE: Final = 384
# The clone's own light goes, to this share, at this many times a retouch's border.
DEEP: Final = 4
INSIDE: Final = 0.7
# How much of the way from the rim to the nose may have hair over it.
RIM: Final = 0.2

# How far the two heads may be turned apart (difference of Face.yaw): tried on real pairs.
TURNED: Final = 0.3
TURNED_AWAY: Final = 0.6
# Least sizes of faces in pixels, and how much the source may be enlarged before it looks soft.
SMALL: Final = 32
ENLARGED: Final = 2.5

# What spoils answers, the refusals first: swap works on the rest all the same.
REFUSALS: Final = frozenset({"pose_apart", "source_small", "target_small"})


def spoils(source: Face, target: Face) -> str:
    """What would spoil a swap of these two faces, as a key; empty if nothing is known to.

    "source_small", "target_small": too few pixels. "pose_apart": the heads look in such different
    directions that it cannot be done. These three are REFUSALS. "pose_differs": the same, less
    so. "source_soft": the source has far fewer pixels than the place it goes to.
    """
    apart = abs(source.yaw - target.yaw)
    found = (
        ("source_small", source.size < SMALL),
        ("target_small", target.size < SMALL),
        ("pose_apart", apart > TURNED_AWAY),
        ("pose_differs", apart > TURNED),
        ("source_soft", target.size > ENLARGED * source.size),
    )
    return next((key for key, is_so in found if is_so), "")


def face_alone(rgb: Picture, face: Face) -> tuple[Picture, Face]:
    """A copy of the part of a picture that `swap` needs of the source, and the face in it."""
    where = place(face, rgb, 2 * MARGIN)
    moved = np.array((where.left, where.top), np.float32)
    left, top, right, bottom = face.box
    box = (left - where.left, top - where.top, right - where.left, bottom - where.top)
    return where.cut(rgb).copy(), replace(face, box=box, landmarks=face.landmarks - moved)


def swap(
    source_rgb: Picture,
    source_face: Face,
    target_rgb: Picture,
    target_face: Face,
    own: bool = False,
) -> Picture:
    """The target picture with the source's features on the target's face, in the target's size.

    Light and colour follow the target, the expression follows the source: closed eyes stay
    closed. Hair, ears and the outline of the head stay the target's, and pixels outside the
    face exactly as they are; what covers the target's face, such as glasses, is lost. Ask spoils
    first: this does not refuse. A photograph in grey or in tones of one colour stays one. `own`:
    the target is nobody else's and is changed itself.
    """
    out = target_rgb if own else target_rgb.copy()
    where = place(target_face, out, MARGIN)
    part = where.cut(out)
    bent = _bent(source_rgb, source_face, where, target_face)
    inner, light = _matched(bent, part, where, target_face)
    if not inner.any():
        return out
    lit, shape = bent, bent.shape[:2]
    tone = tone_of(part, bent, inner)
    for top, bottom in each_band(shape[0]):
        rows = slice(top, bottom)
        lab = lab_of(bent[rows]) + enlarged(light, shape, top, bottom)
        lit[rows] = rgb_of(tone.held(lab))
    mend = _mended(lit, part, inner, min(1.0, CLONE / target_face.size))
    # The clone is right at the seam; further in it carries hair's shadow into eyes and cheeks.
    deep = feathered(inner, target_face.size * DEEP)
    weight = feathered(inner, target_face.size * SEAM)
    for top, bottom in each_band(shape[0]):
        rows = slice(top, bottom)
        face = lit[rows] + (1 - INSIDE * deep[rows, :, None]) * enlarged(mend, shape, top, bottom)
        share = weight[rows, :, None]
        mixed = part[rows] + share * (face - part[rows])
        made = np.round(mixed.clip(0, 255)).astype(np.uint8)
        np.copyto(part[rows], without_colour(made) if tone.grey else made, where=share > 0)
    return out


def _inner(where: Place, face: Face) -> Picture:
    """From over the brows to the chin without the rim, as a hard mask: 255 inside."""
    points = where.points(face.landmarks)
    up = points[10] - points[152]
    up = up / max(float(np.linalg.norm(up)), 1e-6)
    rim = points[list(OVAL)]
    rim = rim + JAW_INSET * (points[1] - rim)
    brows = points[[*LEFT_BROW, *RIGHT_BROW]]
    ceiling = float((brows @ up).max()) + ABOVE_BROWS * face.size
    # What rises above the brows comes down to them, along the face's own axis.
    rim = rim - np.maximum(rim @ up - ceiling, 0)[:, None] * up
    plane = np.zeros(where.shape, np.uint8)
    cv2.fillConvexPoly(plane, cv2.convexHull(rim.round().astype(np.int32)), 255)
    return plane


def _bent(rgb: Picture, face: Face, where: Place, target: Face) -> Picture:
    """The source's face in the target's shape, in the pixels of that place."""
    around = place(face, rgb, MARGIN)
    # Shrinking a large source first keeps its pores from turning into noise.
    around = Place(
        around.left, around.top, around.right, around.bottom, min(1.0, target.size / face.size)
    )
    part = around.cut(rgb)
    if around.scale < 1:
        part = cv2.resize(part, around.shape[::-1], interpolation=cv2.INTER_AREA)
    points = around.points(face.landmarks)
    goal = _shape(points, where.points(target.landmarks), abs(face.yaw - target.yaw))
    return bend(part, points, goal, where.shape)


def _matched(bent: Picture, part: Picture, where: Place, face: Face) -> tuple[Picture, Plane]:
    """What of the bent face to take, as a hard mask, and what to add to its Lab for the light.

    The light is that of the target's skin, as it varies over the face; it comes at the size of a
    smaller copy. The mask is the place's own size, without a fringe of either head.
    """
    small = replace(where, scale=min(1.0, ENOUGH / face.size))
    size = face.size * small.scale
    labs = [
        lab_of(cv2.resize(each, small.shape[::-1], interpolation=cv2.INTER_AREA))
        for each in (bent, part)
    ]
    skins = [skin(small, lab, face, (face,)) for lab in labs]
    here, there = (within(lab, seen, size * LIGHT) for lab, seen in zip(labs, skins, strict=True))
    fringe = _edges(small, face)
    fringe[np.minimum(*skins) > 0] = 0
    fringe = cv2.resize(fringe, where.shape[::-1], interpolation=cv2.INTER_LINEAR)
    inner = _inner(where, face)
    inner[fringe > 127] = 0
    return inner, there - here


def _edges(where: Place, face: Face) -> Picture:
    """Where hair may hang into a face: the forehead, and the rim down to the tip of the nose.

    255 there. Below that a beard may be, which is not to be told from hair.
    """
    points = where.points(face.landmarks)
    edges = drawn(where, face, ((OVAL, 0),))
    rim = points[list(OVAL)]
    heart = cv2.convexHull((rim + RIM * (points[1] - rim)).round().astype(np.int32))
    cv2.fillConvexPoly(edges, heart, 0)
    rows, columns = np.indices(where.shape)
    down = points[152] - points[10]
    edges[(columns - points[1][0]) * down[0] + (rows - points[1][1]) * down[1] > 0] = 0
    edges |= drawn(where, face, ((FOREHEAD, 0),))
    edges[drawn(where, face, EYES + BROWS) > 0] = 0
    return edges


def _shape(source: Points, target: Points, apart: float) -> Points:
    """Where the source's landmarks go: the target's rim, and features of the source's own shape.

    Eyes and mouth keep the source's proportions and expression the more, the nearer the two heads
    are to looking the same way.
    """
    ones = np.ones((len(source), 1), np.float32)
    fit = np.linalg.lstsq(np.hstack([source, ones]), target, rcond=None)[0]
    aligned = np.hstack([source, ones]) @ fit
    rim = target[list(OVAL)]
    depth = np.linalg.norm(target[:, None] - rim[None], axis=2).min(axis=1)
    rise = np.clip(depth / max(float(depth.max()), 1e-6) / 0.5, 0, 1)
    own = OWN_SHAPE * max(0.0, 1 - apart / TURNED_AWAY) * (rise * rise * (3 - 2 * rise))
    return np.asarray(target + own[:, None] * (aligned - target), np.float32)


def _mended(face: Picture, part: Picture, inner: Picture, scale: float) -> Plane:
    """What to add to the face's pixels so that no seam shows around it, by seamlessClone.

    It is smooth, all but at the rim itself, so it is worked out, and given, at a smaller scale.
    """
    size = [max(1, round(side * scale)) for side in part.shape[1::-1]]
    # seamlessClone wants room around the mask, and writes into the mask it is given: these are
    # copies with a frame.
    small, around, mask = (
        cv2.copyMakeBorder(cv2.resize(each, size, interpolation=cv2.INTER_AREA), 3, 3, 3, 3, border)
        for each, border in (
            (face, cv2.BORDER_REPLICATE),
            (part, cv2.BORDER_REPLICATE),
            (inner, cv2.BORDER_CONSTANT),
        )
    )
    mask = np.where(mask > 127, np.uint8(255), np.uint8(0))
    left, top, wide, high = cv2.boundingRect(mask)
    if not wide:
        return np.zeros(part.shape, np.float32)
    middle = (left + wide // 2, top + high // 2)
    cloned = cv2.seamlessClone(small, around, mask, middle, cv2.NORMAL_CLONE)
    off = cloned[3:-3, 3:-3].astype(np.float32) - small[3:-3, 3:-3]
    return np.asarray(off, np.float32)
