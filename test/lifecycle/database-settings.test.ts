import { parseConfig } from '#config';
import { dataSourceOptions, migrate, openDataSource, requireSessionSettings } from '#database';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { TEST_SECRET } from '../support/database.js';
import { ask } from '../support/http.js';
import { createPerson } from '../support/people.js';
import { runToEnd, startApi } from '../support/processes.js';
import { createServiceRole, nameOf, type ServiceRole } from '../support/roles.js';
import { FEE, openShop, type Shop } from '../stripe/support/shop.js';

/** Each with the worst that an administrator may have chosen for reasons of their own. */
const HOSTILE: readonly [name: string, value: string][] = [
  ['DateStyle', 'SQL, DMY'],
  ['DateStyle', 'German'],
  ['TimeZone', 'Asia/Jakarta'],
  ['standard_conforming_strings', 'off'],
  ['IntervalStyle', 'iso_8601'],
  ['default_transaction_isolation', 'serializable'],
  ['extra_float_digits', '-15'],
];

let shop: Shop;
let role: ServiceRole;
let config: ReturnType<typeof parseConfig>;

beforeAll(async () => {
  shop = await openShop();
  role = await createServiceRole(shop.database);
  config = parseConfig({ DATABASE_URL: role.url, JWT_SECRET: TEST_SECRET });
});

afterAll(async () => {
  await role.drop();
  await shop.close();
});

const PLACES = {
  database: (set: string) => `ALTER DATABASE ${nameOf(shop.database)} ${set}`,
  role: (set: string) => `ALTER ROLE ${role.name} ${set}`,
  'role in this database': (set: string) => `ALTER ROLE ${role.name} IN DATABASE ${nameOf(shop.database)} ${set}`,
};
type Place = keyof typeof PLACES;

async function withSettings<Result>(
  place: Place,
  settings: readonly [name: string, value: string][],
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    for (const [name, value] of settings) await shop.database.query(PLACES[place](`SET ${name} = '${value}'`));
    return await work();
  } finally {
    for (const [name] of settings) await shop.database.query(PLACES[place](`RESET ${name}`));
  }
}

/** What a service does at its start. */
async function openAsService(): Promise<void> {
  const dataSource = await openDataSource(dataSourceOptions(config, 'test'));
  try {
    await requireSessionSettings(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** A connection that asks for nothing: what it reads for a time, and what our check says of it. */
async function asPlainClient(): Promise<{ at: Date | null; refusal: string }> {
  const client = new pg.Client({ connectionString: role.url });
  await client.connect();
  const query = async (sql: string, parameters?: unknown[]) =>
    (await client.query<Record<string, never>>(sql, parameters)).rows;
  const [row] = await query(`SELECT timestamptz '2026-11-27 09:30:00Z' AS at`);
  const refusal = await requireSessionSettings({ query } as unknown as DataSource).then(
    () => '',
    (error: Error) => error.message,
  );
  await client.end();
  return { at: row!.at ?? null, refusal };
}

describe('database and role settings that our sessions depend on', () => {
  it('hazard: a plain connection reads no times where DateStyle is not ISO; our session check refuses it', async () => {
    await withSettings('database', [['DateStyle', 'SQL, DMY']], async () => {
      const { at, refusal } = await asPlainClient();
      expect(at).toBeNull();
      expect(refusal).toContain(
        'DateStyle is "SQL, DMY" in Payonce\'s Postgres session (set on this database) and must be "ISO, MDY". Payonce sends it when it connects: configure the connection pooler to pass it on to Postgres.',
      );
    });
    expect((await asPlainClient()).at).toEqual(new Date('2026-11-27T09:30:00Z'));
  });

  it.each(HOSTILE)('%s = %s set on the database or the role does not affect our sessions', async (name, value) => {
    for (const place of ['database', 'role'] as const) {
      await withSettings(place, [[name, value]], async () => {
        await expect(openAsService()).resolves.toBeUndefined();
      });
    }
  });

  it.each(['database', 'role'] as const)(
    'all of them set on the %s: a card payment gets its page, and all its times are right',
    async (place) => {
      const settings = HOSTILE.filter(([, value]) => value !== 'German');
      await withSettings(place, settings, async () => {
        const began = Date.now();
        const api = await startApi(shop.env({ DATABASE_URL: role.url }));
        try {
          const reply = await shop.create(await shop.consultation(), undefined, api);
          expect(reply.status).toBe(201);
          const { checkout, payment } = reply.body.data;
          expect(checkout).toMatchObject({ session_id: expect.stringMatching(/^cs_/), url: expect.any(String) });
          // Stripe's pages are open for a day.
          const hours = (Date.parse(checkout.expires_at) - began) / 3_600_000;
          expect([Math.round(hours), payment.amount]).toEqual([24, FEE]);
          expect(Math.abs(Date.parse(payment.created_at) - began)).toBeLessThan(60_000);
          expect((await ask(api.url, '/api/v1/health/ready')).status).toBe(200);
        } finally {
          await api.stop();
        }
      });
    },
  );

  it.each(['IntervalStyle', 'default_transaction_isolation', 'extra_float_digits'])(
    '%s set on the role in this database: API and worker refuse to start with the command that fixes it',
    async (name) => {
      const [, value] = HOSTILE.find(([hostile]) => hostile === name)!;
      await withSettings('role in this database', [[name, value]], async () => {
        for (const program of ['dist/apps/api/src/main.js', 'dist/apps/worker/src/main.js']) {
          const { code, output } = await runToEnd(program, shop.env({ DATABASE_URL: role.url }));
          expect(code).toBe(1);
          expect(output).toContain(
            `${name} is "${value}" in Payonce's Postgres session (set on this role in this database) and must be`,
          );
          expect(output).toContain('Run the migrations as this role, which sets it: node dist/apps/api/src/migrate.js');
          expect(output).not.toMatch(/\n\s+at /);
        }
        await migrate(config);
        await expect(openAsService()).resolves.toBeUndefined();
      });
      await migrate(config);
    },
  );

  it.each(['database', 'role'] as const)(
    'session_replication_role = replica on the %s disables foreign keys and only a superuser can reset it: refused',
    async (place) => {
      await withSettings(place, [['session_replication_role', 'replica']], async () => {
        const { code, output } = await runToEnd('dist/apps/api/src/main.js', shop.env({ DATABASE_URL: role.url }));
        expect(code).toBe(1);
        expect(output).toContain('session_replication_role is "replica" in Payonce\'s Postgres session');
        expect(output).toContain('must be "origin". Ask a superuser to reset it: ALTER ROLE');
      });
      await expect(openAsService()).resolves.toBeUndefined();
    },
  );

  it('migrations run under all of them, and leave the same session settings', async () => {
    await withSettings('database', HOSTILE, async () => {
      await migrate(config);
      await expect(openAsService()).resolves.toBeUndefined();
    });
    // Migrations may run under another role than the service: all else is unchanged.
    const patient = await createPerson(shop.database);
    expect((await shop.get('payments', patient.token)).status).toBe(200);
  });
});
