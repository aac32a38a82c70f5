import { longestProperty, playRandomly, RUNS, SEED, VERBOSE } from '../support/property.js';
import { type Bank, openBank } from './support/bank.js';
import { differences } from './support/judge.js';
import { KNOWN, OF_EVERYTHING } from './support/known.js';
import { type Move, sequences } from './support/moves.js';
import { MUTATIONS, type MutableJudged } from './support/mutations.js';
import { Run } from './support/play.js';

/** A run takes less than a second, and one whose answers wait for locks some more. */
const RUN_MS = 15_000;

describe(`transfers by bank or GCash (PROPERTY_SEED=${SEED} repeats it)`, () => {
  let bank: Bank;
  let runs = 0;

  beforeAll(async () => {
    bank = await openBank();
  });
  afterAll(() => bank.close());

  async function agreesAfter(moves: readonly Move[]): Promise<void> {
    const run = await Run.begin(bank, `r${(runs += 1)}`);
    const found: string[] = [];
    try {
      for (const move of moves) await run.play(move);
      await run.reconcile();
      found.push(...differences(await run.books(), await run.shown(), run.statement));
    } catch (error) {
      found.push((error as Error).message);
    }
    found.unshift(...run.faults);
    const told = [...run.log, ...found].join('\n');
    if (VERBOSE) console.log(told);
    if (found.length > 0) throw new Error(`The books and the bank's statement differ:\n${told}`);
  }

  it.each(KNOWN)('$name', ({ moves }) => agreesAfter(moves), RUN_MS);

  it('the checker detects every wrong ledger and answer', async () => {
    const run = await Run.begin(bank, `r${(runs += 1)}`);
    for (const move of OF_EVERYTHING) await run.play(move);
    const [books, shown] = [await run.books(), await run.shown()];
    const unseen = Object.entries(MUTATIONS).filter(([, mutate]) => {
      const judged = structuredClone({ books, shown }) as MutableJudged;
      mutate(judged);
      return differences(judged.books, judged.shown, run.statement).length === 0;
    });
    expect([differences(books, shown, run.statement), unseen.map(([name]) => name)]).toEqual([[], []]);
  });

  it(
    `${RUNS} random sequences: each unit of the statement is in one place of the ledger, and every answer is right`,
    () => playRandomly(sequences(), RUN_MS, agreesAfter),
    longestProperty(RUN_MS),
  );
});
