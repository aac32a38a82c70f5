import process from 'node:process';

/** A reader that closes the pipe early (`npm start | head`) must not stop the service. */
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

/** A fault that the user can correct: shown as one sentence, never with a stack trace. */
export class Fault extends Error {}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** @param {string} text */
export function warn(text) {
  process.stderr.write(`${paint('yellow', text, process.stderr)}\n`);
}

/**
 * Shows what ended the run: the message of a Fault, all details of any other error (a bug).
 * @param {unknown} error
 */
export function showFault(error) {
  const text =
    error instanceof Fault ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${paint('red', text, process.stderr)}\n`);
}

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

/**
 * Colours only for terminals: a file or a pipe gets plain text (https://no-color.org).
 * @param {keyof typeof codes} style
 * @param {string} text
 * @param {NodeJS.WriteStream} [stream]
 */
export function paint(style, text, stream = process.stdout) {
  return stream.isTTY && !process.env['NO_COLOR'] ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
}

/**
 * @param {unknown} error
 * @returns {string} the system's code, as in ENOENT; empty if it has none.
 */
export function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
