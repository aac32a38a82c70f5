import type { Answer, Language } from '#answers';
import type { Caller } from '#auth';
import { Config } from '#config';
import { Forbidden } from '#errors';
import type { Claim } from '#idempotency';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Payment, PaymentInstructions } from '../ledger/payment.js';
import type { Confirmation, ConfirmedPayment } from '../provider/confirmation.js';
import type { PaymentProvider, StaffConfirmed } from '../provider/payment-provider.js';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { ConfirmByTransfer } from './confirm-by-transfer.js';

/** GCash and bank transfers: staff see the money on the account's statement, and their confirmation decides. */
@Injectable()
export class ManualProvider implements PaymentProvider, OnModuleInit {
  readonly name = 'manual';
  readonly displayName = 'Staff';
  readonly methods = ['gcash', 'bank_transfer'] as const;
  readonly staffConfirmed: StaffConfirmed = {
    // A payment that stays unpaid forever would block its consultation forever.
    expiresInMinutes: () => this.config.MANUAL_PAYMENT_EXPIRES_MINUTES || null,
    instructionsFor: (payment, language) => instructionsFor(this.config, payment, language),
  };

  constructor(
    private readonly config: Config,
    private readonly confirmByTransfer: ConfirmByTransfer,
    private readonly registry: ProviderRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async confirm(
    payment: Payment,
    confirmation: Confirmation,
    caller: Caller,
    claim: Claim,
  ): Promise<Answer<ConfirmedPayment>> {
    // Users cannot confirm their own payments, whatever their role.
    if (caller.role === 'patient' || caller.user_id === payment.user_id) throw new Forbidden();
    return this.confirmByTransfer.run(payment, confirmation, caller, claim);
  }
}

function instructionsFor(
  config: Config,
  { payment_method, status }: Payment,
  language: Language,
): PaymentInstructions | null {
  const method = payment_method === 'gcash' ? 'GCASH' : 'BANK_TRANSFER';
  const [holder, account] = [config[`${method}_HOLDER`], config[`${method}_ACCOUNT`]];
  if (status !== 'pending' || holder === undefined || account === undefined) return null;
  const bank = method === 'GCASH' ? null : (config.BANK_TRANSFER_BANK ?? null);
  const notes = { en: config[`${method}_NOTE_EN`], id: config[`${method}_NOTE_ID`] };
  // A note in the other language is better than none.
  return { bank, holder, account, note: notes[language] ?? notes.en ?? notes.id ?? null };
}
