import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { projectFolder } from '../project.mjs';

/**
 * `node scripts/prepare/join-modules.mjs`, after the compiler: each program is joined with all it imports into a few
 * files, at the place where it lay. Two thousand files are a second of work each time a program starts; these are half.
 */
const dist = join(projectFolder, 'dist');
const programs = [
  'apps/api/src/main',
  'apps/api/src/migrate',
  'apps/worker/src/main',
  'apps/stripe-simulator/src/main',
  'apps/race-lab/src/main',
];

/** Runs workers from files of its own, which it looks for beside itself. */
const LOGGING = ['pino', 'pino-pretty', 'thread-stream'];

/** Asked for by libraries that can do without them, and do. */
const OPTIONAL = [
  'class-transformer/storage',
  'pg-native',
  'ts-node',
  /^@nestjs\/(microservices|websockets|platform-express)(\/|$)/,
  /^@fastify\/(multipart|static|view)$/,
];

/** Other databases' drivers, which TypeORM would load if we used them. */
const DRIVERS = [
  ...['mysql', 'mysql2', 'oracledb', 'mssql', 'sqlite3', 'better-sqlite3', 'sql.js', 'mongodb', 'hdb-pool'],
  ...['@sap/hana-client', '@google-cloud/spanner', 'typeorm-aurora-data-api-driver', 'react-native-sqlite-storage'],
  'pg-query-stream',
];

/**
 * It would load TypeORM a second time, as it lies in node_modules, to ask it for two classes that version 1 has no more:
 * a fifth of what a start costs.
 */
const oldTypeorm = {
  name: 'old-typeorm',
  /** @param {string} id */
  load: (id) =>
    id.replaceAll('\\', '/').endsWith('@nestjs/typeorm/dist/common/typeorm-compat.js')
      ? 'export const Connection = undefined;\nexport const AbstractRepository = undefined;\n'
      : null,
};

rmSync(join(dist, 'joined'), { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(programs.map((program) => [program, join(dist, `${program}.js`)])),
  cwd: projectFolder,
  platform: 'node',
  plugins: [oldTypeorm],
  external: [...LOGGING, ...OPTIONAL, ...DRIVERS],
  onLog: (level, log) => {
    if (level === 'warn') console.warn(log.message);
  },
});
await bundle.write({
  dir: dist,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'joined/[name]-[hash].js',
  // Errors and log lines are known by the names of their classes.
  keepNames: true,
  sourcemap: true,
});
await bundle.close();
