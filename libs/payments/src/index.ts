export { REFERENCE_FAILURES } from './consultations/consultation-answers.js';
export { ClosePages } from './closing/close-pages.js';
export { ExpirePayments } from './payments/expire-payments.js';
export { outcomeOfRequest } from './payments/outcome-of-request.js';
export { purchasesLockedBy } from './ledger/locked-purchases.js';
export { ResumePayments } from './payments/resume-payments.js';
export { FindReceipts } from './stripe/receipts/find-receipts.js';
export {
  type EventContext,
  EventNotReadyError,
  EventProcessor,
  type EventResult,
} from './stripe/inbox/event-processor.js';
export { EventRequeue } from './stripe/inbox/event-requeue.js';
export { type EventSubject, HANDLED_EVENTS } from './stripe/events/handled-events.js';
export { CatchUp, type Sink } from './stripe/catch-up/catch-up.js';
export { CatchUpReport } from './stripe/catch-up/catch-up-report.js';
export type { FoundEvent } from './stripe/catch-up/found-event.js';
export { RereadObjects } from './stripe/catch-up/reread-objects.js';
export * from './provider-kit.js';
export { type Extensions } from './provider/extensions.js';
export { ReturnUrls } from './provider/return-urls.js';
export { PaymentsHttpModule, PaymentsModule } from './payments.module.js';
export { PAYMENT_FAILURES } from './payments/payment-answers.js';
export { REFUND_FAILURES, WAITING_REFUND } from './refunds/refund-shapes.js';
export { TRANSFER_FAILURES } from './ledger/transfer.js';
export { CHARGE_FAILURES } from './staff/charges/charge-answers.js';
export { ReviewUnmatchedMoney } from './staff/charges/review-unmatched-money.js';
