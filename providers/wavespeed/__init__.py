"""WaveSpeed."""
