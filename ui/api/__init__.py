"""The public API: one named endpoint a task."""
