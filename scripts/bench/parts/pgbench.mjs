import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { runCommand } from '../../processes/run-command.mjs';
import { Fault } from '../../say.mjs';
import { findOnPath } from '../../stack/find-on-path.mjs';
import { FEE } from '../people.mjs';
import { spreadOf } from '../statistics.mjs';

const DEBIAN_FOLDER = '/usr/lib/postgresql';

const CLIENTS = [1, 32];
const ROUNDS = 3;

/** Of consultations that the script draws from; in the plain schema each may be paid any number of times. */
const CONSULTATIONS = 10_000;

/**
 * The four inserts of one payment in one transaction, each prepared once, without an application: more than this no
 * application reaches on this Postgres, unless it sends several statements at once.
 */
export const pgbench = {
  name: 'pgbench',
  /** @param {import('../parts.mjs').Bench} bench @returns {Promise<import('../parts.mjs').PartResult>} */
  async run({ services, stack, budget }) {
    const program = findPgbench();
    if (!program)
      return {
        loads: [],
        values: [],
        ratios: [],
        notRun: ['pgbench: not installed (Debian: apt-get install postgresql-15)'],
      };
    const { consultations } = await services.unprotected();
    await consultations.provide(CONSULTATIONS);
    const some = consultations.take();
    const script = join(stack.folder, 'create.sql');
    writeFileSync(script, scriptFor((some?.id ?? CONSULTATIONS) - CONSULTATIONS + 1));
    const seconds = Math.max(2, Math.round((budget.sliceMs * budget.rounds) / ROUNDS / 1_000));
    const values = [];
    for (const clients of CLIENTS) {
      const rates = [];
      for (let round = 0; round < ROUNDS; round++)
        rates.push(await transactionsPerSecond(program, script, { clients, seconds, ...stack.superuser }));
      const what = `pgbench, the four inserts, ${clients === 1 ? '1 client' : `${clients} clients`}`;
      values.push({ what, program: 'Postgres', value: spreadOf(rates), unit: 'per second' });
    }
    return { loads: [], values, ratios: [] };
  },
};

function findPgbench() {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER) : [];
  const folders = versions.map((version) => join(DEBIAN_FOLDER, version, 'bin'));
  return findOnPath([process.env['PATH'] ?? '', ...folders].join(':'), ['pgbench']);
}

/**
 * @param {string} program
 * @param {string} script
 * @param {{ clients: number, seconds: number, host: string, port: number, password: string }} how
 */
async function transactionsPerSecond(program, script, { clients, seconds, host, port, password }) {
  const args = [
    ...['-n', '-M', 'prepared', '-f', script, '-c', String(clients), '-j', '1', '-T', String(seconds)],
    ...['-h', host, '-p', String(port), '-U', 'postgres', 'plain'],
  ];
  const { code, stdout, stderr } = await runCommand(program, args, {
    timeoutMs: seconds * 1_000 + 30_000,
    options: { env: { PATH: process.env['PATH'], PGPASSWORD: password } },
  });
  const rate = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
  if (code !== 0 || !Number.isFinite(rate)) throw new Fault(`pgbench failed (exit code ${code}):\n${stderr}`);
  return rate;
}

/** @param {number} firstConsultation of so many in a row */
function scriptFor(firstConsultation) {
  const net = Math.round((FEE * 10_000) / 11_100);
  return `\\set consultation random(${firstConsultation}, ${firstConsultation + CONSULTATIONS - 1})
\\set patient random(2, 500)
BEGIN;
INSERT INTO payments (user_id, consultation_id, amount, currency, payment_method, expires_at)
  VALUES (:patient, :consultation, ${FEE}, 'idr', 'bank_transfer', now() + interval '3 days') RETURNING id \\gset payment_
INSERT INTO invoices (invoice_number, payment_id, amount, currency)
  VALUES ('INV-' || :payment_id, :payment_id, ${FEE}, 'idr') RETURNING id \\gset invoice_
INSERT INTO tax_records (payment_id, invoice_id, amount, base_amount, tax_amount, rate_basis_points)
  VALUES (:payment_id, :invoice_id, ${FEE}, ${net}, ${FEE - net}, 1100);
INSERT INTO audit_log (action, payment_id, actor_user_id, request_id, detail)
  VALUES ('payment.created', :payment_id, :patient, gen_random_uuid()::text, '{"amount": ${FEE}}');
COMMIT;
`;
}
