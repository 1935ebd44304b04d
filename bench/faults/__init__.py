"""Failures injected into paid jobs, and what became of the money and the pictures.

python -m bench.faults [--seed N] [--count N]
"""
