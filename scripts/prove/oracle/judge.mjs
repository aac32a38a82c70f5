import { auditTrail } from './audit-trail.mjs';
import { chargedOnce } from './charged-once.mjs';
import { documents } from './documents.mjs';
import { finished } from './finished.mjs';
import { moneyAccounted } from './money-accounted.mjs';
import { refundedOnce } from './refunded-once.mjs';
import { trueAnswers } from './true-answers.mjs';

const RULES = [chargedOnce, moneyAccounted, refundedOnce, documents, auditTrail, finished, trueAnswers];

/**
 * The money oracle: judges from Stripe's ledger, the bank's list, the rows of the database and the answers of clients
 * alone. It shares no code with the server.
 * @param {import('./snapshot.mjs').Snapshot} snapshot
 * @returns {import('./snapshot.mjs').Finding[]} everything that is wrong; empty if nothing is
 */
export function judge(snapshot) {
  return RULES.flatMap((rule) => rule(snapshot));
}
