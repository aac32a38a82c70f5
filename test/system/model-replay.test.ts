import * as states from '../../libs/payments/src/ledger/payment-states.js';
import { BROKEN } from '../../scripts/prove/model/broken.mjs';
import { explore } from '../../scripts/prove/model/explore.mjs';
import { protocol } from '../../scripts/prove/model/protocol.mjs';
import type { State } from '../../scripts/prove/model/state.mjs';
import { brokenCopy } from './support/broken-copies.js';
import {
  abandonedMeanwhile,
  killedBeforeStoring,
  lostAnswer,
  neverDelivered,
  refundBeforeItsMoney,
  refundKilledAt,
  takenOver,
  twoClients,
} from './support/schedules.js';
import { onStage, type Stage } from './support/stage.js';

/** A counter-example, forced on real processes. */
interface Replay<Outcome> {
  /** Forces the order of its steps. @param isBroken what happens only without the guard is waited for */
  readonly schedule: (stage: Stage, isBroken: boolean) => Promise<Outcome>;
  /** What the broken program must come to: read from the last state of the counter-example. */
  readonly predicted: (last: State) => Outcome;
  readonly shipped: Outcome;
}
const replay = <Outcome>(one: Replay<Outcome>) => one as Replay<unknown>;

const statusIn = (last: State) => last.payments[0]!.status;
const liveIn = (last: State) => last.payments.filter(({ status }) => states.isLive(status)).length;
/** Every live payment has a page, and each page is paid in the end. */
const PAID_ONCE = { live: 1, charges: 1 };
const paidFor = (last: State) => ({ live: liveIn(last), charges: liveIn(last) });
const refundsIn = (last: State) => ({ refunds: last.stripe.refunds.length });

/** For each counter-example of the model (`npm run model` prints them). */
const REPLAYS: Readonly<Record<string, Replay<unknown>>> = {
  'no unique index, no row lock': replay({
    schedule: (stage) => twoClients(stage, { leasesEnd: true }),
    predicted: paidFor,
    shipped: PAID_ONCE,
  }),
  'row lock and look in one statement': replay({
    schedule: (stage) => twoClients(stage, { leasesEnd: true }),
    predicted: paidFor,
    shipped: PAID_ONCE,
  }),
  'locks released before the commit': replay({
    schedule: (stage) => twoClients(stage, { leasesEnd: false }),
    predicted: paidFor,
    shipped: PAID_ONCE,
  }),
  'Stripe inside the transaction': replay({
    schedule: (stage) => refundKilledAt(stage, 'refund.before-commit'),
    predicted: refundsIn,
    shipped: { refunds: 1 },
  }),
  'no idempotency at all': replay({
    schedule: (stage) => refundKilledAt(stage, 'answer.cached'),
    predicted: refundsIn,
    shipped: { refunds: 1 },
  }),
  'a fresh Stripe key for each try': replay({
    schedule: lostAnswer,
    predicted: ({ stripe }) => ({ sessions: stripe.sessions.length }),
    shipped: { sessions: 1 },
  }),
  'webhook acknowledged before it is stored, nothing read from Stripe': replay({
    schedule: killedBeforeStoring,
    predicted: (last) => ({ fate: last.stripe.events[0]!.fate, status: statusIn(last) }),
    shipped: { fate: 'undelivered', status: 'completed' },
  }),
  'reconciler off': replay({
    schedule: neverDelivered,
    predicted: (last) => ({ status: statusIn(last) }),
    shipped: { status: 'completed' },
  }),
  'fence ignored': replay({
    schedule: abandonedMeanwhile,
    predicted: (last) => ({ status: statusIn(last), page: last.payments[0]!.page, isReturned: true }),
    shipped: { status: 'cancelled', page: 'unanswered', isReturned: false },
  }),
  'lost claim not reported': replay({
    schedule: (stage) => takenOver(stage, { givesUp: false }),
    predicted: ({ wrong }) => ({ isRefused: wrong !== '' }),
    shipped: { isRefused: false },
  }),
  'lost claim not reported once its row is deleted': replay({
    schedule: (stage) => takenOver(stage, { givesUp: true }),
    predicted: ({ wrong }) => ({ isRefused: wrong !== '' }),
    shipped: { isRefused: false },
  }),
  'dead events not requeued, nothing read from Stripe': replay({
    schedule: refundBeforeItsMoney,
    predicted: (last) => ({ status: statusIn(last), event: last.inbox.find((status) => status !== 'applied')! }),
    shipped: { status: 'partially_refunded', event: 'applied' },
  }),
};

describe('the counter-examples of the model, on the real program', () => {
  it('are all replayed', () => {
    expect(Object.keys(REPLAYS).sort()).toEqual(BROKEN.map(({ name }) => name).sort());
  });

  describe.each(BROKEN.map((broken) => [broken.name, broken] as const))('%s', (name, broken) => {
    const { schedule, predicted, shipped } = REPLAYS[name]!;

    it('ends in the state that the model predicts', async () => {
      const { trace } = explore(protocol(states, broken)).counterexample!;
      const outcome = await onStage(brokenCopy(name), (stage) => schedule(stage, true));
      expect(outcome).toEqual(predicted(trace.at(-1)!.next));
    });

    it('does no harm to the shipped program, in the same order of steps', async () => {
      expect(await onStage(undefined, (stage) => schedule(stage, false))).toEqual(shipped);
    });
  });
});
