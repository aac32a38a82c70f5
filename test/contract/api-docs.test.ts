import type { Schemas } from '../../libs/payment-client/src/wire.js';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { recordTrouble } from '../support/answers-in-trouble.js';
import { recordRefusedCheckouts } from '../support/answers-about-checkout.js';
import { recordMoneyElsewhere } from '../support/answers-about-money-elsewhere.js';
import { recordProvider } from '../support/answers-of-a-provider.js';
import { recordTransfers } from '../support/answers-about-transfers.js';
import { recordShop } from '../support/answers-of-a-shop.js';
import { recordEveryRole } from '../support/answers-by-role.js';
import { ByDocument, codesOf, type Json, operationsOf, readDocument } from '../support/api-document.js';
import { bodiesOf, ownAddress } from '../support/bodies-by-schema.js';
import { undetected } from '../support/document-mutations.js';
import { AnswerRecorder } from '../support/recorded-answers.js';
import { ask } from '../support/http.js';
import { createPerson } from '../support/people.js';
import { startApi } from '../support/processes.js';
import { TABLE } from '../support/routes-by-role.js';
import { openStripe, STRIPE } from '../providers/open-stripe.js';
import { openShop, type Shop } from '../stripe/support/shop.js';
import { describeInBrowser, startBrowser } from '../web/support/browser.js';
import { useStack } from '../support/use-stack.js';

/** The official JSON Schema of OpenAPI 3.1, from a package. */
const META_SCHEMA = require.resolve('@seriousme/openapi-schema-validator/schemas/v3.1/schema.json');

const CHECKED_IN = resolve(__dirname, '../../docs/reference/openapi.json');

/**
 * What no answer here had: a bug of ours, what takes many seconds to come about, and events of a stream, which ops.test.ts
 * holds against the document. All failures are made in one place.
 */
const NEVER_HEARD = /^(INTERNAL_ERROR|REQUEST_TIMEOUT|LOCK_TIMEOUT|LiveEntry)\./;

/** Errors of what runs before a route, or below it (apps/api/src/docs/failures.ts): a recorded answer of some route has each. */
const BEFORE_ROUTES = new Set([
  'DATABASE_RESTORED',
  'DATABASE_UNAVAILABLE',
  'HEADERS_TOO_LARGE',
  'IDEMPOTENCY_KEY_MISSING',
  'IDEMPOTENCY_KEY_REUSED',
  'IDENTITY_PROVIDER_UNAVAILABLE',
  'INTERNAL_ERROR',
  'LOCK_TIMEOUT',
  'MALFORMED_REQUEST',
  'PAYLOAD_TOO_LARGE',
  'PAYMENT_IN_PROGRESS',
  'REQUEST_TIMEOUT',
  'SERVICE_UNAVAILABLE',
  'UNSUPPORTED_MEDIA_TYPE',
  'VALIDATION_FAILED',
]);

/** Documented, and not to be made here, with the reason. */
const UNREACHABLE: Record<string, string> = {
  'POST /api/v1/payments PAYMENT_NOT_FOUND': 'a key names a payment without a row, and no row is ever deleted',
  'POST /api/v1/payments/:id/refund REFUND_NOT_FOUND': 'a refund failed, and its provider gives no reason',
  'POST /api/v1/ops/charges/:id/refund REFUND_NOT_FOUND': 'the same',
};

/** Two ways to say one thing: the fault is named after one of them. */
const EITHER: Record<string, string> = { patient_id: 'patient_subject', patient_subject: 'patient_id' };

/** A body of each route that takes one, with all that it needs. */
const GOOD: Record<string, Json> = {
  'POST /api/login': { email: 'a@b', password: 'x' },
  'POST /api/v1/payments': { consultation_id: 999_999, amount: 1, payment_method: 'gcash' },
  'POST /api/v1/payments/:id/confirm': { transaction_id: 'T-1' },
  'POST /api/v1/payments/:id/cancel': {},
  'POST /api/v1/payments/:id/abandon': { reason: 'x' },
  'POST /api/v1/payments/:id/refund': { reason: 'x' },
  'POST /api/v1/payments/:id/refunds/:refund_id/settle': { transaction_id: 'T-1' },
  'POST /api/v1/payments/:id/refunds/:refund_id/withdraw': {},
  'POST /api/v1/ops/charges/:id/accept': {},
  'POST /api/v1/ops/charges/:id/refund': { reason: 'x' },
  'POST /api/v1/ops/charges/:id/settle-elsewhere': { note: 'x' },
  'POST /api/v1/transfers': { payment_method: 'gcash', transaction_id: 'T-1', amount: 1 },
  'PATCH /api/v1/transfers/:id': { amount: 1 },
  'POST /api/v1/transfers/:id/match': { payment_id: 999_999 },
  'POST /api/v1/transfers/:id/unmatch': { payment_id: 999_999, reason: 'x' },
  'POST /api/v1/transfers/:id/refund': { reason: 'x' },
  'POST /api/v1/transfers/:id/refunds/:refund_id/settle': { transaction_id: 'T-1' },
  'POST /api/v1/transfers/:id/refunds/:refund_id/withdraw': {},
  'POST /api/v1/transfers/:id/void': { reason: 'x' },
  'POST /api/v1/checkout': { product_id: 'none' },
  'POST /api/v1/consultations': { patient_subject: 'somebody', fee: 1 },
  'PATCH /api/v1/consultations/:id': { fee: 1 },
  'POST /api/v1/products': { id: 'plan', name: 'Plan', price: 1 },
  'PATCH /api/v1/products/:id': { price: 1 },
  'POST /api/v1/ops/discrepancies/:id/resolve': { note: 'x' },
};

