import { createHmac } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servicesFor } from '@cartage/embedded/composed';
import { services } from '@cartage/embedded/services';
import { newId, startAll } from '@cartage/service-kit';
import { eventually, testDatabase, testReader, type TestDatabase, type TestReader } from '@cartage/testkit';
import type { AnyService } from '@cartage/service-kit';
import { DEFAULT_SECRET } from '../simulator/carriers';

type Json = Readonly<Record<string, unknown>>;

/** All of Cartage at one address, as `npm start` has it, on a database of its own. */
export interface Served {
  readonly url: string;
  send(method: string, path: string, body?: object): Promise<Json>;
  stop(): Promise<void>;
}

type Settings = Readonly<Record<string, string>>;

interface Wanted {
  readonly composed: readonly AnyService[];
  /** By the database, and a folder for files. */
  readonly settings: (database: TestDatabase, folder: string) => Promise<Settings>;
  readonly dropped?: () => Promise<void>;
}

const start = async ({ composed, settings, dropped }: Wanted): Promise<Served> => {
  const database = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'cartage-console-'));
  const kept = { DATABASE_URL: database.url, MASTER_KEY_FILE: join(folder, 'master.key'), MAIL_FOLDER: folder };
  const chosen = await settings(database, folder);
  const running = await startAll(composed, { environment: { ...kept, PORT: '0', LOG_LEVEL: 'fatal', ...chosen } });
  const send = async (method: string, path: string, body?: object): Promise<Json> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': newId() };
    const response = await fetch(`${running.url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Json;
  };
  const drop = (): Promise<void> => database.drop().then(() => dropped?.());
  return { url: running.url, send, stop: () => running.close().finally(drop) };
};

/** With the stream of events, or without. */
export const served = async (settings: Settings = {}): Promise<Served> =>
  start({
    composed: await servicesFor({ AUDIT_ENABLED: false, REPORTING_ENABLED: false, SUBSCRIPTIONS_ENABLED: true }),
    settings: () => Promise.resolve(settings),
  });

/** With reports, which ask as a role that may only read, and webhooks to this machine. */
export const everythingServed = async (): Promise<Served> => {
  let reader: TestReader | undefined;
  return start({
    composed: services,
    settings: async (database, folder) => {
      reader = await testReader(database);
      const reports = { REPORTING_READER: reader.name, REPORTS_DATABASE_URL: reader.url, REPORTS_FOLDER: folder };
      return { ...reports, WEBHOOK_LOOPBACK: 'true', CHANNEL_CONNECTORS: `${MARKET}=webhook:${MARKET_SECRET.toString('base64')}` };
    },
    dropped: async () => reader?.drop(),
  });
};

const warehouse = {
  name: 'London',
  kind: 'warehouse',
  country: 'GB',
  postalCode: 'E16 2AB',
  latitude: 51.5,
  longitude: 0.03,
  active: true,
};

export const orderOf = (sku: string, more: Json = {}): Json => ({
  customer: { id: 'customer-1', name: 'Ada Lovelace', email: 'ada@example.com' },
  shipTo: { lines: ['12 St James’s Square'], city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' },
  currency: 'GBP',
  lines: [
    { lineId: '1', sku, quantity: 2, unitPrice: 1_250 },
    { lineId: '2', sku: 'POSTER', quantity: 1, unitPrice: 900 },
  ],
  payment: { method: 'card', token: 'tok_visa' },
  ...more,
});

/** The shipment of an order, once it is to be packed. */
export const shipmentToPack = ({ send }: Served, orderId: string): Promise<string> =>
  eventually(async () => {
    const { items } = (await send('GET', `/shipping/shipments?orderId=${orderId}&status=to-pack`)) as { readonly items: readonly Json[] };
    expect(items).toHaveLength(1);
    return String(items[0]?.['shipmentId']);
  });

interface Labelled {
  /** Of its shipment. */
  readonly path: string;
  readonly trackingNumber: string;
}

/** Packs an order into one parcel, and waits for its label. */
export const labelled = async (cartage: Served, orderId: string, lines: readonly object[]): Promise<Labelled> => {
  const path = `/shipping/shipments/${await shipmentToPack(cartage, orderId)}`;
  await cartage.send('POST', `${path}/pack`, { parcels: [{ weightGrams: 800, lines }] });
  return eventually(async () => {
    const { label } = (await cartage.send('GET', path)) as { readonly label?: { readonly parcels?: readonly Json[] } };
    const [parcel] = label?.parcels ?? [];
    expect(parcel).toMatchObject({ trackingNumber: expect.any(String) });
    return { path, trackingNumber: String(parcel?.['trackingNumber']) };
  });
};

/** A channel that posts what it has, signed. */
export const MARKET = 'market';
const MARKET_SECRET = Buffer.from('known to the market and to us');

/** Answers with what became of it. */
export const marketTells = async ({ url }: Served, message: object): Promise<Json> => {
  const [id, timestamp, body] = [newId(), String(Math.floor(Date.now() / 1_000)), JSON.stringify(message)];
  const signature = createHmac('sha256', MARKET_SECRET).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    ...{ 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': timestamp },
    'webhook-signature': `v1,${signature}`,
  };
  return (await (await fetch(`${url}/channels/${MARKET}/webhooks`, { method: 'POST', headers, body })).json()) as Json;
};

/** The simulated carrier tells of a parcel, in its own words. */
export const carrierTells = async ({ url }: Served, awb: string, code: string): Promise<void> => {
  const body = JSON.stringify({ scans: [{ scanId: `${awb}-${code}`, awb, code, scannedAt: new Date().toISOString() }] });
  const signature = createHmac('sha256', DEFAULT_SECRET).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'simulated-signature': `sha256=${signature}` };
  expect((await fetch(`${url}/shipping/carriers/simulated/webhooks`, { method: 'POST', headers, body })).ok).toBe(true);
};

/** Two units of its first line are to come back, as soon as the customer has them. */
export const toComeBack = async ({ send }: Served, orderId: string): Promise<void> => {
  await eventually(async () =>
    expect(await send('GET', `/returns/orders/${orderId}/eligible-lines`)).toMatchObject({ lines: [{ quantity: 2 }] }),
  );
  await send('POST', '/returns', { orderId, lines: [{ lineId: '1', quantity: 2, reason: 'too-small' }] });
};

/** The channel's numbers of the orders that the shop begins with. */
export const SHORT = 'WEB-SHORT';
export const PACKED = 'WEB-PACKED';

/** One that stands still for want of stock, one on its way, and so many more that they fill more than a page. Answers with the tracking number of the one on its way. */
export const furnish = async (cartage: Served): Promise<string> => {
  const { send } = cartage;
  await send('PUT', '/inventory/locations/LDN-1', warehouse);
  const lines = ['MUG', 'POSTER'].map((sku) => ({ sku, quantity: 500 }));
  await send('POST', '/inventory/receipts', { location: 'LDN-1', reference: 'PO-1', lines });
  const orders = Array.from({ length: 55 }, (_, n) => ({ externalOrderId: `WEB-${n}`, ...orderOf('MUG') }));
  await send('POST', '/channels/web/orders/batch', { orders });
  const { orderId } = await send('PUT', `/channels/web/orders/${PACKED}`, orderOf('MUG'));
  await send('PUT', `/channels/web/orders/${SHORT}`, orderOf('NOWHERE'));
  const parts = [
    { lineId: '1', quantity: 2 },
    { lineId: '2', quantity: 1 },
  ];
  return (await labelled(cartage, String(orderId), parts)).trackingNumber;
};
