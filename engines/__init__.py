"""Pixel work that needs no network. Heavy imports stay inside functions."""
