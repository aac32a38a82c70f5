import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { parseConfig } from '#config';
import { migrate } from '#database';
import pg from 'pg';
import { TEST_SECRET } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { ask } from '../support/http.js';
import { tokenFor } from '../support/people.js';
import { type Program, startApi } from '../support/processes.js';
import { type Cable, cableTo, through } from '../support/proxy.js';
import { type PostgresPair, startPostgresPair, systemPostgres } from './support/postgres-pair.js';

const bin = systemPostgres();

/** Skipped, and counted as such, where the system has no Postgres of its own. */
const describeWithPostgres = bin ? describe : describe.skip;

describeWithPostgres('an asynchronous standby is promoted', () => {
  let pair: PostgresPair;
  let address: Cable;
  let api: Program;

  beforeAll(async () => {
    pair = await startPostgresPair(bin!);
    const port = Number(new URL(pair.primary).port);
    await pair.sql(port, 'CREATE DATABASE payonce');
    await migrate(parseConfig({ DATABASE_URL: pair.primary, JWT_SECRET: TEST_SECRET }));
    // The address that stays, as a virtual one or a name does, whichever server is behind it.
    address = await cableTo('127.0.0.1', () => Number(new URL(current).port));
  });

  let current = '';
  afterAll(async () => {
    await api?.stop();
    await address?.end();
    await pair?.end();
  });

  const query = async <Row extends pg.QueryResultRow>(url: string, sql: string, parameters: unknown[] = []) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(sql, parameters)).rows;
    } finally {
      await client.end();
    }
  };
  const epochOf = async (url: string) =>
    (await query<{ epoch: string | null }>(url, 'SELECT current_installation_epoch() AS epoch'))[0]!.epoch;
  const idOf = async (subject: string) => {
    const token = await tokenFor(subject, 'patient');
    const { status } = await ask(api.url, '/api/v1/payments', { token });
    expect(status).toBe(200);
    const [user] = await query<{ id: string }>(current, 'SELECT id FROM users WHERE subject = $1', [subject]);
    return Number(user!.id);
  };

  it('a promoted standby has another epoch: cached users are looked up again, and no user gets another’s data', async () => {
    current = pair.primary;
    api = await startApi({ DATABASE_URL: through(address, pair.primary) });
    const ready = await ask<Schemas['Health']>(api.url, '/api/v1/health/ready');
    expect(ready.body.data.checks.durability).toMatchObject({
      status: 'ok',
      message: 'Payonce answers after the commit is on disk.',
      fsync: 'on',
    });
    const earlier = await epochOf(pair.primary);
    expect(earlier).toMatch(/\/00000001$/);
    await eventually(
      async () => (await query(pair.standby, `SELECT 1 FROM pg_stat_wal_receiver`)).length > 0,
      'the standby follows',
    );
    expect(await epochOf(pair.standby)).toBeNull();

    // What the standby has not had yet when the primary dies is lost: it is sent nothing from here on.
    await query(pair.standby, `ALTER SYSTEM SET primary_conninfo = ''`);
    await query(pair.standby, 'SELECT pg_reload_conf()');
    await eventually(
      async () => (await query(pair.standby, `SELECT 1 FROM pg_stat_wal_receiver`)).length === 0,
      'the standby follows no more',
    );
    const lost = await idOf('lost');

    await address.pull();
    await pair.failOver();
    current = pair.standby;
    await address.plugIn();

    expect(await epochOf(pair.standby)).toMatch(/\/00000002$/);
    await eventually(() => api.output().includes('Database: Restored or failed over'), 'the promotion is noticed');
    const token = await tokenFor('later', 'patient');
    await eventually(
      async () => (await ask(api.url, '/api/v1/payments', { token })).status === 200,
      'it answers again',
    );
    // Sequences run ahead by up to 32 after a crash (https://www.postgresql.org/docs/18/functions-sequence.html).
    const later = await idOf('later');
    expect(await idOf('lost')).not.toBe(later);
    // They got a user id that the standby never had: it is looked up again, in a database without that user.
    const [user] = await query<{ subject: string }>(current, 'SELECT subject FROM users WHERE id = $1', [lost]);
    expect(user?.subject).not.toBe('lost');
  });
});
