import { amount, type Holds, id, shape, time } from '#answers';
import { isUniqueViolation } from '#database';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Page } from './page.js';
import { PAYMENT_STATUSES } from './payment.js';
import { paymentMethod } from './payment-methods.js';

const LIVE_STATUSES = ['pending', 'completed', 'partially_refunded'] as const;

export const Consultation = shape('Consultation', {
  id,
  patient_id: id,
  fee: amount,
  currency: z.string(),
  status: z.enum(['open', 'closed']),
  external_reference: z.string().nullable().describe('What the system that made it calls it.'),
  closed_at: time.nullable().describe('Money taken after this time is refunded.'),
  created_at: time,
});
export type Consultation = Holds<typeof Consultation>;

/** A consultation as a list shows it: with the payment that stands for it, if there is one. */
export const ListedConsultation = shape('ListedConsultation', {
  ...Consultation.shape,
  payment_id: id.nullable(),
  payment_status: z.enum(LIVE_STATUSES).nullable(),
  payment_processing: z.boolean().nullable().describe('Its money is on its way.'),
  payment_method: paymentMethod.nullable(),
  payment_amount: amount.nullable().describe('Its own: the fee may have changed since.'),
  payment_currency: z.string().nullable(),
});
export type ListedConsultation = Holds<typeof ListedConsultation>;

/** The payment that stands for a consultation; closing the consultation may have ended it since. */
export const LivePayment = shape('LivePayment', { id, status: z.enum(PAYMENT_STATUSES), amount });
export type LivePayment = Holds<typeof LivePayment>;

const COLUMNS = 'id, patient_id, fee, currency, status, external_reference, closed_at, created_at';

const LISTED = `
  SELECT c.id, c.patient_id, c.fee, c.currency, c.status, c.external_reference, c.closed_at, c.created_at, p.id AS payment_id,
         p.status AS payment_status, p.processing AS payment_processing, p.payment_method,
         p.amount AS payment_amount, p.currency AS payment_currency
  FROM consultations c
  LEFT JOIN payments p ON p.consultation_id = c.id AND p.status IN ('pending', 'completed', 'partially_refunded')`;

@Injectable()
export class ConsultationsRepository {
  /**
   * Two tabs may pay at once: the second waits here until the first has committed. It only waits: the caller looks
   * for a live payment in a statement of its own, since a statement reads the snapshot taken before it waited.
   */
  async lock(tx: EntityManager, id: number): Promise<Consultation | undefined> {
    const [consultation] = await tx.query<Consultation[]>(
      `SELECT ${COLUMNS} FROM consultations WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return consultation;
  }

  async findByReference(manager: EntityManager, external_reference: string): Promise<Consultation | undefined> {
    const [consultation] = await manager.query<Consultation[]>(
      `SELECT ${COLUMNS} FROM consultations WHERE external_reference = $1`,
      [external_reference],
    );
    return consultation;
  }

  /** Newest first, of everybody. */
  async listAll(
    manager: EntityManager,
    page: Page,
    external_reference: string | null = null,
  ): Promise<ListedConsultation[]> {
    return manager.query<ListedConsultation[]>(
      `${LISTED} WHERE ($1::bigint IS NULL OR c.id < $1) ${referredToBy(external_reference, '$3')}
       ORDER BY c.id DESC LIMIT $2`,
      [page.before, page.limit, ...given(external_reference)],
    );
  }

  /** Newest first, what this patient can pay for: open and not paid. In the order of -id: see the migration NewestFirst. */
  async listPayable(
    manager: EntityManager,
    patient_id: number,
    page: Page,
    external_reference: string | null = null,
  ): Promise<ListedConsultation[]> {
    return manager.query<ListedConsultation[]>(
      `${LISTED}
       WHERE c.patient_id = $1 AND c.status = 'open' AND (p.status IS NULL OR p.status = 'pending')
         AND ($2::bigint IS NULL OR -c.id > -$2::bigint) ${referredToBy(external_reference, '$4')}
       ORDER BY -c.id LIMIT $3`,
      [patient_id, page.before, page.limit, ...given(external_reference)],
    );
  }

  async insert(
    tx: EntityManager,
    draft: { patient_id: number; fee: number; currency: string; external_reference: string | null },
  ): Promise<Consultation> {
    const [consultation] = await tx.query<Consultation[]>(
      `INSERT INTO consultations (patient_id, fee, currency, external_reference) VALUES ($1, $2, $3, $4)
       RETURNING ${COLUMNS}`,
      [draft.patient_id, draft.fee, draft.currency, draft.external_reference],
    );
    return consultation!;
  }

  /** Its live payment, for the answer to a changed fee or a closing. */
  async findLivePayment(tx: EntityManager, id: number): Promise<LivePayment | null> {
    const [payment] = await tx.query<LivePayment[]>(
      `SELECT id, status, amount FROM payments
       WHERE consultation_id = $1 AND status IN ('pending', 'completed', 'partially_refunded')`,
      [id],
    );
    return payment ?? null;
  }

  /** Changes what is given and leaves the rest; `closed_at` follows the status by a trigger. */
  async change(
    manager: EntityManager,
    id: number,
    change: { fee?: number; currency?: string; status?: string },
  ): Promise<Consultation | undefined> {
    const [changed] = await manager.query<[Consultation[], number]>(
      `UPDATE consultations
       SET fee = coalesce($2, fee), currency = coalesce($3, currency), status = coalesce($4, status), updated_at = now()
       WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, change.fee ?? null, change.currency ?? null, change.status ?? null],
    );
    return changed[0];
  }
}

/** Another consultation has this reference. */
export function isUsedConsultationReference(error: unknown): boolean {
  return isUniqueViolation(error, 'consultations_external_reference_unique');
}

const given = (external_reference: string | null) => (external_reference === null ? [] : [external_reference]);

const referredToBy = (external_reference: string | null, parameter: string) =>
  external_reference === null ? '' : `AND c.external_reference = ${parameter}`;
