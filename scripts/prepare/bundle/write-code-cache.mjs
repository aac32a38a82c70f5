import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { projectFolder } from '../../project.mjs';
import { files, open } from './load-bundle.mjs';

/**
 * A process of its own, run by `bundle-programs.mjs`: loads every program without starting it, and writes V8's code cache,
 * which then includes the functions that were called while loading.
 */
const folder = join(projectFolder, 'dist/bundle');
const { script, programs } = open(folder);
for (const load of Object.values(programs)) await load();
writeFileSync(join(folder, files.codeCache), script.createCachedData());
// Libraries may have started timers or handles while they were loaded.
process.exit(0);
