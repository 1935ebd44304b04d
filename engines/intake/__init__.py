"""Pictures from strangers: read without decoding, freed of metadata, decoded, encoded again."""

from engines.intake.facts import Broken, Kind, Read, Removed
from engines.intake.kinds import MEDIA_TYPES, kind_of, read
from engines.intake.size import read_size

__all__ = ["MEDIA_TYPES", "Broken", "Kind", "Read", "Removed", "kind_of", "read", "read_size"]
