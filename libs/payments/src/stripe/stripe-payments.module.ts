import { LockingModule } from '#locking';
import { StripeModule } from '#stripe';
import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { ProviderModule } from '../provider/provider.module.js';
import { RecordAttempt } from './attempts/record-attempt.js';
import { CatchUpReport } from './catch-up/catch-up-report.js';
import { CatchUp } from './catch-up/catch-up.js';
import { CursorsRepository } from './catch-up/cursors.repository.js';
import { DiscrepanciesRepository } from './catch-up/discrepancies.repository.js';
import { MissingFromLedger } from './catch-up/missing-from-ledger.js';
import { RereadObjects } from './catch-up/reread-objects.js';
import { RereadsRepository } from './catch-up/rereads.repository.js';
import { DisputeUpdates } from './disputes/dispute-updates.js';
import { AttemptEvents } from './events/attempt-events.js';
import { CheckoutSessionEvents } from './events/checkout-session-events.js';
import { DisputeEvents } from './events/dispute-events.js';
import { LocateMoney } from './events/locate-money.js';
import { RefundEvents } from './events/refund-events.js';
import { StripeEventProcessor } from './events/stripe-event-processor.js';
import { EventProcessor } from './inbox/event-processor.js';
import { FindReceipts } from './receipts/find-receipts.js';
import { ReceiptsRepository } from './receipts/receipts.repository.js';
import { ReadReceivedMoney } from './receipts/stripe-money.js';
import { AutomaticRefunds } from './refunds/automatic-refunds.js';
import { ReadChargeFacts } from './refunds/charge-facts.js';
import { RefundUpdates } from './refunds/refund-updates.js';
import { RefundUnusableCharge } from './refunds/refund-unusable-charge.js';
import { RefusedRefunds } from './refunds/refused-refunds.js';
import { StripeProviderRefunds } from './refunds/stripe-provider-refunds.js';
import { StripeRefunds } from './refunds/stripe-refunds.js';
import { StripeRefundsRepository } from './refunds/stripe-refunds.repository.js';
import { WithdrawStripeRefund } from './refunds/withdraw-stripe-refund.js';
import { ResumeStripe } from './resume-stripe.js';
import { BookCharge } from './sessions/book-charge.js';
import { ConfirmSession } from './sessions/confirm-session.js';
import { ObtainSession } from './sessions/obtain-session.js';
import { InquireSession } from './sessions/inquire-session.js';
import { CheckoutSessionUpdates } from './sessions/session-updates.js';
import { StripeHostedCheckout } from './sessions/stripe-hosted-checkout.js';
import { StripeSessions } from './sessions/stripe-sessions.js';
import { StripeSessionsRepository } from './sessions/stripe-sessions.repository.js';
import { StripeProviderCharges } from './stripe-provider-charges.js';
import { StripeProvider } from './stripe-provider.js';

const sessions = [
  StripeSessionsRepository,
  ObtainSession,
  BookCharge,
  CheckoutSessionUpdates,
  StripeSessions,
  InquireSession,
  ConfirmSession,
  StripeHostedCheckout,
];
const refunds = [
  StripeRefundsRepository,
  RefundUpdates,
  ReadChargeFacts,
  RefusedRefunds,
  StripeRefunds,
  WithdrawStripeRefund,
  AutomaticRefunds,
  RefundUnusableCharge,
  StripeProviderRefunds,
];
const events = [
  RecordAttempt,
  LocateMoney,
  CheckoutSessionEvents,
  RefundEvents,
  DisputeEvents,
  AttemptEvents,
  { provide: EventProcessor, useClass: StripeEventProcessor },
];
const catchUp = [
  CursorsRepository,
  RereadsRepository,
  DiscrepanciesRepository,
  MissingFromLedger,
  CatchUp,
  RereadObjects,
  CatchUpReport,
];
const receipts = [ReceiptsRepository, ReadReceivedMoney, FindReceipts];

/** Everything that depends on Stripe: the provider, its events, and the catch-up. Needs an `EventRequeue`. */
@Module({
  imports: [LockingModule, StripeModule, LedgerModule, ProviderModule],
  providers: [
    ...sessions,
    ...refunds,
    DisputeUpdates,
    ...events,
    ...catchUp,
    ...receipts,
    ResumeStripe,
    StripeProviderCharges,
    StripeProvider,
  ],
  exports: [EventProcessor, CatchUp, RereadObjects, CatchUpReport, FindReceipts, DiscrepanciesRepository],
})
export class StripePaymentsModule {}
