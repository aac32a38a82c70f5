import { CRASH_POINTS } from '#crash-points';
import * as states from '../../../libs/payments/src/ledger/payment-states.js';
import { BROKEN, CASTS } from './broken.mjs';
import { explore } from './explore.mjs';
import { pointsOf, protocol } from './protocol.mjs';
import { timeline } from './timeline.mjs';

/** `npm run model` explores these too: three times as many states. */
const NO_MORE_FAULTS = { failures: 0, doubled: 0 };

describe('the explorer', () => {
  /** Counts up by one or by two until `end`; `fault` goes on to 100. */
  const counting = (end: number, violated: (n: number) => string | undefined) => ({
    initial: { n: 0 },
    transitions: ({ n }: { n: number }) => [
      ...(n < end ? [1, 2].map((by) => ({ actor: 'a', step: `+${by}`, isFault: false, next: { n: n + by } })) : []),
      ...(n < 100 ? [{ actor: 'b', step: 'jump', isFault: true, next: { n: 100 } }] : []),
    ],
    violated: ({ n }: { n: number }) => violated(n),
    unfinished: ({ n }: { n: number }) => (n === 11 ? 'it went too far' : undefined),
  });

  it('visits every state once', () => {
    expect(explore(counting(9, () => undefined))).toEqual({
      states: 12,
      transitions: 29,
      depth: 5,
      counterexample: undefined,
    });
  });

  it('finds the shortest trace to a violation', () => {
    const { counterexample } = explore(counting(9, (n) => (n === 5 ? 'five' : undefined)));
    expect(counterexample?.violation).toBe('five');
    expect(counterexample?.trace.map(({ step }) => step)).toHaveLength(3);
    expect(counterexample?.trace.at(-1)?.next).toEqual({ n: 5 });
  });

  it('finds a state in which nothing more happens and something is left to do, whatever faults could still do', () => {
    expect(explore(counting(10, () => undefined)).counterexample?.violation).toBe(
      'nothing more happens, and it went too far',
    );
  });

  it('finds a state from which no finished one can be reached', () => {
    const endless = {
      initial: { n: 0 },
      transitions: ({ n }: { n: number }) =>
        [1, 2]
          .filter((to) => to !== n && (n === 0 || to > 0))
          .map((to) => ({ actor: 'a', step: `to ${to}`, isFault: false, next: { n: n === 0 ? to : 3 - n } })),
      violated: () => undefined,
      unfinished: () => undefined,
    };
    expect(explore(endless).counterexample?.violation).toBe('from here on it can never be finished');
  });
});

describe('the protocol of one intent', () => {
  it.each(Object.entries(CASTS))(
    '%s: no order of steps, with a crash and lost leases, violates anything',
    (_, setup) => {
      const faults = { ...setup.faults, ...NO_MORE_FAULTS };
      const { counterexample } = explore(protocol(states, { ...setup, faults }));
      expect(counterexample && `${counterexample.violation}\n${timeline(counterexample.trace)}`).toBeUndefined();
    },
  );

  it.each(BROKEN.map((broken) => [broken.name, broken] as const))(
    '%s: has a counter-example, and none with its guards',
    (_, broken) => {
      expect(explore(protocol(states, broken)).counterexample?.violation).toBe(broken.violation);
      expect(explore(protocol(states, { ...broken, without: {} })).counterexample).toBeUndefined();
    },
  );

  it.each([
    ['the unique index', { rowLock: 'none', release: 'before the transaction' }],
    ['the row lock', { uniqueIndex: false, release: 'before the transaction' }],
  ] as const)('%s alone keeps a second payment away', (_, without) => {
    const clicks = { cast: ['client 1', 'client 2'], faults: { lapses: true }, without } as const;
    expect(explore(protocol(states, clicks)).counterexample).toBeUndefined();
  });

  it('changes states by the program’s own table: were a completed payment not live, it would be paid twice', () => {
    const wrong = { ...states, isLive: (status: string) => status === 'pending' || status === 'partially_refunded' };
    const clicks = { cast: ['client 1', 'client 2', 'payer', 'webhook', 'worker'], faults: {} } as const;
    const { counterexample } = explore(protocol(wrong, clicks));
    expect(counterexample?.violation).toBe('the fee is kept twice');
    const closed = { ...states, mayBecome: (from: string, to: string) => from !== 'pending' || to !== 'cancelled' };
    const abandoned = explore(protocol(closed, { cast: ['client 1', 'abandon'], faults: {} }));
    expect(abandoned.counterexample?.violation).toBe('payment 0 goes back from pending to cancelled');
  });

  it('names its points as the program names them', () => {
    const named = pointsOf().filter((point) => point.includes('.'));
    expect(named.filter((point) => !CRASH_POINTS.some((known) => known === point))).toEqual([]);
    expect(named.length).toBeGreaterThan(9);
  });
});

describe('a timeline', () => {
  it('has a lane for each actor, and marks faults', () => {
    const trace = [
      { actor: 'client 1', step: 'takes the locks', isFault: false },
      { actor: 'Redis', step: 'the leases of client 1 end', isFault: true },
    ];
    expect(timeline(trace)).toBe(
      ['  client 1  Redis', '  ●         │      takes the locks', '  │         ✗      the leases of client 1 end'].join(
        '\n',
      ),
    );
  });
});
