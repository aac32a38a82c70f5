import { Answer } from '#answers';
import type { Papers } from './papers.repository.js';
import type { Checkout, Payment } from './payment.js';
import type { NewPayment } from './payment-answers.js';

/** 201 `new`: what was made, and where it can be paid. */
export function newPaymentAnswer(payment: Payment, papers: Papers, checkout: Checkout | null): Answer<NewPayment> {
  return Answer.created('payment.created', { type: 'new', payment_id: payment.id, payment, ...papers, checkout });
}
