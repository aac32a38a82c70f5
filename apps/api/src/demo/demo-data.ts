import { hashPassword } from '#auth';
import type { Config } from '#config';
import { dataSourceOptions, openDataSource } from '#database';
import type { EntityManager } from 'typeorm';

const PASSWORD = 'password';
const LOGINS = [
  { email: 'patient@test.com', role: 'patient' },
  { email: 'patient2@test.com', role: 'patient' },
  { email: 'staff@test.com', role: 'staff' },
] as const;

/** The README and the quick start pay consultation 5 of patient@test.com with 5000. */
const SEED_CONSULTATION = { id: 5, fee: 5_000 };
const CONSULTATIONS_EACH = 30;

const PRODUCTS = [
  { id: 'monthly-plan', name: 'Monthly plan', price: 15_000_000 },
  { id: 'yearly-plan', name: 'Yearly plan', price: 150_000_000 },
  { id: 'single-session', name: 'Single session', price: 7_500_000 },
];

/** Loads logins, consultations and products once. @returns false when they were loaded before. */
export async function loadDemoData(config: Config): Promise<boolean> {
  const dataSource = await openDataSource(dataSourceOptions(config, 'payonce-demo-data'));
  try {
    const password_hash = await hashPassword(PASSWORD);
    return await dataSource.transaction(async (tx) => {
      // Of two starts at once, the second waits here, then sees the logins of the first.
      await tx.query('LOCK TABLE logins IN SHARE ROW EXCLUSIVE MODE');
      const loaded = await tx.query<unknown[]>('SELECT 1 FROM logins WHERE email = $1', [LOGINS[0].email]);
      if (loaded.length > 0) return false;
      await load(tx, password_hash);
      return true;
    });
  } finally {
    await dataSource.destroy();
  }
}

async function load(tx: EntityManager, password_hash: string): Promise<void> {
  const ids: number[] = [];
  for (const { email, role } of LOGINS) {
    const [user] = await tx.query<{ id: number }[]>('INSERT INTO users (subject) VALUES ($1) RETURNING id', [email]);
    await tx.query('INSERT INTO logins (email, user_id, role, password_hash) VALUES ($1, $2, $3, $4)', [
      email,
      user!.id,
      role,
      password_hash,
    ]);
    ids.push(user!.id);
  }
  const [patient, patient2] = ids;
  await tx.query(
    `INSERT INTO consultations (id, patient_id, fee, currency)
     SELECT n, CASE WHEN n <= $3 THEN $1::bigint ELSE $2::bigint END,
            CASE WHEN n = $4 THEN $5::bigint ELSE 5000000 + n * 100000 END, 'idr'
     FROM generate_series(1, 2 * $3::int) AS n`,
    [patient, patient2, CONSULTATIONS_EACH, SEED_CONSULTATION.id, SEED_CONSULTATION.fee],
  );
  // The next consultation that is created manually gets the next number.
  await tx.query(`SELECT setval(pg_get_serial_sequence('consultations', 'id'), (SELECT max(id) FROM consultations))`);
  for (const { id, name, price } of PRODUCTS) {
    await tx.query(`INSERT INTO products (id, name, price, currency) VALUES ($1, $2, $3, 'idr')`, [id, name, price]);
  }
}
