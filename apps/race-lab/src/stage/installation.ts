import { built } from '#process';
import type { Laboratory } from '../configuration.js';
import { guardsOf, type TimelineEntry } from '../guards.js';
import type { Count, Guard } from '../lab-events.js';
import { stepOf } from './server-log.js';
import { ServerProcess } from './server-process.js';
import type { Consultation, PaymentRow, Seen, Target } from './target.js';

const SCRIPT = built('apps/api/src/main.js');
const MAX_ANSWER_MS = 12_000;

/** This installation: servers of its own on its database, Redis and Stripe, read and written as staff do. */
export class Installation implements Target {
  readonly storesFirst = true;
  readonly simulator;
  readonly stepOf = stepOf;
  private url = '';

  constructor(
    private readonly lab: Laboratory,
    private readonly token: string,
  ) {
    this.simulator = lab.simulator;
  }

  startServer: Target['startServer'] = (how) =>
    ServerProcess.start({ ...how, script: SCRIPT, env: { ...this.lab.serverEnv, ...how.env } });

  async reachAt(url: string): Promise<void> {
    this.url = url;
  }

  async newConsultation(patient_subject: string, fee: number): Promise<Consultation> {
    const made = await this.ask<{ consultation: { id: number; patient_id: number } }>('consultations', {
      patient_subject,
      fee,
    });
    return made.consultation;
  }

  async payments(consultation_id: number): Promise<readonly PaymentRow[]> {
    return (await this.ask<{ payments: PaymentRow[] }>(`payments?consultation_id=${consultation_id}`)).payments;
  }

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

  async knowsEvent(event_id: string): Promise<boolean> {
    return (await this.inbox(event_id)) > 0;
  }

  /** The number of rows that the inbox has for an event. */
  async inbox(event_id: string): Promise<number> {
    const path = 'ops/webhooks?type=checkout.session.completed&limit=100';
    const { events } = await this.ask<{ events: { event_id: string }[] }>(path);
    return events.filter((event) => event.event_id === event_id).length;
  }

  async completions(payment_id: number): Promise<number> {
    const entries = await this.timeline(payment_id);
    return entries.filter(({ action }) => action === 'payment.completed').length;
  }

  async timeline(payment_id: number): Promise<readonly TimelineEntry[]> {
    const path = `payments/${payment_id}/timeline?limit=500`;
    return (await this.ask<{ entries: TimelineEntry[] }>(path)).entries;
  }

  async confirm(payment_id: number, session: string): Promise<void> {
    await this.ask(`payments/${payment_id}/confirm`, { transaction_id: session });
  }

  async guardsMet(seen: Seen): Promise<Guard[]> {
    const [payment] = await this.payments(seen.consultation.id);
    const of = (metadata: Readonly<Record<string, string>> | null | undefined) =>
      metadata?.user_id === String(seen.consultation.patient_id);
    const calls = (await this.simulator.calls()).filter(
      ({ method, path, params }) => method === 'POST' && path === '/v1/checkout/sessions' && of(params.metadata),
    );
    const session = (await this.simulator.ledger()).sessions.find(({ metadata }) => of(metadata));
    const event = session && (await this.simulator.eventOf(session.id));
    const attempts = event ? await this.simulator.attemptsAt(event) : [];
    return guardsOf({
      ...seen,
      timeline: payment ? await this.timeline(payment.id) : [],
      stripeReplays: calls.filter(({ replayed }) => replayed).length,
      webhooks: {
        delivered: attempts.reduce((sum, { copies }) => sum + copies, 0),
        rows: event ? await this.inbox(event) : 0,
      },
    });
  }

  async end(): Promise<void> {
    // It goes on without the lab.
  }

  private async ask<Data>(path: string, body?: object): Promise<Data> {
    const answer = await fetch(`${this.url}/api/v1/${path}`, {
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
