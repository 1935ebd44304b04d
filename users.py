"""`python -m users NAME` asks for a password and prints the user's line for the file that
EASEL_REQUIRE_LOGIN names."""

from __future__ import annotations

import sys
from getpass import getpass

from argon2 import PasswordHasher

from i18n import say

LEAST_LETTERS = 8


def main() -> None:
    """Print the line; end with a sentence where there is none."""
    if len(sys.argv) != 2:
        sys.exit(say("users.usage"))
    line = line_for(sys.argv[1], getpass(say("users.password")), getpass(say("users.again")))
    sys.stdout.write(f"{line}\n")


def line_for(name: str, password: str, again: str) -> str:
    """The line of a user. Ends the program with a sentence where a name or a password is none."""
    name = name.strip()
    if not name or not name.isprintable() or ":" in name or name.startswith("#"):
        sys.exit(say("users.name"))
    if len(password) < LEAST_LETTERS:
        sys.exit(say("users.short", least=LEAST_LETTERS))
    if password != again:
        sys.exit(say("users.different"))
    return f"{name}:{PasswordHasher().hash(password)}"


if __name__ == "__main__":
    main()
