"""What is known of one face, and the numbers of its landmarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Face:
    """One face in a picture.

    box: left, top, right, bottom in pixels, around the landmarks, within the picture.
    score: how sure the detector is, 0..1.
    landmarks: (468, 2) x and y in picture pixels; some may lie outside a picture that cuts the
        face off. Their numbers are those of MediaPipe's face mesh.
    """

    box: tuple[int, int, int, int]
    score: float
    landmarks: Points

    @property
    def yaw(self) -> float:
        """How far the head is turned, -1..1: 0 looks straight, 1 shows one cheek only.

        Positive when the nose is nearer to the right edge of the picture.
        """
        nose, left, right = self.landmarks[[1, 234, 454]]
        before, after = float(np.linalg.norm(nose - left)), float(np.linalg.norm(nose - right))
        return (before - after) / max(before + after, 1e-6)

    @property
    def size(self) -> float:
        """The face's size in pixels, the same however it is turned: between cheeks or heights."""
        left, right, top, chin = self.landmarks[[234, 454, 10, 152]]
        # A head turned aside is narrow, one that nods is short; the larger measure stays.
        tall = float(np.linalg.norm(top - chin)) * 0.8
        return max(float(np.linalg.norm(left - right)), tall, 1.0)


# Rings of landmarks, in order, as MediaPipe's face_mesh_connections draws them (2021). "Left" is
# the person's left, on the right in the picture.
OVAL: Final = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
LEFT_EYE: Final = (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466)
RIGHT_EYE: Final = (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246)
LEFT_BROW: Final = (276, 283, 282, 295, 285, 336, 296, 334, 293, 300)
RIGHT_BROW: Final = (46, 53, 52, 65, 55, 107, 66, 105, 63, 70)
LIPS: Final = (
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375,
    291, 409, 270, 269, 267, 0, 37, 39, 40, 185,
)  # fmt: skip
NOSTRILS: Final = (98, 240, 99, 60, 75, 166, 79, 44, 1, 274, 309, 392, 305, 290, 328, 460, 327, 2)
FOREHEAD: Final = (
    10, 338, 297, 332, 284, 251, 300, 293, 334, 296, 336,
    107, 66, 105, 63, 70, 21, 54, 103, 67, 109,
)  # fmt: skip
# Where skin is all but always seen: its colour is taken there.
LEFT_CHEEK: Final = (280, 346, 347, 330, 425, 411)
RIGHT_CHEEK: Final = (50, 117, 118, 101, 205, 187)
