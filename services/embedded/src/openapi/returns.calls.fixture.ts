import { webhookHeaders } from '@cartage/service-kit';
import type { Calls, Json } from './calls.fixture';

const terms = {
  windowDays: 60,
  finalSale: false,
  refundPercent: { A: 100, B: 90, C: 50, scrap: 0 },
  restockingFeePercent: 0,
  disposition: { A: 'restock', B: 'refurbish', C: 'liquidate', scrap: 'destroy' },
  refundOn: 'inspection',
  tender: 'original',
  wayBack: 'merchant',
  keepUpTo: [],
};

/** A policy as the API takes it. */
export const returnPolicy = (version: string) => ({
  ...{ version, note: 'Longer over Christmas.', terms },
  exceptions: [{ name: 'outlet', channels: ['outlet'], terms: { finalSale: true } }],
  reviewAbove: [{ currency: 'GBP', amount: 50_000 }],
  ...{ returnFee: [], authorizationDays: 30, reminderDays: 7 },
  deliveryRefund: 'whole-return',
  faultReasons: ['arrived-damaged'],
});

/** Return policies, from the draft to the use. */
export const returnPolicyCalls = async ({ get, post, itemsOf }: Calls): Promise<void> => {
  await post('/returns/policies', returnPolicy('returns-2027-01'));
  await post('/returns/policies', { ...returnPolicy('returns-2027-01'), deliveryRefund: 'never' });
  await post('/returns/policies', { ...returnPolicy('returns-2027-02'), returnFee: [{ currency: 'POUND', amount: 1 }] });
  await get('/returns/policies/returns-2027-01/trial?limit=10');
  await post('/returns/policies/returns-2027-01/activation', { note: 'From Christmas on.' });
  expect(await itemsOf('/returns/policies')).toContainEqual(expect.objectContaining({ version: 'returns-2027-01', inForce: true }));
  await get('/returns/policies/returns-2026-11');
  await get('/returns/policies/never');
};

/** What happens to a return before it is at a dock. */
export const wayBackCalls = async ({ post }: Calls, orderId: string): Promise<void> => {
  const { returnId } = await post('/returns', { orderId, lines: [{ lineId: '1', quantity: 1, reason: 'broken' }] });
  const path = `/returns/${String(returnId)}`;
  const tracked = { carrier: 'simulated', trackingNumber: `BACK-${String(returnId)}` };
  await post(`${path}/labels`, { ...tracked, format: 'qr', url: 'https://labels.example.com/1' });
  await post(`${path}/scans`, { ...tracked, milestone: 'picked-up', occurredAt: '2026-11-23T10:00:00.000Z' });
  await post(`${path}/cancel`, { note: 'It fits after all.' });
  await post(`${path}/labels`, { ...tracked, format: 'label' });
};

/** What is sold to one channel from now on comes back with labels of ours, across a border. */
export const labelPolicyCalls = async ({ post, put }: Calls, channel: string): Promise<void> => {
  await put('/inventory/locations/BER', {
    name: 'Berlin',
    kind: 'warehouse',
    country: 'DE',
    latitude: 52.5,
    longitude: 13.4,
    active: true,
  });
  const customs = { hsCode: '691200', originCountry: 'CN' };
  await put('/inventory/items/MUG', { title: 'Mug', category: 'kitchen', weightGrams: 300, customs });
  const { exceptions: _outlet, note, ...policy } = returnPolicy('returns-with-labels');
  const exceptions = [{ name: 'labels', channels: [channel], terms: { sendBack: { by: 'qr', to: 'BER', carrier: 'simulated' } } }];
  await post('/returns/policies', { ...policy, note, exceptions, refundDays: 14 });
  await post('/returns/policies', { ...policy, note, version: 'nowhere', terms: { ...terms, sendBack: { by: 'label' } }, exceptions: [] });
  await post('/returns/policies/returns-with-labels/activation', { note: 'From now on.' });
};

