"""Faces, on this machine: find them, number them, retouch them, swap their features.

Importing this raises EngineMissing where OpenCV is not installed; import it late.
"""

from engines.faces.face import Face
from engines.faces.find import find_faces
from engines.faces.numbering import draw_numbers
from engines.faces.retouch import Mode, Retouched, retouch
from engines.faces.swap import REFUSALS, face_alone, spoils, swap

__all__ = [
    "REFUSALS",
    "Face",
    "Mode",
    "Retouched",
    "draw_numbers",
    "face_alone",
    "find_faces",
    "retouch",
    "spoils",
    "swap",
]
