import { formatTable } from './format-table.mjs';

/** Every value as the text that Postgres sends. */
const AS_TEXT = { getTypeParser: () => (/** @type {string} */ text) => text };

/** pg answers COPY without the data. */
const COPY = /^\s*COPY\b[^]*\b(?:TO\s+STDOUT|FROM\s+STDIN)\b/i;

const RETURNING = /^(?:INSERT|UPDATE|DELETE|MERGE) /;

/**
 * @param {import('pg').Client} client
 * @param {string} sql one statement or several
 * @returns {Promise<string>} what psql would print.
 */
export async function runSql(client, sql) {
  if (COPY.test(sql)) throw new Error('COPY to STDOUT or from STDIN needs psql itself');
  /** The command tag of each statement: `CREATE TABLE`, `INSERT 0 2`. A result of pg has only its first word. */
  /** @type {string[]} */
  const tags = [];
  const keep = (/** @type {{ text: string }} */ { text }) => tags.push(text);
  client.connection.on('commandComplete', keep);
  try {
    const answer = await client.query({ text: sql, rowMode: 'array', types: AS_TEXT });
    /** @type {import('pg').QueryArrayResult<(string | null)[]>[]} */
    const results = Array.isArray(answer) ? answer : [answer];
    // An empty statement has a result but no tag.
    return results.map((result) => (result.command ? formatResult(result, tags.shift() ?? '') : '')).join('');
  } finally {
    client.connection.off('commandComplete', keep);
  }
}

/**
 * @param {import('pg').QueryArrayResult<(string | null)[]>} result
 * @param {string} tag
 */
function formatResult({ fields, rows }, tag) {
  if (fields.length === 0 && !tag.startsWith('SELECT')) return `${tag}\n`;
  // An empty line after each table, as in psql; a statement with RETURNING also has a tag.
  return `${formatTable({ fields, rows })}\n${RETURNING.test(tag) ? `${tag}\n` : ''}`;
}

/**
 * An error of Postgres as psql prints it, with the place if there is one.
 * @param {unknown} error
 * @param {string} sql
 */
export function formatError(error, sql) {
  if (!(error instanceof Error)) return `ERROR:  ${String(error)}\n`;
  const { severity = 'ERROR', position, detail, hint } = /** @type {Partial<import('pg').DatabaseError>} */ (error);
  const lines = [
    `${severity}:  ${error.message}`,
    ...(position === undefined ? [] : placeOf(sql, Number(position))),
    ...(detail === undefined ? [] : [`DETAIL:  ${detail}`]),
    ...(hint === undefined ? [] : [`HINT:  ${hint}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * @param {string} sql
 * @param {number} position of a character, from 1
 */
function placeOf(sql, position) {
  const before = [...sql].slice(0, position - 1).join('');
  const lines = before.split('\n');
  const label = `LINE ${lines.length}: `;
  return [
    `${label}${sql.split('\n')[lines.length - 1] ?? ''}`,
    `${' '.repeat(label.length + [...(lines.at(-1) ?? '')].length)}^`,
  ];
}
