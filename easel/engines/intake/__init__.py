"""Pictures from strangers: read without decoding, freed of metadata, decoded, encoded again."""

from easel.engines.intake.facts import Broken, Kind, Read, Removed
from easel.engines.intake.kinds import MEDIA_TYPES, kind_of, read
from easel.engines.intake.size import read_size

__all__ = ["MEDIA_TYPES", "Broken", "Kind", "Read", "Removed", "kind_of", "read", "read_size"]
