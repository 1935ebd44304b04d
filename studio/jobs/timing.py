"""How long a job's lifecycle waits for what, in seconds. Read as `timing.NAME`, so that tests and
benches can make all of it quick in one place."""

from __future__ import annotations

# Between two questions after a job: first, and at most.
FIRST_POLL = 0.4
SLOWEST_POLL = 2.0
# After a question that failed: first, and at most.
FIRST_TROUBLE = 1.0
LONGEST_PAUSE = 30.0
# For one question to be answered.
ONE_POLL = 60.0
# For a request to be accepted.
SUBMIT_SECONDS = 120.0
# For a cancellation to be answered.
WITHDRAW_SECONDS = 20.0
# Before each search for a job that was never named; a list of recent jobs may lag behind.
FIND_PAUSES = (1.0, 3.0, 6.0)
