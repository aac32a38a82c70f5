/**
 * Protocols that lose or double money, each a patched copy of the program, made for this run: the shipped program has no
 * such switch. Payonce has several guards in a row, so most of these remove a whole row of them.
 *
 * @typedef {object} Patch
 * @property {string} file
 * @property {string} find occurs exactly once in the file
 * @property {string} replace
 *
 * @typedef {object} BrokenProtocol
 * @property {string} name
 * @property {string} why what goes wrong without it
 * @property {readonly Patch[]} patches
 * @property {readonly string[]} [sql] run in the database before the programs start
 * @property {readonly string[]} faults which of the storm's faults show it
 * @property {readonly [number, number]} [gapMs] between two faults, if people need time to pay; else they strike as often
 *   as they can
 * @property {readonly string[]} rules the oracle must report at least one of these as broken,
 * @property {RegExp} says with a sentence about what this protocol does wrong, not about what has not come to rest
 */

const NO_INDEX = 'DROP INDEX payments_one_live_per_consultation';

/** @type {Patch} */
const NO_ROW_LOCK = {
  file: 'libs/payments/src/ledger/consultations.repository.ts',
  find: '`SELECT ${COLUMNS} FROM consultations WHERE id = $1 FOR UPDATE`',
  replace: '`SELECT ${COLUMNS} FROM consultations WHERE id = $1`',
};

