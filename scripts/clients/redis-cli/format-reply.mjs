/**
 * What Redis answers, as ioredis tells it: a bulk string is a Buffer, and so is a status.
 * @typedef {Buffer | string | number | null | Error | unknown[]} Reply
 */

/** ioredis returns their status as a string; only these are printed without quotes. */
const STATUSES = new Set(['OK', 'PONG', 'QUEUED', 'RESET']);

/** Replies that are texts for people, printed unchanged. */
const TEXTS = /^(?:info|client list|client info|memory doctor|latency doctor|lolwut)\b/i;

/**
 * As redis-cli prints it on a terminal.
 * @param {Reply} reply
 * @param {string} [command] whose reply it is
 * @returns {string} with a line's end.
 */
export function formatReply(reply, command = '') {
  if (Buffer.isBuffer(reply)) {
    if (TEXTS.test(command)) return `${reply.toString()}\n`;
    if (/^type\b/i.test(command)) return `${reply.toString()}\n`;
  }
  return `${formatted(reply, '')}\n`;
}

/**
 * As redis-cli prints it into a file or a pipe: strings unchanged, one per line.
 * @param {Reply} reply
 * @returns {Buffer}
 */
export function rawReply(reply) {
  const newline = Buffer.from('\n');
  if (!Array.isArray(reply)) return Buffer.concat([rawOf(reply), newline]);
  return reply.length === 0 ? newline : Buffer.concat(reply.map((one) => rawReply(/** @type {Reply} */ (one))));
}

/** @param {Reply} reply */
function rawOf(reply) {
  if (Buffer.isBuffer(reply)) return reply;
  if (reply instanceof Error) return Buffer.from(reply.message);
  return Buffer.from(reply === null ? '' : String(reply));
}

/**
 * @param {Reply} reply
 * @param {string} indent before every line but the first
 * @returns {string}
 */
function formatted(reply, indent) {
  if (reply === null || reply === undefined) return '(nil)';
  if (typeof reply === 'number') return `(integer) ${reply}`;
  if (reply instanceof Error) return `(error) ${reply.message}`;
  if (!Array.isArray(reply)) {
    const bytes = Buffer.from(reply);
    return STATUSES.has(bytes.toString('latin1')) ? bytes.toString() : quoted(bytes);
  }
  if (reply.length === 0) return '(empty array)';
  const digits = String(reply.length).length;
  const inner = indent + ' '.repeat(digits + 2);
  return reply
    .map(
      (one, n) =>
        `${n > 0 ? indent : ''}${String(n + 1).padStart(digits)}) ${formatted(/** @type {Reply} */ (one), inner)}`,
    )
    .join('\n');
}

/**
 * Escapes control bytes, which a terminal would execute.
 * @param {Buffer} bytes
 */
function quoted(bytes) {
  const shown = [...bytes].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === '\\') return `\\${character}`;
    if (byte >= 0x20 && byte < 0x7f) return character;
    const name = { 7: 'a', 8: 'b', 9: 't', 10: 'n', 13: 'r' }[byte];
    return name === undefined ? `\\x${byte.toString(16).padStart(2, '0')}` : `\\${name}`;
  });
  return `"${shown.join('')}"`;
}
