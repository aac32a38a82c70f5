import { orderIdOf, paymentIdOf } from './order-id.js';

describe('the id of an order', () => {
  it('names its payment, and is read back', () => {
    expect([orderIdOf(7), paymentIdOf('order_7'), paymentIdOf('order_999999999999999')]).toEqual([
      'order_7',
      7,
      999_999_999_999_999,
    ]);
  });

  it.each([
    '7',
    'order_',
    'order_0',
    'order_07',
    'order_-7',
    'order_7 ',
    'order_1e3',
    'Order_7',
    'border_7',
    ' order_7',
    'order_9999999999999999',
  ])('“%s” is none', (id) => {
    expect(paymentIdOf(id)).toBeUndefined();
  });
});