/** @type {readonly BrokenProtocol[]} */
export const BROKEN_PROTOCOLS = [
  {
    name: 'no unique index, no row lock',
    why: 'The lock in Redis is a lease: after a flush, two requests hold it.',
    sql: [NO_INDEX],
    patches: [NO_ROW_LOCK],
    faults: ['Redis flushed'],
    says: /live payments|was charged/,
    rules: ['charged once', 'one live payment'],
  },
  {
    name: 'row lock and look in one statement',
    why: 'A statement reads the snapshot it took before it waited for the row, so it does not see what it waited for.',
    sql: [NO_INDEX],
    patches: [
      NO_ROW_LOCK,
      {
        file: 'libs/payments/src/ledger/payments.repository.ts',
        find: "`SELECT ${COLUMNS} FROM payments\n       WHERE consultation_id = $1 AND status IN ('pending', 'completed', 'partially_refunded')`",
        replace:
          "`WITH locked AS MATERIALIZED (SELECT id FROM consultations WHERE id = $1 FOR UPDATE)\n       SELECT ${COLUMNS} FROM payments\n       WHERE consultation_id = (SELECT id FROM locked) AND status IN ('pending', 'completed', 'partially_refunded')`",
      },
    ],
    faults: ['Redis flushed'],
    says: /live payments|was charged/,
    rules: ['charged once', 'one live payment'],
  },
  {
    name: 'locks released before the commit',
    why: 'The next request looks before the first has committed.',
    sql: [NO_INDEX],
    patches: [
      NO_ROW_LOCK,
      {
        file: 'libs/payments/src/payments/start-payment.ts',
        find: "      crashPoint('locks.acquired');\n      return this.start(id, request, context);\n    });",
        replace: "      crashPoint('locks.acquired');\n    });\n    return this.start(id, request, context);",
      },
      {
        file: 'libs/payments/src/payments/start-payment.ts',
        find: 'const answer = await this.locks.withLock(keys, { holder, awaitRelease: false }, async () => {',
        replace: 'await this.locks.withLock(keys, { holder, awaitRelease: false }, async () => {',
      },
      {
        file: 'libs/payments/src/payments/start-payment.ts',
        find: "    crashPoint('locks.released');\n    return answer;\n",
        replace: '',
      },
    ],
    faults: [],
    says: /live payments|was charged/,
    rules: ['charged once', 'one live payment'],
  },
  {
    name: 'a fresh Stripe key for each try',
    why: 'Stripe makes the object again when its first answer is lost.',
    patches: [
      {
        file: 'libs/stripe/src/stripe-gateway.ts',
        find: 'idempotencyKey: call.idempotency_key, apiVersion',
        replace: 'idempotencyKey: `${call.idempotency_key}-${Math.random()}`, apiVersion',
      },
    ],
    faults: ['Stripe loses answers', 'API killed'],
    says: /can be paid on|was made \d+ times/,
    rules: ['refunded once', 'one session'],
  },
  {
    name: 'webhook acknowledged before it is stored, nothing read from Stripe',
    why: 'Postgres or the API fails in between, and Stripe does not send the event again.',
    patches: [
      {
        file: 'libs/webhooks/src/receive-event.ts',
        find: "    const row = await this.events.store(this.dataSource.manager, event, how);\n    crashPoint('webhook.stored');",
        replace:
          "    void this.events.store(this.dataSource.manager, event, how).then(\n      async (stored) => this.tryEvent.run(stored, { lane: 'webhook', request_id, waitMs: WAIT_MS }),\n    ).catch(() => undefined);\n    return Answer.ok('webhook.received', { received: true, event_id: event.id, status: 'applied' });\n    const row = await this.events.store(this.dataSource.manager, event, how);",
      },
      noJob('catch-up-with-stripe', 'catchUpWithStripe'),
      noJob('resume-payments', 'resumePayments'),
    ],
    faults: ['Postgres killed'],
    gapMs: [1_500, 3_000],
    says: /its session is paid$/,
    rules: ['nothing unfinished', 'money accounted for', 'refunded once'],
  },
  {
    name: 'Stripe asked inside the transaction that makes the payment',
    why: 'Stripe does not roll back: the next try opens a second page.',
    patches: [
      {
        file: 'libs/payments/src/stripe/sessions/stripe-hosted-checkout.ts',
        find: 'await this.sessionRows.insert(tx, { payment_id: payment.id, request, api_version });',
        replace:
          "await this.sessionRows.insert(tx, { payment_id: payment.id, request, api_version });\n    const made = await this.gateway.createSession({ idempotency_key: `checkout:${ref}:1`, request, api_version });\n    if (made.is !== 'made') throw new Error('Stripe has not answered');",
      },
    ],
    faults: ['Stripe loses answers'],
    says: /payment that does not exist/,
    rules: ['one session'],
  },
  {
    name: 'waiting events die and are not requeued, reconciler off',
    why: 'A refund whose event arrives before the event of its payment is never booked.',
    patches: [
      {
        file: 'libs/webhooks/src/try-event.ts',
        find: 'const failed = !isPassing(error);',
        replace: 'const failed = isPassing(error) || true;',
      },
      {
        file: 'libs/webhooks/src/try-event.ts',
        find: 'export const MAX_FAILURES = PAUSES_SECONDS.length + 1;',
        replace: 'export const MAX_FAILURES = 1;',
      },
      {
        file: 'libs/webhooks/src/requeue-events.ts',
        find: 'await tx.query(\n      // A row',
        replace: 'if (tx !== undefined) return;\n    await tx.query(\n      // A row',
      },
      noJob('catch-up-with-stripe', 'catchUpWithStripe'),
    ],
    faults: ['Stripe fails before the effect', 'Stripe resets connections'],
    says: / is dead/,
    rules: ['nothing unfinished', 'money accounted for', 'refunded once'],
  },
  {
    name: 'reconciler off',
    why: 'What Stripe did not deliver is never learned.',
    patches: [noJob('catch-up-with-stripe', 'catchUpWithStripe'), noJob('resume-payments', 'resumePayments')],
    faults: ['webhook endpoint removed', 'API killed'],
    says: /its session is paid$|booked 0 times|absent/,
    rules: ['nothing unfinished', 'money accounted for', 'refunded once'],
  },
  {
    name: 'answers cached across users',
    why: 'Two users may use the same key.',
    patches: [
      {
        file: 'libs/idempotency/src/answer-cache.ts',
        find: 'const who = cachedFor ?? [await this.namespace(), caller];',
        replace: "const who = cachedFor ? 'all' : [await this.namespace(), caller].length;",
      },
    ],
    faults: [],
    says: /shows user|is about|results|different answers|no reason|refuses a key/,
    rules: ['no false answer'],
  },
  {
    name: 'no idempotency at all',
    why: 'A repeated request of staff refunds again.',
    patches: [
      {
        file: 'apps/api/src/edge/idempotency.ts',
        find: 'return caller && callerOf(caller.user_id);',
        replace: 'return caller && `${callerOf(caller.user_id)}:${Math.random()}`;',
      },
      {
        file: 'apps/api/src/edge/idempotency.ts',
        find: "return caller && [caller.epoch, caller.issuer ?? '', caller.subject];",
        replace: 'return caller && [String(Math.random())];',
      },
    ],
    faults: [],
    says: /\d+ refunds for|results:/,
    rules: ['no false answer', 'refunded once'],
  },
];

/**
 * @param {string} name of the job
 * @param {string} field
 * @returns {Patch}
 */
function noJob(name, field) {
  return {
    file: 'apps/worker/src/schedule.ts',
    find: `{ name: '${name}', every_seconds, run: () => ${field}.run() },`,
    replace: `{ name: '${name}', every_seconds, run: () => Promise.resolve(${field}) },`,
  };
}
