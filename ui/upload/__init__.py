"""The upload route: files taken in within limits."""
