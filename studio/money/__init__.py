"""What a request costs, what was spent, and what may be spent."""
