import { Answer } from '#answers';
import type { After, AuditedEntry } from '#audit';
import type { Caller } from '#auth';
import { Forbidden, PaymentNotFound, ValidationFailed } from '#errors';
import { IntegerText, Optional, Text } from '#validation';
import { Injectable } from '@nestjs/common';
import { declineCodeForPayer } from './decline-codes.js';
import type { Payment } from '../ledger/payment.js';
import { Ledger } from '../ledger/ledger.js';
import type { Timeline, TimelineEntry } from './payment-answers.js';

export const MAX_TIMELINE_PAGE_SIZE = 500;
const DEFAULT_PAGE_SIZE = 200;

export class TimelineRequest {
  @Optional()
  @IntegerText({ min: 1, max: MAX_TIMELINE_PAGE_SIZE })
  limit?: string;

  @Optional()
  @Text({ min: 1, max: 40 })
  cursor?: string;
}

/** Everything that was done about one payment, oldest first, in lanes. It shows why the payer was charged or not. */
@Injectable()
export class GetTimeline {
  constructor(private readonly ledger: Ledger) {}

  /** @throws PaymentNotFound, Forbidden, ValidationFailed for a cursor that Payonce did not issue */
  async run(id: number, request: TimelineRequest, caller: Caller): Promise<Answer<Timeline>> {
    const payment = await this.ledger.payments.find(this.ledger.manager, id);
    if (!payment) throw new PaymentNotFound(id);
    if (caller.role === 'patient' && payment.user_id !== caller.user_id) throw new Forbidden();
    const page = { limit: Number(request.limit ?? DEFAULT_PAGE_SIZE), after: afterOf(request.cursor) };
    const { entries, next } = await this.ledger.audit.about(this.ledger.manager, id, page);
    return Answer.ok('payment.timeline', {
      payment_id: id,
      payment,
      entries: entries.map((entry) => entryFor(caller, payment, entry)),
      next_cursor: next && `${next.at_us}.${next.id}`,
    });
  }
}

/** All callers see what kind of actor did it; only staff see which user. */
function entryFor(caller: Caller, payment: Payment, { actor_user_id, ...entry }: AuditedEntry): TimelineEntry {
  const actor = actor_user_id === null ? 'system' : actor_user_id === payment.user_id ? 'owner' : 'staff';
  return caller.role === 'patient'
    ? { ...entry, detail: detailForPayer(entry), actor }
    : { ...entry, actor, actor_user_id };
}

/**
 * A transfer's note by staff and its payer's name may concern another person: which payment it was sent for is only an
 * assumption.
 */
function detailForPayer({ action, detail }: Pick<AuditedEntry, 'action' | 'detail'>): AuditedEntry['detail'] {
  if (action === 'transfer.recorded') return without(NOTED, detail);
  if (action === 'transfer.corrected')
    return {
      ...detail,
      before: without(NOTED, detail.before as object),
      after: without(NOTED, detail.after as object),
    };
  if (action !== 'payment.attempt_declined' || typeof detail.decline_code !== 'string') return detail;
  return { ...detail, decline_code: declineCodeForPayer(detail.decline_code) };
}

const NOTED: ReadonlySet<string> = new Set(['payer', 'note']);

function without(names: ReadonlySet<string>, said: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(said).filter(([name]) => !names.has(name)));
}

function afterOf(cursor: string | undefined): After | null {
  if (cursor === undefined) return null;
  const [, at_us, id] = /^(\d{1,17})\.(\d{1,15})$/.exec(cursor) ?? [];
  if (at_us === undefined || id === undefined) throw new ValidationFailed([{ field: 'cursor', rule: 'cursor' }]);
  return { at_us, id: Number(id) };
}
