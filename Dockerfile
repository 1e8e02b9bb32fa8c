FROM python:3.13-slim

WORKDIR /srv/jianyan

COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes --no-deps --use-pep517 --requirement requirements.txt

COPY pyproject.toml LICENSE ./
COPY app app
COPY migrations migrations
COPY seeds seeds
COPY scripts scripts

# A named volume takes over owner and mode of the folder it is mounted on.
RUN useradd --system --home-dir /data --uid 10001 jianyan && install -d -o jianyan /data
USER jianyan
ENV JIANYAN_DATA_DIR=/data \
    PYTHONPATH=/srv/jianyan \
    PYTHONUNBUFFERED=1
VOLUME /data

EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]

CMD ["python", "-m", "app.start", "0.0.0.0", "8000"]
