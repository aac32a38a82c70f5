import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { projectFolder } from '../../project.mjs';
import { files, open } from './load.mjs';

/**
 * A process of its own, run by `join-modules.mjs`: loads every program without starting one, and keeps what V8 compiled
 * on the way, functions that only a start calls included.
 */
const folder = join(projectFolder, 'dist/joined');
const { script, programs } = open(folder);
for (const load of Object.values(programs)) await load();
writeFileSync(join(folder, files.compiled), script.createCachedData());
// Libraries may have begun something when they were loaded.
process.exit(0);
