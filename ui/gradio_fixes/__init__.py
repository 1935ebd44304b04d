"""Gradio's private side: everything that Easel changes or uses in gradio without its documents.

Each hook says what it does, why, and when it can go. All were read in gradio 6.31.0, with starlette
1.10.0, fastapi 0.165.0 and uvicorn 0.54.0, unless they say otherwise; requirements.txt holds gradio
to that minor version. tests/unit/test_gradio_fixes.py and
tests/integration/test_gradio_session_fixes.py fail when gradio changes under one of them.
"""
