import type { ListedOrder } from './answers';
import { everyItem, type Cartage } from './cartage';

const ended = ['completed', 'cancelled'];

/** Whether an order goes no further unless somebody from outside does something. */
export const stands = ({ status, holds }: ListedOrder): boolean =>
  ended.includes(status) || (status === 'on-hold' && !holds.includes('payment-review'));

/** How many of the orders go no further. */
export const standing = async (
  cartage: Cartage,
  query: { readonly channel?: string; readonly minPosition?: string } = {},
): Promise<number> => {
  let count = 0;
  for await (const order of everyItem(cartage.orders, query)) if (stands(order)) count += 1;
  return count;
};
