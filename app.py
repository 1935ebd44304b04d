"""Easel's entry point, for `python app.py` and for a Hugging Face Space alike."""

from __future__ import annotations

from quiet import end_when_told, prepare_environment


def main() -> None:
    """Read the settings, build the page, serve it until stopped."""
    prepare_environment()
    # Late: gradio and huggingface_hub read the environment when they are imported.
    from providers.catalogue import PROVIDERS
    from settings import read_settings
    from ui.gradio_fixes.import_fixes import import_gradio

    import_gradio()
    from ui.launch import make_app
    from ui.shutdown import Ending

    ending = Ending(end_when_told())
    demo, how = make_app(read_settings(PROVIDERS), ending)
    try:
        demo.launch(**how)
    finally:
        ending.wind_up()
        demo.close(verbose=False)


if __name__ == "__main__":
    main()
