"""Strict loopback emulators of the five services that Easel's tests and benches run against."""

from .ledger import Call, Fault, Job
from .server import Cloud

__all__ = ["Call", "Cloud", "Fault", "Job"]
