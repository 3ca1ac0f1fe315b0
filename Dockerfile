# The bot and its workers. Build: docker build -t autocoder .   Run: see docker-compose.yml.
FROM node:24-bookworm-slim AS base
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates git python3 python3-venv tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/autocoder

# Node packages and the Python environment change seldom: layers of their own.
FROM base AS dependencies
COPY package.json package-lock.json .npmrc ./
# The base image has the right Node already; the native parts of other packages are optional dependencies too.
RUN npm install --no-save --omit=dev && rm -rf node_modules/node-linux-*
COPY scripts/python-env.sh scripts/
COPY pipeline/generate/python/requirements.lock pipeline/generate/python/uv-tool.lock pipeline/generate/python/
RUN sh scripts/python-env.sh && rm -rf .cache

FROM base
COPY --from=dependencies /opt/autocoder/node_modules node_modules
COPY --from=dependencies /opt/autocoder/.venv .venv
COPY package.json ./
COPY schemas schemas
COPY deploy deploy
COPY pipeline pipeline
COPY queue queue
COPY bot bot
RUN useradd --uid 10001 --no-create-home --home-dir /data autocoder && install -d -o autocoder -g autocoder /data
USER 10001:10001
ENV AUTOCODER_DATA=/data NODE_ENV=production
VOLUME /data
EXPOSE 4747
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "bot/main.ts"]
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.WEB_PORT ?? 4747) + '/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
