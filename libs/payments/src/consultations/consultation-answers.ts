import { type Holds, id, nextCursor, shape } from '#answers';
import { z } from 'zod';
import { Consultation, ListedConsultation, LivePayment } from '../ledger/consultations.repository.js';

export const PageOfConsultations = shape('PageOfConsultations', {
  consultations: z.array(ListedConsultation),
  next_cursor: nextCursor,
});
export type PageOfConsultations = Holds<typeof PageOfConsultations>;

export const MadeConsultation = shape('MadeConsultation', { consultation: Consultation });
export type MadeConsultation = Holds<typeof MadeConsultation>;

/** The extra fields of errors about external references, by error code. */
export const REFERENCE_FAILURES = {
  EXTERNAL_REFERENCE_USED: z
    .strictObject({ external_reference: z.string(), consultation_id: id.nullable(), product_id: z.string().nullable() })
    .describe('Which consultation, or which product, has it.'),
};

export const ChangedConsultation = shape('ChangedConsultation', {
  consultation: Consultation,
  live_payment: LivePayment.nullable(),
});
export type ChangedConsultation = Holds<typeof ChangedConsultation>;
