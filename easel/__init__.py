"""Easel: an image studio over every provider, and over none."""
