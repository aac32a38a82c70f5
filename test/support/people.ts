import { SignJWT } from 'jose';
import { TEST_SECRET, type TestDatabase } from './database.js';

export interface Person {
  readonly id: number;
  readonly subject: string;
  readonly token: string;
}

let count = 0;

/** A new user for this test, with a token. */
export async function createPerson(
  database: TestDatabase,
  role: 'patient' | 'staff' | 'service' = 'patient',
): Promise<Person> {
  const subject = `${role}-${process.pid}-${(count += 1)}`;
  const [user] = await database.query<{ id: string }>('INSERT INTO users (subject) VALUES ($1) RETURNING id', [
    subject,
  ]);
  return { id: Number(user!.id), subject, token: await tokenFor(subject, role) };
}

export async function tokenFor(subject: string, role: string, secret = TEST_SECRET): Promise<string> {
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
}

export async function createConsultation(
  database: TestDatabase,
  patient: Person,
  fee = 5_000,
  currency = 'idr',
): Promise<number> {
  const [row] = await database.query<{ id: string }>(
    'INSERT INTO consultations (patient_id, fee, currency) VALUES ($1, $2, $3) RETURNING id',
    [patient.id, fee, currency],
  );
  return Number(row!.id);
}