/** A label of ours for a return that was allowed, until its customer keeps the goods. */
export const labelCalls = async ({ get, post, once }: Calls, returnId: string): Promise<void> => {
  const labels = `/shipping/return-labels/${returnId}`;
  const declared = { from: 'GB', to: 'DE', goods: 'returned' };
  const shown = await once(labels, { labels: [{ status: 'bought', format: 'qr', customs: declared }] });
  await post(labels, {});
  await get(`${labels}/label.pdf`);
  await get(`${labels}/customs.pdf`);
  const [{ url } = {}] = shown['labels'] as readonly { readonly url?: string }[];
  const code = new URL(String(url)).pathname;
  await get(code);
  await get(code.replace('code.svg', 'label.pdf'));
  await get(code.replace('code.svg', 'customs.pdf'));
  await get('/shipping/return-labels/links/guessed/code.svg');
  await once(`/returns/${returnId}`, { labels: [{ format: 'qr', url }], sendBack: { by: 'qr', to: 'BER' } });
  await post(`/returns/${returnId}/cancel`, {});
  await once(labels, { ended: { code: 'customer' }, labels: [{ status: 'void' }] });
  await post(labels, {});
};

/** A parcel that nobody announced. */
const unannouncedCalls = async ({ post }: Calls, orderId: string): Promise<void> => {
  const lines = [{ sku: 'MUG', quantity: 1 }];
  const { returnId, receipts } = await post('/returns/receipts', { orderId, location: 'LDN', lines });
  const [{ receiptId } = {}] = receipts as readonly { readonly receiptId?: string }[];
  await post(`/returns/${String(returnId)}/grade`, { sku: 'MUG', quantity: 1, receiptId, disposition: 'missing' });
  await post('/returns/receipts', { orderId, location: 'NOWHERE', lines });
};

/** What did not come back, and what came of each SKU. */
const returnReportCalls = async ({ get }: Calls): Promise<void> => {
  await get('/returns/outstanding');
  await get('/returns/outstanding?what=not-sent&before=2026-01-01T00:00:00Z');
  await get('/returns/outstanding?what=nowhere');
  await get('/returns/skus?from=2026-01-01T00:00:00Z');
  await get('/returns/skus?to=yesterday');
};

/** A unit that came damaged, and is sent again. */
export const claimCalls = async ({ get, post, once, itemsOf }: Calls, orderId: string): Promise<void> => {
  const damaged = { orderId, lines: [{ lineId: '1', quantity: 1, kind: 'damaged' }], photos: ['https://photos.example.com/1.jpg'] };
  const { claimId } = await post('/returns/claims', damaged);
  const claim = `/returns/claims/${String(claimId)}`;
  await post('/returns/claims', damaged);
  await get(claim);
  const decision = { decision: 'send-again', costBearer: 'carrier', note: 'Crushed in transit.' };
  const { replacementOrderId } = await post(`${claim}/decision`, decision);
  await post(`${claim}/decision`, decision);
  await once(`/orders/${String(replacementOrderId)}`, { status: 'in-fulfillment' });
  await once(`/returns/claims?orderId=${orderId}`, { items: [{ claimId, status: 'sent-again' }] });
  expect(await itemsOf('/returns/claims?status=overdue')).toEqual([]);
};

/** What customers do by themselves, by a link. */
export const selfServiceCalls = async ({ ask, get, post }: Calls, orderId: string): Promise<void> => {
  const { path } = await post(`/returns/orders/${orderId}/links`, { days: 7 });
  await post('/returns/orders/0199a3c4-7b1e-7c3d-9f2a-000000000000/links', {});
  await post(`/returns/orders/${orderId}/links`, { days: 0 });
  await get(`${String(path)}?lang=de`);
  await get('/returns/links/guessed/page?from=-1');
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  await ask('POST', String(path), 'step=check&units%2F1=1&reason%2F1=other&outcome=original', form);
  await ask('POST', String(path), 'note=%00', form);
  await ask('POST', String(path), {});
};

