import { type Holds, shape } from '#answers';
import { z } from 'zod';
import { Product } from './products.repository.js';

export const ListOfProducts = shape('ListOfProducts', { products: z.array(Product) });
export type ListOfProducts = Holds<typeof ListOfProducts>;

export const OneProduct = shape('OneProduct', { product: Product });
export type OneProduct = Holds<typeof OneProduct>;
