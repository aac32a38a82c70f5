import type { Stripe } from 'stripe';
import { Journal } from './journal.js';
import type { Delivery, DisputeMove, KeptAnswer, SessionDetails, Setting } from './rows.js';
import { Table } from './table.js';

type Batch = Record<string, Record<string, unknown>>;

/**
 * All data of the simulated account. Changes are made synchronously and then committed as one line of the journal, so
 * that a crash leaves all of a step or none of it.
 */
export class Store {
  readonly #tables = new Map<string, Table<{ id: string }>>();
  readonly #journal: Journal | undefined;
  #batch: Batch = {};

  readonly sessions = this.#table<Stripe.Checkout.Session>('sessions');
  readonly session_details = this.#table<SessionDetails>('session_details');
  readonly payment_intents = this.#table<Stripe.PaymentIntent>('payment_intents');
  readonly charges = this.#table<Stripe.Charge>('charges');
  readonly refunds = this.#table<Stripe.Refund>('refunds');
  readonly disputes = this.#table<Stripe.Dispute>('disputes');
  readonly dispute_moves = this.#table<DisputeMove>('dispute_moves');
  readonly balance_transactions = this.#table<Stripe.BalanceTransaction>('balance_transactions');
  readonly events = this.#table<Stripe.Event>('events');
  readonly deliveries = this.#table<Delivery>('deliveries');
  readonly kept_answers = this.#table<KeptAnswer>('kept_answers');
  readonly settings = this.#table<Setting>('settings');

  private constructor(journal: Journal | undefined) {
    this.#journal = journal;
  }

  /** @param folder where the journal is kept; undefined: in memory only. */
  static async open(folder: string | undefined): Promise<Store> {
    if (folder === undefined) return new Store(undefined);
    const journal = new Journal(folder);
    const store = new Store(journal);
    for (const batch of journal.read()) {
      for (const [name, rows] of Object.entries(batch as Batch)) {
        for (const row of Object.values(rows)) store.#tables.get(name)?.load(row as { id: string });
      }
    }
    await journal.startAnew(store.#everything());
    return store;
  }

  /** Resolves when all changes so far are durable. */
  async commit(): Promise<void> {
    const batch = this.#batch;
    this.#batch = {};
    if (this.#journal && Object.keys(batch).length > 0) this.#journal.add(batch);
    await this.#journal?.durable();
  }

  /** Deletes everything except the endpoints: at once in memory; resolves when it is durable. */
  async clear(): Promise<void> {
    const endpoints = this.settings.get('endpoints');
    for (const table of this.#tables.values()) table.clear();
    this.#batch = {};
    if (endpoints) this.settings.load(endpoints);
    await this.#journal?.startAnew(this.#everything());
  }

  async close(): Promise<void> {
    await this.commit();
    await this.#journal?.close();
  }

  #table<Row extends { id: string }>(name: string): Table<Row> {
    const table = new Table<Row>(name, (of, row) => {
      // A row changed twice in one step is written once, in its final state.
      (this.#batch[of] ??= {})[row.id] = row;
    });
    this.#tables.set(name, table as unknown as Table<{ id: string }>);
    return table;
  }

  #everything(): Batch {
    return Object.fromEntries(
      [...this.#tables].map(([name, table]) => [name, Object.fromEntries(table.all().map((row) => [row.id, row]))]),
    );
  }
}
