import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { rolldown } from 'rolldown';
import { projectFolder } from '../../project.mjs';
import { files } from './load.mjs';

/**
 * `node scripts/prepare/join/join-modules.mjs`, after the compiler: the programs are joined with all they import into one
 * file, kept with what V8 compiled of it. Two thousand files are a second of work each time a program starts; this is a
 * quarter. Where a program lay there are two lines that start it.
 */
const dist = join(projectFolder, 'dist');
const joined = join(dist, 'joined');

/** Where each lies in dist/, and beside it the module that starts it. */
const programs = {
  api: { main: 'apps/api/src/main.js', module: 'apps/api/src/start.js' },
  migrate: { main: 'apps/api/src/migrate.js', module: 'apps/api/src/start-migration.js' },
  worker: { main: 'apps/worker/src/main.js', module: 'apps/worker/src/start.js' },
  'stripe-simulator': { main: 'apps/stripe-simulator/src/main.js', module: 'apps/stripe-simulator/src/start.js' },
  'race-lab': { main: 'apps/race-lab/src/main.js', module: 'apps/race-lab/src/start.js' },
};

/** Runs workers from files of its own, which it looks for beside itself. */
const LOGGING = ['pino', 'pino-pretty', 'thread-stream'];

/** ClaimRequest for by libraries that can do without them, and do. */
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

const ENTRY = '\0programs';

const entry = {
  name: 'entry',
  /** @param {string} id */
  resolveId: (id) => (id === ENTRY ? id : null),
  /** @param {string} id */
  load: (id) => {
    if (id !== ENTRY) return null;
    const loaders = Object.entries(programs).map(
      ([name, { module }]) => `${JSON.stringify(name)}: () => import(${JSON.stringify(join(dist, module))}),`,
    );
    return `export const programs = {\n${loaders.join('\n')}\n};\n`;
  },
};

rmSync(joined, { recursive: true, force: true });
const bundle = await rolldown({
  input: ENTRY,
  cwd: projectFolder,
  platform: 'node',
  plugins: [entry, oldTypeorm],
  external: [...LOGGING, ...OPTIONAL, ...DRIVERS],
  onLog: (level, log) => {
    if (level === 'warn') console.warn(log.message);
  },
});
await bundle.write({
  file: join(joined, files.named),
  format: 'cjs',
  codeSplitting: false,
  // Errors and log lines are known by the names of their classes.
  keepNames: true,
  sourcemap: true,
});
await bundle.close();

renameSync(join(joined, files.named), join(joined, files.source));
writeFileSync(join(joined, files.named), `//# sourceMappingURL=${files.named}.map\n`);
// The sources themselves are three quarters of it, and every start with source maps would read them.
const map = JSON.parse(readFileSync(join(joined, `${files.named}.map`), 'utf8'));
delete map.sourcesContent;
writeFileSync(join(joined, `${files.named}.map`), JSON.stringify(map));
copyFileSync(new URL('load.mjs', import.meta.url), join(joined, 'load.js'));
for (const [name, { main }] of Object.entries(programs)) {
  const load = relative(dirname(main), 'joined/load.js');
  writeFileSync(join(dist, main), `import { start } from '${load}';\nawait start('${name}');\n`);
}
execFileSync(process.execPath, [join(import.meta.dirname, 'keep-compiled.mjs')], { stdio: 'inherit' });
