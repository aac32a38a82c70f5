import { PeopleAndWhatTheyPayFor1764000000001 } from './1764000000001-people-and-what-they-pay-for.js';
import { PaymentsAndTheirPapers1764000000002 } from './1764000000002-payments-and-their-papers.js';
import { AuditLog1764000000003 } from './1764000000003-audit-log.js';
import { LocksAndIdempotencyKeys1764000000004 } from './1764000000004-locks-and-idempotency-keys.js';
import { RefundsAndCredits1764000000005 } from './1764000000005-refunds-and-credits.js';
import { LanesOfTheAuditLog1764000000006 } from './1764000000006-lanes-of-the-audit-log.js';
import { TheStoryCannotBeRewritten1764000000007 } from './1764000000007-the-story-cannot-be-rewritten.js';
import { NewestFirst1764000000008 } from './1764000000008-newest-first.js';
import { Stripe1764000000010 } from './1764000000010-stripe.js';
import { WhatStaffLookUp1764000000012 } from './1764000000012-what-staff-look-up.js';
import { DisputesGrow1764000000013 } from './1764000000013-disputes-grow.js';
import { RefundsAsStaffLookForThem1764000000014 } from './1764000000014-refunds-as-staff-look-for-them.js';
import { LostAndWonBack1764000000015 } from './1764000000015-lost-and-won-back.js';
import { InstallationEpoch1764000000020 } from './1764000000020-installation-epoch.js';

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
  InstallationEpoch1764000000020,
];
