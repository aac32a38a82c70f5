import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';

/** Where this checkout lies, without a slash at its end. */
export const projectFolder = resolve(fileURLToPath(new URL('..', import.meta.url)));
