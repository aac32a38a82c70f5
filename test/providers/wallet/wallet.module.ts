import { UsersModule } from '#auth';
import { LockingModule } from '#locking';
import { LedgerModule, ProviderModule } from '#payments';
import { Module } from '@nestjs/common';
import { BookWalletMoney } from './book-wallet-money.js';
import { WalletCheckout } from './wallet-checkout.js';
import { WalletClient } from './wallet-client.js';
import { WalletProvider } from './wallet-provider.js';
import { WalletRefunds } from './wallet-refunds.js';
import { WalletRows } from './wallet-rows.js';

@Module({
  imports: [UsersModule, LockingModule, LedgerModule, ProviderModule],
  providers: [WalletProvider, WalletCheckout, WalletRefunds, BookWalletMoney, WalletRows, WalletClient],
})
export class WalletModule {}
