import { orderOf, type Calls, type Json } from './calls.fixture';

/** An order that is fetched where it is: kept for longer, and handed over because a person answers for it. */
export const collectionCalls = async ({ post, once }: Calls): Promise<void> => {
  const shipGroups = [{ shipGroupId: 'fetched', method: 'pickup', pickupLocation: 'LDN' }];
  const lines = [{ lineId: '1', sku: 'MUG', quantity: 2, unitPrice: 1_250, shipGroupId: 'fetched' }];
  const { orderId } = await post('/orders', orderOf(1_250, { lines, shipGroups }));
  const { items } = await once(`/shipping/shipments?orderId=${String(orderId)}&status=to-pack`, { items: [{ orderId }] });
  const [{ shipmentId } = {}] = items as readonly Json[];
  await post(`/shipping/shipments/${String(shipmentId)}/pack`, { parcels: [{ weightGrams: 400, lines: [{ lineId: '1', quantity: 2 }] }] });
  const brokering = await once(`/fulfillment/orders/${String(orderId)}`, { fulfillments: [{ pickup: { wrongCodes: 0 } }] });
  const [{ fulfillmentId } = {}] = brokering['fulfillments'] as readonly Json[];
  const fulfillment = `/fulfillment/fulfillments/${String(fulfillmentId)}`;
  await once('/fulfillment/fulfillments?awaitingPickup=true', { items: [{ fulfillmentId }] });
  const until = new Date(Date.now() + 14 * 86_400_000).toISOString();
  await post(`${fulfillment}/extensions`, { until, reason: 'on-holiday', by: 'customer' });
  await post(`${fulfillment}/handovers`, { code: 'never', collectedBy: 'Grace Miller' });
  const unit = { lineId: '1', quantity: 1 };
  await post(`${fulfillment}/handovers`, { withoutCode: { reason: 'showed-id' }, collectedBy: 'Grace Miller', declined: [unit] });
  await once(`/orders/${String(orderId)}`, { status: 'completed' });
};

/** An order that is sent to a store first: the store has it before its carrier says so. */
export const arrivalCalls = async ({ post, once }: Calls): Promise<void> => {
  const shipGroups = [{ shipGroupId: 'fetched', method: 'ship-to-store', pickupLocation: 'FAR' }];
  const lines = [{ lineId: '1', sku: 'MUG', quantity: 1, unitPrice: 1_250, shipGroupId: 'fetched' }];
  const { orderId } = await post('/orders', orderOf(1_250, { lines, shipGroups }));
  const { items } = await once(`/shipping/shipments?orderId=${String(orderId)}&status=to-pack`, { items: [{ orderId }] });
  const [{ shipmentId } = {}] = items as readonly Json[];
  const shipment = `/shipping/shipments/${String(shipmentId)}`;
  await post(`${shipment}/pack`, { parcels: [{ weightGrams: 400, lines: [{ lineId: '1', quantity: 1 }] }] });
  await once(shipment, { label: expect.anything() });
  await post(`${shipment}/dispatch`);
  await post(`${shipment}/arrivals`, {});
  await once(`/fulfillment/orders/${String(orderId)}`, { fulfillments: [{ pickup: { cameByParcel: true } }] });
};
