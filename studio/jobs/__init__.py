"""One job: its parts, and what takes it to its end at a provider."""
