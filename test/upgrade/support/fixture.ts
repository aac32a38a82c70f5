import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createEmptyDatabase, type TestDatabase } from '../../support/database.js';

const FOLDER = path.resolve(__dirname, '..');

/** Numbers within this of the moment the fixture was made are taken for times; no amount comes near. */
const TIMES_WITHIN_SECONDS = 90 * 86_400;

/** A database of an earlier version, and the folder of the simulator that it was made with. */
export interface Fixture {
  readonly database: TestDatabase;
  readonly stripeFolder: string;
}

/**
 * Loads a fixture as if it had been made just now: its sessions are open, its keys are remembered, its pauses last as
 * long as they did on that day.
 */
export async function loadFixture(name: string): Promise<Fixture> {
  const sql = readFileSync(path.join(FOLDER, `${name}.sql`), 'utf8');
  const journal = readFileSync(path.join(FOLDER, `${name}.stripe.jsonl`), 'utf8');
  const made_at = Date.parse(/^-- Made at (\S+)/.exec(sql)![1]!) / 1_000;
  const by_seconds = Math.floor(Date.now() / 1_000 - made_at);

  const database = await createEmptyDatabase();
  await database.query(moveNumbers(moveTimestamps(sql, by_seconds), made_at, by_seconds));
  const stripeFolder = mkdtempSync(path.join(process.env.TEST_FOLDER!, 'stripe-'));
  writeFileSync(path.join(stripeFolder, 'journal.jsonl'), moveNumbers(journal, made_at, by_seconds));
  return { database, stripeFolder };
}

/** As Postgres writes a timestamptz in UTC; its microseconds stay. */
function moveTimestamps(sql: string, by_seconds: number): string {
  return sql.replaceAll(/'(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)((?:\.\d+)?\+00)'/g, (_, time: string, rest: string) => {
    const moved = new Date(Date.parse(`${time}Z`) + by_seconds * 1_000);
    return `'${moved.toISOString().slice(0, 19).replace('T', ' ')}${rest}'`;
  });
}

/** Stripe's seconds since 1970, and the simulator's own milliseconds, as values of JSON. */
function moveNumbers(text: string, made_at: number, by_seconds: number): string {
  return text.replaceAll(/(?<=":\s?)(\d{10})(\d{3})?(?=[,}\s])/g, (whole, seconds: string, ms = '') =>
    Math.abs(Number(seconds) - made_at) > TIMES_WITHIN_SECONDS ? whole : `${Number(seconds) + by_seconds}${ms}`,
  );
}
