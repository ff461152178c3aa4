FROM python:3.12-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

# /data is made here so that a new volume mounted on it belongs to this user.
RUN useradd --system --uid 10001 --no-create-home app \
    && install --directory --owner=app --group=app /data

WORKDIR /app
# requirements-cluster.txt adds what a bucket and OpenSearch need.
ARG REQUIREMENTS=requirements.txt
COPY requirements.txt requirements-cluster.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r $REQUIREMENTS
COPY . .

# Collecting static files needs the settings of production, but none of its secrets.
RUN PRODUCTION=1 ALLOWED_HOSTS=none VAR_DIR=/tmp/var \
    SECRET_KEY=not-secret-used-while-the-image-is-built-and-never-after \
    python manage.py collectstatic --noinput \
    && chmod --recursive a+rX staticfiles \
    && rm -r /tmp/var

ENV PRODUCTION=1 \
    VAR_DIR=/data \
    HOST=0.0.0.0 \
    PORT=8000
USER app
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "--config=cqc_site/gunicorn.py", "--worker-tmp-dir=/dev/shm", "cqc_site.wsgi"]
