"""What happens between a button and a provider; knows neither gradio nor a provider by name."""
