import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs';

/** Weeks of an ordinary server's words; one older file of the same size is kept. */
const LARGEST_LOG_BYTES = 5_000_000;

/** What is shown of a log when a server does not start. */
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
    /** Our copy only; the process that was given the descriptor goes on writing. */
    close: () => closeSync(descriptor),
    /** What was written since, its end if that is long. */
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
