import { isDeepStrictEqual } from 'node:util';

/** Holds every request to Stripe for a session at a barrier. */
export const holdPages = (when: 'before' | 'after') => ({
  hold: { path: '/v1/checkout/sessions', method: 'POST', when },
});

/** Delivers the event of a paid session five times at once. */
export const MANY_WEBHOOKS = { webhooks: { duplicate: 5, types: ['checkout.session.completed'] } };

/** Whether an attack has set these faults, and not a user. */
export function areOfAnAttack(faults: object | null): boolean {
  return [holdPages('before'), holdPages('after'), MANY_WEBHOOKS].some((ours) => isDeepStrictEqual(ours, faults));
}
