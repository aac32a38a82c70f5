import fc from 'fast-check';

/** A few with every change; `npm run test:system` sets more, and anyone can: PROPERTY_RUNS=200. */
export const RUNS = Number(process.env.PROPERTY_RUNS ?? 6);
export const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);

/** `npm run test:system` runs what takes too long for each change, too. */
export const IS_SYSTEM_RUN = process.env.TEST_SYSTEM === '1';

/** Every move and what it led to, also of runs in which nothing was wrong. */
export const VERBOSE = process.env.PROPERTY_VERBOSE === '1';

/** A failing sequence is shrunk for no longer than this. */
const SHRINK_MS = Number(process.env.PROPERTY_SHRINK_SECONDS ?? 120) * 1_000;

/** How long a test of `RUNS` sequences may take, if each takes `run_ms` at most. */
export const longestProperty = (run_ms: number) => RUNS * run_ms + SHRINK_MS + 60_000;

/** Plays `RUNS` random sequences, and shrinks the first that throws. */
export async function playRandomly<Move>(
  sequences: fc.Arbitrary<Move[]>,
  run_ms: number,
  play: (moves: readonly Move[]) => Promise<void>,
): Promise<void> {
  console.log(`PROPERTY_SEED=${SEED} PROPERTY_RUNS=${RUNS}`);
  const property = fc.asyncProperty(sequences, async (moves) => play(moves));
  await fc.assert(property, {
    seed: SEED,
    numRuns: RUNS,
    interruptAfterTimeLimit: RUNS * run_ms + SHRINK_MS,
    markInterruptAsFailure: true,
  });
}

/** One kind of move, with what varies. */
export const moveOf = <Name extends string, Rest extends object>(
  move: Name,
  rest: { [K in keyof Rest]: fc.Arbitrary<Rest[K]> },
) => fc.record({ move: fc.constant(move), ...rest }) as unknown as fc.Arbitrary<{ move: Name } & Rest>;

/** All possible actions by name, with their frequency. */
export type Moves = Record<string, readonly [weight: number, fc.Arbitrary<{ move: string }>]>;

export type AnyOf<Of extends Moves> = {
  [Name in keyof Of]: Of[Name][1] extends fc.Arbitrary<infer M> ? M : never;
}[keyof Of];

export function anyMove<Of extends Moves>(moves: Of): fc.Arbitrary<AnyOf<Of>> {
  return fc.oneof(
    ...objectKeys(moves).map((name) => ({
      weight: moves[name]![0],
      arbitrary: moves[name]![1] as unknown as fc.Arbitrary<AnyOf<Of>>,
    })),
  );
}

export function objectKeys<Of extends object>(of: Of): (keyof Of)[] {
  return Object.keys(of) as (keyof Of)[];
}
