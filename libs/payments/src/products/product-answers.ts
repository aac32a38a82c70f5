import { type Holds, shape } from '#answers';
import { z } from 'zod';
import { OpenPayment, Product } from '../ledger/products.repository.js';

export const ListOfProducts = shape('ListOfProducts', { products: z.array(Product) });
export type ListOfProducts = Holds<typeof ListOfProducts>;

export const OneProduct = shape('OneProduct', { product: Product });
export type OneProduct = Holds<typeof OneProduct>;

export const ChangedProduct = shape('ChangedProduct', {
  product: Product,
  open_payments: z.strictObject({
    count: z.int().min(0),
    payments: z.array(OpenPayment).describe('The oldest 20.'),
  }),
});
export type ChangedProduct = Holds<typeof ChangedProduct>;
