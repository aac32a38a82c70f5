import 'reflect-metadata';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseConfig } from '#config';
import { NestFactory } from '@nestjs/core';
import { projectFolder } from '../project.mjs';

/** Required configuration. No connection is opened, and the document does not depend on any setting. */
const SETTINGS = {
  DATABASE_URL: 'postgres://localhost/payonce',
  REDIS_URL: 'redis://localhost',
  JWT_SECRET: 'not-used-for-any-token-0123456789',
};

/**
 * The API's OpenAPI document, made of the built API without starting it: in Nest's preview mode no provider and no
 * controller is created, and routes are read from their decorators
 * (https://docs.nestjs.com/devtools/overview#preview). Paths, schemas and statuses are sorted, so that moving code does not
 * change it.
 * @returns {Promise<Record<string, any>>}
 */
export async function readApiDocument() {
  const [{ AppModule }, { fastifyAdapter, prefixRoutes }, { buildDocument }] = await Promise.all(
    ['app.module', 'edge/fastify', 'docs/build-document'].map(
      (file) => import(pathToFileURL(join(projectFolder, 'dist/apps/api/src', `${file}.js`)).href),
    ),
  );
  const config = parseConfig(SETTINGS);
  const app = await NestFactory.create(AppModule.for(config), fastifyAdapter(config), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  prefixRoutes(app);
  const document = buildDocument(app);
  const { schemas } = document.components;
  return {
    ...document,
    paths: sorted(document.paths),
    components: { ...document.components, schemas: sorted(schemas) },
  };
}

/** @param {Record<string, unknown>} members */
function sorted(members) {
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));
}
