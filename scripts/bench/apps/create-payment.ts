import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { IsIn, IsInt, IsObject, IsOptional, Max, Min } from 'class-validator';
import { Stripe } from 'stripe';
import { DataSource } from 'typeorm';
import { AuditEntry, Invoice, Payment, TaxRecord } from './entities.js';

const TAX_RATE_BASIS_POINTS = 1_100;
const EXPIRES_AFTER_MS = 4_320 * 60_000;

export class CreatePaymentRequest {
  @IsInt()
  @Min(1)
  consultation_id!: number;

  @IsInt()
  @Min(1)
  @Max(999_999_999_999)
  amount!: number;

  @IsIn(['stripe', 'gcash', 'bank_transfer'])
  payment_method!: string;

  @IsOptional()
  @IsIn(['idr', 'usd', 'php'])
  currency?: string;

  @IsOptional()
  @IsObject()
  metadata?: Record<string, string>;
}

/** The rows of one payment in one transaction, and for Stripe the session after it, as a tutorial would do it. */
@Injectable()
export class CreatePayment {
  private readonly stripe: Stripe;

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    const { protocol, hostname, port } = new URL(process.env['STRIPE_API_URL'] ?? '');
    this.stripe = new Stripe('sk_test_simulator', {
      protocol: protocol === 'https:' ? 'https' : 'http',
      host: hostname,
      port,
    });
  }

  async run(user_id: number, request: CreatePaymentRequest) {
    const { payment, invoice, tax } = await this.insert(user_id, request);
    const checkout = request.payment_method === 'stripe' ? await this.openPage(payment) : null;
    return { type: 'new', payment_id: payment.id, payment, invoice, tax, checkout };
  }

  /** @returns the rows with what the database has set: `insert` adds it to its argument. */
  private async insert(user_id: number, request: CreatePaymentRequest) {
    const { consultation_id, amount, payment_method, currency = 'idr', metadata = {} } = request;
    return this.dataSource.transaction(async (tx) => {
      const expires_at = new Date(Date.now() + EXPIRES_AFTER_MS);
      const made = { user_id, consultation_id, amount, currency, payment_method, metadata, expires_at };
      const payment = tx.create(Payment, made);
      await tx.insert(Payment, payment);

      const at = payment.created_at.toISOString().replace(/\D/g, '').slice(0, 14);
      const invoice_number = `INV-${at}-${String(payment.id).padStart(6, '0')}`;
      const invoice = tx.create(Invoice, { invoice_number, payment_id: payment.id, amount, currency });
      await tx.insert(Invoice, invoice);

      const base_amount = Math.round((amount * 10_000) / (10_000 + TAX_RATE_BASIS_POINTS));
      const tax = tx.create(TaxRecord, {
        payment_id: payment.id,
        invoice_id: invoice.id,
        amount,
        base_amount,
        tax_amount: amount - base_amount,
        rate_basis_points: TAX_RATE_BASIS_POINTS,
      });
      await tx.insert(TaxRecord, tax);
      await tx.insert(AuditEntry, {
        action: 'payment.created',
        payment_id: payment.id,
        actor_user_id: user_id,
        request_id: randomUUID(),
        detail: { amount, currency, payment_method },
        lane: 'database',
      });
      return { payment, invoice, tax };
    });
  }

  private async openPage({ id, amount, currency, consultation_id }: Payment) {
    const session = await this.stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [
        {
          quantity: 1,
          price_data: { currency, unit_amount: amount, product_data: { name: `Consultation ${consultation_id}` } },
        },
      ],
      success_url: 'http://127.0.0.1:3000/paid',
      cancel_url: 'http://127.0.0.1:3000/cancelled',
      client_reference_id: String(id),
      metadata: { payment_id: String(id) },
      payment_intent_data: { metadata: { payment_id: String(id) } },
    });
    await this.dataSource.manager.update(Payment, { id }, { checkout_session_id: session.id });
    return { session_id: session.id, url: session.url, expires_at: new Date(session.expires_at * 1_000) };
  }
}
