# syntax=docker/dockerfile:1
# The full image has what compiles SQLite where no prebuilt one can be downloaded. Both stages have the same libc.
FROM node:24-trixie AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-trixie-slim
ENV NODE_ENV=production DATA_DIR=/data HTTP_PORT=9464
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY bin ./bin
COPY commands ./commands
COPY src ./src
# Everything that the bot writes. The rest may be read-only.
RUN install -d -o node -g node -m 0700 /data
VOLUME /data
USER node
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT}/livez`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
# As `npm start`, without npm and its shell: they would not pass SIGTERM on.
CMD ["node", "--max-semi-space-size=2", "--import", "tsx", "src/main.ts"]
