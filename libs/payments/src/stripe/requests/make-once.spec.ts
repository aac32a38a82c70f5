import type { Made } from '#stripe';
import type { EntityManager } from 'typeorm';
import { makeOnce, MAX_KEY_AGE_SECONDS, type Searched, type StoredRequest } from './make-once.js';

type Result = Made<string>;
type Row = StoredRequest & { readonly attempt: number };

const PAUSE_MS = 1_000;
const MADE: Result = { is: 'made', object: 'cs_1' };
const REFUSED: Result = { is: 'refused', code: 'amount_too_small', reason: 'too small' };
const NO_ANSWER: Result = { is: 'unclear', post_again: true, reason: 'timeout' };
const STORED_500: Result = { is: 'unclear', post_again: false, reason: 'status 500' };

const row = (more: Partial<Row> = {}): Row => ({
  post_again: true,
  key_age_seconds: 0,
  empty_listings: 0,
  ms_since_listed: null,
  attempt: 1,
  ...more,
});

/** Runs one request and returns the steps that were taken. */
async function play(from: Row, how: { post?: Result; search?: Searched<Result>; isOurs?: boolean }) {
  const steps: string[] = [];
  const { post = MADE, search = { ms_since_listed: from.ms_since_listed }, isOurs = true } = how;
  const result = await makeOnce<Row, string>(from, {
    manager: {} as EntityManager,
    pause_ms: PAUSE_MS,
    rows: {
      stopPosting: async (_, stopped) => {
        steps.push('stop');
        return isOurs ? { ...stopped, post_again: false } : undefined;
      },
      countEmptyListing: async () => void steps.push('count'),
      raiseAttempt: async (_, raised) => {
        steps.push('raise');
        return isOurs ? { ...raised, attempt: raised.attempt + 1 } : undefined;
      },
    },
    post: async ({ attempt }) => {
      steps.push(`post ${attempt}`);
      return post;
    },
    search: async () => {
      steps.push('search');
      return search;
    },
  });
  return { result, steps };
}

describe('one object at Stripe', () => {
  it.each([
    ['made', MADE],
    ['refused', REFUSED],
    ['without an answer', NO_ANSWER],
  ])('is asked for under its key while Stripe remembers that: %s', async (_, answer) => {
    expect(await play(row(), { post: answer })).toEqual({ result: answer, steps: ['post 1'] });
    const old = row({ key_age_seconds: MAX_KEY_AGE_SECONDS, empty_listings: 1 });
    expect(await play(old, { post: answer })).toEqual({ result: answer, steps: ['post 1'] });
  });

  it('is not asked for under a key that Stripe may have forgotten: it keeps one for 24 hours, and clocks differ', () => {
    const [DAY_SECONDS, MARGIN_SECONDS] = [24 * 3_600, 4 * 3_600];
    expect(MAX_KEY_AGE_SECONDS).toBeLessThanOrEqual(DAY_SECONDS - MARGIN_SECONDS);
  });

  it('is looked for once its key may be forgotten, or has a stored answer that says nothing', async () => {
    for (const from of [row({ key_age_seconds: MAX_KEY_AGE_SECONDS + 1 }), row({ post_again: false })]) {
      expect(await play(from, { search: { found: MADE } })).toEqual({ result: MADE, steps: ['search'] });
    }
    const { result, steps } = await play(row(), { post: STORED_500 });
    expect(steps).toEqual(['post 1', 'stop', 'search', 'count']);
    expect(result).toEqual({ is: 'unclear', post_again: false, reason: 'status 500; not in Stripe’s list yet' });
  });

  it('is asked for anew only after a second empty listing, a pause after the first', async () => {
    const once = { post_again: false, empty_listings: 1 };
    const early = await play(row({ ...once, ms_since_listed: PAUSE_MS - 1 }), {});
    expect(early.steps).toEqual(['search']);
    expect(early.result.is).toBe('unclear');
    const late = await play(row({ ...once, ms_since_listed: PAUSE_MS }), {});
    expect(late).toEqual({ result: MADE, steps: ['search', 'count', 'raise', 'post 2'] });
  });

  it('is left to another process that has taken it over', async () => {
    const raced = await play(row({ post_again: false, empty_listings: 1 }), { isOurs: false });
    expect(raced.steps).toEqual(['search', 'count', 'raise']);
    expect(raced.result.is).toBe('unclear');
    expect((await play(row(), { post: STORED_500, isOurs: false })).steps).toEqual(['post 1', 'stop']);
  });
});
