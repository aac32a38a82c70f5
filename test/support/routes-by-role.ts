import { type Ask } from './http.js';

export const ROLES = ['nobody', 'owner', 'other', 'staff', 'service'] as const;
export type RoleName = (typeof ROLES)[number];

/** The state before a request: the owner's rows as the route requires them. */
export interface Scene {
  readonly consultation_id: number;
  readonly payment_id: number;
  readonly refund_id: number;
}
export interface Row {
  readonly scene: 'consultation' | 'pending' | 'completed' | 'reserved';
  readonly ask: (scene: Scene, unique: string) => Ask & { path: string };
  /** In the order of ROLES. */
  readonly statuses: readonly [number, number, number, number, number];
  /** The code of its 404, where that is not an event's. */
  readonly not_found?: string;
  /** The code of its 422, where that is not VALIDATION_FAILED. */
  readonly refused_as?: string;
}

const EVERYBODY = [200, 200, 200, 200, 200] as const;
const LOGGED_IN = [401, 200, 200, 200, 200] as const;
const OWNER_AND_HOUSE = [401, 200, 403, 200, 200] as const;
const STAFF_ONLY = [401, 403, 403, 200, 200] as const;
const HOUSE_MAKES = [401, 403, 403, 201, 201] as const;

const get = (path: (scene: Scene) => string, statuses: Row['statuses'], scene: Row['scene'] = 'completed'): Row => ({
  scene,
  ask: (of) => ({ path: path(of) }),
  statuses,
});
const send = (
  scene: Row['scene'],
  path: (scene: Scene) => string,
  body: (scene: Scene, unique: string) => unknown,
  statuses: Row['statuses'],
  method = 'POST',
): Row => ({ scene, ask: (of, unique) => ({ path: path(of), method, body: body(of, unique) }), statuses });

/** There is no such charge. */
function decideCharge(how: string, body: unknown): Row {
  const row = send(
    'pending',
    () => `/api/v1/ops/charges/987654/${how}`,
    () => body,
    [401, 403, 403, 404, 404],
  );
  return { ...row, not_found: 'CHARGE_NOT_FOUND' };
}

/** Its 422 says that there is no Stripe here. */
const needsStripe = (row: Row): Row => ({ ...row, refused_as: 'STRIPE_NOT_CONFIGURED' });

/** There is no such transfer. */
function ofTransfer(path: string, body: unknown, method = 'POST'): Row {
  const row = send(
    'pending',
    () => `/api/v1/transfers/987654${path}`,
    () => body,
    [401, 403, 403, 404, 404],
    method,
  );
  return { ...row, not_found: 'TRANSFER_NOT_FOUND' };
}

