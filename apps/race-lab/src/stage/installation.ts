import type { Count } from '../lab-events.js';

const MAX_ANSWER_MS = 12_000;

interface PaymentRow {
  readonly id: number;
  readonly status: string;
  readonly amount: number;
}

/** What staff read and write through the API. */
export class Installation {
  constructor(
    private readonly token: string,
    /** The URL of a server that is not under attack. */
    private readonly url: () => string,
  ) {}

  async newConsultation(patient_subject: string, fee: number): Promise<{ id: number; patient_id: number }> {
    const made = await this.ask<{ consultation: { id: number; patient_id: number } }>('consultations', {
      patient_subject,
      fee,
    });
    return made.consultation;
  }

  async payments(consultation_id: number): Promise<readonly PaymentRow[]> {
    return (await this.ask<{ payments: PaymentRow[] }>(`payments?consultation_id=${consultation_id}`)).payments;
  }

  /** Each payment with its charge and its invoice. */
  async counted(consultation_id: number): Promise<Count['payments']> {
    const rows = await this.payments(consultation_id);
    return Promise.all(
      rows.map(async ({ id }) => {
        const { payment, charge, invoice } = await this.ask<{
          payment: PaymentRow;
          charge: { amount_received: number } | null;
          invoice: { status: string } | null;
        }>(`payments/${id}`);
        const { status, amount } = payment;
        return { id, status, amount, received: charge?.amount_received ?? null, invoice: invoice?.status ?? null };
      }),
    );
  }

  /** A Stripe event in the inbox. */
  async event(event_id: string): Promise<{ status: string } | undefined> {
    const path = 'ops/webhooks?type=checkout.session.completed&limit=100';
    const { events } = await this.ask<{ events: { event_id: string; status: string }[] }>(path);
    return events.find((event) => event.event_id === event_id);
  }

  async timeline(payment_id: number): Promise<readonly { readonly action: string }[]> {
    const path = `payments/${payment_id}/timeline?limit=500`;
    return (await this.ask<{ entries: { action: string }[] }>(path)).entries;
  }

  /** Confirms as the pay page does when the customer returns before the webhook. */
  async confirm(payment_id: number, session: string): Promise<void> {
    await this.ask(`payments/${payment_id}/confirm`, { transaction_id: session });
  }

  private async ask<Data>(path: string, body?: object): Promise<Data> {
    const answer = await fetch(`${this.url()}/api/v1/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${this.token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      signal: AbortSignal.timeout(MAX_ANSWER_MS),
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const read = (await answer.json()) as { data: Data; code?: string };
    if (!answer.ok) throw new Error(`The API answered ${answer.status} ${read.code ?? ''} to ${path}`);
    return read.data;
  }
}
