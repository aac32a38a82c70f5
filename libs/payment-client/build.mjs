import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';

/** Builds what npm gets, into dist/ or the folder named: one minified file for each entry, and the types. */
const folder = import.meta.dirname;
const outdir = process.argv[2] ?? join(folder, 'dist');

rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: ['index', 'flow', 'payment-service', 'vue'].map((entry) => join(folder, 'src', `${entry}.ts`)),
  outdir,
  bundle: true,
  minify: true,
  // Properties that are only used between the client's own modules, and are neither returned nor stored.
  mangleProps: /^(takesExisting|expects|lasts_ms|controller|callers|listeners|tell|last)$/,
  format: 'esm',
  target: 'es2022',
  external: ['vue'],
  logLevel: 'warning',
});

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', join(folder, 'tsconfig.build.json'), '--outDir', outdir], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
