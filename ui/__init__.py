"""The screens and the public API; the only room that imports gradio."""
