import { messageOf } from '@cartage/eventsourcing';
import { cartageOver } from '../simulator/cartage';
import { intentOf } from '../simulator/customers';
import type { ThrowAway } from '../simulator/embedded';
import { httpTo } from '../simulator/http';
import { shopOf } from '../simulator/shop';
import { progressOf } from '../simulator/terminal';
import { live } from '../simulator/world';
import { listed, readerOf, write } from './client';
import { missFacts } from './missed';
import { placeSpecialOrders } from './special-orders';
import { furnishSubscribers, type Subscriber } from './subscribers';

const SEED = 7;
const ORDERS = 60;
const UNFINISHED = 6;

/** Drafts of what orders are routed, and carriers chosen, by already. */
const draftRules = async (url: string): Promise<void> => {
  for (const path of ['/fulfillment/rules', '/shipping/carrier-policies']) {
    const { rules } = (await readerOf(url)(`${path}/settings`)) as { readonly rules: object };
    await write('POST', `${url}${path}`, { rules, note: 'As they are.' });
  }
};

/** What no order brings about by itself: whose invoices it gets, what it should cost, orders of before, a gift card, whoever fulfils for us, rules of routing and of carriers, a cart that keeps stock, and a transfer. */
const furnish = async (url: string): Promise<void> => {
  const entity = { name: 'Cartage Trading Ltd', address: ['1 High Street', 'London'], taxId: 'GB123456789', prefix: 'GB-' };
  await write('PUT', `${url}/payments/legal-entities/gb`, { ...entity, channels: [], countries: [] });
  const terms = { currency: 'GBP', taxIncluded: true, validFrom: '2026-01-01T00:00:00Z' };
  await write('PUT', `${url}/inventory/price-lists/general`, { ...terms, prices: [{ sku: 'SKU-001', unitPrice: 1_000 }] });
  await write('POST', `${url}/imports`, { channel: 'old', externalOrderId: 'OLD-1' }, { type: 'application/x-ndjson' });
  await write('POST', `${url}/payments/balances/gift-cards`, { currency: 'GBP', amount: 5_000, cause: 'sold' });
  const shelf = { name: 'Kept', country: 'GB', latitude: 51.5, longitude: -0.1, active: true };
  for (const code of ['KEPT', 'FAR']) await write('PUT', `${url}/inventory/locations/${code}`, { ...shelf, kind: 'warehouse' });
  await write('POST', `${url}/inventory/receipts`, { location: 'KEPT', lines: [{ sku: 'SKU-KEPT', quantity: 5 }] });
  const learned = { serviceLevel: 95, reviewDays: 7, leadDays: 14, decides: false };
  await write('PUT', `${url}/inventory/items/SKU-KEPT/reorder-point/KEPT`, { reorderPoint: 1_000, orderUpTo: 1_001, learned });
  await write('PUT', `${url}/shipping/partners/sandbox`, { kind: 'wms', adapter: 'simulated', locations: [] });
  await write('PUT', `${url}/returns/providers/sandbox`, { adapter: 'simulated', channels: ['returns-elsewhere'] });
  await draftRules(url);
  await write('POST', `${url}/inventory/transfers`, { from: 'KEPT', to: 'FAR', lines: [{ sku: 'SKU-KEPT', quantity: 1 }] });
  await write('POST', `${url}/inventory/reservations`, { lines: [{ sku: 'SKU-KEPT', quantity: 1 }], ttlSeconds: 86_400 });
};

/** What still waits to be packed somewhere, to be picked together. */
const releaseWave = async (url: string): Promise<void> => {
  const { location } = await listed(url, '/shipping/shipments?status=to-pack&held=false');
  await write('POST', `${url}/shipping/waves`, { location });
};

/** Tries one after the other: not every one of them still has something that it can be done to. */
const firstThatTakes = async <Each>(each: readonly Each[], step: (one: Each) => Promise<unknown>): Promise<void> => {
  let refusal = 'there is none';
  for (const one of each)
    try {
      await step(one);
      return;
    } catch (error) {
      refusal = messageOf(error);
    }
  throw new Error(`None of ${each.length} took it: ${refusal}`);
};

type Shipped = Readonly<Record<'orderId' | 'shipmentId' | 'location', string>>;

