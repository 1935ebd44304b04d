"""Forms: controls from a task's row, and what is told before the press."""