/** What is exchanged for other goods. */
export const exchangeCalls = async ({ get, post, once }: Calls, orderId: string): Promise<void> => {
  const exchangeFor = [{ sku: 'MUG', quantity: 1, unitPrice: 100 }];
  const line = { lineId: '1', quantity: 1, reason: 'too-small' };
  await post('/returns', { orderId, lines: [{ ...line, exchangeFor }], advance: true });
  const { returnId } = await post('/returns', { orderId, lines: [{ ...line, exchangeFor }] });
  await once(`/returns/exchanges?orderId=${orderId}&status=waiting`, { items: [{ returnId }] });
  await post(`/returns/${String(returnId)}/cancel`, {});
  await get('/returns/exchanges?status=lost');
};

/** Parcels that name no order: one is of this order after all, one of nobody. */
const unknownGoodsCalls = async ({ get, post, once, itemsOf }: Calls, orderId: string): Promise<void> => {
  const goods = '/returns/unknown-goods';
  const parcel = { location: 'LDN', items: [{ sku: 'MUG', quantity: 1 }], label: 'Ada', trackingNumber: 'RM9', carrier: 'royal-mail' };
  const [first, second] = [await post(goods, parcel), await post(goods, { location: 'LDN', items: [{ quantity: 1 }] })];
  await post(goods, { ...parcel, location: 'NOWHERE' });
  const [mine, nobodys] = [`${goods}/${String(first['receiptId'])}`, `${goods}/${String(second['receiptId'])}`];
  await get(mine);
  const match = { orderId, lines: [{ sku: 'MUG', quantity: 1 }], note: 'The slip was inside.' };
  await post(`${mine}/match`, match);
  await post(`${mine}/match`, match);
  await post(`${nobodys}/disposal`, { disposition: 'destroy', note: 'Nobody knows them.' });
  await once(`${goods}?status=disposed`, { items: [{ status: 'disposed' }] });
  expect(await itemsOf(`${goods}?status=overdue`)).toEqual([]);
};

/** What comes that nobody announced, and what is told of all that came and did not. */
export const strayCalls = async (calls: Calls, orderId: string): Promise<void> => {
  await unannouncedCalls(calls, orderId);
  await unknownGoodsCalls(calls, orderId);
  await returnReportCalls(calls);
};

const secret = Buffer.from('a secret of more than 24 bytes').toString('base64');

/** A returns provider, what it is told, and what it says. */
export const providerCalls = async ({ ask, get, put, post, itemsOf, some }: Calls): Promise<void> => {
  const providers = '/returns/providers';
  const loop = `${providers}/loop`;
  const [{ orderId } = {}] = await itemsOf('/returns?limit=1');
  const { channel } = await get(`/orders/${String(orderId)}`);
  await put(loop, { adapter: 'simulated', secret, channels: [channel] });
  await put(`${providers}/other`, { adapter: 'simulated', channels: [channel] });
  await itemsOf(providers);
  await get(loop);
  await get(`${providers}/nobody`);
  await post(`${loop}/catching-up`, {});
  await some(`${loop}/messages?status=told`);
  const [{ messageId } = {}] = await itemsOf(`${loop}/messages?status=told`);
  for (const id of [messageId, '0199a3c4-7b1e-7c3d-9f2a-000000000000']) {
    await post(`${loop}/messages/${String(id)}/resubmit`);
    await post(`${loop}/messages/${String(id)}/drop`, { reason: 'By telephone.' });
  }
  const received: Json = { type: 'received', reference: 'RMA-1', location: 'LDN', lines: [{ sku: 'MUG', quantity: 1 }] };
  expect(await post(`${loop}/notices`, received)).toMatchObject({ status: 'parked' });
  const headers = webhookHeaders(secret, 'early-1', { body: JSON.stringify(received), now: new Date() });
  expect(await ask('POST', `${loop}/webhooks`, received, headers)).toMatchObject({ status: 'parked', code: 'RETURN_UNKNOWN' });
  await itemsOf(`${loop}/notices?status=parked`);
  await post(`${loop}/notices/early-1/resubmit`, {});
  expect(await post(`${loop}/notices/early-1/drop`, { reason: 'Their mistake.' })).toMatchObject({ status: 'dropped' });
};
