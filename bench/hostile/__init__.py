"""What strangers send, as data: hostile values and requests, and who judges the answers."""
