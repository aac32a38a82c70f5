/**
 * The result of a storm as a page of Markdown.
 * @param {import('./storm.mjs').Result} result
 * @param {{ commit: string, setup: string }} about
 */
export function report(result, { commit, setup }) {
  const { snapshot, findings, faults } = result;
  const within = (/** @type {number} */ ms) =>
    share(result.waited_ms.filter((waited) => waited <= ms).length, result.waited_ms.length);
  const { doubled, lost, false_answers, other } = counts(findings);
  const lines = [
    `Seed ${result.seed}, commit ${commit}, ${Math.round(result.ms / 1_000)} s of faults on ${setup}.`,
    '',
    table(
      ['', ''],
      [
        ['intents', String(result.intents)],
        ['payments', String(snapshot.rows.payments.length)],
        ['charges at Stripe', String(snapshot.stripe.charges.filter(({ status }) => status === 'succeeded').length)],
        ['bank transfers', String(snapshot.bank.length)],
        ['refunds', String(snapshot.rows.refunds.filter(({ status }) => status === 'succeeded').length)],
        ['requests', String(snapshot.answers.length)],
        ['requests without an answer', String(snapshot.answers.filter(({ status }) => status === 0).length)],
        ['wishes fulfilled within 2 s', within(2_000)],
        ['wishes fulfilled within 10 s', within(10_000)],
        ['faults', String(faults.length)],
        ['time to heal (median, p99, worst)', quantiles(faults.map(({ healing_ms }) => healing_ms))],
        ['time to rest after the last fault', seconds(result.quiet_ms)],
        ['**charged twice**', `**${doubled}**`],
        ['**money lost**', `**${lost}**`],
        ['**false answers**', `**${false_answers}**`],
        ['**other findings**', `**${other}**`],
      ],
    ),
    '',
    table(
      ['fault', 'times', 'time to heal (median, p99, worst)'],
      [
        ...counted(faults.map(({ name }) => name)).map(([name = '', times = '']) => [
          name,
          times,
          quantiles(faults.filter((fault) => fault.name === name).map(({ healing_ms }) => healing_ms)),
        ]),
        ...result.notRun.map(({ name, why }) => [name, '0', `not run: ${why}`]),
      ],
    ),
    '',
    table(['webhook deliveries', 'number'], counted(result.deliveries.map(({ state }) => state))),
    '',
    table(['status of a payment', 'number'], counted(snapshot.rows.payments.map(({ status }) => status))),
  ];
  if (findings.length > 0)
    lines.push('', '## Findings', '', ...findings.map(({ rule, about, text }) => `- ${rule}: ${about} ${text}`));
  return `${lines.join('\n')}\n`;
}

/** The head of the table that `--table` adds a row to. */
export const TABLE_HEAD = table(
  [
    'seed',
    'commit',
    'standby',
    'minutes',
    'intents',
    'charges',
    'transfers',
    'refunds',
    'requests',
    'faults',
    'heal: median, p99, worst',
    'charged twice',
    'lost',
    'false answers',
    'other',
  ],
  [],
);

/**
 * @param {import('./storm.mjs').Result} result
 * @param {{ commit: string, ha: boolean }} about
 * @returns {string} a row of the table that all runs share
 */
export function tableRow(result, { commit, ha }) {
  const { snapshot, faults } = result;
  const { doubled, lost, false_answers, other } = counts(result.findings);
  const cells = [
    result.seed,
    commit,
    ha ? 'yes' : 'no',
    Math.round(result.ms / 6_000) / 10,
    result.intents,
    snapshot.stripe.charges.filter(({ status }) => status === 'succeeded').length,
    snapshot.bank.length,
    snapshot.rows.refunds.filter(({ status }) => status === 'succeeded').length,
    snapshot.answers.length,
    faults.length,
    quantiles(faults.map(({ healing_ms }) => healing_ms)),
    doubled,
    lost,
    false_answers,
    other,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** @param {readonly import('./oracle/snapshot.mjs').Finding[]} findings */
function counts(findings) {
  const of = (/** @type {string[]} */ ...rules) => findings.filter(({ rule }) => rules.includes(rule)).length;
  const doubled = of('charged once', 'one live payment', 'one session');
  const lost = of('money accounted for', 'refunded once');
  const false_answers = of('no false answer', 'no state goes back');
  return { doubled, lost, false_answers, other: findings.length - doubled - lost - false_answers };
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** @param {readonly string[]} names */
function counted(names) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([name, count]) => [name, String(count)]);
}

/** @param {readonly number[]} values */
function quantiles(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) =>
    seconds(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return `${at(0.5)}, ${at(0.99)}, ${at(1)}`;
}

/** @param {number} ms */
function seconds(ms) {
  return `${(ms / 1_000).toFixed(1)} s`;
}

/**
 * @param {number} some
 * @param {number} all
 */
function share(some, all) {
  return `${((100 * some) / Math.max(1, all)).toFixed(2)} %`;
}
