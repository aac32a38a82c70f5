import { createSecretKey } from 'node:crypto';
import { SignJWT } from 'jose';

/** Different users, so that the foreign keys to them do not meet in one row. */
const PATIENTS = 500;

export const FEE = 5_000;

/**
 * @typedef {{ id: number, token: string }} Person
 * @typedef {{ id: number, person: Person }} Consultation
 * @typedef {{ patients: Person[], staff: Person }} People
 */

/**
 * @param {import('pg').Client} database
 * @param {string} secret
 * @returns {Promise<People>}
 */
export async function makePeople(database, secret) {
  const { rows } = await database.query(
    `INSERT INTO users (subject) SELECT 'bench-' || n FROM generate_series(0, $1::int) n RETURNING id, subject`,
    [PATIENTS],
  );
  const people = await Promise.all(
    rows.map(async ({ id, subject }, n) => ({
      id,
      token: await tokenFor(subject, n === 0 ? 'staff' : 'patient', secret),
    })),
  );
  const [staff, ...patients] = people;
  if (!staff) throw new Error('generate_series gives at least one row');
  return { patients, staff };
}

/**
 * @param {string} subject
 * @param {string} role
 * @param {string} secret
 * @returns {Promise<string>}
 */
export function tokenFor(subject, role, secret) {
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setExpirationTime('6h')
    .sign(createSecretKey(Buffer.from(secret)));
}

/** Each create needs a consultation that nobody has paid: they are inserted in bulk between the slices. */
export class Consultations {
  /** @type {Consultation[]} */
  #unused = [];
  #database;
  #patients;

  /**
   * @param {import('pg').Client} database
   * @param {readonly Person[]} patients
   */
  constructor(database, patients) {
    this.#database = database;
    this.#patients = patients;
  }

  /** @param {number} count how many can then be taken */
  async provide(count) {
    const missing = count - this.#unused.length;
    if (missing <= 0) return;
    const { rows } = await this.#database.query(
      `INSERT INTO consultations (patient_id, fee, currency)
       SELECT ($2::bigint[])[1 + n % cardinality($2::bigint[])], $3, 'idr' FROM generate_series(1, $1::int) n
       RETURNING id, patient_id`,
      [missing, this.#patients.map(({ id }) => id), FEE],
    );
    const known = new Map(this.#patients.map((person) => [person.id, person]));
    for (const { id, patient_id } of rows)
      this.#unused.push({ id, person: /** @type {Person} */ (known.get(patient_id)) });
  }

  /** @returns {Consultation | undefined} */
  take() {
    return this.#unused.pop();
  }
}
