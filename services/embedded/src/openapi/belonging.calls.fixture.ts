import { eventually } from '@cartage/testkit';
import { orderOf, warehouse, type Calls, type Json } from './calls.fixture';
import { arrive } from './shipping.calls.fixture';

/** Things with their ids, by the names under which paths ask for them. */
export type Things = Readonly<Record<string, string>>;

type Named = (item: Json) => Things;

const named =
  (...names: readonly string[]): Named =>
  (item) =>
    Object.fromEntries(names.map((name) => [name, String(item[name])]));

/** What of the first item of a list is asked for by name, once there is one. */
const firstOf = async ({ itemsOf }: Calls, list: string, namesIn: Named): Promise<Things> =>
  eventually(
    async () => {
      const [item] = await itemsOf(list);
      if (!item) throw new Error(`${list} is empty.`);
      return namesIn(item);
    },
    { withinMs: 20_000 },
  );

const captureOf = async ({ once, get }: Calls, orderId: string): Promise<unknown> => {
  await once(`/payments/${orderId}`, { money: { captured: 2_000 } });
  const { money } = await get(`/payments/${orderId}`);
  return (money as { readonly captures: readonly Json[] }).captures[0]?.['captureId'];
};

/** Picked, packed, labelled, given to its carrier and brought. */
const bring = async (house: Calls, orderId: string, shipmentId: string): Promise<void> => {
  const shipment = `/shipping/shipments/${shipmentId}`;
  await house.post(`${shipment}/pack`, { parcels: [{ weightGrams: 800, lines: [{ lineId: '1', quantity: 2 }] }] });
  const { label } = await house.once(shipment, { label: expect.anything() });
  await house.post(`${shipment}/dispatch`);
  await arrive(house, String((label as { readonly parcels: readonly Json[] }).parcels[0]?.['trackingNumber']));
  await house.once(`/orders/${orderId}`, { status: 'completed' });
};

/** Who is asked may be a moment behind what they are asked about: a delivery that is yet to be heard of, a capture in a view. */
const opened = async ({ post }: Calls, { path, id }: { readonly path: string; readonly id: string }, body: object): Promise<Things> =>
  eventually(
    async () => {
      const answer = await post(path, body);
      expect(answer).toHaveProperty(id);
      return named(id)(answer);
    },
    { withinMs: 20_000 },
  );

/** A bank takes back what was paid. */
const takeBack = (house: Calls, captureId: unknown): Promise<Things> =>
  opened(house, { path: '/payments/chargebacks', id: 'chargebackId' }, { captureId, amount: 100, reasonCode: 'not-received' });

export const openShop = async ({ put, post }: Calls, channel: string): Promise<void> => {
  const entity = { name: 'Cartage Trading Ltd', address: ['1 High Street'], taxId: 'GB123456789', prefix: 'GB-' };
  await put('/payments/legal-entities/gb', { ...entity, channels: [channel], countries: ['GB'] });
  await put('/inventory/locations/LDN', warehouse);
  await post('/inventory/receipts', { location: 'LDN', reference: 'PO-1', lines: [{ sku: 'MUG', quantity: 50 }] });
};

/** Everything that there is of an order that was delivered, claimed for, charged back and partly sent back. */
export const everythingOf = async (house: Calls, seller: Calls): Promise<Things> => {
  const orderId = String((await seller.post('/orders', orderOf(1_000)))['orderId']);
  const shipment = await firstOf(house, `/shipping/shipments?orderId=${orderId}`, named('shipmentId', 'fulfillmentId'));
  await bring(house, orderId, String(shipment['shipmentId']));
  const damaged = { orderId, lines: [{ lineId: '1', quantity: 1, kind: 'damaged' }] };
  const claim = await opened(house, { path: '/returns/claims', id: 'claimId' }, damaged);
  const sentBack = { orderId, location: 'LDN', lines: [{ sku: 'MUG', quantity: 1 }] };
  const back = await opened(house, { path: '/returns/receipts', id: 'returnId' }, sentBack);
  return {
    orderId,
    ...shipment,
    ...claim,
    ...back,
    ...(await firstOf(house, `/fulfillment/orders/${orderId}/decisions`, named('decisionId'))),
    ...(await firstOf(house, `/notifications?orderId=${orderId}`, named('messageId'))),
    ...(await takeBack(house, await captureOf(house, orderId))),
  };
};

const HOUR = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString();

/** What its carrier has taken and comes for, and what came in at its dock: a return of the order, and goods that nobody knows. */
const atItsDoors = async (house: Calls, location: string): Promise<Things> => {
  const place = { carrier: 'simulated', location };
  const goods = { location, items: [{ sku: 'MUG', quantity: 1 }] };
  return {
    ...(await opened(house, { path: '/shipping/pickups', id: 'pickupId' }, { ...place, from: inHours(24), until: inHours(26) })),
    ...(await opened(house, { path: '/shipping/manifests', id: 'manifestId' }, place)),
    ...(await opened(house, { path: '/returns/unknown-goods', id: 'receiptId' }, goods)),
  };
};

/** What is at hand at a location, or on its way from there to another. */
export const everythingAt = async (house: Calls, location: string, to: string): Promise<Things> => {
  await house.put(`/inventory/locations/${to}`, { ...warehouse, name: to });
  const orderId = String((await house.post('/orders', orderOf(1_000)))['orderId']);
  const shipment = await firstOf(house, `/shipping/shipments?orderId=${orderId}`, named('shipmentId', 'fulfillmentId'));
  const lines = [{ sku: 'MUG', quantity: 1 }];
  const [wave, count, transfer] = [
    await house.post('/shipping/waves', { location }),
    await house.post('/inventory/counts', { location, lines: [{ sku: 'MUG' }] }),
    await house.post('/inventory/transfers', { from: location, to, lines }),
  ];
  const mugs = { sku: 'MUG', quantity: 10 };
  const order = await house.put('/inventory/purchase-orders/PO-TWO-ENDS', {
    lines: [
      { ...mugs, lineId: '1', location },
      { ...mugs, lineId: '2', location: to },
    ],
  });
  return {
    ...named('purchaseOrder')(order),
    ...{ ...shipment, ...named('waveId')(wave), ...named('countId')(count), ...named('transferId')(transfer) },
    ...(await atItsDoors(house, location)),
  };
};
