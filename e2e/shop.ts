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

/** What shop, warehouse, carrier and customers do, each through the public HTTP API. */
export const shopOver = (client: Client) => {
  const { get, post } = client;

  const stock = async (location: string, lines: readonly { readonly sku: string; readonly quantity: number }[]): Promise<void> => {
    await client.ask('PUT', `/inventory/locations/${location}`, { body: warehouse });
    await post('/inventory/receipts', randomUUID(), { location, lines });
  };

  const place = async (body: Json, key = randomUUID()): Promise<string> => String((await post('/orders', key, body))['orderId']);
  const order = (orderId: string): Promise<Json> => get(`/orders/${orderId}`);
  const payment = (orderId: string): Promise<Json> => get(`/payments/${orderId}`);
  const moneyOf = async (orderId: string): Promise<Json> => (await payment(orderId))['money'] as Json;
  const available = async (sku: string): Promise<Json> => itemsOf(await get(`/inventory/availability?sku=${sku}`))[0] ?? {};

  const reached = (orderId: string, status: string): Promise<Json> =>
    eventually(async () => {
      const found = await order(orderId);
      expect(found).toMatchObject({ status });
      return found;
    }, PATIENCE);

  const shipments = async (orderId: string): Promise<readonly Json[]> => itemsOf(await get(`/shipping/shipments?orderId=${orderId}`));

  /** The shipments of an order once all of them stand so. */
  const shipmentsAt = (orderId: string, status: string, count: number): Promise<readonly string[]> =>
    eventually(async () => {
      const found = await shipments(orderId);
      expect(found.map((each) => each['status'])).toEqual(Array.from({ length: count }, () => status));
      return found.map(({ shipmentId }) => String(shipmentId));
    }, PATIENCE);

  const pack = async (shipmentId: string): Promise<void> => {
    const { lines } = (await get(`/shipping/shipments/${shipmentId}`)) as {
      readonly lines: readonly (Line & { readonly lineId: string })[];
    };
    const packed = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
    await post(`/shipping/shipments/${shipmentId}/pack`, `pack-${shipmentId}`, { parcels: [{ weightGrams: 800, lines: packed }] });
  };

  const labelOf = (shipmentId: string): Promise<{ readonly trackingNumber: string; readonly trackingToken: string }> =>
    eventually(async () => {
      const { label } = await get(`/shipping/shipments/${shipmentId}`);
      expect(label).toBeDefined();
      return label as { readonly trackingNumber: string; readonly trackingToken: string };
    }, PATIENCE);

  /** The carrier scans a parcel on its way, and tells of it, signed. */
  const scan = async (awb: string, codes: readonly string[]): Promise<void> => {
    const from = Date.now();
    const scans = codes.map((code, i) => ({ scanId: `${awb}-${code}`, awb, code, scannedAt: new Date(from + i).toISOString() }));
    const body = JSON.stringify({ scans });
    const signature = createHmac('sha256', 'simulated-carrier').update(body).digest('hex');
    const answer = await client.ask('POST', '/shipping/carriers/simulated/webhooks', {
      body,
      headers: { 'content-type': 'application/json', 'simulated-signature': `sha256=${signature}` },
    });
    expect(answer.status).toBe(202);
  };

  const dispatch = async (shipmentId: string): Promise<string> => {
    const { trackingNumber } = await labelOf(shipmentId);
    await post(`/shipping/shipments/${shipmentId}/dispatch`, `dispatch-${shipmentId}`);
    return trackingNumber;
  };

  /** From the warehouse's queue to the doorstep. */
  const deliver = async (orderId: string, count = 1): Promise<readonly string[]> => {
    const waiting = await shipmentsAt(orderId, 'to-pack', count);
    for (const shipmentId of waiting) {
      await pack(shipmentId);
      await scan(await dispatch(shipmentId), ['PICKED_UP', 'HUB_SCAN', 'ON_VAN', 'DELIVERED']);
    }
    await reached(orderId, 'completed');
    return waiting;
  };

  return {
    ...client,
    stock,
    place,
    order,
    payment,
    moneyOf,
    available,
    reached,
    shipments,
    shipmentsAt,
    pack,
    labelOf,
    scan,
    dispatch,
    deliver,
  };
};

export type Shop = ReturnType<typeof shopOver>;
