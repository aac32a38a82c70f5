import { startWorker } from '../../../support/processes.js';
import { VERBOSE } from '../../../support/property.js';
import { openShop } from '../shop.js';
import { differences } from './judge.js';
import { type Move, SLOTS } from './moves.js';
import { Run } from './play.js';
import { untilQuiet, wait } from './time.js';

const MORE_SWEEPS = 4;

/** Plays sequences of our and outside changes on one shop, and compares the ledger with Stripe after each. */
export interface Comparison {
  /** @throws Error that lists what was done and what differs */
  agreesAfter(moves: readonly Move[]): Promise<void>;
  close(): Promise<void>;
}

export async function openComparison(): Promise<Comparison> {
  // The pauses of production between listings: `hours_pass` lets them pass.
  const shop = await openShop({ STRIPE_SESSION_LISTING_PAUSE_MS: '60000', STRIPE_REFUND_LISTING_PAUSE_MS: '86400000' });
  const worker = await startWorker(shop.env());
  const lost_refs = new Set<string>();
  let runs = 0;

  async function differencesAfter(run: Run): Promise<string[]> {
    const of = { payment_ids: await run.paymentIds(), after_event: run.after_event, lost_refs };
    return [...run.faults, ...run.untrue_sentences, ...(await run.sentAnew()), ...(await differences(shop, of))];
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

  return {
    async agreesAfter(moves) {
      const run = await Run.begin(shop, `run-${(runs += 1)}`, SLOTS, lost_refs);
      try {
        await playAndCompare(run, moves);
      } finally {
        await run.end();
      }
    },
    async close() {
      await worker.stop();
      await shop.close();
    },
  };
}
