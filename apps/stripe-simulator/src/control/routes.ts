import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { StripeError } from '../api/stripe-error.js';
import { NO_CAUSE } from '../api/world.js';
import { NotPayable, paySession, DEFAULT_PAYER } from '../checkout/pay-session.js';
import { appealDispute, closeDispute } from '../disputes/decide-dispute.js';
import { escalateInquiry, NotDisputable, openDispute } from '../disputes/disputes.js';
import { repeatEvent } from '../events/emit-event.js';
import { DECLINED_CARDS } from '../payments/outcomes.js';
import { createRefund } from '../refunds/create-refund.js';
import { NotSettleable, referRefund, settleRefund } from '../refunds/settle-refund.js';
import type { Simulator } from '../simulator.js';
import { checkFaults } from './check-faults.js';
import { takeForeignPayment } from './foreign-payment.js';
import { ledger } from './ledger.js';
import { LATEST, requests } from './requests.js';

/** Simulates what happens outside the API: customers, banks, the network, time. Described in README.md. */
export function controlRoutes(sim: Simulator) {
  const { world, faults, deliverer } = sim;
  const { store, clock } = world;

  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
      const status =
        error instanceof NotPayable || error instanceof NotSettleable || error instanceof NotDisputable
          ? 409
          : error instanceof z.ZodError || error instanceof RangeError
            ? 400
            : error instanceof StripeError
              ? 409
              : (error.statusCode ?? 500);
      return reply.code(status).send({ error: sentenceOf(error) });
    });
    app.all('/_sim/*', async (request, reply) =>
      reply.code(404).send({ error: `There is no ${request.method} ${request.url}; README.md lists the control API.` }),
    );

    /** A step taken by nobody who called the API; answered once it is durable. */
    const step = <S extends z.ZodType>(url: string, schema: S, act: (of: z.output<S>, id: string) => unknown) =>
      app.post(`/_sim/${url}`, async (request) => {
        const of = schema.parse(request.body ?? {});
        sim.passTime();
        world.cause = NO_CAUSE;
        const answer = act(of, (request.params as { id?: string }).id ?? '');
        await sim.finish();
        return answer;
      });

    /** @throws RangeError if the charge does not belong to the payment intent. */
    const checkPair = ({
      payment_intent,
      charge,
    }: {
      payment_intent?: string | undefined;
      charge?: string | undefined;
    }) => {
      const known = store.charges.get(charge ?? '');
      if (!known || payment_intent === undefined || known.payment_intent === payment_intent) return;
      throw new RangeError(`The charge ${known.id} does not belong to the payment intent ${payment_intent}.`);
    };

    step('sessions/:id/pay', requests.pay, ({ outcome, decline_code = 'generic_decline', email, name }, id) =>
      paySession(world, id, outcome, {
        payer: { email: email ?? DEFAULT_PAYER.email, name: name ?? DEFAULT_PAYER.name },
        declined: DECLINED_CARDS[decline_code],
      }),
    );
    step('refunds/:id/settle', requests.settle, ({ outcome, failure_reason }, id) =>
      settleRefund(world, id, outcome, failure_reason),
    );
    step('refunds/:id/refer', requests.nothing, (_of, id) => referRefund(world, id));
    step('refunds/next', requests.comingRefunds, ({ outcome, times }) => {
      world.coming_refunds.push(...Array.from({ length: times }, () => outcome));
      return { coming: world.coming_refunds };
    });
    step('refunds', requests.dashboardRefund, ({ outcome, ...wish }) => {
      checkPair(wish);
      return createRefund(world, wish, outcome);
    });
    step('disputes', requests.dispute, ({ payment_intent, charge, ...how }) => {
      checkPair({ payment_intent, charge });
      const of = charge ?? (store.payment_intents.get(payment_intent ?? '')?.latest_charge as string | undefined);
      return openDispute(world, of ?? String(payment_intent), how);
    });
    step('disputes/:id/escalate', requests.escalateDispute, (of, id) => escalateInquiry(world, id, of));
    step('disputes/:id/appeal', requests.appealDispute, (of, id) => appealDispute(world, id, of));
    step('disputes/:id/close', requests.closeDispute, (of, id) => closeDispute(world, id, of));
    step('payments', requests.foreignPayment, (of) => takeForeignPayment(world, of));
    step('clock', requests.clock, ({ advance_seconds, now }) => {
      const ms = advance_seconds === undefined ? (now ?? 0) * 1_000 - clock.now_ms() : advance_seconds * 1_000;
      if (clock.now_ms() + ms > LATEST * 1_000) throw new RangeError('The clock ends with the year 2199.');
      clock.advance(ms);
      sim.passTime();
      return { now: clock.now() };
    });
    step('endpoints', requests.endpoints, ({ urls, secrets, enabled_events = ['*'] }) => {
      deliverer.endpoints = { urls, secrets: secrets ?? deliverer.endpoints.secrets, enabled_events };
      // URLs are stored; secrets are not, they come from the environment.
      store.settings.put({ id: 'endpoints', urls, enabled_events });
      return { urls, enabled_events };
    });

    step('account', requests.account, (state) => {
      store.settings.put({ id: 'account', ...state });
      return state;
    });

    app.post('/_sim/faults', async (request) => {
      faults.set(request.body ?? {}, checkFaults);
      // Events collected for reordering are sent when the fault is cleared.
      deliverer.flush();
      return faults.shown();
    });
    app.post('/_sim/faults/release', async (request) => ({
      released: faults.release(requests.release.parse(request.body ?? {}).ids),
    }));
    app.post('/_sim/webhooks/resend', async (request, reply) => {
      const { event, as_new } = requests.resend.parse(request.body);
      const known = store.events.get(event);
      if (!known) return reply.code(409).send({ error: `There is no event ${event}.` });
      if (!as_new) return { sent: await deliverer.resend(known) };
      const { id } = repeatEvent(world, known);
      await store.commit();
      await deliverer.send();
      return { event: id, sent: deliverer.sent(id) };
    });
    app.post('/_sim/reset', async () => {
      await sim.reset();
      return {};
    });

    app.get('/_sim/faults', async () => faults.shown());
    app.get('/_sim/ledger', async () => ledger(world));
    app.get('/_sim/requests', async () => sim.log.all());
    app.get('/_sim/deliveries', async () => store.deliveries.all());
    app.get('/_sim/clock', async () => ({ now: clock.now() }));
  };
}

function sentenceOf(error: Error & { statusCode?: number }): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  // curl's default content type.
  if (error.statusCode === 415) return 'The control API takes JSON: send the header content-type: application/json.';
  return error.message;
}
