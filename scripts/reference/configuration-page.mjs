/**
 * docs/configuration.md, formatted as prettier does it.
 * @param {object} facts
 * @param {readonly { title: string, settings: readonly import('#config').Setting[] }[]} facts.groups
 * @param {readonly string[]} facts.rules
 * @param {readonly { what: string, limit: string, note: string, source: string }[]} facts.limits
 */
export function configurationPage({ groups, rules, limits }) {
  const settings = table(
    ['Variable', 'Default', 'Values', 'Unit', 'What it does', 'Why'],
    groups.flatMap((group) => [[`**${group.title}**`], ...group.settings.map(rowOf)]),
  );
  const others = table(
    ['What', 'Limit', 'Note', 'Constant in'],
    limits.map(({ what, limit, note, source }) => [what, limit, note, `\`${source}\``]),
  );
  return `# Configuration

<!-- Made by \`npm run docs\`. Edit the schema (libs/config/src/variables) or the constants that it names, not this page. -->

Payonce is configured by environment variables, read once when a program starts. An empty variable counts as unset. A value
that cannot be used, and values that do not go together, stop the program; it names every fault at once, and no value.
API, worker and \`migrate\` read the same variables: give all of them to each.

## Settings

${settings}

## Rules between settings

With one of these faults a program does not start, and says so:

${rules.map((rule) => `- ${withNames(rule)}.`).join('\n')}

## Limits that are not settings

${others}
`;
}

/** @param {import('#config').Setting} setting */
function rowOf({ name, default: byDefault = 'unset', values = '', description, reason = '' }) {
  return [`\`${name}\``, byDefault, values, unitOf(name), description, reason];
}

/**
 * Units are in the names.
 * @param {string} name
 */
function unitOf(name) {
  if (name.endsWith('_MS')) return 'ms';
  if (name.endsWith('_SECONDS')) return 's';
  if (name.endsWith('_MINUTES')) return 'min';
  return name.endsWith('_BASIS_POINTS') ? '0.01 %' : '';
}

/**
 * Names of variables as code.
 * @param {string} sentence
 */
function withNames(sentence) {
  return sentence.replace(/\b[A-Z]+(?:_[A-Z]+)+(?:_…)?|\b[A-Z]+_…/g, '`$&`');
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows shorter ones are filled up
 */
function table(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, n) => Math.max(3, ...all.map((row) => lengthOf(row[n] ?? ''))));
  const line = (/** @type {readonly string[]} */ row) =>
    `| ${widths.map((width, n) => (row[n] ?? '') + ' '.repeat(width - lengthOf(row[n] ?? ''))).join(' | ')} |`;
  const [first = '', ...others] = all.map(line);
  return [first, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...others].join('\n');
}

/**
 * Of what is seen: no letter of ours is wider than one column.
 * @param {string} text
 */
function lengthOf(text) {
  return [...text].length;
}
