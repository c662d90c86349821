import { createHmac } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { orderOf, warehouse, type Calls, type Json } from './calls.fixture';

const secret = Buffer.from('a secret of more than 24 bytes').toString('base64');

const signed = (id: string, body: string): Readonly<Record<string, string>> => {
  const at = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(`${id}.${at}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` };
};

/** An order of goods that only a partner’s location has. */
const orderThere = async ({ put, post, once }: Calls): Promise<Json> => {
  await put('/inventory/locations/PTN', { ...warehouse, name: 'Partner' });
  const terms = { kind: 'supplier', adapter: 'simulated', secret, locations: ['PTN'], labels: 'ours' };
  await eventually(async () => expect(await put('/shipping/partners/sandbox', terms)).toMatchObject({ locations: ['PTN'] }));
  await post('/inventory/receipts', { location: 'PTN', lines: [{ sku: 'PTN-MUG', quantity: 9 }] });
  const { orderId } = await post('/orders', orderOf(1_250, { lines: [{ lineId: '1', sku: 'PTN-MUG', quantity: 2, unitPrice: 1_250 }] }));
  const accepted = { partner: 'sandbox', withPartner: { acceptedAt: expect.any(String) as string } };
  const { items } = await once(`/shipping/shipments?orderId=${String(orderId)}`, { items: [{ orderId }] });
  const [{ shipmentId } = {}] = items as readonly Json[];
  return once(`/shipping/shipments/${String(shipmentId)}`, accepted);
};

/** A partner, what it is told, and what it says. */
export const partnerCalls = async (calls: Calls): Promise<void> => {
  const { ask, get, post, once, itemsOf } = calls;
  const { shipmentId: reference } = await orderThere(calls);
  await itemsOf('/shipping/partners');
  await get('/shipping/partners/sandbox');
  const { items: ordered } = await once('/shipping/supplier-orders?supplier=sandbox', { items: [{ shipmentId: reference }] });
  await get(`/shipping/supplier-orders/${String((ordered as readonly Json[])[0]?.['supplierOrderId'])}`);
  const { items } = await once('/shipping/partners/sandbox/messages', { items: [{ shipmentId: reference, status: 'told' }] });
  const [{ messageId } = {}] = items as readonly Json[];
  for (const [step, body] of [
    ['resubmit', undefined],
    ['drop', { reason: 'By telephone.' }],
  ] as const)
    await post(`/shipping/partners/sandbox/messages/${String(messageId)}/${step}`, body);
  const parcels = [{ weightGrams: 900, lines: [{ lineId: '1', quantity: 2 }] }];
  expect(await post('/shipping/partners/sandbox/notices', { type: 'packed', reference, parcels })).toMatchObject({ status: 'taken' });
  await once(`/shipping/shipments/${String(reference)}`, { status: 'labelled' });
  const wrong = { type: 'rejected', reference, code: 'damaged', lines: [{ lineId: '9', quantity: 1 }] };
  expect(await ask('POST', '/shipping/partners/sandbox/webhooks', wrong, signed('wrong-1', JSON.stringify(wrong)))).toMatchObject({
    ...{ status: 'refused', code: 'LINE_NOT_IN_SHIPMENT' },
  });
  await itemsOf('/shipping/partners/sandbox/notices?status=refused');
  await post('/shipping/partners/sandbox/notices/wrong-1/resubmit', {});
  expect(await post('/shipping/partners/sandbox/notices/wrong-1/drop', { reason: 'Their mistake.' })).toMatchObject({ status: 'dropped' });
};
