import { isDeepStrictEqual } from 'node:util';

/** Whoever asks Stripe for a page waits at a barrier. */
export const holdPages = (when: 'before' | 'after') => ({
  hold: { path: '/v1/checkout/sessions', method: 'POST', when },
});

/** That a session was paid is told five times at once. */
export const MANY_WEBHOOKS = { webhooks: { duplicate: 5, types: ['checkout.session.completed'] } };

/** Whether it was an attack that set them, and not a person. */
export function areOfAnAttack(faults: object | null): boolean {
  return [holdPages('before'), holdPages('after'), MANY_WEBHOOKS].some((ours) => isDeepStrictEqual(ours, faults));
}