/** As many as may be thrown away, or closed, before all of them have been looked at. */
const FORKS = 12;
const FINDINGS = 12;

const forkThePast = async (url: string): Promise<void> => {
  const from = new Date(Date.now() - 3_600_000).toISOString();
  for (let n = 1; n <= FORKS; n += 1) await write('POST', `${url}/fulfillment/forks`, { from }, { key: `fork-${n}` });
};

/** What comes after delivery: claims, goods that nobody knows, the day of a carrier; and a shelf that is counted. */
const unsettle = async (url: string): Promise<void> => {
  await listed(url, '/shipping/shipments?status=delivered');
  const { items } = (await readerOf(url)('/shipping/shipments?status=delivered&limit=50')) as { readonly items: readonly Shipped[] };
  await firstThatTakes(items, async ({ orderId }) => {
    const { lines } = (await readerOf(url)(`/orders/${orderId}`)) as { readonly lines: readonly { readonly lineId: string }[] };
    await firstThatTakes(lines, ({ lineId }) =>
      write('POST', `${url}/returns/claims`, { orderId, lines: [{ lineId, quantity: 1, kind: 'damaged' }] }),
    );
  });
  const [{ shipmentId, location } = { shipmentId: '', location: '' }] = items;
  await write('POST', `${url}/shipping/claims`, { shipmentId, parcelId: '1', currency: 'GBP', amount: 100, reason: 'damaged' });
  await write('POST', `${url}/returns/unknown-goods`, { location: 'KEPT', items: [{ quantity: 1 }] });
  await write('POST', `${url}/inventory/counts`, { location: 'KEPT', lines: [{ sku: 'SKU-KEPT' }] });
  const stated = { source: 'wms', location: 'KEPT', asOf: new Date().toISOString(), lines: [{ sku: 'SKU-KEPT', quantity: 3 }] };
  await write('POST', `${url}/inventory/statements`, stated);
  const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  await write('POST', `${url}/shipping/pickups`, { carrier: 'simulated', location, from: inHours(1), until: inHours(5) });
  await write('POST', `${url}/shipping/manifests`, { carrier: 'simulated', location });
  const mapping = { columns: { invoice: 'invoice', trackingNumber: 'awb', amount: 'net', billedOn: 'day' }, currency: 'GBP' };
  await write('PUT', `${url}/shipping/carrier-invoice-terms/simulated`, { mapping });
  const row = { invoice: 'R-1', awb: 'NOBODY-KNOWS', net: '4.00', day: '2026-11-20' };
  await write('POST', `${url}/shipping/carrier-invoices?carrier=simulated`, row, { type: 'application/x-ndjson' });
};

/** Lists of what was made for it: they show it a moment later. */
const made = [
  ...['/shipping/waves', '/shipping/manifests', '/shipping/pickups', '/shipping/claims', '/returns/claims', '/returns/unknown-goods'],
  ...[
    '/shipping/carrier-invoices',
    '/shipping/audit-findings',
    '/inventory/counts',
    '/inventory/differences',
    '/inventory/reservations',
    '/payments/invoices',
    '/payments/balances',
    '/audit/findings',
  ],
];

/** By what token everything is asked, and who takes what is sent. */
export interface Around {
  readonly token: string;
  readonly receiver: Subscriber;
}

/** Orders that came to every end there is, and some that still wait for somebody. */
export const seed = async ({ url, databaseUrl }: ThrowAway, { token, receiver }: Around): Promise<void> => {
  const cartage = cartageOver(httpTo(url, () => token));
  try {
    await furnish(url);
    await live(cartage, { seed: SEED, orders: ORDERS, progress: progressOf });
    for (let n = ORDERS + 1; n <= ORDERS + UNFINISHED; n += 1) {
      const { channel, externalOrderId, order } = intentOf(SEED, shopOf(SEED), n);
      await cartage.placeOrder(channel, externalOrderId, order);
    }
    await releaseWave(url);
    await unsettle(url);
    await placeSpecialOrders(url);
    await forkThePast(url);
    await missFacts(databaseUrl, String((await listed(url, '/orders'))['orderId']), FINDINGS);
    for (const list of made) await listed(url, list);
    await furnishSubscribers(url, receiver.url);
  } finally {
    cartage.close();
  }
};