/** Every route of the API, with the status for each role. A route without a row fails the test. */
export const TABLE: Record<string, Row> = {
  'GET /api/docs': get(() => '/api/docs', EVERYBODY),
  'GET /api/docs-json': get(() => '/api/docs-json', EVERYBODY),
  'GET /api/docs/:file': get(() => '/api/docs/page.css', EVERYBODY),
  'GET /metrics': get(() => '/metrics', EVERYBODY),
  'GET /api/v1/health': get(() => '/api/v1/health', EVERYBODY),
  'GET /api/v1/health/live': get(() => '/api/v1/health/live', EVERYBODY),
  'GET /api/v1/health/ready': get(() => '/api/v1/health/ready', EVERYBODY),
  // There is no demo login here: every role gets the same answer.
  'POST /api/login': send(
    'pending',
    () => '/api/login',
    (_, unique) => ({ email: `${unique}@test.com`, password: 'x' }),
    [401, 401, 401, 401, 401],
  ),
  'GET /api/v1/payments': get(() => '/api/v1/payments?limit=100', LOGGED_IN),
  'POST /api/v1/payments': send(
    'consultation',
    () => '/api/v1/payments',
    ({ consultation_id }) => ({ consultation_id, amount: 5_000, payment_method: 'gcash' }),
    [401, 201, 403, 403, 403],
  ),
  'GET /api/v1/payments/:id': get((of) => `/api/v1/payments/${of.payment_id}`, OWNER_AND_HOUSE),
  'GET /api/v1/payments/:id/timeline': get((of) => `/api/v1/payments/${of.payment_id}/timeline`, OWNER_AND_HOUSE),
  'POST /api/v1/payments/:id/confirm': send(
    'pending',
    (of) => `/api/v1/payments/${of.payment_id}/confirm`,
    (_, unique) => ({ transaction_id: unique }),
    STAFF_ONLY,
  ),
  'POST /api/v1/payments/:id/cancel': send(
    'pending',
    (of) => `/api/v1/payments/${of.payment_id}/cancel`,
    () => ({}),
    OWNER_AND_HOUSE,
  ),
  'POST /api/v1/payments/:id/abandon': send(
    'pending',
    (of) => `/api/v1/payments/${of.payment_id}/abandon`,
    (_, unique) => ({ reason: unique }),
    STAFF_ONLY,
  ),
  'POST /api/v1/payments/:id/refund': send(
    'completed',
    (of) => `/api/v1/payments/${of.payment_id}/refund`,
    (_, unique) => ({ amount: 1, reason: unique }),
    STAFF_ONLY,
  ),
  'GET /api/v1/payments/:id/refunds': get((of) => `/api/v1/payments/${of.payment_id}/refunds`, STAFF_ONLY, 'reserved'),
  'POST /api/v1/payments/:id/refunds/:refund_id/settle': send(
    'reserved',
    (of) => `/api/v1/payments/${of.payment_id}/refunds/${of.refund_id}/settle`,
    (_, unique) => ({ transaction_id: unique }),
    STAFF_ONLY,
  ),
  'POST /api/v1/payments/:id/refunds/:refund_id/withdraw': send(
    'reserved',
    (of) => `/api/v1/payments/${of.payment_id}/refunds/${of.refund_id}/withdraw`,
    () => ({}),
    STAFF_ONLY,
  ),
  // Without Stripe nothing is sold: permitted roles get that answer.
  'POST /api/v1/checkout': needsStripe(
    send(
      'pending',
      () => '/api/v1/checkout',
      () => ({ product_id: 'plan' }),
      [401, 422, 422, 422, 422],
    ),
  ),
  'GET /api/v1/orders/:order_id': get((of) => `/api/v1/orders/order_${of.payment_id}`, OWNER_AND_HOUSE),
  // Stripe has no token: a signature stands for it.
  'POST /api/v1/webhooks/stripe': send(
    'pending',
    () => '/api/v1/webhooks/stripe',
    () => ({ id: 'evt_1', type: 'checkout.session.completed' }),
    [400, 400, 400, 400, 400],
  ),
  'GET /api/v1/ops/webhooks': get(() => '/api/v1/ops/webhooks', STAFF_ONLY),
  // There is none yet: permitted roles get 404.
  'GET /api/v1/ops/webhooks/:id': get(() => '/api/v1/ops/webhooks/1', [401, 403, 403, 404, 404]),
  'POST /api/v1/ops/webhooks/:id/retry': send(
    'pending',
    () => '/api/v1/ops/webhooks/1/retry',
    () => ({}),
    [401, 403, 403, 404, 404],
  ),
  'GET /api/v1/ops/discrepancies': get(() => '/api/v1/ops/discrepancies', STAFF_ONLY),
  // There is none yet; an empty note distinguishes the roles that may resolve one.
  'POST /api/v1/ops/discrepancies/:id/resolve': send(
    'pending',
    () => '/api/v1/ops/discrepancies/1/resolve',
    () => ({ note: '' }),
    [401, 403, 403, 422, 422],
  ),
  'GET /api/v1/ops/payments': get(() => '/api/v1/ops/payments', STAFF_ONLY),
  'GET /api/v1/ops/charges': get(() => '/api/v1/ops/charges?disposition=accepted', STAFF_ONLY),
  'POST /api/v1/ops/charges/:id/accept': decideCharge('accept', {}),
  'POST /api/v1/ops/charges/:id/refund': decideCharge('refund', { reason: 'as agreed' }),
  'POST /api/v1/ops/charges/:id/settle-elsewhere': decideCharge('settle-elsewhere', { note: 'as agreed' }),
  'POST /api/v1/transfers': send(
    'pending',
    () => '/api/v1/transfers',
    (_, unique) => ({ payment_method: 'gcash', transaction_id: unique, amount: 1 }),
    HOUSE_MAKES,
  ),
  'GET /api/v1/transfers': get(() => '/api/v1/transfers', STAFF_ONLY),
  'GET /api/v1/transfers/:id': {
    ...get(() => '/api/v1/transfers/987654', [401, 403, 403, 404, 404]),
    not_found: 'TRANSFER_NOT_FOUND',
  },
  'PATCH /api/v1/transfers/:id': ofTransfer('', { amount: 2 }, 'PATCH'),
  'POST /api/v1/transfers/:id/match': ofTransfer('/match', { payment_id: 1 }),
  'POST /api/v1/transfers/:id/unmatch': ofTransfer('/unmatch', { payment_id: 1, reason: 'as agreed' }),
  'POST /api/v1/transfers/:id/refund': ofTransfer('/refund', { reason: 'as agreed' }),
  'POST /api/v1/transfers/:id/refunds/:refund_id/settle': ofTransfer('/refunds/1/settle', { transaction_id: 'OUT-1' }),
  'POST /api/v1/transfers/:id/refunds/:refund_id/withdraw': ofTransfer('/refunds/1/withdraw', {}),
  'POST /api/v1/transfers/:id/void': ofTransfer('/void', { reason: 'as agreed' }),
  'GET /api/v1/ops/refunds': get(() => '/api/v1/ops/refunds?status=pending', STAFF_ONLY, 'reserved'),
  'GET /api/v1/ops/locks': get(() => '/api/v1/ops/locks', STAFF_ONLY),
  // A stream would not end; an invalid resume position distinguishes the permitted roles.
  'GET /api/v1/ops/live': {
    scene: 'pending',
    ask: () => ({ path: '/api/v1/ops/live', headers: { 'last-event-id': 'nowhere' } }),
    statuses: [401, 403, 403, 422, 422],
  },
  'GET /api/v1/ops/keys': get(() => '/api/v1/ops/keys', STAFF_ONLY),
  'GET /api/v1/consultations': get(() => '/api/v1/consultations?limit=100', LOGGED_IN, 'pending'),
  'POST /api/v1/consultations': send(
    'pending',
    () => '/api/v1/consultations',
    (_, unique) => ({ patient_subject: unique, fee: 1 }),
    HOUSE_MAKES,
  ),
  'PATCH /api/v1/consultations/:id': send(
    'consultation',
    (of) => `/api/v1/consultations/${of.consultation_id}`,
    () => ({ fee: 7 }),
    STAFF_ONLY,
    'PATCH',
  ),
  'GET /api/v1/products': get(() => '/api/v1/products', LOGGED_IN),
  'POST /api/v1/products': send(
    'pending',
    () => '/api/v1/products',
    (_, unique) => ({ id: unique, name: 'A plan', price: 1 }),
    HOUSE_MAKES,
  ),
  'PATCH /api/v1/products/:id': send(
    'pending',
    () => '/api/v1/products/plan',
    () => ({ price: 2 }),
    STAFF_ONLY,
    'PATCH',
  ),
};