describe('the OpenAPI document', () => {
  const stack = useStack({ settings: { LOGIN_ENABLED: 'true', PUBLIC_URL: ownAddress } });
  let document: Json;

  beforeAll(async () => {
    document = await readDocument(stack.api.url);
  });

  it('is valid OpenAPI 3.1', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const check = ajv.compile(JSON.parse(readFileSync(META_SCHEMA, 'utf8')) as Json);
    expect([check(document), check.errors]).toEqual([true, null]);
    expect(document.openapi).toBe('3.1.0');
    // The check can fail: a document without responses is invalid.
    expect(check({ ...document, info: {} })).toBe(false);
  });

  it('equals the checked-in document, which is generated without starting the program', () => {
    expect(JSON.parse(readFileSync(CHECKED_IN, 'utf8'))).toEqual(document);
  });

  it('has exactly the routes of the running program', () => {
    expect(
      operationsOf(document)
        .map(({ route }) => route)
        .sort(),
    ).toEqual(Object.keys(TABLE).sort());
  });

  it('is public, in production too; the assets of its page are compressed and cached for an hour', async () => {
    const earnest = await startApi({ DATABASE_URL: stack.database.url, NODE_ENV: 'production' });
    try {
      expect(operationsOf(await readDocument(earnest.url))).toHaveLength(operationsOf(document).length);
      const page = await ask(earnest.url, '/api/docs');
      expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
      // Nothing in it that the policy of our pages would not run.
      expect(page.text).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=|https?:/);
      const paths = [...page.text.matchAll(/(?:src|href)="(\/api\/docs\/[^"]+)"/g)].map(([, path]) => path!);
      expect(paths).toHaveLength(4);
      for (const path of paths) {
        const { status, headers } = await ask(earnest.url, path, { headers: { 'accept-encoding': 'gzip' } });
        expect([status, headers.get('content-encoding')]).toEqual([200, 'gzip']);
        expect(headers.get('cache-control')).toBe('public, max-age=3600');
      }
      expect((await ask(earnest.url, '/api/docs/package.json')).status).toBe(404);
    } finally {
      await earnest.stop();
    }
  });

  describe('responses of the running API', () => {
    let shop: Shop;
    const recorder = new AnswerRecorder();
    let unlike: string[];

    beforeAll(async () => {
      shop = await openShop({
        LOGIN_ENABLED: 'true',
        REDIS_URL: process.env.TEST_REDIS_URL,
        BANK_TRANSFER_BANK: 'Bank Contoh',
        BANK_TRANSFER_HOLDER: 'Demo Clinic',
        BANK_TRANSFER_ACCOUNT: '000 123 456',
        BANK_TRANSFER_NOTE_EN: 'From another bank it takes a day.',
        GCASH_HOLDER: 'Demo Clinic',
        GCASH_ACCOUNT: '0900 000 0000',
      });
      await recordShop(shop, recorder);
      await recordRefusedCheckouts(shop, recorder);
      await recordMoneyElsewhere(shop, recorder);
      await recordTransfers(shop, recorder);
      await recordTrouble(recorder);
      await recordProvider('stripe', STRIPE, openStripe, recorder);
      unlike = await recordEveryRole(stack.database, stack.api.url, recorder);
    }, 90_000);
    afterAll(() => shop.close());

    it('of every route, for every role, are as documented', async () => {
      expect(unlike).toEqual([]);
      const check = new ByDocument(document);
      const faults = recorder.answers.flatMap((answer) =>
        check
          .faultsOfAnswer(answer.route, answer)
          .map((fault) => `${answer.route} (${answer.who}) ${answer.status}: ${fault}`),
      );
      const kinds = new Set(
        recorder.answers.map(({ route, status, body }) => `${route} ${status} ${(body as Json)?.code ?? ''}`),
      );
      console.info(`${recorder.answers.length} answers of ${kinds.size} kinds:\n${[...kinds].sort().join('\n')}`);
      expect(faults).toEqual([]);
    });

    it('include every error that a route documents', () => {
      const heard = new Set(recorder.answers.map(({ route, body }) => `${route} ${(body as Json | undefined)?.code}`));
      const unheard = operationsOf(document).flatMap(({ route, operation }) =>
        codesOf(operation)
          .filter((code) => !BEFORE_ROUTES.has(code))
          .map((code) => `${route} ${code}`)
          .filter((name) => !heard.has(name)),
      );
      expect(unheard.sort()).toEqual(Object.keys(UNREACHABLE).sort());
    });

    it('would not match if the document lacked a status or a member', () => {
      const { lies, passed } = undetected(document, recorder.answers);
      console.info(`${lies} left out, one at a time; not found out: ${passed.join(', ')}`);
      expect(passed.filter((name) => !NEVER_HEARD.test(name))).toEqual([]);
    }, 120_000);
  });

  describe('request bodies', () => {
    it('that a schema refuses get 422 naming the field; those it accepts do not', async () => {
      const { token } = await createPerson(stack.database, 'staff');
      const check = new ByDocument(document);
      const counts = new Map<string, [taken: number, refused: number]>();
      const unlike: string[] = [];
      for (const { route, method, path, operation } of operationsOf(document)) {
        const ref = operation.requestBody?.content['application/json'].schema.$ref as string | undefined;
        if (ref === undefined) continue;
        const schema = document.components.schemas[ref.split('/').at(-1)!] as Json;
        const address = path.replace('/products/{id}', '/products/plan').replaceAll(/\{\w+\}/g, '999999');
        for (const { name, field, body } of bodiesOf(schema, GOOD[route]!)) {
          const refused = check.faultsOfBody(route, body).length > 0;
          const reply = await ask<Schemas['VALIDATION_FAILED']['data']>(stack.api.url, address, {
            method: method.toUpperCase(),
            token,
            body: JSON.stringify(body),
          });
          const fields = reply.body.code === 'VALIDATION_FAILED' ? Object.keys(reply.body.data.fields) : [];
          const like = refused
            ? reply.status === 422 &&
              (field === 'body' || fields.some((one) => [field, 'body', EITHER[field]].includes(one)))
            : fields.length === 0;
          if (!like)
            unlike.push(
              `${route}, ${field}: ${name}: the schema ${refused ? 'refuses' : 'takes'} it, and it is answered ${reply.status} ${reply.text.slice(0, 200)}`,
            );
          const count = counts.get(name) ?? [0, 0];
          count[refused ? 1 : 0] += 1;
          counts.set(name, count);
        }
      }
      const lines = [...counts].map(([name, [taken, refused]]) => `${name}: ${taken} taken, ${refused} refused`);
      console.info(lines.join('\n'));
      expect(unlike).toEqual([]);
    }, 60_000);
  });

  describeInBrowser('the page for people', () => {
    it('the documentation page shows every route, loads nothing from other origins, and fits desktop and phone screens', async () => {
      const browser = await startBrowser();
      try {
        const person = await browser.person({ viewport: { width: 1280, height: 800 } });
        const page = await person.newPage();
        const troubles: string[] = [];
        const foreign: string[] = [];
        page.on('console', (message) => {
          if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
        });
        page.on('pageerror', (error) => troubles.push(String(error)));
        page.on('request', (request) => {
          if (!request.url().startsWith(stack.api.url) && !request.url().startsWith('data:'))
            foreign.push(request.url());
        });
        const answer = (await page.goto(`${stack.api.url}/api/docs`))!;
        expect(answer.headers()['content-security-policy']).toContain("script-src 'self'");
        await page.locator('.opblock').first().waitFor();
        expect(await page.locator('.opblock').count()).toBe(operationsOf(document).length);
        await page.locator('#operations-payments-Payments_start .opblock-summary-control').click();
        await page.getByText('PAYMENT_IN_PROGRESS').first().waitFor();
        await page.locator('.authorize').first().click();
        await page.locator('.dialog-ux').first().waitFor();
        for (const width of [1280, 360]) {
          await page.setViewportSize({ width, height: 800 });
          const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
          expect(wide).toBeLessThanOrEqual(width);
        }
        expect([troubles, foreign]).toEqual([[], []]);
      } finally {
        await browser.close();
      }
    }, 60_000);
  });
});
