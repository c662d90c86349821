import { createHmac } from 'node:crypto';
import { DEFAULT_SECRET } from '../simulator/carriers';
import { awaited } from '../simulator/patience';
import { listed, readerOf, write, type Json } from './client';

/** The channel whose goods come back with labels of ours. */
const CHANNEL = 'labelled';

const orderOf = (sku: string, customer: object = {}): Json => ({
  customer: { name: 'Ada Miller', email: 'ada.miller@example.org', ...customer },
  shipTo: { lines: ['1 High Street'], city: 'London', postalCode: 'EC1A 1BB', country: 'GB' },
  currency: 'GBP',
  lines: [{ lineId: '1', sku, quantity: 1, unitPrice: 1_250 }],
  payment: { method: 'card', token: 'tok_visa' },
});

/** Goods of a supplier are ordered of it; who ordered them wants to be forgotten when all is over. */
const orderOfSupplier = async (url: string): Promise<void> => {
  const works = { name: 'Works', kind: 'supplier', country: 'GB', latitude: 53.5, longitude: -2.2, active: true };
  await write('PUT', `${url}/inventory/locations/WORKS`, works);
  const terms = { kind: 'supplier', adapter: 'simulated', locations: ['WORKS'] };
  await awaited('the location of a supplier', () => write('PUT', `${url}/shipping/partners/works`, terms).catch(() => undefined));
  const stock = [{ sku: 'SKU-WORKS', onHand: 5, unitCost: 640, currency: 'GBP' }];
  const notice = { type: 'stock', location: 'WORKS', asOf: new Date().toISOString(), whole: true, stock };
  await write('POST', `${url}/shipping/partners/works/notices`, notice);
  await awaited('stock of a supplier', async () => {
    const { items } = (await readerOf(url)('/inventory/availability?sku=SKU-WORKS')) as { readonly items: readonly Json[] };
    return items[0] && Number(items[0]['atp']) > 0 ? true : undefined;
  });
  await write('POST', `${url}/orders`, orderOf('SKU-WORKS', { id: 'customer-works' }), { key: 'order-works' });
  await listed(url, '/shipping/supplier-orders?supplier=works');
  await write('POST', `${url}/customers/erasures`, { customerId: 'customer-works', whenOpen: 'wait' });
};

/** Goods come back across a border: customs ask what they are. */
const returnAbroad = async (url: string): Promise<void> => {
  const abroad = { name: 'Abroad', kind: 'warehouse', country: 'DE', latitude: 52.5, longitude: 13.4, active: true };
  await write('PUT', `${url}/inventory/locations/ABROAD`, abroad);
  const customs = { hsCode: '392640', originCountry: 'CN' };
  await write('PUT', `${url}/inventory/items/SKU-BACK`, { title: 'Lantern', weightGrams: 400, customs });
};

/** The policy in force, but for one channel. */
const offerLabels = async (url: string): Promise<void> => {
  const { items } = (await readerOf(url)('/returns/policies?limit=200')) as { readonly items: readonly Json[] };
  const { version } = items.find(({ inForce }) => inForce) ?? {};
  const { policy } = (await readerOf(url)(`/returns/policies/${String(version)}`)) as { readonly policy: Json };
  const labels = { name: 'labels', channels: [CHANNEL], terms: { sendBack: { by: 'qr', to: 'ABROAD', carrier: 'simulated' } } };
  const exceptions = [labels, ...(policy['exceptions'] as readonly Json[])];
  await write('POST', `${url}/returns/policies`, { ...policy, version: 'with-labels', note: 'Labels for one channel.', exceptions });
  await write('POST', `${url}/returns/policies/with-labels/activation`, { note: 'Now.' });
};

const deliver = async (url: string, orderId: string): Promise<void> => {
  const { shipmentId } = await listed(url, `/shipping/shipments?orderId=${orderId}&status=to-pack`);
  const path = `${url}/shipping/shipments/${String(shipmentId)}`;
  await write('POST', `${path}/pack`, { parcels: [{ weightGrams: 500, lines: [{ lineId: '1', quantity: 1 }] }] });
  const awb = await awaited('a label', async () => {
    const { label } = (await readerOf(path)('')) as { readonly label?: { readonly parcels: readonly Json[] } };
    return label?.parcels[0]?.['trackingNumber'];
  });
  await write('POST', `${path}/dispatch`, {});
  const body = { scans: [{ scanId: `${String(awb)}-1`, awb, code: 'DELIVERED', scannedAt: new Date().toISOString() }] };
  const signature = createHmac('sha256', DEFAULT_SECRET).update(JSON.stringify(body)).digest('hex');
  await write('POST', `${url}/shipping/carriers/simulated/webhooks`, body, { headers: { 'simulated-signature': `sha256=${signature}` } });
};

/** Goods come back with a label of ours. Whose they were has no account by which they could be forgotten before the label is looked at. */
const sendBack = async (url: string): Promise<void> => {
  await returnAbroad(url);
  await offerLabels(url);
  await write('POST', `${url}/inventory/receipts`, { location: 'KEPT', lines: [{ sku: 'SKU-BACK', quantity: 1 }] }, { key: 'back' });
  const { orderId } = await write('PUT', `${url}/channels/${CHANNEL}/orders/BACK-1`, orderOf('SKU-BACK'));
  await deliver(url, String(orderId));
  const lines = [{ lineId: '1', quantity: 1, reason: 'too-small' }];
  const asking = (): Promise<Json | undefined> => write('POST', `${url}/returns`, { orderId, lines }).catch(() => undefined);
  const { returnId } = await awaited('a return', asking);
  await awaited('a label for the way back', async () => {
    const shown = await readerOf(url)(`/shipping/return-labels/${String(returnId)}`, { mayLack: true });
    const labels = (shown['labels'] ?? []) as readonly Json[];
    return labels.find(({ status }) => status === 'bought');
  });
};

/** Orders that the simulator does not place: of goods that a supplier sends, and of goods that come back with a label of ours. */
export const placeSpecialOrders = async (url: string): Promise<void> => {
  await orderOfSupplier(url);
  await sendBack(url);
};
