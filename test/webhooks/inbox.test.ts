import { AuditLog } from '#audit';
import { parseConfig } from '#config';
import { dataSourceOptions, openDataSource } from '#database';
import { Metrics } from '#observability';
import type { EventProcessor } from '#payments';
import type { StripeGateway } from '#stripe';
import type { PinoLogger } from 'nestjs-pino';
import type { DataSource } from 'typeorm';
import { DrainInbox } from '../../libs/webhooks/src/drain-inbox.js';
import { TryEvent } from '../../libs/webhooks/src/try-event.js';
import { WebhookReport } from '../../libs/webhooks/src/webhook-report.js';
import { WebhookEventsRepository } from '../../libs/webhooks/src/webhook-events.repository.js';
import { TEST_SECRET } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { startApi } from '../support/processes.js';
import { proxyTo, through } from '../support/proxy.js';
import { openShop, type Shop } from '../stripe/support/shop.js';
import { signedEvent, verdictOf } from '../stripe/support/webhooks.js';

describe('the inbox of Stripe’s events', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
    await shop.faults({ webhooks: { lose: true } });
  });
  afterAll(() => shop.close());

  it('a hundred events, ten workers at once, five rounds: one worker tries each event, once', async () => {
    const logger = { setContext: () => undefined, warn: () => undefined } as unknown as PinoLogger;
    const gateway = { livemode: false } as StripeGateway;
    const sources: DataSource[] = [];
    try {
      const workers = await Promise.all(
        Array.from({ length: 10 }, async () => {
          const config = parseConfig({ DATABASE_URL: shop.database.url, JWT_SECRET: TEST_SECRET });
          const source = await openDataSource(dataSourceOptions(config, 'test'));
          sources.push(source);
          const events = new WebhookEventsRepository();
          // Events of an unhandled type need neither Stripe nor payments.
          const report = new WebhookReport(new Metrics());
          const tryEvent = new TryEvent(source, new AuditLog(), events, {} as EventProcessor, gateway, report, logger);
          return new DrainInbox(source, events, tryEvent, logger);
        }),
      );
      for (let round = 0; round < 5; round++) {
        await shop.database.query(
          `INSERT INTO webhook_events (event_id, type, livemode, payload, source)
           SELECT 'evt_' || $1 || '_' || n, 'invoice.paid', false,
                  '{"type":"invoice.paid","livemode":false}', 'webhook' FROM generate_series(1, 100) n`,
          [`round${round}`],
        );
        const tried = await Promise.all(workers.map((worker) => worker.run()));
        expect(tried.reduce((sum, one) => sum + one, 0)).toBe(100);
        const rows = await shop.database.query(
          `SELECT status, tries, count(*)::int FROM webhook_events WHERE event_id LIKE $1 GROUP BY 1, 2`,
          [`evt_round${round}_%`],
        );
        expect(rows).toEqual([{ status: 'ignored', tries: 1, count: 100 }]);
      }
    } finally {
      await Promise.all(sources.map((source) => source.destroy()));
    }
  });

  it('Postgres unavailable: 503, so that Stripe sends it again; afterwards the same event is stored and applied', async () => {
    const { hostname, port } = new URL(shop.database.url);
    const proxy = await proxyTo(hostname, Number(port));
    const api = await startApi({ ...shop.env(), DATABASE_URL: through(proxy, shop.database.url) });
    try {
      const consultation_id = await shop.consultation();
      const { payment_id, checkout } = (await shop.create(consultation_id)).body.data;
      await shop.pay(checkout.session_id);
      const session = await shop.simulator.stripe().checkout.sessions.retrieve(checkout.session_id);
      const { id, send } = signedEvent('checkout.session.completed', session);
      await proxy.pull();
      const refused = await send(api.url);
      expect([refused.status, refused.headers.has('retry-after')]).toEqual([503, true]);
      expect(await shop.database.query('SELECT 1 FROM webhook_events WHERE event_id = $1', [id])).toEqual([]);
      await proxy.plugIn();
      await eventually(async () => (await send(api.url)).status === 200, 'it is taken');
      expect([await verdictOf(shop, id), (await shop.payment(payment_id)).status]).toEqual(['applied', 'completed']);
    } finally {
      await api.stop();
      await proxy.end();
    }
  });
});
