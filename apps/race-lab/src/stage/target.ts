import type { Evidence } from '../guards.js';
import type { Count, Guard, NewStep } from '../lab-events.js';
import type { LogLine, ServerProcess, Start } from './server-process.js';
import type { Simulator } from './simulator.js';

export interface PaymentRow {
  readonly id: number;
  readonly status: string;
  readonly amount: number;
}

/** What the lab itself has recorded of an attack. */
export type Seen = Pick<Evidence, 'replies' | 'steps' | 'numberOf'> & { readonly consultation: Consultation };

export interface Consultation {
  readonly id: number;
  readonly patient_id: number;
}

/** The program under attack, and how the lab sees into it: this installation, or a program without guards. */
export interface Target {
  /** Stripe as this program knows it. */
  readonly simulator: Simulator;
  /** Whether it stores a payment before it asks Stripe for a page. */
  readonly storesFirst: boolean;
  startServer(how: Omit<Start, 'script'>): Promise<ServerProcess>;
  /** @param url of a server that no attack kills or disconnects */
  reachAt(url: string): Promise<void>;
  /** Converts a line of a server's log into a step; undefined for other lines. */
  stepOf(line: LogLine, numberOf: (request_id: string) => number | undefined): NewStep | undefined;
  newConsultation(patient_subject: string, fee: number): Promise<Consultation>;
  payments(consultation_id: number): Promise<readonly PaymentRow[]>;
  /** Each payment with the money booked for it, and its invoice. */
  counted(consultation_id: number): Promise<Count['payments']>;
  /** How often the payment was completed. */
  completions(payment_id: number): Promise<number>;
  /** Confirms as the pay page does when the customer returns before the webhook; without it, only webhooks complete. */
  confirm?(payment_id: number, session: string): Promise<void>;
  /** Whether it has taken note of an event of Stripe, even if it could not apply it yet. */
  knowsEvent(event_id: string): Promise<boolean>;
  /** The guards that the attack has met. */
  guardsMet(seen: Seen): Promise<Guard[]>;
  end(): Promise<void>;
}
