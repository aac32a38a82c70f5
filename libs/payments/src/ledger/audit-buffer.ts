import type { AuditAction, AuditEntry, Lane } from '#audit';
import type { Caller } from '#auth';

export interface Step {
  readonly action: AuditAction;
  readonly lane?: Lane;
  readonly detail?: Record<string, unknown>;
}

/**
 * What a request did on its way to a step, noted as it happens and written in one statement together with the step: the
 * lanes of a payment's timeline. Nothing is written of a request that leads nowhere.
 */
export class AuditBuffer {
  private notes: (Step & { readonly at: number })[] = [];

  constructor(
    private readonly who: { readonly actor_user_id: number | null; readonly request_id: string | null },
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Begins with the request itself, when it had come in. */
  static of(caller: Caller, action: AuditAction, detail: Record<string, unknown> = {}): AuditBuffer {
    const trail = new AuditBuffer({ actor_user_id: caller.user_id, request_id: caller.request_id });
    trail.notes.push({ action, lane: 'request', detail, at: caller.received_at });
    return trail;
  }

  note(step: Step): void {
    this.notes.push({ ...step, at: this.now() });
  }

  /** From here on somebody waits for these keys. @returns what notes that they are held now, and how long that took. */
  waitsFor(lock_keys: readonly string[]): () => void {
    const since = this.now();
    return () => {
      const waited_ms = Math.round((this.now() - since) * 1_000) / 1_000;
      this.note({ lane: 'lock', action: 'lock.acquired', detail: { lock_keys, waited_ms } });
    };
  }

  /**
   * Everything so far and the steps of now. May be asked again: a transaction can run more than once.
   * @param payment_id null: of money that no payment is known for
   */
  entries(payment_id: number | null, ...steps: Step[]): AuditEntry[] {
    const now = this.now();
    const before = this.notes.map(({ at, ...note }) => ({ ...note, ms_ago: now - at }));
    return [...before, ...steps].map((step) => ({ ...step, ...this.who, payment_id }));
  }

  /** What was written is not written again by a later step. */
  committed(): void {
    this.notes = [];
  }
}
