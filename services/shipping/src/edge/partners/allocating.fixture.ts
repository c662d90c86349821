import { Topics } from '@cartage/contracts';
import { idFor, newId } from '@cartage/service-kit';
import { sampleOf } from '@cartage/testkit';
import type { Outside } from '../outside.fixture';

export const lines = [
  { lineId: '1', sku: 'MUG', quantity: 2 },
  { lineId: '2', sku: 'LAMP', quantity: 1 },
];

export const wishAt = (location: string) => {
  const [fulfillmentId, orderId] = [newId(), newId()];
  return { ...{ fulfillmentId, orderId, location }, shipmentId: idFor('shipment', fulfillmentId) };
};
export type Wish = ReturnType<typeof wishAt>;

/** Orders that a partner's location is to ship, as their neighbours tell of them. */
export const allocating = (outside: Outside) => {
  const allocate = ({ orderId, fulfillmentId, location }: Wish, some: typeof lines) =>
    outside.tell(Topics.inventory, `reservation-${orderId}`, {
      type: 'StockAllocated',
      data: { ...sampleOf('StockAllocated'), orderId, fulfillmentId, location, lines: some },
    });
  /** An order of which a location is to ship two lines. */
  const allocated = async (location: string, of: Wish = wishAt(location)): Promise<Wish> => {
    const { orderId } = of;
    const address = { lines: ['1 High Street'], city: 'London', postalCode: 'SW1A 1AA', country: 'GB' };
    const personal = await outside.kitOf(Topics.order).vault.seal(`customer-${orderId}`, { name: 'Ada Byron', address });
    const order = sampleOf('OrderPlaced');
    const [line] = order.lines;
    const own = lines.map((each) => ({ ...(line ?? {}), ...each })) as typeof order.lines;
    await outside.tell(Topics.order, `order-${orderId}`, { type: 'OrderPlaced', data: { ...order, orderId, personal, lines: own } });
    await allocate(of, lines);
    return of;
  };
  return { allocate, allocated };
};
