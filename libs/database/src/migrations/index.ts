import { PeopleAndWhatTheyPayFor1764000000001 } from './1764000000001-create-users-consultations-products.js';
import { PaymentsAndTheirPapers1764000000002 } from './1764000000002-create-payments-invoices-tax-records.js';
import { AuditLog1764000000003 } from './1764000000003-create-audit-log.js';
import { LocksAndIdempotencyKeys1764000000004 } from './1764000000004-create-locks-and-idempotency-keys.js';
import { RefundsAndCredits1764000000005 } from './1764000000005-create-refunds-and-credit-notes.js';
import { LanesOfTheAuditLog1764000000006 } from './1764000000006-add-audit-log-lanes.js';
import { TheStoryCannotBeRewritten1764000000007 } from './1764000000007-make-financial-rows-immutable.js';
import { NewestFirst1764000000008 } from './1764000000008-index-lists-by-newest.js';
import { Stripe1764000000010 } from './1764000000010-create-stripe-tables.js';
import { WhatStaffLookUp1764000000012 } from './1764000000012-index-staff-searches.js';
import { DisputesGrow1764000000013 } from './1764000000013-count-lost-disputes-in-parts.js';
import { RefundsAsStaffLookForThem1764000000014 } from './1764000000014-index-refunds-for-staff.js';
import { LostAndWonBack1764000000015 } from './1764000000015-allow-lost-disputes-to-be-won.js';
import { DisputesFollowStripe1764000000016 } from './1764000000016-count-disputes-by-balance-transactions.js';
import { DateMoneyByItsProvider1764000000017 } from './1764000000017-date-charges-by-provider-time.js';
import { ResolveUnmatchedMoney1764000000018 } from './1764000000018-resolve-unmatched-money.js';
import { WithdrawUnansweredRefunds1764000000019 } from './1764000000019-withdraw-unanswered-refunds.js';
import { InstallationEpoch1764000000020 } from './1764000000020-create-installation-epoch.js';
import { CountWebhookFailuresApartFromTries1764000000030 } from './1764000000030-count-webhook-failures.js';
import { KeepStripeCatchUpPositions1764000000031 } from './1764000000031-keep-stripe-catch-up-positions.js';
import { RecordStripeDiscrepancies1764000000032 } from './1764000000032-record-stripe-discrepancies.js';
import { CountJobFailures1764000000033 } from './1764000000033-count-job-failures.js';
import { ClosedAt1764000000040 } from './1764000000040-add-closed-at.js';
import { RecordPaymentAttempts1764000000050 } from './1764000000050-record-payment-attempts.js';
import { RecordTransfers1764000000060 } from './1764000000060-record-transfers.js';
import { DecodeIdempotencyKeys1764000000070 } from './1764000000070-decode-idempotency-keys.js';
import { KeepKeysOnPayments1764000000071 } from './1764000000071-store-idempotency-keys-on-payments.js';
import { ExternalReferences1764000000072 } from './1764000000072-add-external-references.js';
import { NameConsultationsOnLocks1764000000090 } from './1764000000090-store-consultation-on-locks.js';
import { AskForStripeReceipts1764000000095 } from './1764000000095-schedule-stripe-receipts.js';
import { AddPaymentMethods1764000000096 } from './1764000000096-add-payment-methods.js';

/** In the order in which they run. A migration that has been released is never changed again. */
export const migrations = [
  PeopleAndWhatTheyPayFor1764000000001,
  PaymentsAndTheirPapers1764000000002,
  AuditLog1764000000003,
  LocksAndIdempotencyKeys1764000000004,
  RefundsAndCredits1764000000005,
  LanesOfTheAuditLog1764000000006,
  TheStoryCannotBeRewritten1764000000007,
  NewestFirst1764000000008,
  Stripe1764000000010,
  WhatStaffLookUp1764000000012,
  DisputesGrow1764000000013,
  RefundsAsStaffLookForThem1764000000014,
  LostAndWonBack1764000000015,
  DisputesFollowStripe1764000000016,
  DateMoneyByItsProvider1764000000017,
  ResolveUnmatchedMoney1764000000018,
  WithdrawUnansweredRefunds1764000000019,
  InstallationEpoch1764000000020,
  CountWebhookFailuresApartFromTries1764000000030,
  KeepStripeCatchUpPositions1764000000031,
  RecordStripeDiscrepancies1764000000032,
  CountJobFailures1764000000033,
  ClosedAt1764000000040,
  RecordPaymentAttempts1764000000050,
  RecordTransfers1764000000060,
  DecodeIdempotencyKeys1764000000070,
  KeepKeysOnPayments1764000000071,
  ExternalReferences1764000000072,
  NameConsultationsOnLocks1764000000090,
  AskForStripeReceipts1764000000095,
  AddPaymentMethods1764000000096,
];
