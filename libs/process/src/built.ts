import { fileURLToPath } from 'node:url';

const DIST = '/dist/';

/**
 * A path within the build, both for a module of dist/ and for one in the bundle.
 * @param path relative to `dist`, as in `apps/web/`
 */
export function built(path: string): string {
  const dist = import.meta.url.slice(0, import.meta.url.lastIndexOf(DIST) + DIST.length);
  return fileURLToPath(new URL(path, dist));
}
