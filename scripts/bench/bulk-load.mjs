import { FEE } from './people.mjs';

/** One transaction each: a few seconds of work that can be ended. */
const BATCH = 100_000;

const TABLES = ['consultations', 'payments', 'invoices', 'tax_records', 'audit_log', 'client_idempotency'];

/**
 * Fills an empty database as years of use would: payments by bank transfer that were cancelled, each with its consultation,
 * invoice, tax record, three audit entries and finished key. Triggers are off meanwhile, as no owner of the schema could have it.
 * @param {import('pg').Client} database as superuser
 * @param {number} rows payments
 */
export async function bulkLoad(database, rows) {
  const enableAgain = await disableTriggers(database);
  // Of this session: what a crash would lose is thrown away anyway.
  await database.query(`SET synchronous_commit = off; SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'`);
  await database.query(
    `INSERT INTO users (subject) SELECT 'filler-' || n FROM generate_series(1, ${Math.ceil(rows / 100)}) n`,
  );
  const { rows: users } = await database.query(
    'SELECT min(id) AS first, count(*) AS count FROM users WHERE subject LIKE $1',
    ['filler-%'],
  );
  for (let first = 1; first <= rows; first += BATCH) {
    const last = Math.min(rows, first + BATCH - 1);
    for (const statement of statementsFor(users[0])) await database.query(statement, [first, last]);
  }
  await enableAgain();
  for (const table of TABLES)
    await database.query(`SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT max(id) + 1 FROM ${table}))`);
  await database.query('VACUUM ANALYZE');
  // Not left to the slices that are measured.
  await database.query('CHECKPOINT');
}

/**
 * $1 and $2: the first and the last id.
 * @param {{ first: number, count: number }} users
 */
function statementsFor(users) {
  const user = `${users.first} + n % ${users.count}`;
  const each = 'FROM generate_series($1::bigint, $2::bigint) n';
  const net = Math.round((FEE * 10_000) / 11_100);
  return [
    `INSERT INTO consultations (id, patient_id, fee, currency, created_at) SELECT n, ${user}, ${FEE}, 'idr', now() ${each}`,
    `INSERT INTO payments (id, user_id, consultation_id, amount, currency, payment_method, status, created_at, idempotency_key)
     SELECT n, ${user}, n, ${FEE}, 'idr', 'bank_transfer', 'cancelled', now() - (n % 400) * interval '1 day', 'filler-' || n ${each}`,
    `INSERT INTO invoices (id, invoice_number, payment_id, amount, currency, status)
     SELECT n, 'INV-20250101000000-' || lpad(n::text, 8, '0'), n, ${FEE}, 'idr', 'void' ${each}`,
    `INSERT INTO tax_records (id, payment_id, invoice_id, amount, base_amount, tax_amount, rate_basis_points, status)
     SELECT n, n, n, ${FEE}, ${net}, ${FEE - net}, 1100, 'void' ${each}`,
    `INSERT INTO audit_log (action, payment_id, actor_user_id, request_id, detail)
     SELECT action, n, ${user}, gen_random_uuid()::text, '{"amount": ${FEE}}'
     ${each}, unnest(ARRAY['request.create', 'payment.created', 'payment.cancelled']) action`,
    `INSERT INTO client_idempotency (caller, method, route, idempotency_key, fingerprint, owner, lease_expires_at, resource,
       response_status, response_body, finished_at, expires_at)
     SELECT 'user:' || (${user}), 'POST', '/api/v1/payments', 'filler-' || n, md5(n::text), gen_random_uuid(), now(), n, 201,
       repeat('x', 600), now(), now() + interval '1 day' ${each}`,
  ];
}

/**
 * @param {import('pg').Client} database
 * @returns {Promise<() => Promise<void>>} switches them on again, each as it was
 */
async function disableTriggers(database) {
  const { rows: triggers } = await database.query(
    `SELECT tgrelid::regclass::text AS table, tgname AS name FROM pg_trigger
     WHERE tgrelid = ANY($1::regclass[]) AND tgenabled = 'A'`,
    [TABLES],
  );
  for (const table of TABLES) await database.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
  return async () => {
    for (const table of TABLES) await database.query(`ALTER TABLE ${table} ENABLE TRIGGER ALL`);
    for (const { table, name } of triggers) await database.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${name}`);
  };
}
