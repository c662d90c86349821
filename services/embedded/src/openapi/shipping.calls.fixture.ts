import { createHmac, randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { orderOf, type Calls, type Json } from './calls.fixture';

/** Scans of the simulated carrier, signed as it signs. */
export const scansFrom =
  ({ ask }: Pick<Calls, 'ask'>) =>
  (scans: readonly Json[]): Promise<Json> => {
    const signature = createHmac('sha256', 'simulated-carrier').update(JSON.stringify({ scans })).digest('hex');
    return ask('POST', '/shipping/carriers/simulated/webhooks', { scans }, { 'simulated-signature': `sha256=${signature}` });
  };

/** Scans of parcels that nobody here sent. */
export const parkedScanCalls = async (calls: Calls): Promise<void> => {
  const { post, itemsOf } = calls;
  const scannedAt = new Date().toISOString();
  const scans = ['HUB_SCAN', 'DELIVERED'].map((code) => ({ scanId: randomUUID(), awb: `NOT-OURS-${code}`, code, scannedAt }));
  expect(await scansFrom(calls)(scans)).toMatchObject({ received: 2, applied: 0, parked: [{ waitsFor: 'number-unknown' }, {}] });
  const [first, second] = await itemsOf('/shipping/scans/parked?carrier=simulated&waitsFor=number-unknown');
  expect(await post(`/shipping/scans/parked/${String(first?.['scanId'])}/retry`)).toMatchObject({ status: 'parked' });
  await post(`/shipping/scans/parked/${String(second?.['scanId'])}/dismiss`, { reason: 'Not our parcel.' });
  expect(await itemsOf('/shipping/scans/parked?carrier=simulated')).toHaveLength(1);
};

/** One of two parcels is lost, and sent again; the other comes back undelivered, and is received. */
export const rtoCalls = async (calls: Calls): Promise<void> => {
  const { post, once } = calls;
  const { orderId } = await post('/orders', orderOf(1_250));
  const { items } = await once(`/shipping/shipments?orderId=${String(orderId)}&status=to-pack`, { items: [{ orderId }] });
  const [{ shipmentId } = {}] = items as readonly Json[];
  const shipment = `/shipping/shipments/${String(shipmentId)}`;
  const unit = { lineId: '1', quantity: 1 };
  expect(await post(`${shipment}/pick`, { lines: [{ lineId: '1' }] })).toMatchObject({ picking: { lines: [{ quantity: 2, short: 0 }] } });
  await post(`${shipment}/pack`, { parcels: [unit, unit].map((line) => ({ weightGrams: 400, lines: [line] })) });
  const { label } = await once(shipment, { label: expect.anything() });
  await post(`${shipment}/dispatch`);
  const [first, second] = (label as { readonly parcels: readonly Json[] }).parcels;
  const [awb, scannedAt] = [String(second?.['trackingNumber']), new Date().toISOString()];
  await scansFrom(calls)([{ scanId: `${awb}-rto`, awb, code: 'RETURN_TO_SENDER', scannedAt }]);
  await post(`${shipment}/lost`, { parcelId: first?.['parcelId'], reason: 'Not found at the depot.' });
  await once(`/orders/${String(orderId)}`, { holds: [{ type: 'parcel-lost' }] });
  await post(`/orders/${String(orderId)}/lost-parcels`, { shipmentId, choice: 'resend', reason: { code: 'parcel-lost' } });
  await once(`/payments/${String(orderId)}`, { money: { captured: 2_500 } });
  const others = [{ sku: 'MUG', quantity: 1, disposition: 'quarantine' }];
  const received = await post(`${shipment}/rto-receipts`, { location: 'MAN', parcels: [{ trackingNumber: awb }], others });
  expect(received).toMatchObject({ parcels: [{}, { status: 'returned', back: [unit] }] });
  await once(`/orders/${String(orderId)}`, { status: 'completed', lines: [{ progress: { cancelled: 1, delivered: 0 } }] });
  await once(`/payments/${String(orderId)}`, { money: { refunded: 1_250 } });
};

/** Goods that cross a border, with what customs are told of them, and the slip that lies in the parcel. */
export const paperCalls = async (calls: Calls): Promise<void> => {
  const { get, post, put, once } = calls;
  const customs = { hsCode: '691200', originCountry: 'CN' };
  await put('/inventory/items/PLATE', { title: 'Plate', weightGrams: 500, customs });
  await post('/inventory/receipts', { location: 'LDN', lines: [{ sku: 'PLATE', quantity: 9 }] });
  const lines = [{ lineId: '1', sku: 'PLATE', quantity: 1, unitPrice: 900 }];
  const shipTo = { lines: ['Rue 1'], city: 'Paris', postalCode: '75001', country: 'FR' };
  const { orderId } = await post('/orders', orderOf(900, { lines, shipTo }));
  const { items } = await once(`/shipping/shipments?orderId=${String(orderId)}&status=to-pack`, { items: [{ orderId }] });
  const shipment = `/shipping/shipments/${String((items as readonly Json[])[0]?.['shipmentId'])}`;
  await get(`${shipment}/packing-slip.pdf`);
  await post(`${shipment}/pack`, { parcels: [{ weightGrams: 800, lines: [{ lineId: '1', quantity: 1 }] }] });
  await once(shipment, { status: 'labelled', customs: { from: 'GB', to: 'FR', parcels: [{ document: 'cn22', lines: [{ value: 900 }] }] } });
  await get(`${shipment}/customs.pdf`);
};

/** A carrier's day at a location where it got something. */
export const carrierDayCalls = async ({ get, post, itemsOf }: Calls, location: unknown): Promise<void> => {
  const place = { carrier: 'simulated', location };
  const { manifestId } = await post('/shipping/manifests', place);
  await eventually(async () => expect(await itemsOf(`/shipping/manifests?location=${String(location)}`)).toHaveLength(1));
  await get(`/shipping/manifests/${String(manifestId)}`);
  await get(`/shipping/manifests/${String(manifestId)}/manifest.pdf`);
  const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  const { pickupId } = await post('/shipping/pickups', { ...place, from: inHours(1), until: inHours(5), instructions: 'Gate 3.' });
  await get(`/shipping/pickups/${String(pickupId)}`);
  await post(`/shipping/pickups/${String(pickupId)}/cancel`, { reason: 'Nothing to fetch.' });
  await eventually(async () => expect(await itemsOf('/shipping/pickups?status=cancelled')).toHaveLength(1));
};

/** Nobody took a parcel: what is to be done is said by the desk, and by whoever has the link. */
export const failedDeliveryCalls = async (
  calls: Calls,
  parcel: { readonly shipment: string; readonly awb: string; readonly token: string },
): Promise<void> => {
  const { post, once } = calls;
  const { shipment, awb, token } = parcel;
  await scansFrom(calls)([{ scanId: `${awb}-missed`, awb, code: 'NOT_DELIVERED', scannedAt: new Date().toISOString() }]);
  await once(shipment, { status: 'attempt-failed' });
  await post(`${shipment}/instructions`, { instruction: 'reattempt', note: 'She called.' });
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await once(`/shipping/track/${token}`, { status: 'attempt-failed' });
  expect(await post(`/shipping/track/${token}/instructions`, { instruction: 'reschedule', day })).toMatchObject({ status: 'accepted' });
};

const box = {
  ...{ code: 'M', tareGrams: 200, maxGrams: 20_000, padded: true, cost: { currency: 'GBP', amount: 42 } },
  inner: { lengthMm: 400, widthMm: 300, heightMm: 200 },
  outer: { lengthMm: 406, widthMm: 306, heightMm: 212 },
};

/** The boxes of all places, and of one; what a shipment goes into. */
const boxCalls = async ({ ask, get }: Calls, shipment: string): Promise<void> => {
  await ask('PUT', '/shipping/boxes', { boxes: [box] });
  await ask('PUT', '/shipping/locations/LDN/boxes', { boxes: [{ ...box, code: 'OWN' }] });
  expect(await get('/shipping/boxes')).toEqual({ boxes: [box] });
  expect(await get('/shipping/locations/LDN/boxes')).toMatchObject({ boxes: [{ code: 'OWN' }] });
  expect(await get(`${shipment}/packing`)).toMatchObject({ parcels: expect.any(Array), unboxed: expect.any(Array) });
};

/** What waits at a location is picked together, by bin. */
export const waveCalls = async (calls: Calls): Promise<void> => {
  const { ask, get, post, once, itemsOf } = calls;
  await ask('PUT', '/shipping/locations/LDN/bins', { bins: [{ sku: 'MUG', bin: 'A-01-3' }, { sku: 'NONE' }] });
  await eventually(async () => expect(await itemsOf('/shipping/locations/LDN/bins')).toEqual([{ sku: 'MUG', bin: 'A-01-3' }]));
  const { orderId } = await post('/orders', orderOf(1_250));
  const { items } = await once(`/shipping/shipments?orderId=${String(orderId)}&status=to-pack`, { items: [{ orderId }] });
  const [{ location, shipmentId } = {}] = items as readonly Json[];
  await boxCalls(calls, `/shipping/shipments/${String(shipmentId)}`);
  const wave = await post('/shipping/waves', { location, shipments: 500 });
  const path = `/shipping/waves/${String(wave['waveId'])}`;
  await post(`${path}/assign`, { picker: 'picker-7' });
  await get(`${path}/pick-list.pdf`);
  const [{ sku, totes } = {}] = wave['bins'] as readonly Json[];
  const [{ tote } = {}] = totes as readonly Json[];
  await post(`${path}/scans`, { tote, sku });
  expect(await get(path)).toMatchObject({ picker: 'picker-7', picked: 1 });
  const open = `/shipping/waves?location=${String(location)}&status=open`;
  await eventually(async () => expect(await itemsOf(open)).toHaveLength(1));
  expect(await post(`${path}/close`)).toMatchObject({ status: 'closed' });
};

/** What carriers are chosen by: it stays as the settings say. */
export const carrierPolicyCalls = async ({ get, post, itemsOf }: Calls): Promise<void> => {
  const path = '/shipping/carrier-policies';
  const { rules } = await get(`${path}/settings`);
  const why = { note: 'Vans for heavy parcels.' };
  for (const version of ['1', '2']) {
    await post(path, { ...why, rules });
    await post(`${path}/${version}/activation`, why);
  }
  expect(await get(`${path}/2`)).toMatchObject({ version: '2', inForce: true, rules });
  await get(`${path}/1/trial?limit=100`);
  await get('/shipping/models/carriers');
  await post(path, { ...why, rules: { ...(rules as Json), carriers: ['nobody'] } });
  expect(await post(`${path}/rollback`, why)).toMatchObject({ version: '1', inForce: true });
  expect(await itemsOf(path)).toHaveLength(2);
};

/** A parcel that is lost, found again, and claimed all the same. */
export const lossCalls = async ({ get, post, itemsOf, some }: Calls, shipment: string): Promise<void> => {
  await get('/shipping/stuck');
  await get('/shipping/reports/promises?by=week');
  await get('/shipping/reports/carriers?by=area&each=week');
  await get('/shipping/reports/carriers.csv?carrier=simulated');
  await get('/shipping/reports/carrier-choice?choice=weighted&cost=1&performance=2');
  await get('/shipping/reports/carrier-choice/compared');
  await post(`${shipment}/lost`, { reason: 'Not found at the depot.' });
  await post(`${shipment}/found`, { reason: 'It is here.' });
  const shipmentId = shipment.split('/').at(-1);
  const filed = await post('/shipping/claims', { shipmentId, parcelId: '1', currency: 'GBP', amount: 4_500, reason: 'damaged' });
  const claim = `/shipping/claims/${String(filed['claimId'])}`;
  await post(`${claim}/refusal`, { reason: 'Too late.' });
  await post(`${claim}/acceptance`, { amount: 4_000 });
  await post(`${claim}/payments`, { amount: 1_000 });
  await get(claim);
  await eventually(async () => {
    const owed = (await itemsOf('/payments/carrier-claims?open=true')).find((each) => each['claimId'] === filed['claimId']);
    expect(owed).toMatchObject({ owed: 4_000, settled: 1_000, open: 3_000 });
  });
  await post(`/payments/carrier-claims/${String(filed['claimId'])}/write-off`, { amount: 500, reasonCode: 'not-worth-it' });
  await some('/shipping/claims');
};

/** The carrier bills a parcel for more than its label was sold for, and twice; what was found is dealt with. */
export const carrierInvoiceCalls = async ({ ask, get, post, put, itemsOf }: Calls, trackingNumber: string): Promise<void> => {
  const mapping = { columns: { invoice: 'invoice', trackingNumber: 'awb', amount: 'net', billedOn: 'day' }, currency: 'GBP' };
  await put('/shipping/carrier-invoice-terms/simulated', { mapping, alertOver: { GBP: 1_000 } });
  await itemsOf('/shipping/carrier-invoice-terms');
  const [number, nobody] = [`R-${trackingNumber}`, `NOT-${trackingNumber}`];
  const rows = [`${trackingNumber},99.00`, `${trackingNumber},98.00`, `${nobody},5.00`, `${nobody},x`].map(
    (row) => `${number},${row},2026-11-20`,
  );
  const file = `invoice,awb,net,day\n${rows.join('\n')}\n`;
  const taken = await ask('POST', '/shipping/carrier-invoices?carrier=simulated', file, { 'content-type': 'text/csv' });
  expect(await itemsOf(`/shipping/carrier-invoices/files/${String(taken['fileId'])}/rejections`)).toMatchObject([{ field: 'net' }]);
  await itemsOf('/shipping/carrier-invoices/files');
  const { invoiceId } = await eventually(async () => {
    const known = (await itemsOf('/shipping/carrier-invoices?carrier=simulated&limit=200')).find((each) => each['invoice'] === number);
    expect(known).toBeDefined();
    return known as Json;
  });
  const invoice = `/shipping/carrier-invoices/${String(invoiceId)}`;
  const found = await eventually(async () => {
    const findings = await itemsOf(`/shipping/audit-findings?invoiceId=${String(invoiceId)}`);
    expect(findings).toHaveLength(3);
    return findings;
  });
  await get(invoice);
  await itemsOf(`${invoice}/lines`);
  await get('/shipping/audit-findings.csv?status=open');
  const [one, two, three] = found.map(({ findingId }) => `/shipping/audit-findings/${String(findingId)}`);
  const reason = { reasonCode: 'not-agreed' };
  await post(`${String(one)}/dispute`, reason);
  await post(`${String(one)}/credit`, { amount: 1 });
  await post(`${String(one)}/refusal`, reason);
  await post(`${String(two)}/acceptance`, reason);
  await post(`${String(three)}/closure`, reason);
  await get(String(one));
};

/** From the van to the doorstep. */
export const arrive = async (calls: Calls, awb: string): Promise<void> => {
  const scans = ['PICKED_UP', 'ON_VAN', 'DELIVERED'].map((code, i) => ({
    ...{ scanId: `${awb}-${code}`, awb, code, hub: 'Leeds' },
    scannedAt: new Date(Date.now() + i).toISOString(),
  }));
  await scansFrom(calls)(scans);
};
