import type { MoneyOfPayment } from './money.js';

/** What invoice and tax record say while a payment is in this state. */
const DOCUMENTS: Record<string, [invoice: string, tax: string]> = {
  pending: ['pending', 'pending'],
  completed: ['paid', 'due'],
  partially_refunded: ['partially_refunded', 'partially_credited'],
  refunded: ['refunded', 'credited'],
  failed: ['void', 'void'],
  expired: ['void', 'void'],
  cancelled: ['void', 'void'],
};

/** Where invoice, tax record and credit notes say something else than the payment, to the unit. */
export function documentDifferences(payment: MoneyOfPayment): string[] {
  const name = `payment ${payment.id} (${payment.status})`;
  const [invoice_number, invoice_status, invoice_amount, credited] = payment.invoice;
  const [tax_status, base, tax, , credited_base, credited_tax] = payment.tax;
  const notes = (n: 2 | 3 | 4) => payment.credit_notes.reduce((total, note) => total + note[n], 0);
  return [
    ...differs(`${name}: invoice ${invoice_number}`, payment.amount, invoice_amount),
    ...differs(`${name}: invoice’s state`, DOCUMENTS[payment.status]?.[0], invoice_status),
    ...differs(`${name}: tax record’s state`, DOCUMENTS[payment.status]?.[1], tax_status),
    ...differs(`${name}: base and tax`, payment.amount, base + tax),
    ...differs(`${name}: credited on the invoice`, payment.refunded, credited),
    ...differs(`${name}: credited in the tax record`, payment.refunded, credited_base + credited_tax),
    ...differs(`${name}: credit notes`, payment.refunded, notes(2)),
    ...differs(`${name}: base of the credit notes`, credited_base, notes(3)),
    ...differs(`${name}: tax of the credit notes`, credited_tax, notes(4)),
  ];
}

/** One line for each inconsistency in the ledger. */
export function differs(what: string, expected: unknown, inBooks: unknown): string[] {
  return expected === inBooks ? [] : [`${what}: ${String(inBooks)}, expected ${String(expected)}`];
}
