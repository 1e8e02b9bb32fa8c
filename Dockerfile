# docker build -t jianyan .
# docker run --read-only --cap-drop ALL --security-opt no-new-privileges -v jianyan:/data -p 8000:8000 jianyan
FROM python:3.13-slim

WORKDIR /srv/jianyan

COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes --no-deps --use-pep517 --requirement requirements.txt

COPY pyproject.toml LICENSE ./
COPY app app
COPY migrations migrations
COPY seeds seeds
COPY scripts scripts
# Later nothing here can be written, and to compile it at each start takes longer.
RUN python -m compileall -q app migrations scripts

# By number, as there need be no such user. A named volume takes over owner and mode of the folder it is
# mounted on.
RUN install -d -o 10001 -g 10001 -m 700 /data
USER 10001:10001
# All that is ever written goes to the volume, the files of a moment too.
ENV JIANYAN_DATA_DIR=/data \
    HOME=/data \
    TMPDIR=/data \
    PYTHONPATH=/srv/jianyan \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
VOLUME /data

EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]

CMD ["python", "-m", "app.start", "0.0.0.0", "8000"]
