"""Easel's own engines, as a provider that needs no key."""
