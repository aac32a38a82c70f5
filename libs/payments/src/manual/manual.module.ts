import { UsersModule } from '#auth';
import { LockingModule } from '#locking';
import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { ProviderModule } from '../provider/provider.module.js';
import { AllocateTransfer } from './allocate-transfer.js';
import { ConfirmByTransfer } from './confirm-by-transfer.js';
import { ManageTransfers } from './manage-transfers.js';
import { ManualProvider } from './manual-provider.js';
import { MatchTransfer } from './match-transfer.js';
import { RecordTransfer } from './record-transfer.js';
import { RefundTransfer } from './refund-transfer.js';
import { UnmatchTransfer } from './unmatch-transfer.js';

const useCases = [RecordTransfer, MatchTransfer, UnmatchTransfer, RefundTransfer, ManageTransfers];

/** The provider for GCash and bank transfers, whose money staff confirm. */
@Module({
  imports: [UsersModule, LockingModule, LedgerModule, ProviderModule],
  providers: [ManualProvider, ConfirmByTransfer, AllocateTransfer, ...useCases],
  exports: useCases,
})
export class ManualModule {}
