"""Simulated jobs, and whether every book agrees about their money.

python -m bench.money [--seed N] [--count N]
"""
