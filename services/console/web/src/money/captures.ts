import { bodyOf, type Api, type Schemas } from '../api/client';
import { findOrders } from '../orders/finding';

export type Capture = Schemas['PaymentMovement'];

/** Money that was captured for the order that a text means: what a bank may take back. */
export const capturesOf = async (api: Api, text: string): Promise<readonly Capture[]> => {
  const [found] = await findOrders(api, text);
  if (!found) return [];
  const { orderId } = found.order;
  const { items } = await bodyOf(api.GET('/payments/{orderId}/movements', { params: { path: { orderId }, query: { limit: 200 } } }));
  return items.filter(({ kind }) => kind === 'captured');
};
