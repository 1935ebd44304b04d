"""One file a tab: what is special about that task."""
