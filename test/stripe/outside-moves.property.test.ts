import { startWorker, type Program } from '../support/processes.js';
import { IS_SYSTEM_RUN, longestProperty, playRandomly, RUNS, SEED, VERBOSE } from '../support/property.js';
import { differences } from './support/outside-moves/judge.js';
import { type Move, sequences, SLOTS } from './support/outside-moves/moves.js';
import { Run } from './support/outside-moves/play.js';
import { KNOWN } from './support/outside-moves/known.js';
import { untilQuiet, wait } from './support/outside-moves/time.js';
import { openShop, type Shop } from './support/shop.js';

/** A run takes some three seconds, and one that a fault makes wait for days at Stripe twenty. */
const RUN_MS = 20_000;
const MORE_SWEEPS = 4;

/** All of them with `npm run test:system`. */
const known = KNOWN.filter(({ every_change }) => IS_SYSTEM_RUN || every_change);

describe(`refunds, disputes and payments outside our flow (PROPERTY_SEED=${SEED} repeats it)`, () => {
  let shop: Shop;
  let worker: Program;
  let runs = 0;
  const lost_refs = new Set<string>();

  beforeAll(async () => {
    // The pauses of production between listings: `hours_pass` lets them pass.
    shop = await openShop({ STRIPE_SESSION_LISTING_PAUSE_MS: '60000', STRIPE_REFUND_LISTING_PAUSE_MS: '86400000' });
    worker = await startWorker(shop.env());
  });
  afterAll(async () => {
    await worker.stop();
    await shop.close();
  });

  async function differencesAfter(run: Run): Promise<string[]> {
    const of = { payment_ids: await run.paymentIds(), after_event: run.after_event, lost_refs };
    return [...run.faults, ...run.untrue_sentences, ...(await run.sentAnew()), ...(await differences(shop, of))];
  }

  async function agreesAfter(moves: readonly Move[]): Promise<void> {
    const run = await Run.begin(shop, `run-${(runs += 1)}`, SLOTS, lost_refs);
    try {
      await playAndCompare(run, moves);
    } finally {
      await run.end();
    }
  }

  async function playAndCompare(run: Run, moves: readonly Move[]): Promise<void> {
    try {
      for (const move of moves) await run.play(move);
    } finally {
      await run.clear();
    }
    await untilQuiet(shop, () => run.paymentIds());
    if (await run.decide()) await untilQuiet(shop, () => run.paymentIds());
    let found = await differencesAfter(run);
    // On a busy machine a sweep may take longer than it seems: what differs has some more of them.
    for (let more = 0; found.length > 0 && more < MORE_SWEEPS; more++) {
      await wait(shop);
      found = await differencesAfter(run);
    }
    const told = [...run.log, ...found].join('\n');
    if (VERBOSE) console.log(told);
    // Thrown by the shrunk sequence, it is what fast-check reports in the end.
    if (found.length > 0) throw new Error(`The books and Stripe differ:\n${told}`);
  }

  it.each(known)('$name', ({ moves }) => agreesAfter(moves), RUN_MS * 3);

  it(
    `${RUNS} random sequences of our and outside changes: the ledger agrees with Stripe for every charge`,
    () => playRandomly(sequences(), RUN_MS, agreesAfter),
    longestProperty(RUN_MS),
  );
});
