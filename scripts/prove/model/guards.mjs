/**
 * What keeps the protocol sound. A broken protocol lacks some of it.
 *
 * @typedef {object} Guards
 * @property {boolean} uniqueIndex `payments_one_live_per_consultation`
 * @property {'before the look' | 'in one statement' | 'none'} rowLock of the consultation
 * @property {'after the answer' | 'before the transaction'} release of the leases
 * @property {boolean} storedKey Stripe's idempotency key is that of the stored request
 * @property {boolean} refundAfterCommit Stripe is asked for a refund with no transaction open
 * @property {boolean} claims a repeated key continues what the first request has made
 * @property {boolean} lostClaimReported a request whose key was taken over is not refused: its client tries again
 * @property {boolean} deletedClaimIsLost also if the row of its claim was deleted since, and the key claimed anew
 * @property {boolean} storedBeforeAcknowledged
 * @property {boolean} reconciler
 * @property {boolean} fence
 * @property {boolean} requeue
 */

/** @type {Guards} */
export const SOUND = {
  uniqueIndex: true,
  rowLock: 'before the look',
  release: 'after the answer',
  storedKey: true,
  refundAfterCommit: true,
  claims: true,
  lostClaimReported: true,
  deletedClaimIsLost: true,
  storedBeforeAcknowledged: true,
  reconciler: true,
  fence: true,
  requeue: true,
};
