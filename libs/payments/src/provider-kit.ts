/**
 * Everything that a payment provider outside this module needs: the port, its registry, and the ledger to book into.
 * See docs/contributing/add-a-provider.md.
 */
export { AuditBuffer } from './ledger/audit-buffer.js';
export { cameAfterClosing } from './ledger/came-after-closing.js';
export type { LockedCharge, NewCharge } from './ledger/charge.js';
export { LedgerModule } from './ledger/ledger.module.js';
export { Ledger } from './ledger/ledger.js';
export { withPaymentLock } from './ledger/payment-lock.js';
export { isOver, isPaid, mayBecome } from './ledger/payment-states.js';
export type { Checkout, Payment } from './ledger/payment.js';
export { isSecondLivePayment } from './ledger/payments.repository.js';
export { RefundAccounting } from './ledger/refund-accounting.js';
export { type InsertedRefund, RefundsRepository } from './ledger/refunds.repository.js';
export type { Confirmation, ConfirmedPayment } from './provider/confirmation.js';
export type { Inquiry } from './provider/inquiry.js';
export type {
  HostedCheckout,
  Opened,
  Order,
  PaymentProvider,
  ProviderRefunds,
  Refreshed,
  RequestedPage,
  Withdrawal,
} from './provider/payment-provider.js';
export type { ProviderCharges, StatedMoney } from './provider/provider-charges.js';
export { ProviderModule } from './provider/provider.module.js';
export { ProviderRegistry } from './provider/provider-registry.js';
