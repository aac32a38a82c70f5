/**
 * Tokens in which a semicolon does not end a statement (https://www.postgresql.org/docs/18/sql-syntax-lexical.html).
 */
const UNITS = [
  /--[^\n]*/y,
  /[eE]'(?:[^'\\]|\\[^]|'')*'/y,
  /'(?:[^']|'')*'/y,
  /"(?:[^"]|"")*"/y,
  // Last, because E'…' begins like a name, and a dollar sign within a name does not start a quote.
  /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y,
];

const DOLLAR_QUOTE = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

/**
 * Splits SQL at the semicolons that end statements.
 * @param {string} text
 * @returns {{ statements: string[], rest: string }} rest: what no semicolon has ended yet.
 */
export function splitStatements(text) {
  /** @type {string[]} */
  const statements = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length;) {
    const next = afterUnit(text, at);
    if (next === undefined) break;
    if (next > at) {
      at = next;
      continue;
    }
    const character = text[at];
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    at += 1;
    if (character !== ';' || depth > 0) continue;
    const statement = text.slice(start, at).trim();
    if (statement !== ';') statements.push(statement);
    start = at;
  }
  return { statements, rest: text.slice(start).trim() };
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {number | undefined} where the string, name or comment that begins here ends; the same place if none does;
 *   undefined if it has no end.
 */
function afterUnit(text, at) {
  if (text.startsWith('/*', at)) return afterComment(text, at);
  for (const unit of UNITS) {
    unit.lastIndex = at;
    if (unit.test(text)) return unit.lastIndex;
  }
  DOLLAR_QUOTE.lastIndex = at;
  const [quote] = DOLLAR_QUOTE.exec(text) ?? [];
  if (quote) {
    const end = text.indexOf(quote, at + quote.length);
    return end < 0 ? undefined : end + quote.length;
  }
  return text[at] === "'" || text[at] === '"' ? undefined : at;
}

/**
 * Comments nest.
 * @param {string} text
 * @param {number} from
 */
function afterComment(text, from) {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = from;
  let depth = 0;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return undefined;
}
