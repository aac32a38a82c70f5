/**
 * The result of a storm as a page of Markdown.
 * @param {import('./storm.mjs').Result} result
 * @param {{ commit: string, setup: string }} about
 */
export function report(result, { commit, setup }) {
  const { snapshot, findings, faults } = result;
  const created = snapshot.rows.payments.length;
  const within = (/** @type {number} */ ms) =>
    share(result.waited_ms.filter((waited) => waited <= ms).length, result.waited_ms.length);
  const of = (/** @type {string[]} */ ...rules) => findings.filter(({ rule }) => rules.includes(rule)).length;
  const lines = [
    `Seed ${result.seed}, commit ${commit}, ${Math.round(result.ms / 1_000)} s of faults on ${setup}.`,
    '',
    table(
      ['', ''],
      [
        ['intents', String(result.intents)],
        ['payments', String(created)],
        ['charges at Stripe', String(snapshot.stripe.charges.filter(({ status }) => status === 'succeeded').length)],
        ['bank transfers', String(snapshot.bank.length)],
        ['refunds', String(snapshot.rows.refunds.filter(({ status }) => status === 'succeeded').length)],
        ['requests', String(snapshot.answers.length)],
        ['requests without an answer', String(snapshot.answers.filter(({ status }) => status === 0).length)],
        ['wishes fulfilled within 2 s', within(2_000)],
        ['wishes fulfilled within 10 s', within(10_000)],
        ['faults', String(faults.length)],
        ['time to heal (median, p99, worst)', quantiles(result.healing_ms)],
        ['time to rest after the last fault', seconds(result.quiet_ms)],
        ['**charged twice**', `**${of('charged once', 'one live payment')}**`],
        ['**money lost**', `**${of('money accounted for', 'refunded once')}**`],
        ['**false answers**', `**${of('no false answer', 'no state goes back')}**`],
        ['**other findings**', `**${of('documents', 'audit trail', 'nothing unfinished')}**`],
      ],
    ),
    '',
    table(
      ['fault', 'times'],
      [...counted(faults.map(({ name }) => name)), ...result.notRun.map(({ name, why }) => [name, `not run: ${why}`])],
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
