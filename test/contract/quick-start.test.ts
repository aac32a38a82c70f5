import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DEMO_INSTRUCTIONS } from '../../scripts/start/demo-instructions.mjs';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { ask } from '../support/http.js';
import { type Program, runToEnd, startApi } from '../support/processes.js';
import { startSimulator, stripeEnv, type TestSimulator } from '../support/simulator.js';

const page = (name: string) => readFileSync(path.resolve(__dirname, '../..', name), 'utf8');
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map((match) => match[1]!);
/** Each curl command of a page, without what its answer is piped to. */
const commandsOf = (text: string) =>
  blocks(text, 'bash').flatMap((block) => block.match(/curl -s [^]*?(?=\s*\\?\n? *\| |\n\n|\n$)/g) ?? []);

/** What differs from day to day: times, request ids, the time within an invoice's number, and what is drawn for a reference. */
function masked(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replace(/"request_id":"[^"]+"/g, '"request_id":"…"')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…')
    .replace(/INV-\d{14}-/g, 'INV-…-')
    .replace(/RF\d\d1[A-Z]{3}/g, 'RF…');
  return JSON.parse(text);
}

describe('commands in the documentation, on fresh demo data', () => {
  let database: TestDatabase;
  let api: Program;
  let simulator: TestSimulator;

  beforeEach(async () => {
    database = await createDatabase();
    await runToEnd('dist/apps/api/src/migrate.js', { DATABASE_URL: database.url }, ['--demo']);
    simulator = await startSimulator();
    const env = { DATABASE_URL: database.url, LOGIN_ENABLED: 'true', ...DEMO_INSTRUCTIONS, ...stripeEnv(simulator) };
    api = await startApi(env);
  });

  afterEach(async () => {
    await api.stop();
    await simulator.stop();
    await database.drop();
  });

  /** Sends what the curl command would, to our API instead of port 3000. */
  function send<Data>(command: string, tokens: Record<string, string>) {
    const { pathname } = new URL(/http:\/\/localhost:3000\S+/.exec(command)![0]);
    const headers: Record<string, string> = {};
    for (const [, name, value] of command.matchAll(/-H "([^:]+): ([^"]+)"/g)) {
      headers[name!.toLowerCase()] = value!.replace(/\$(\w+)/, (_, variable: string) => tokens[variable]!);
    }
    const body = /-d (['"])([^]*?)\1/.exec(command)![2]!;
    const isForm = headers['content-type'] === undefined;
    return ask<Data>(api.url, pathname, {
      body,
      headers: isForm ? { 'content-type': 'application/x-www-form-urlencoded' } : headers,
    });
  }

  it('those of the quick start get the documented answers', async () => {
    const quickStart = page('docs/integrate/quick-start.md');
    const commands = commandsOf(quickStart);
    const answers = blocks(quickStart, 'json').map((text) => JSON.parse(text) as unknown);
    expect([commands.length, answers.length]).toEqual([4, 3]);
    const [login, create, staffLogin, confirm] = commands as [string, string, string, string];
    const tokens: Record<string, string> = {};
    tokens.TOKEN = (await send<Schemas['LoggedIn']>(login, tokens)).body.data.token;
    tokens.STAFF = (await send<Schemas['LoggedIn']>(staffLogin, tokens)).body.data.token;
    const replies = [await send(create, tokens), await send(create, tokens), await send(confirm, tokens)];
    expect(replies.map((reply) => masked(reply.body))).toEqual(answers.map(masked));
  });

  it('the request of the README, sent twice at once and again, creates one payment and one Stripe session', async () => {
    const commands = commandsOf(page('README.md'));
    expect(commands).toHaveLength(2);
    const [login, create] = commands as [string, string];
    const TOKEN = (await send<Schemas['LoggedIn']>(login, {})).body.data.token;
    const together = await Promise.all([send(create, { TOKEN }), send(create, { TOKEN })]);
    const made = together.find((reply) => reply.status === 201)!;
    expect(made.body.data).toMatchObject({
      type: 'new',
      payment: { consultation_id: 5, amount: 5000, status: 'pending' },
      invoice: { amount: 5000 },
      tax: { base_amount: 4505, tax_amount: 495 },
      checkout: { url: expect.stringMatching(/^http/) },
    });
    // The other request gets 409 with Retry-After, or the same answer.
    expect(together.filter((reply) => reply.text !== made.text).map((reply) => reply.body.code)).toEqual(
      together.every((reply) => reply.status === 201) ? [] : ['PAYMENT_IN_PROGRESS'],
    );
    const again = await send(create, { TOKEN });
    expect([again.status, again.text]).toEqual([201, made.text]);
    expect(await database.query('SELECT id FROM payments')).toHaveLength(1);
    expect((await simulator.ledger()).sessions).toHaveLength(1);
  });
});
