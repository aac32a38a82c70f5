import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs';

/** Weeks of a server's log; one older file of the same size is kept. */
const LARGEST_LOG_BYTES = 5_000_000;

/** The part of a log that is shown when a server does not start. */
const SHOWN_BYTES = 1_500;

/**
 * @param {string} path
 */
export function openLog(path) {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG_BYTES) renameSync(path, `${path}.old`);
  const descriptor = openSync(path, 'a', 0o600);
  const from = fstatSync(descriptor).size;
  return {
    descriptor,
    /** Closes our descriptor only; the child process continues writing to its own. */
    close: () => closeSync(descriptor),
    /** The output since it was opened, or the end of it if it is long. */
    sinceOpened: () => {
      if (!existsSync(path)) return '';
      const reader = openSync(path, 'r');
      try {
        const to = fstatSync(reader).size;
        const start = Math.max(from, to - SHOWN_BYTES);
        const bytes = Buffer.alloc(Math.max(0, to - start));
        readSync(reader, bytes, 0, bytes.length, start);
        return bytes.toString().trim();
      } finally {
        closeSync(reader);
      }
    },
  };
}
