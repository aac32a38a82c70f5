const ESCAPES = /** @type {Record<string, string>} */ ({ n: '\n', r: '\r', t: '\t', b: '\b', a: '\u0007' });

/**
 * A line as redis-cli takes it apart: at blanks, but for what stands in quotes; `\n`, `\x41` and their like in double ones.
 * @param {string} line
 * @returns {string[] | undefined} undefined: a quote has no end.
 */
export function splitWords(line) {
  /** @type {string[]} */
  const words = [];
  const word = /\s*(?:"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'|([^\s"']\S*))(?=\s|$)/y;
  let end = 0;
  for (let match = word.exec(line); match; match = word.exec(line)) {
    end = word.lastIndex;
    const [, double, single, bare] = match;
    if (bare !== undefined) words.push(bare);
    else if (single !== undefined) words.push(single.replaceAll("\\'", "'"));
    else words.push(unescape(double ?? ''));
  }
  return line.slice(end).trim() === '' ? words : undefined;
}

/** @param {string} text */
function unescape(text) {
  return text.replaceAll(
    /\\(?:x([0-9a-fA-F]{2})|([^]))/g,
    (_, /** @type {string | undefined} */ hex, /** @type {string} */ one) =>
      hex === undefined ? (ESCAPES[one] ?? one) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
