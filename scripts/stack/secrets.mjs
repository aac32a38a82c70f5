import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { codeOf } from '../say.mjs';

/** 32 random bytes as text that needs no escaping in an address, a shell or a configuration file. */
export function newSecret() {
  return randomBytes(32).toString('base64url');
}

/**
 * A secret that stays the same from run to run, readable by its owner only.
 * @param {string} path
 */
export function keptSecret(path) {
  return keptText(path, newSecret);
}

/**
 * @param {string} path
 * @param {() => string} make its content, unless it is there.
 * @returns {string}
 */
export function keptText(path, make) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, make(), { mode: 0o600 });
  try {
    // A link, since it appears whole: a start killed here never leaves an empty secret behind.
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8');
}
