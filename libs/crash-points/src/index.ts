/**
 * Every step of the protocol at which a process may be killed, in the order in which a request passes them. Tests
 * kill it at each; the remaining state must be complete, or the next request or worker must complete it.
 */
export const CRASH_POINTS = [
  'claim.committed',
  'locks.acquired',
  'payment.before-commit',
  'payment.committed',
  'stripe.session-made',
  'session.before-commit',
  'session.attached',
  'webhook.stored',
  'catch-up.page-applied',
  'money.before-commit',
  'money.committed',
  'cancel.fenced',
  'stripe.session-expired',
  'stripe.refund-made',
  'confirm.before-commit',
  'confirm.committed',
  'refund.before-commit',
  'refund.committed',
  'cancel.before-commit',
  'cancel.committed',
  'locks.released',
  'answer.cached',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

/** Armed only in tests, by CRASH_AT; elsewhere the hook below does nothing. */
const armed = process.env.NODE_ENV === 'test' ? process.env.CRASH_AT : undefined;

/** Marks a step. When armed, the process ends here by sending itself SIGKILL: no handler runs, no buffer is written. */
export const crashPoint: (name: CrashPoint) => void =
  armed === undefined
    ? () => undefined
    : (name) => {
        if (name === armed) process.kill(process.pid, 'SIGKILL');
      };
