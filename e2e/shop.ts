import { createHmac, randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import { itemsOf, type Client, type Json } from './client';

/** Two cores, six processes, a broker: what is quick elsewhere may take its time here. */
export const PATIENCE = { withinMs: 45_000, everyMs: 60 };

let counted = 0;
/** A name that no other test uses, so that tests share a system and no data. */
export const unique = (what: string): string => `${what}-${randomUUID().slice(0, 8)}-${(counted += 1)}`;

export interface Line {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice?: number;
}

export const orderOf = (lines: readonly Line[], more: Json = {}): Json => ({
  customer: { id: unique('customer'), name: 'Ada Miller', email: 'ada@example.org' },
  shipTo: { lines: ['1 High Street'], city: 'London', postalCode: 'EC1A 1BB', country: 'GB' },
  currency: 'GBP',
  lines: lines.map(({ sku, quantity, unitPrice = 1_250 }) => ({ sku, quantity, unitPrice })),
  payment: { method: 'card', token: 'tok_visa' },
  ...more,
});

const warehouse = { name: 'Warehouse', kind: 'warehouse', country: 'GB', latitude: 51.5, longitude: -0.14, active: true };

/** What can be seen of an order, now or once it has come so far. */
const watching = ({ get }: Client) => {
  const order = (orderId: string): Promise<Json> => get(`/orders/${orderId}`);
  const payment = (orderId: string): Promise<Json> => get(`/payments/${orderId}`);
  return {
    order,
    payment,
    moneyOf: async (orderId: string): Promise<Json> => (await payment(orderId))['money'] as Json,
    available: async (sku: string): Promise<Json> => itemsOf(await get(`/inventory/availability?sku=${sku}`))[0] ?? {},
    reached: (orderId: string, status: string): Promise<Json> =>
      eventually(async () => {
        const found = await order(orderId);
        expect(found).toMatchObject({ status });
        return found;
      }, PATIENCE),
    /** The shipments of an order, once there are so many and all of them stand so. */
    shipmentsAt: (orderId: string, status: string, count: number): Promise<readonly string[]> =>
      eventually(async () => {
        const found = itemsOf(await get(`/shipping/shipments?orderId=${orderId}`));
        expect(found.map((each) => each['status'])).toEqual(Array.from({ length: count }, () => status));
        return found.map(({ shipmentId }) => String(shipmentId));
      }, PATIENCE),
    labelOf: (shipmentId: string): Promise<{ readonly trackingNumber: string; readonly trackingToken: string }> =>
      eventually(async () => {
        const { label } = await get(`/shipping/shipments/${shipmentId}`);
        expect(label).toBeDefined();
        const { parcels, trackingToken } = label as { readonly parcels: readonly Json[]; readonly trackingToken: string };
        return { trackingNumber: String(parcels[0]?.['trackingNumber']), trackingToken };
      }, PATIENCE),
  };
};

/** The simulated carrier scans a parcel on its way, and tells of it, signed. */
const scanning =
  ({ ask }: Client) =>
  async (awb: string, codes: readonly string[]): Promise<void> => {
    const from = Date.now();
    const scans = codes.map((code, i) => ({ scanId: `${awb}-${code}`, awb, code, scannedAt: new Date(from + i).toISOString() }));
    const body = JSON.stringify({ scans });
    const signature = createHmac('sha256', 'simulated-carrier').update(body).digest('hex');
    const headers = { 'simulated-signature': `sha256=${signature}` };
    const answer = await ask('POST', '/shipping/carriers/simulated/webhooks', { body, headers });
    expect(answer).toMatchObject({ status: 202 });
  };

const working = (client: Client, { labelOf }: ReturnType<typeof watching>) => {
  const { ask, get, post } = client;
  return {
    stock: async (location: string, lines: readonly { readonly sku: string; readonly quantity: number }[]): Promise<void> => {
      expect(await ask('PUT', `/inventory/locations/${location}`, { body: warehouse })).toMatchObject({ status: 200 });
      await post('/inventory/receipts', randomUUID(), { location, lines });
    },
    describe: async (sku: string, item: Json): Promise<void> => {
      expect(await ask('PUT', `/inventory/items/${sku}`, { body: item })).toMatchObject({ status: 200 });
    },
    place: async (body: Json, key: string = randomUUID()): Promise<string> => String((await post('/orders', key, body))['orderId']),
    pack: async (shipmentId: string): Promise<void> => {
      const lines = (await get(`/shipping/shipments/${shipmentId}`))['lines'] as readonly Json[];
      const packed = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
      await post(`/shipping/shipments/${shipmentId}/pack`, `pack-${shipmentId}`, { parcels: [{ weightGrams: 800, lines: packed }] });
    },
    /** Hands it to the carrier once it has a label; answers with the number on it. */
    dispatch: async (shipmentId: string): Promise<string> => {
      const { trackingNumber } = await labelOf(shipmentId);
      await post(`/shipping/shipments/${shipmentId}/dispatch`, `dispatch-${shipmentId}`);
      return trackingNumber;
    },
    scan: scanning(client),
  };
};

/** What shop, warehouse, carrier and customers see and do, each through the public HTTP API. */
export const shopOver = (client: Client) => {
  const watch = watching(client);
  const work = working(client, watch);
  /** From the warehouse's queue to the doorstep. */
  const deliver = async (orderId: string, count = 1): Promise<readonly string[]> => {
    const waiting = await watch.shipmentsAt(orderId, 'to-pack', count);
    for (const shipmentId of waiting) {
      await work.pack(shipmentId);
      await work.scan(await work.dispatch(shipmentId), ['PICKED_UP', 'HUB_SCAN', 'ON_VAN', 'DELIVERED']);
    }
    await watch.reached(orderId, 'completed');
    return waiting;
  };
  return { ...client, ...watch, ...work, deliver };
};

export type Shop = ReturnType<typeof shopOver>;
