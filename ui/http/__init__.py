"""The app's own side of HTTP: which requests gradio sees, how large, from whom."""
