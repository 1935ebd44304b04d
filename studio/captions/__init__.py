"""Captions on a picture: their style, the wishes about it, and the preview."""
