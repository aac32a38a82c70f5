export { ClosePages } from './closing/close-pages.js';
export { nextCursor, type Page, pageOf, PageRequest } from './paging.js';
export { ExpirePayments } from './payments/expire-payments.js';
export { ResumePayments } from './payments/resume-payments.js';
export { type Heard, type Hearing, HearStripe, NotYet } from './stripe/hear-stripe.js';
export { OwnAddresses } from './stripe/own-addresses.js';
export { PaymentsHttpModule, PaymentsModule } from './payments.module.js';
export { PAYMENT_FAILURES } from './payments/payment-answers.js';
export { REFUND_FAILURES } from './refunds/refund-shapes.js';
