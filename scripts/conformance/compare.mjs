import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { Redis } from 'ioredis';
import pg from 'pg';
import naive from '../../docs/examples/conformance/naive.adapter.mjs';
import nodeIdempotency from '../../docs/examples/conformance/node-idempotency.adapter.mjs';
import { OrderlyEnd } from '../processes/orderly-end.mjs';
import { projectFolder } from '../project.mjs';
import { say } from '../say.mjs';
import { migrate } from '../start/programs.mjs';
import { startTestServers } from '../test/servers.mjs';
import { writeMeasured } from '../write-measured.mjs';
import { payonceAdapter } from './adapters/payonce.mjs';
import { Client } from './client.mjs';
import { logInDemo, Payonce } from './payonce.mjs';
import { startProgram } from './program.mjs';
import { idempotencyRules } from './rules/idempotency.mjs';
import { keySequence, runRules } from './run.mjs';
import { comparison, failures, line, summary } from './table.mjs';

/** @typedef {import('./adapter.mjs').Adapter} Adapter */
/** @typedef {import('./run.mjs').Result} Result */

const PAGE = join(projectFolder, 'docs/conformance.md');

/** The suite against Payonce and both examples, each on a database of its own; the result is written into the page. */
export async function compare() {
  const ending = new OrderlyEnd({ onSignal: { say: 'Stopping…', codes: { SIGINT: 130, SIGTERM: 143 } } });
  try {
    const { env: servers } = await startTestServers(ending);
    const { TEST_DATABASE_URL: databases = '', TEST_REDIS_URL: redis = '' } = servers;
    const options = { url: '', token: '' };
    const apis = [];
    for (const [name, open] of Object.entries({ naive, nodeIdempotency, payonce: openPayonce })) {
      const DATABASE_URL = await createDatabase(databases, `conformance_${name.toLowerCase()}`);
      const env = { PATH: process.env['PATH'], DATABASE_URL, REDIS_URL: redis };
      const adapter = await ending.unlessEnding(open({ ...options, env }));
      ending.begun(() => adapter.close?.());
      apis.push({ name: adapter.name, results: await ending.unlessEnding(test(adapter)) });
    }
    await writeMeasured(PAGE, measured(apis));
    say(`Written: ${PAGE}`);
    return await ending.end(0);
  } catch (error) {
    return ending.end(1, error);
  }
}

/** @param {Adapter} adapter */
async function test(adapter) {
  say(`\n${adapter.name}`);
  const scene = { client: new Client(adapter.url), adapter, newKey: keySequence() };
  const results = await runRules(idempotencyRules, scene, { onResult: (result) => say(line(result)) });
  say(summary(results));
  return results;
}

/**
 * The API alone, which requires keys, and can be killed and its Redis emptied.
 * @param {import('./adapter.mjs').AdapterOptions} options
 * @returns {Promise<Adapter>}
 */
async function openPayonce({ env }) {
  const settings = {
    ...env,
    JWT_SECRET: 'for this comparison only, and long enough for HS256',
    LOGIN_ENABLED: 'true',
    IDEMPOTENCY_KEY_REQUIRED: 'true',
    LOG_LEVEL: 'error',
  };
  await migrate(settings, { demo: true });
  const api = await startProgram(['dist/apps/api/src/main.js'], { cwd: projectFolder, env: settings });
  const redis = new Redis(env['REDIS_URL'] ?? '');
  const payonce = new Payonce({ url: api.url, ...(await logInDemo(api.url)) });
  return {
    ...payonceAdapter(payonce),
    requiresKey: true,
    restart: api.restart,
    flush: async () => void (await redis.flushall()),
    async close() {
      await api.kill();
      redis.disconnect();
    },
  };
}

/** @param {string} server @param {string} name */
async function createDatabase(server, name) {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}

/** @param {{ name: string, results: Result[] }[]} apis */
function measured(apis) {
  const { version, dependencies, devDependencies } = JSON.parse(
    readFileSync(join(projectFolder, 'package.json'), 'utf8'),
  );
  const versions = [
    `Payonce ${version}`,
    `NestJS ${dependencies['@nestjs/core']}`,
    ...['core', 'shared'].map((part) => `@node-idempotency/${part} ${devDependencies[`@node-idempotency/${part}`]}`),
    `Node ${process.versions.node}`,
  ];
  const seen = apis
    .filter(({ results }) => results.some(({ outcome }) => outcome === 'failed'))
    .map(({ name, results }) => `### ${name}\n\n${failures(results)}`);
  const date = new Date().toISOString().slice(0, 10);
  return `Measured on ${date}: ${versions.join(', ')}.\n\n${comparison(apis)}\n\n## What was seen\n\n${seen.join('\n\n')}`;
}
