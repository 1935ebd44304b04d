"""What is carried from one chunk of a wish to the next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Context:
    """What the chunks before spoke of, for those that go on about it."""

    # The last thing named.
    last: str = ""
    # The thing that a colon opened a list about.
    listed: str = ""
    # The thing that the last chunk without a joining word was about.
    subject: str = ""
    # Whether the chunk before was only a "without", which an "and" goes on with.
    negated: bool = False
    # Whether it was a shift.
    moving: bool = False
    # Whether it was the colour of a line.
    colouring: bool = False
    # The distance from an edge that it gave.
    distance: str = ""
    # The measure that a number was last read for.
    measured: str = ""
