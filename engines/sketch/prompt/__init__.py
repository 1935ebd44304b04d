"""What a prompt asks the sketch to draw: the cues, the words for them, and reading them."""
