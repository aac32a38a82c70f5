import fc from 'fast-check';
import { SignJWT } from 'jose';
import { addressClasses } from '../support/bad-input/addresses.js';
import { bodyClasses } from '../support/bad-input/bodies.js';
import { headerClasses } from '../support/bad-input/headers.js';
import {
  asJson,
  type BadClass,
  type BadRequest,
  type Ground,
  ROUTES_WITH_BODY,
  type Target,
  targetsOf,
} from '../support/bad-input/targets.js';
import { tokenClasses } from '../support/bad-input/tokens.js';
import { TEST_SECRET } from '../support/database.js';
import { createConsultation, createPerson } from '../support/people.js';
import { faultOf, type RawReply, type RawRequest, send, sendBytes } from '../support/raw-http.js';
import { insertPayment } from '../support/rows.js';
import { useStack } from '../support/use-stack.js';

/** Together enough for a busy server, few enough for a small one. */
const AT_ONCE = 8;
const RANDOM_CASES = 60;
const WANTED = { iss: 'https://id.example', aud: 'payonce' };
/** `SEED=… npm test -- bad-input` plays the same again. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

interface Line {
  readonly name: string;
  readonly cases: number;
  readonly statuses: string;
  readonly before: number;
  readonly after: number;
}

describe(`bad input (seed ${seed})`, () => {
  const stack = useStack({
    settings: { LOGIN_ENABLED: 'true', JWT_ISSUER: WANTED.iss, JWT_AUDIENCE: WANTED.aud },
  });
  let ground: Ground;
  let slow: Promise<RawReply>[];
  const lines: Line[] = [];

  beforeAll(async () => {
    const [patient, staff] = [await createPerson(stack.database), await createPerson(stack.database, 'staff')];
    const completed_id = await insertPayment(stack.database, {
      user_id: patient.id,
      consultation_id: await createConsultation(stack.database, patient),
      status: 'completed',
    });
    const { transfer } = await done<{ transfer: { id: number } }>('transfers', {
      payment_method: 'gcash',
      transaction_id: 'unmatched',
      amount: 5_000,
    });
    const transfer_id = transfer.id;
    await stack.database.query(`INSERT INTO products (id, name, price, currency) VALUES ('plan', 'Plan', 1, 'idr')`);
    ground = {
      patient: await tokenOf(patient.subject, 'patient'),
      staff: await tokenOf(staff.subject, 'staff'),
      consultation_id: await createConsultation(stack.database, patient),
      pending_id: await insertPayment(stack.database, {
        user_id: patient.id,
        consultation_id: await createConsultation(stack.database, patient),
      }),
      completed_id,
      refund_id: await reserve(`payments/${completed_id}`),
      transfer_id,
      transfer_refund_id: await reserve(`transfers/${transfer_id}`),
      charge_id: await quarantined(completed_id),
    };
    slow = slowBytes().map((bytes) => sendBytes(stack.api.url, bytes));
  });

  afterAll(async () => {
    console.log(tableOf(lines, seed));
  });

  const tokenOf = (subject: string, role: string) =>
    new SignJWT({ role, ...WANTED })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(subject)
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(TEST_SECRET));

  async function done<Data>(path: string, body: object): Promise<Data> {
    const token = await tokenOf('the cashier', 'staff');
    const reply = await send(stack.api.url, { path: `/api/v1/${path}`, token, body: JSON.stringify(body) });
    return (JSON.parse(reply.text) as { data: Data }).data;
  }

  const reserve = async (of: string) =>
    (await done<{ refund_id: number }>(`${of}/refund`, { amount: 10, reason: 'reserved' })).refund_id;

  async function quarantined(payment_id: number): Promise<number> {
    const [charge] = await stack.database.query<{ id: number }>(
      `INSERT INTO charges (payment_method, transaction_id, payment_id, amount_received, currency, disposition)
       VALUES ('stripe', 'pi_quarantined', $1, 44, 'idr', 'quarantined') RETURNING id::int AS id`,
      [payment_id],
    );
    return charge!.id;
  }

  /** Every row of every table: how many, and what is in them. */
  async function everything(): Promise<{ rows: number; content: string }> {
    const tables = await stack.database.query<{ name: string }>(
      `SELECT quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    const [all] = await stack.database.query<{ rows: number; content: string }>(
      `SELECT sum(rows)::int AS rows, string_agg(content, ' ') AS content FROM (${tables
        .map(
          ({ name }) =>
            `SELECT count(*) AS rows, '${name} ' || count(*) || ' ' || md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) AS content FROM ${name} t`,
        )
        .join(' UNION ALL ')}) counted`,
    );
    return all!;
  }

  const ask = (request: BadRequest) =>
    'bytes' in request ? sendBytes(stack.api.url, request.bytes) : send(stack.api.url, request);

  /** Runs a class and holds it to the contract: refused in the envelope, not a 5xx, and not a byte changed in any table. */
  async function hold(name: string, run: (note: (reply: RawReply) => void) => Promise<void>): Promise<void> {
    const before = await everything();
    const statuses = new Map<number, number>();
    let cases = 0;
    await run(({ status }) => {
      cases += 1;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    });
    const after = await everything();
    const seen = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}×${count}`);
    lines.push({ name, cases, statuses: seen.join(' '), before: before.rows, after: after.rows });
    expect(cases).toBeGreaterThan(0);
    expect(after.content).toBe(before.content);
  }

  async function holdClass([name, requests]: BadClass): Promise<void> {
    const faults: string[] = [];
    await hold(name, async (note) => {
      const queue = [...requests];
      const worker = async () => {
        for (let request = queue.pop(); request; request = queue.pop()) {
          const reply = await ask(request);
          note(reply);
          const fault = faultOf(reply);
          if (fault) faults.push(`${fault}: ${JSON.stringify(request).slice(0, 300)} → ${reply.text.slice(0, 300)}`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
    });
    expect(faults).toEqual([]);
  }

  // Names are needed before there is a database; the requests are made when there is one.
  const nowhere: Ground = {
    patient: '',
    staff: '',
    consultation_id: 0,
    pending_id: 0,
    completed_id: 0,
    refund_id: 0,
    transfer_id: 0,
    transfer_refund_id: 0,
    charge_id: 0,
  };

  it('is tried on every route that takes a body', () => {
    expect(
      targetsOf(nowhere)
        .map(({ route }) => route)
        .sort(),
    ).toEqual([...ROUTES_WITH_BODY].sort());
  });

  for (const classes of [bodyClasses, headerClasses, addressClasses]) {
    it.each(classes(nowhere).map(([name]) => name))('%s', async (name) => {
      await holdClass(classes(ground).find(([own]) => own === name)!);
    });
  }

  it('tokens: missing, garbage, expired, unsigned, forged, of another issuer: 401', async () => {
    for (const one of await tokenClasses(ground, WANTED)) await holdClass(one);
    for (const line of lines.slice(-8)) expect(line.statuses).toMatch(/^401×\d+$/);
  });

  it('bodies and headers that arrive byte by byte are cut off after ten seconds', async () => {
    await hold('slow bodies and headers', async (note) => {
      for (const reply of await Promise.all(slow)) {
        note(reply);
        expect([reply.status, faultOf(reply)]).toEqual([408, undefined]);
      }
    });
  });

  /** The first part of a request whose rest is never sent. */
  function slowBytes(): string[] {
    const head = `POST /api/v1/payments HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${ground.patient}\r\ncontent-type: application/json\r\n`;
    return [
      head,
      'GET /api/v1/pay',
      `${head}content-length: 100\r\n\r\n{`,
      `${head}transfer-encoding: chunked\r\n\r\n1\r\n{\r\n`,
    ];
  }

  describe(`random input, ${RANDOM_CASES} cases each`, () => {
    const holdRandom = (name: string, request: () => fc.Arbitrary<RawRequest>) =>
      hold(name, (note) =>
        fc.assert(
          fc.asyncProperty(request(), async (one) => {
            const reply = await ask(one);
            note(reply);
            const fault = faultOf(reply);
            if (fault) throw new Error(`${fault}: ${reply.text.slice(0, 300)}`);
          }),
          { seed, numRuns: RANDOM_CASES },
        ),
      );
    const target = () => fc.constantFrom(...targetsOf(ground));
    const isFor = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
    const json = fc.jsonValue({ maxDepth: 4 });
    const body = (of: Target, value: unknown) => asJson(of, value === undefined ? 'x' : JSON.stringify(value));

    it('any JSON as the body', () =>
      holdRandom('random JSON bodies', () =>
        fc
          .tuple(target(), json)
          // What needs nothing takes an empty object, and a PATCH of nothing changes nothing: both are good.
          .filter(([, value]) => !isFor(value) || Object.keys(value as object).length > 0)
          .map(([of, value]) => body(of, value)),
      ));

    it('any text as the body', () =>
      holdRandom('random texts for bodies', () =>
        fc
          .tuple(target(), fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }))
          .filter(([, text]) => !/^\s*\{\s*\}\s*$/.test(text))
          .map(([of, text]) => asJson(of, text)),
      ));

    it('any bytes as the body', () =>
      holdRandom('random bytes for bodies', () =>
        fc
          .tuple(target(), fc.uint8Array({ minLength: 1, maxLength: 200 }))
          .map(([of, bytes]) => asJson(of, Buffer.from(bytes))),
      ));

    it('a valid body with an extra member of any name and value', () =>
      holdRandom('random members beside good ones', () =>
        fc
          .tuple(target(), fc.string({ maxLength: 30 }), json)
          .filter(
            ([of, name]) => ![...Object.keys(of.good), ...of.texts, ...of.integers, 'patient_subject'].includes(name),
          )
          .map(([of, name, value]) =>
            asJson(
              of,
              `${JSON.stringify(of.good).slice(0, -1)}${Object.keys(of.good).length ? ',' : ''}${JSON.stringify(name)}:${JSON.stringify(value)}}`,
            ),
          ),
      ));

    it('a valid body with any wrong number in place of a number', () =>
      holdRandom('random wrong numbers', () =>
        fc
          .tuple(
            fc.constantFrom(...targetsOf(ground).filter(({ integers }) => integers.length > 0)),
            fc.nat(),
            fc.oneof(
              // Infinity is null in JSON, which is an absent member.
              fc.double({ noInteger: true, noNaN: true, noDefaultInfinity: true }),
              fc.integer({ max: 0 }),
              fc.double({ min: 2 ** 53, noNaN: true, noDefaultInfinity: true }),
            ),
          )
          .map(([of, n, value]) => asJson(of, { ...of.good, [of.integers[n % of.integers.length]!]: value })),
      ));

    it('any text as an id, and any as a query', () =>
      holdRandom('random addresses', () =>
        fc
          .tuple(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 20 }), fc.boolean())
          .filter(([id]) => !/^[1-9]\d*$/.test(id))
          .map(([id, value, inQuery]) => ({
            path: inQuery
              ? `/api/v1/payments?${encodeURIComponent(`x${value}`)}=${encodeURIComponent(value)}`
              : `/api/v1/payments/${encodeURIComponent(id.replace(/\p{Cs}/gu, '?'))}/timeline`,
            token: ground.staff,
          })),
      ));

    it('any malformed idempotency key, in the header and in the body', () =>
      holdRandom('random keys', () =>
        fc
          .tuple(target(), fc.string({ unit: 'binary', maxLength: 300 }))
          .filter(
            ([of, key]) =>
              of.texts.includes('idempotency_key') && !/^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(key),
          )
          .map(([of, key]) => asJson(of, { ...of.good, idempotency_key: key })),
      ));

    it('any text as a token', () =>
      holdRandom('random tokens', () =>
        fc
          .tuple(target(), fc.string({ maxLength: 300 }))
          .filter(([of]) => of.token !== undefined)
          .map(([of, token]) => ({ ...asJson(of, of.good), token: token.replace(/[\r\n]/g, '') })),
      ));
  });

  it('covers at least 25 classes and 200 random cases', () => {
    expect(lines.length).toBeGreaterThanOrEqual(25);
    const random = lines.filter(({ name }) => name.startsWith('random'));
    expect(random.reduce((sum, { cases }) => sum + cases, 0)).toBeGreaterThanOrEqual(200);
  });
});

function tableOf(lines: readonly Line[], seed: number): string {
  const sum = lines.reduce((cases, line) => cases + line.cases, 0);
  return [
    `${'class'.padEnd(52)} ${'cases'.padStart(5)}  ${'rows before = after'.padEnd(20)} statuses`,
    ...lines.map(
      ({ name, cases, statuses, before, after }) =>
        `${name.padEnd(52)} ${String(cases).padStart(5)}  ${`${before} = ${after}`.padEnd(20)} ${statuses}`,
    ),
    `${lines.length} classes, ${sum} cases, seed ${seed}`,
  ].join('\n');
}
