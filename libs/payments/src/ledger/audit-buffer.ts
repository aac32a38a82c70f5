import type { AuditAction, AuditEntry, Lane } from '#audit';
import type { Caller } from '#auth';

export interface Step {
  readonly action: AuditAction;
  readonly lane?: Lane;
  readonly detail?: Record<string, unknown>;
}

/**
 * Collects what a request did before a step, and writes it in one statement together with that step. The entries form
 * the lanes of a payment's timeline. A request that changes nothing writes nothing.
 */
export class AuditBuffer {
  private notes: (Step & { readonly at: number })[] = [];

  constructor(
    private readonly actor: { readonly actor_user_id: number | null; readonly request_id: string | null },
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Starts with the request itself, dated when it arrived. */
  static of(caller: Caller, action: AuditAction, detail: Record<string, unknown> = {}): AuditBuffer {
    const auditBuffer = new AuditBuffer({ actor_user_id: caller.user_id, request_id: caller.request_id });
    auditBuffer.notes.push({ action, lane: 'request', detail, at: caller.received_at });
    return auditBuffer;
  }

  note(step: Step): void {
    this.notes.push({ ...step, at: this.now() });
  }

  /**
   * Starts the wait for these lock keys. @returns a function that records that the locks are held, and how long the
   * wait took
   */
  waitsFor(lock_keys: readonly string[]): () => void {
    const since = this.now();
    return () => {
      const waited_ms = Math.round((this.now() - since) * 1_000) / 1_000;
      this.note({ lane: 'lock', action: 'lock.acquired', detail: { lock_keys, waited_ms } });
    };
  }

  /**
   * All entries so far, followed by these steps. Can be called again, because a transaction may run more than once.
   * @param payment_id null: for money without a known payment
   */
  entries(payment_id: number | null, ...steps: Step[]): AuditEntry[] {
    const now = this.now();
    const before = this.notes.map(({ at, ...note }) => ({ ...note, ms_ago: now - at }));
    return [...before, ...steps].map((step) => ({ ...step, ...this.actor, payment_id }));
  }

  /** Marks the entries as written, so that a later step does not write them again. */
  committed(): void {
    this.notes = [];
  }
}
