# Easel as Spaces run it: Python 3.11, a user without rights, port 7860.
# The digest is that of python:3.11-slim-bookworm for every architecture, Python 3.11.16, as Docker
# Hub named it on 2026-09-22.
FROM python:3.11-slim-bookworm@sha256:a36c24f9cbdf4fd0f52d67f0823eeac19c2028c637cecc392d97f980d4fec56b

RUN useradd --create-home --uid 1000 user
USER user
ENV HOME=/home/user \
    PATH=/home/user/.local/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    GRADIO_SERVER_NAME=0.0.0.0 \
    GRADIO_SERVER_PORT=7860
WORKDIR /home/user/app

COPY --chown=user requirements.lock ./
# Gradio names uploads by a seed beside its code, and all who run an image would share it; it makes
# a new one where there is none.
RUN pip install --no-cache-dir --user --require-hashes -r requirements.lock && \
    find /home/user/.local -name hash_seed.txt -delete
COPY --chown=user . ./

EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ['GRADIO_SERVER_PORT'] + '/healthz', timeout=4)"]

CMD ["python", "app.py"]
