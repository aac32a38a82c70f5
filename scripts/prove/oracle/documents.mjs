import { groupBy, sum } from './index-by.mjs';

/** @typedef {import('./snapshot.mjs').Snapshot} Snapshot @typedef {import('./snapshot.mjs').Finding} Finding */

const RULE = 'documents';

/** What invoice and tax record say while a payment has this status. @type {Record<string, [string, string]>} */
const STATUSES = {
  pending: ['pending', 'pending'],
  completed: ['paid', 'due'],
  partially_refunded: ['partially_refunded', 'partially_credited'],
  refunded: ['refunded', 'credited'],
  failed: ['void', 'void'],
  expired: ['void', 'void'],
  cancelled: ['void', 'void'],
};

/**
 * Each payment has one invoice and one tax record; each refund of a payment and each lost dispute has its credit note.
 * Taxes are computed again, with their rounding.
 * @param {Snapshot} snapshot
 * @returns {Finding[]}
 */
export function documents({ rows }) {
  const invoices = groupBy(rows.invoices, ({ payment_id }) => payment_id);
  const taxes = groupBy(rows.tax_records, ({ payment_id }) => payment_id);
  const notes = groupBy(rows.credit_notes, ({ invoice_id }) => invoice_id);
  const numbers = groupBy(rows.invoices, ({ invoice_number }) => invoice_number);
  /** @type {Finding[]} */
  const findings = [];
  for (const [number, all] of numbers) {
    if (all.length > 1) findings.push({ rule: RULE, about: `invoice ${number}`, text: `exists ${all.length} times` });
  }
  for (const payment of rows.payments) {
    const about = `payment ${payment.id}`;
    const [invoice, ...moreInvoices] = invoices.get(payment.id) ?? [];
    const [tax, ...moreTaxes] = taxes.get(payment.id) ?? [];
    if (!invoice || !tax || moreInvoices.length + moreTaxes.length > 0) {
      const counts = `${invoices.get(payment.id)?.length ?? 0} invoices and ${taxes.get(payment.id)?.length ?? 0} tax records`;
      findings.push({ rule: RULE, about, text: `has ${counts}` });
      continue;
    }
    const own = notes.get(invoice.id) ?? [];
    const base = baseWithin(payment.amount, tax.rate_basis_points);
    const credited = creditedTax(tax, payment.amount, payment.refunded_amount);
    const status = statusAfter(payment.amount, payment.refunded_amount);
    /** @type {[string, unknown, unknown][]} */
    const facts = [
      ['amount of the invoice', payment.amount, invoice.amount],
      ['status of the invoice', STATUSES[payment.status]?.[0], invoice.status],
      ['status of the tax record', STATUSES[payment.status]?.[1], tax.status],
      ['amount of the tax record', payment.amount, tax.amount],
      ['taxable base', base, tax.base_amount],
      ['tax', payment.amount - base, tax.tax_amount],
      ['credited on the invoice', payment.refunded_amount, invoice.credited_amount],
      ['credited tax', credited, tax.credited_tax_amount],
      ['credited base', payment.refunded_amount - credited, tax.credited_base_amount],
      ['sum of the credit notes', payment.refunded_amount, sum(own, ({ amount }) => amount)],
      ['tax of the credit notes', credited, sum(own, ({ tax_amount }) => tax_amount)],
      ['base of the credit notes', payment.refunded_amount - credited, sum(own, ({ base_amount }) => base_amount)],
      ...(status === undefined ? [] : [/** @type {[string, unknown, unknown]} */ (['status', status, payment.status])]),
    ];
    for (const [what, expected, actual] of facts) {
      if (expected !== actual)
        findings.push({ rule: RULE, about, text: `${what}: ${String(actual)} instead of ${String(expected)}` });
    }
  }
  return [...findings, ...notesOfRefunds(rows)];
}

/**
 * @param {Snapshot['rows']} rows
 * @returns {Finding[]}
 */
function notesOfRefunds(rows) {
  const notes = groupBy(rows.credit_notes, ({ refund_id }) => refund_id);
  const pays = new Map(rows.charges.map(({ id, disposition }) => [id, disposition]));
  return rows.refunds.flatMap((refund) => {
    const isOfPayment =
      refund.payment_id !== null &&
      refund.kind === 'refund' &&
      (refund.charge_id === null || pays.get(refund.charge_id) === 'accepted');
    const expected = isOfPayment && refund.status === 'succeeded' ? refund.amount : 0;
    const actual = sum(notes.get(refund.id) ?? [], ({ amount }) => amount);
    if (expected === actual) return [];
    return [{ rule: RULE, about: `refund ${refund.id}`, text: `of ${expected} has credit notes of ${actual}` }];
  });
}

/**
 * The base within an amount that includes its tax, rounded half up.
 * @param {number} amount
 * @param {number} rate_basis_points 1100 is 11 %
 */
function baseWithin(amount, rate_basis_points) {
  return Math.floor((amount * 10_000) / (10_000 + rate_basis_points) + 0.5);
}

/**
 * The tax within what was refunded so far, rounded half up once, so that all credit notes together credit all the tax.
 * @param {{ tax_amount: number }} tax
 * @param {number} amount
 * @param {number} refunded
 */
function creditedTax({ tax_amount }, amount, refunded) {
  return Math.floor((tax_amount * refunded) / amount + 0.5);
}

/**
 * @param {number} amount
 * @param {number} refunded
 * @returns {string | undefined} undefined: nothing was refunded, and other rules say what the status must be
 */
function statusAfter(amount, refunded) {
  if (refunded === 0) return undefined;
  return refunded < amount ? 'partially_refunded' : 'refunded';
}
