import type { EventStore, Meta, StoredEvent } from '@cartage/eventsourcing';
import { newId } from '@cartage/service-kit';
import { createHmac } from 'node:crypto';
import { orderBody, skus } from './bodies';
import { compose, type Composition } from './composition';
import { rateOf, type Rate } from './rate';

export interface Lifecycles {
  /** Orders from capture to delivered, durable and projected. */
  readonly completed: Rate;
  /** Events of all logs. */
  readonly events: Rate;
  /** CPU seconds of this Node process for each second that passed. */
  readonly nodeCores: number;
  /** Heap and everything else at the end, MB. */
  readonly rssMb: number;
  readonly slowestMs: { readonly p50: number; readonly p95: number };
}

const meta = (): Meta => {
  const id = newId();
  return { commandId: id, correlationId: id, actor: 'bench' };
};

const stockUp = async ({ facades }: Composition, units: number): Promise<void> => {
  const profile = {
    name: 'London',
    kind: 'warehouse',
    country: 'GB',
    postalCode: 'E16 2AB',
    latitude: 51.5,
    longitude: 0.02,
    active: true,
  };
  await facades.locations.change('LDN-1', profile, meta());
  await facades.locations.change(
    'MAN-1',
    { ...profile, name: 'Manchester', postalCode: 'M1 1AA', latitude: 53.5, longitude: -2.2 },
    meta(),
  );
  for (const location of ['LDN-1', 'MAN-1'])
    await facades.stocks.receive({ location, lines: skus.map((sku) => ({ sku, quantity: units })) }, meta());
};

const scanned = (shipmentId: string, trackingNumber: string): object => {
  const payload = {
    scans: [{ scanId: `delivered-${shipmentId}`, awb: trackingNumber, code: 'DELIVERED', scannedAt: new Date().toISOString() }],
  };
  const rawBody = Buffer.from(JSON.stringify(payload));
  const signature = createHmac('sha256', 'simulated-carrier').update(rawBody).digest('hex');
  return { headers: { 'simulated-signature': `sha256=${signature}` }, rawBody, payload };
};

interface Released {
  readonly shipmentId: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
}

/** Warehouse and carrier: pack what is released, hand over what has a label, deliver what was handed over. */
const work = (
  { facades }: Composition,
  { type, data }: StoredEvent,
  planned: Map<string, Released['lines']>,
): Promise<unknown> | undefined => {
  const { shipmentId, lines, plan, trackingNumber } = data as {
    shipmentId: string;
    lines?: Released['lines'];
    plan?: Released;
    trackingNumber?: string;
  };
  if (type === 'ShipmentPlanned') planned.set(shipmentId, (plan?.lines ?? lines) as Released['lines']);
  if (type === 'ShipmentReleased') {
    const parcels = [{ parcelId: '1', weightGrams: 900, lines: planned.get(shipmentId) ?? [] }];
    planned.delete(shipmentId);
    return facades.shipments.pack(shipmentId, parcels, meta());
  }
  if (type === 'LabelPurchased') return facades.shipments.dispatch(shipmentId, meta());
  if (type === 'ShipmentDispatched') return facades.tracking.receive('simulated', scanned(shipmentId, trackingNumber ?? ''), meta());
  return undefined;
};

const robot = async (composition: Composition, signal: AbortSignal): Promise<void> => {
  const planned = new Map<string, Released['lines']>();
  for await (const events of composition.storeOf('shipping').follow({ from: '', signal }))
    for (const event of events) void work(composition, event, planned);
};

const completions = async (store: EventStore, wanted: number, signal: AbortSignal, seen: (orderId: string) => void): Promise<void> => {
  let completed = 0;
  for await (const events of store.follow({ from: '', signal }))
    for (const { type, stream } of events)
      if (type === 'OrderCompleted') {
        seen(stream.slice('order-'.length));
        completed += 1;
        if (completed === wanted) return;
      }
};

const quantile = (sorted: readonly number[], q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;

/**
 * Places `orders` orders, at most `inFlight` at a time, and lets a robot warehouse and a robot carrier carry each to its door through the
 * services' facades (no HTTP). The clock stops when the last is completed and every view shows it.
 */
export const measureLifecycles = async (databaseUrl: string, orders: number, inFlight: number): Promise<Lifecycles> => {
  const composition = await compose(databaseUrl);
  const stop = new AbortController();
  try {
    await stockUp(composition, orders * 4);
    const started = new Map<string, number>();
    const durations: number[] = [];
    const finished = { count: 0 };
    const working = robot(composition, stop.signal);
    const cpu = process.cpuUsage();
    const begin = performance.now();
    const done = completions(composition.storeOf('order'), orders, stop.signal, (orderId) => {
      durations.push(performance.now() - (started.get(orderId) ?? begin));
      finished.count += 1;
    });
    let placed = 0;
    const lane = async (): Promise<void> => {
      while (placed < orders) {
        const n = (placed += 1);
        while (n - finished.count > inFlight) await new Promise((resolve) => setTimeout(resolve, 2));
        const at = performance.now();
        const { receipt } = (await composition.facades.orders.place(orderBody(n), meta())) as { receipt: { orderId: string } };
        started.set(receipt.orderId, at);
      }
    };
    await Promise.all([...Array.from({ length: Math.min(inFlight, 200) }, lane), done]);
    await composition.projected();
    const milliseconds = performance.now() - begin;
    const used = process.cpuUsage(cpu);
    const events = await countEvents(composition);
    durations.sort((a, b) => a - b);
    stop.abort();
    await working;
    return {
      completed: rateOf(orders, milliseconds),
      events: rateOf(events, milliseconds),
      nodeCores: (used.user + used.system) / 1000 / milliseconds,
      rssMb: process.memoryUsage().rss / 1e6,
      slowestMs: { p50: quantile(durations, 0.5), p95: quantile(durations, 0.95) },
    };
  } finally {
    stop.abort();
    await composition.running.close();
  }
};

const countEvents = async ({ kits }: Composition): Promise<number> => {
  let total = 0;
  for (const { pool } of kits.values()) {
    const { rows } = await pool.query<{ n: string }>('select count(*) as n from events');
    total += Number(rows[0]?.n ?? 0);
  }
  return total;
};
