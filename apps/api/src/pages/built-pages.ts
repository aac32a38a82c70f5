import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { built } from '#process';

export type Encoding = 'br' | 'gzip';

/** A file of the built pages, plain and compressed. */
export interface BuiltFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly packed: Partial<Record<Encoding, Buffer>>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
const PACKED: Readonly<Record<string, Encoding>> = { '.br': 'br', '.gz': 'gzip' };

/**
 * All files, read once: some forty files of half a megabyte together, so that no path of a request ever reaches the
 * disk.
 * @returns by path from the root, as in `assets/index-1a2b.js`; undefined where the pages were not built.
 */
export function readBuiltPages(folder = built('apps/web/')): ReadonlyMap<string, BuiltFile> | undefined {
  const content = new Map<string, Buffer>();
  try {
    for (const name of readdirSync(folder)) {
      if (extname(name) !== '') content.set(name, readFileSync(folder + name));
    }
    for (const name of readdirSync(`${folder}assets`))
      content.set(`assets/${name}`, readFileSync(`${folder}assets/${name}`));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const files = new Map<string, BuiltFile>();
  for (const [path, plain] of content) {
    const type = TYPES[extname(path)];
    if (type === undefined) continue;
    const packed: Partial<Record<Encoding, Buffer>> = {};
    for (const [ending, encoding] of Object.entries(PACKED)) {
      const bytes = content.get(path + ending);
      if (bytes) packed[encoding] = bytes;
    }
    files.set(path, { type, plain, packed });
  }
  return files.has('index.html') ? files : undefined;
}
