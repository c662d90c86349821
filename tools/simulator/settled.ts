import type { ListedOrder } from './answers';
import { everyItem, type Cartage } from './cartage';

const ended = ['completed', 'cancelled'];

/** Somebody is looking into these, and will release them. */
const inHand = ['payment-review', 'address', 'parcel-lost'];

/** Whether an order goes no further unless somebody from outside does something. */
export const stands = ({ status, holds }: ListedOrder): boolean =>
  ended.includes(status) || (status === 'on-hold' && !holds.some((hold) => inHand.includes(hold)));

/** How many of the orders go no further. */
export const standing = async (
  cartage: Cartage,
  query: { readonly channel?: string; readonly minPosition?: string } = {},
  isDone: (order: ListedOrder) => boolean = stands,
): Promise<number> => {
  let count = 0;
  for await (const order of everyItem(cartage.orders, query)) if (isDone(order)) count += 1;
  return count;
};
