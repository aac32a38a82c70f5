export { ExpirePayments } from './payments/expire-payments.js';
export { PaymentsHttpModule, PaymentsModule } from './payments.module.js';
