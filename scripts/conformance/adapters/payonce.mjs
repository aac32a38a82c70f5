/**
 * Payments of consultations, made for the purpose. The second user is the one of staff, who pays for a consultation too.
 * @param {import('../payonce.mjs').Payonce} payonce
 * @returns {import('../adapter.mjs').Adapter}
 */
export function payonceAdapter(payonce) {
  const callers = [payonce.patient, payonce.staff];
  return {
    name: 'Payonce',
    url: payonce.url,
    users: callers.map(({ headers }) => headers),
    async intent(user) {
      const consultation_id = await payonce.consultation({ subject: callers[user]?.subject ?? '' });
      const body = payonce.order(consultation_id);
      return {
        path: '/api/v1/payments',
        body,
        otherBody: { ...body, payment_method: 'gcash' },
        invalidBody: { ...body, amount: 0 },
        count: async () => (await payonce.paymentsOf(consultation_id)).length,
      };
    },
  };
}
