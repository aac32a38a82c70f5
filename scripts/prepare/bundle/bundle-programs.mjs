import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { rolldown } from 'rolldown';
import { projectFolder } from '../../project.mjs';
import { files } from './load-bundle.mjs';

/**
 * `node scripts/prepare/bundle/bundle-programs.mjs`, after the compiler: bundles the programs with everything they import into
 * one file, and writes V8's code cache for it. Loading two thousand files takes over a second of CPU at each start; the bundle
 * takes a third (docs/adr/0007). Each program's main file becomes two lines that start it from the bundle.
 */
const dist = join(projectFolder, 'dist');
const bundled = join(dist, 'bundle');

/** The main file of each program in dist/, and the module that starts it. */
const programs = {
  api: { main: 'apps/api/src/main.js', module: 'apps/api/src/start.js' },
  migrate: { main: 'apps/api/src/migrate.js', module: 'apps/api/src/start-migration.js' },
  worker: { main: 'apps/worker/src/main.js', module: 'apps/worker/src/start.js' },
  'stripe-simulator': { main: 'apps/stripe-simulator/src/main.js', module: 'apps/stripe-simulator/src/start.js' },
  'race-lab': { main: 'apps/race-lab/src/main.js', module: 'apps/race-lab/src/start.js' },
};

/** Starts worker threads from files of its own, which it looks for beside itself. */
const LOGGING = ['pino', 'pino-pretty', 'thread-stream'];

/** Optional dependencies of libraries, not installed. */
const OPTIONAL = [
  'class-transformer/storage',
  'pg-native',
  'ts-node',
  /^@nestjs\/(microservices|websockets|platform-express)(\/|$)/,
  /^@fastify\/(multipart|static|view)$/,
];

/** Drivers of other databases, which TypeORM loads only where they are used. */
const DRIVERS = [
  ...['mysql', 'mysql2', 'oracledb', 'mssql', 'sqlite3', 'better-sqlite3', 'sql.js', 'mongodb', 'hdb-pool'],
  ...['@sap/hana-client', '@google-cloud/spanner', 'typeorm-aurora-data-api-driver', 'react-native-sqlite-storage'],
  'pg-query-stream',
];

/**
 * It would load TypeORM a second time, from node_modules, to look for two classes that version 1 has removed: a fifth of the
 * cost of a start.
 */
const oldTypeorm = {
  name: 'old-typeorm',
  /** @param {string} id */
  load: (id) =>
    id.replaceAll('\\', '/').endsWith('@nestjs/typeorm/dist/common/typeorm-compat.js')
      ? 'export const Connection = undefined;\nexport const AbstractRepository = undefined;\n'
      : null,
};

/** With the compiler's source map, so that the bundle's own leads to the TypeScript. */
const compiledFiles = {
  name: 'compiled-files',
  /** @param {string} id */
  load: (id) =>
    id.startsWith(dist) && existsSync(`${id}.map`)
      ? { code: readFileSync(id, 'utf8'), map: readFileSync(`${id}.map`, 'utf8') }
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

rmSync(bundled, { recursive: true, force: true });
const bundle = await rolldown({
  input: ENTRY,
  cwd: projectFolder,
  platform: 'node',
  plugins: [entry, compiledFiles, oldTypeorm],
  external: [...LOGGING, ...OPTIONAL, ...DRIVERS],
  onLog: (level, log) => {
    if (level === 'warn') console.warn(log.message);
  },
});
await bundle.write({
  file: join(bundled, files.named),
  format: 'cjs',
  codeSplitting: false,
  // Error classes and log contexts are identified by class name.
  keepNames: true,
  sourcemap: true,
});
await bundle.close();

// V8 keeps the source of a running program, with two bytes for each character if a single one is outside of Latin-1:
// 19 MB instead of 9 in every process. The escape means the same in strings, templates, regular expressions and names.
const source = readFileSync(join(bundled, files.named), 'utf8');
writeFileSync(join(bundled, files.source), source.replaceAll(/[^\0-\x7f]/g, escaped));
writeFileSync(join(bundled, files.named), `//# sourceMappingURL=${files.named}.map\n`);
// Without the sources: they are three quarters of it, and every start with source maps would read them.
const map = JSON.parse(readFileSync(join(bundled, `${files.named}.map`), 'utf8'));
delete map.sourcesContent;
writeFileSync(join(bundled, `${files.named}.map`), JSON.stringify(map));
copyFileSync(new URL('load-bundle.mjs', import.meta.url), join(bundled, 'load.js'));
for (const [name, { main }] of Object.entries(programs)) {
  const load = relative(dirname(main), 'bundle/load.js');
  writeFileSync(join(dist, main), `import { start } from '${load}';\nawait start('${name}');\n`);
}
execFileSync(process.execPath, [join(import.meta.dirname, 'write-code-cache.mjs')], { stdio: 'inherit' });

/** @param {string} character one UTF-16 unit */
function escaped(character) {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
