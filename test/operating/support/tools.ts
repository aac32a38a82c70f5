import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findOnPath } from '../../../scripts/stack/find-on-path.mjs';

/** What docs/operating.md uses of a machine, beside Node and npm. */
const TOOLS = ['bash', 'sh', 'env', 'cat', 'cut', 'grep', 'head', 'sed', 'sort', 'tr', 'uniq', 'curl', 'node', 'npm'];

/**
 * A folder for a PATH with these tools, those of them that the machine has, and nothing else: neither psql nor redis-cli.
 * @param scripts shell scripts that are there, too, by their names
 */
export function toolsFolder(scripts: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(path.join(process.env.TEST_FOLDER!, 'tools-'));
  mkdirSync(folder, { recursive: true });
  for (const tool of TOOLS) {
    const file = findOnPath(process.env.PATH, [tool]);
    if (file) symlinkSync(file, path.join(folder, tool));
  }
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return folder;
}
