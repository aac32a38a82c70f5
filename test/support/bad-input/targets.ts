import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Json, operationsOf } from '../api-document.js';
import type { RawRequest } from '../raw-http.js';

/** One bad request: built for a caller, or the very bytes. */
export type BadRequest = RawRequest | { readonly bytes: string | Buffer };
export type BadClass = readonly [name: string, requests: BadRequest[]];

/** What stands in the database and what the bad requests are about. */
export interface Ground {
  readonly patient: string;
  readonly staff: string;
  readonly consultation_id: number;
  readonly pending_id: number;
  readonly completed_id: number;
  readonly refund_id: number;
  readonly transfer_id: number;
  readonly transfer_refund_id: number;
  readonly charge_id: number;
}

type Body = Record<string, unknown>;
/** A route that takes a body, with one that would be good. */
export interface Target {
  /** As the document names it: `POST /api/v1/payments/{id}/cancel`. */
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly good: Body;
  /** What it cannot do without. */
  readonly needed: readonly string[];
  readonly integers: readonly string[];
  /** Also maps of texts, such as `metadata`. */
  readonly texts: readonly string[];
}

/** The document of the API; `npm run generated` holds it to the program. */
const document = JSON.parse(
  readFileSync(path.resolve(__dirname, '../../../docs/reference/openapi.json'), 'utf8'),
) as Json;

/** `POST /api/v1/payments` for every route that takes a body of named fields; an event of Stripe's has none. */
export const ROUTES_WITH_BODY = operationsOf(document)
  .filter(({ operation }) => bodySchemaOf(operation)?.$ref)
  .map(({ method, path: route }) => `${method.toUpperCase()} ${route}`);

/** Every route that takes a body. The fields of a body come from the document. */
export function targetsOf(g: Ground): Target[] {
  const patient = (route: string, good: Body, ids: Ids = {}) => targetOf(route, { token: g.patient, good, ids });
  const staff = (route: string, good: Body, ids: Ids = {}) => targetOf(route, { token: g.staff, good, ids });
  const pending = { id: g.pending_id };
  const paid = { id: g.completed_id, refund_id: g.refund_id };
  const transfer = { id: g.transfer_id, refund_id: g.transfer_refund_id };
  const charge = { id: g.charge_id };
  const reason = 'never given';
  const transaction_id = 'never-booked';
  return [
    patient('POST /api/v1/payments', { consultation_id: g.consultation_id, amount: 5_000, payment_method: 'gcash' }),
    staff('POST /api/v1/payments/{id}/confirm', { transaction_id }, pending),
    patient('POST /api/v1/payments/{id}/cancel', {}, pending),
    staff('POST /api/v1/payments/{id}/abandon', { reason }, pending),
    staff('POST /api/v1/payments/{id}/refund', { amount: 1, reason }, paid),
    staff('POST /api/v1/payments/{id}/refunds/{refund_id}/settle', { transaction_id }, paid),
    staff('POST /api/v1/payments/{id}/refunds/{refund_id}/withdraw', {}, paid),
    staff('POST /api/v1/consultations', { patient_id: 1, fee: 1 }),
    staff('PATCH /api/v1/consultations/{id}', { fee: 1 }, { id: g.consultation_id }),
    staff('POST /api/v1/products', { id: 'never-made', name: 'Never', price: 1 }),
    staff('PATCH /api/v1/products/{id}', { price: 1 }, { id: 'plan' }),
    patient('POST /api/v1/checkout', { product_id: 'plan' }),
    staff('POST /api/v1/transfers', { payment_method: 'gcash', transaction_id, amount: 1 }),
    staff('PATCH /api/v1/transfers/{id}', { amount: 5_001 }, transfer),
    staff('POST /api/v1/transfers/{id}/match', { payment_id: g.pending_id }, transfer),
    staff('POST /api/v1/transfers/{id}/unmatch', { payment_id: g.pending_id, reason }, transfer),
    staff('POST /api/v1/transfers/{id}/refund', { amount: 1, reason }, transfer),
    staff('POST /api/v1/transfers/{id}/refunds/{refund_id}/settle', { transaction_id }, transfer),
    staff('POST /api/v1/transfers/{id}/refunds/{refund_id}/withdraw', {}, transfer),
    staff('POST /api/v1/transfers/{id}/void', { reason }, transfer),
    staff('POST /api/v1/ops/charges/{id}/accept', {}, charge),
    staff('POST /api/v1/ops/charges/{id}/refund', { amount: 1, reason }, charge),
    staff('POST /api/v1/ops/charges/{id}/settle-elsewhere', { note: reason }, charge),
    staff('POST /api/v1/ops/discrepancies/{id}/resolve', { note: reason }, { id: 1 }),
    targetOf('POST /api/login', { token: undefined, good: { email: 'nobody@test.com', password: 'x' }, ids: {} }),
  ];
}

type Ids = Readonly<Record<string, number | string>>;

function targetOf(route: string, of: { token: string | undefined; good: Body; ids: Ids }): Target {
  const [method, template] = route.split(' ') as [string, string];
  const { $ref } = bodySchemaOf(document.paths[template][method.toLowerCase()])!;
  const schema = document.components.schemas[($ref as string).split('/').at(-1)!] as Json;
  const fields = Object.entries(schema.properties as Record<string, Json>);
  const ofType = (...types: string[]) =>
    fields.filter(([, { type }]) => types.some((one) => [type].flat().includes(one))).map(([field]) => field);
  const oneOf = ((schema.anyOf ?? []) as { required: string[] }[]).flatMap(({ required }) => required);
  return {
    route,
    method,
    path: template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(of.ids[name])),
    token: of.token,
    good: of.good,
    needed: [...(schema.required ?? []), ...oneOf.filter((field) => field in of.good)],
    integers: ofType('integer'),
    texts: ofType('string', 'object'),
  };
}

function bodySchemaOf(operation: Json): Json | undefined {
  return operation.requestBody?.content['application/json']?.schema as Json | undefined;
}

export const asJson = ({ method, path: address, token }: Target, body: unknown): RawRequest => ({
  method,
  path: address,
  token,
  body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
});

/** What would end or extend a statement, if texts were ever pasted into one. */
export const SQL = [
  "'; DROP TABLE payments; --",
  "1' OR '1'='1",
  '1; SELECT pg_sleep(9)',
  '1 UNION SELECT 1',
  '$1',
  '1--',
  '"',
];
