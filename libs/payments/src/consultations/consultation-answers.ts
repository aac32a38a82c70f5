import { type Holds, nextCursor, shape } from '#answers';
import { z } from 'zod';
import { Consultation, ListedConsultation, LivePayment } from './consultations.repository.js';

export const PageOfConsultations = shape('PageOfConsultations', {
  consultations: z.array(ListedConsultation),
  next_cursor: nextCursor,
});
export type PageOfConsultations = Holds<typeof PageOfConsultations>;

export const MadeConsultation = shape('MadeConsultation', { consultation: Consultation });
export type MadeConsultation = Holds<typeof MadeConsultation>;

export const ChangedConsultation = shape('ChangedConsultation', {
  consultation: Consultation,
  live_payment: LivePayment.nullable(),
});
export type ChangedConsultation = Holds<typeof ChangedConsultation>;
