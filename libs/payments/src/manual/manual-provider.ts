import type { Language } from '#answers';
import type { Caller } from '#auth';
import { Config } from '#config';
import { Forbidden } from '#errors';
import { Injectable } from '@nestjs/common';
import type { Payment, PaymentInstructions } from '../ledger/payment.js';
import type { Inquiry } from '../provider/inquiry.js';
import type { Opened, PaymentProvider } from '../provider/payment-provider.js';

/** GCash and bank transfers: staff see the money on the account's statement, and their word is what counts. */
@Injectable()
export class ManualProvider implements PaymentProvider {
  readonly methods = ['gcash', 'bank_transfer'] as const;
  readonly refundsSettledBy = 'staff';
  readonly confirmedBy = 'staff';

  constructor(private readonly config: Config) {}

  refuseUnlessConfigured(): void {
    // Staff take money by bank and GCash whether or not the API says where it is sent.
  }

  refuseAmount(): void {
    // A bank takes any amount a fee can be.
  }

  refuseWhenDown(): void {
    // Nobody has to be asked.
  }

  /** Unpaid for ever, it would block its consultation for ever. */
  expiresInMinutes(): number | null {
    return this.config.MANUAL_PAYMENT_EXPIRES_MINUTES || null;
  }

  async prepare(): Promise<boolean> {
    return false;
  }

  async open(): Promise<Opened> {
    throw new Error('A manual payment has no page to open');
  }

  async look(payment: Payment): Promise<Opened> {
    return { payment, checkout: null };
  }

  async close(): Promise<number> {
    return 0;
  }

  async isClosed(): Promise<boolean> {
    return true;
  }

  async inquire(): Promise<Inquiry> {
    return { said: 'closed', detail: 'paid by hand', fence: 0 };
  }

  async letGo(): Promise<boolean> {
    return true;
  }

  async checkoutOf(): Promise<null> {
    return null;
  }

  instructionsFor({ payment_method, status }: Payment, language: Language): PaymentInstructions | null {
    const { config } = this;
    const method = payment_method === 'gcash' ? 'GCASH' : 'BANK_TRANSFER';
    const [holder, account] = [config[`${method}_HOLDER`], config[`${method}_ACCOUNT`]];
    if (status !== 'pending' || holder === undefined || account === undefined) return null;
    const bank = method === 'GCASH' ? null : (config.BANK_TRANSFER_BANK ?? null);
    const notes = { en: config[`${method}_NOTE_EN`], id: config[`${method}_NOTE_ID`] };
    // A note in the other language says more than none.
    return { bank, holder, account, note: notes[language] ?? notes.en ?? notes.id ?? null };
  }

  refuseConfirmation(payment: Payment, caller: Caller): void {
    // Nobody confirms their own money, whatever else they may do.
    if (caller.role === 'patient' || caller.user_id === payment.user_id) throw new Forbidden();
  }

  async refuseRefund(): Promise<void> {
    // Staff know what they have paid back.
  }

  async prepareRefund(): Promise<void> {
    // Staff pay it back themselves.
  }

  async prepareWithdrawal(): Promise<undefined> {
    // Nobody else knows of it.
  }

  async pursueRefund(): Promise<void> {
    // Staff pay it back themselves.
  }
}
