import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';

/** The path of this checkout, without a trailing slash. */
export const projectFolder = resolve(fileURLToPath(new URL('..', import.meta.url)));
