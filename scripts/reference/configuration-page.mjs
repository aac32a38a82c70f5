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

Environment variables configure Payonce. Each program reads them once, when it starts. An empty variable counts as unset. If
a value is invalid or values contradict each other, the program does not start; it lists all faults and never prints a value.
API, worker and \`migrate\` read the same variables: give each of them all variables.

## Settings

${settings}

## Rules between settings

A program does not start if one of these rules is broken. It prints the rule:

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
 * The unit, taken from the name's suffix.
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
 * The width on screen: all characters used here are one column wide.
 * @param {string} text
 */
function lengthOf(text) {
  return [...text].length;
}
