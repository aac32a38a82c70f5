/** Types that psql aligns to the right: int2, int4, int8, float4, float8, numeric, oid, money, xid, cid, xid8. */
const NUMBERS = new Set([21, 23, 20, 700, 701, 1700, 26, 790, 28, 29, 5069]);

/**
 * @typedef {object} Table
 * @property {readonly { name: string, dataTypeID: number }[]} fields
 * @property {readonly (string | null)[][]} rows texts as Postgres sends them
 * @property {string} [title]
 * @property {boolean} [footer] false: without the number of rows
 */

/**
 * A result as psql prints it (its `aligned` format). A character counts as one column wide.
 * @param {Table} table
 */
export function formatTable({ fields, rows, title, footer = true }) {
  const columns = fields.map(({ name, dataTypeID }) => ({ name: printable(name), isNumber: NUMBERS.has(dataTypeID) }));
  const cells = rows.map((row) => row.map((value) => printable(value ?? '').split('\n')));
  const widths = columns.map(({ name }) => width(name));
  for (const row of cells) {
    row.forEach((lines, n) => {
      for (const line of lines) widths[n] = Math.max(widths[n] ?? 0, width(line));
    });
  }
  const rule = widths.map((size) => '-'.repeat(size + 2)).join('+') || '--';
  const lines = [
    ...(title === undefined ? [] : [centred(title, width(rule)).trimEnd()]),
    ...(columns.length === 0 ? [] : [columns.map(({ name }, n) => ` ${centred(name, widths[n] ?? 0)} `).join('|')]),
    rule,
    ...(columns.length === 0 ? [] : cells.flatMap((row) => formatRow(row, columns, widths))),
    ...(footer ? [`(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * One line for each line of its tallest cell; `+` marks a cell that continues below.
 * @param {string[][]} row
 * @param {{ isNumber: boolean }[]} columns
 * @param {number[]} widths
 */
function formatRow(row, columns, widths) {
  const height = Math.max(1, ...row.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    row
      .map((cell, n) => {
        const text = cell[line] ?? '';
        const goesOn = line + 1 < cell.length;
        const isLast = n + 1 === row.length;
        const gap = ' '.repeat((widths[n] ?? 0) - width(text));
        const padded = columns[n]?.isNumber ? gap + text : text + (isLast && !goesOn ? '' : gap);
        return ` ${padded}${goesOn ? '+' : isLast ? '' : ' '}`;
      })
      .join('|'),
  );
}

/**
 * Control characters are shown escaped, because a payer's name may contain any. Tabs go to every eighth column.
 * @param {string} text
 */
function printable(text) {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  return lines.map((line) => withoutTabs(line).replaceAll(CONTROLS, escaped)).join('\n');
}

// oxlint-disable-next-line no-control-regex -- matches control characters.
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/g;

/** @param {string} character */
function escaped(character) {
  return character === '\r' ? '\\r' : `\\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** @param {string} line */
function withoutTabs(line) {
  const [first = '', ...others] = line.split('\t');
  return others.reduce((before, part) => `${before}${' '.repeat(8 - (width(before) % 8))}${part}`, first);
}

/** @param {string} text */
function width(text) {
  return [...text].length;
}

/**
 * @param {string} text
 * @param {number} size
 */
function centred(text, size) {
  const free = Math.max(0, size - width(text));
  const left = Math.floor(free / 2);
  return `${' '.repeat(left)}${text}${' '.repeat(free - left)}`;
}
