import { Answer } from '#answers';
import type { Papers } from '../ledger/invoices.repository.js';
import type { Payment } from '../ledger/payment.js';
import type { NewPayment } from './payment-answers.js';

/** 201 `new`: what was made, and where it can be paid. */
export function newPaymentAnswer(
  payment: Payment,
  papers: Papers,
  where: Pick<NewPayment, 'checkout' | 'instructions'>,
): Answer<NewPayment> {
  return Answer.created('payment.created', { type: 'new', payment_id: payment.id, payment, ...papers, ...where });
}
