import type { EventStore, Meta, StoredEvent } from '@cartage/eventsourcing';
import { newId } from '@cartage/service-kit';
import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { orderBody, skus } from './bodies';
import { compose, type Composition, type Facades } from './composition';
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
  /** From placing to completed. */
  readonly durationMs: { readonly p50: number; readonly p95: number };
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

interface Shipped {
  readonly shipmentId: string;
  readonly lines?: Released['lines'];
  readonly plan?: Released;
  readonly trackingNumber?: string;
}

/** Warehouse and carrier: pack what is released, hand over what has a label, deliver what was handed over. */
const robotOf = ({ facades }: Composition): ((event: StoredEvent) => unknown) => {
  const planned = new Map<string, Released['lines']>();
  const does: Readonly<Record<string, (data: Shipped) => unknown>> = {
    ShipmentPlanned: ({ shipmentId, lines, plan }) => planned.set(shipmentId, plan?.lines ?? lines ?? []),
    ShipmentReleased: ({ shipmentId }) =>
      facades.shipments.pack(shipmentId, [{ parcelId: '1', weightGrams: 900, lines: planned.get(shipmentId) ?? [] }], meta()),
    LabelPurchased: ({ shipmentId }) => facades.shipments.dispatch(shipmentId, meta()),
    ShipmentDispatched: ({ shipmentId, trackingNumber = '' }) =>
      facades.tracking.receive('simulated', scanned(shipmentId, trackingNumber), meta()),
  };
  return ({ type, data }) => does[type]?.(data as Shipped);
};

const followed = async (store: EventStore, signal: AbortSignal, take: (event: StoredEvent) => unknown): Promise<void> => {
  for await (const events of store.follow({ from: '', signal })) for (const event of events) void take(event);
};

/** The orders of one run: places them, and knows when each was placed and completed. */
class Run {
  private readonly placedAt = new Map<string, number>();
  readonly durationsMs: number[] = [];
  private placed = 0;
  private done: () => void = () => undefined;
  readonly completed = new Promise<void>((resolve) => (this.done = resolve));

  constructor(
    private readonly orders: Facades['orders'],
    private readonly wanted: number,
    private readonly inFlight: number,
  ) {}

  /** Places orders one after the other as long as not too many are under way. */
  async lane(): Promise<void> {
    while (this.placed < this.wanted) {
      const n = (this.placed += 1);
      while (n - this.durationsMs.length > this.inFlight) await pause(2);
      const at = performance.now();
      const { receipt } = (await this.orders.place(orderBody(n), meta())) as { receipt: { orderId: string } };
      this.placedAt.set(receipt.orderId, at);
    }
  }

  hear({ type, stream }: StoredEvent): void {
    if (type !== 'OrderCompleted') return;
    const now = performance.now();
    this.durationsMs.push(now - (this.placedAt.get(stream.slice('order-'.length)) ?? now));
    if (this.durationsMs.length === this.wanted) this.done();
  }
}

const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
};

const LANES = 200;

const carry = async (composition: Composition, orders: number, inFlight: number): Promise<Lifecycles> => {
  const stop = new AbortController();
  const run = new Run(composition.facades.orders, orders, inFlight);
  const following = [
    followed(composition.storeOf('shipping'), stop.signal, robotOf(composition)),
    followed(composition.storeOf('order'), stop.signal, (event) => run.hear(event)),
  ];
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await Promise.all([run.completed, ...Array.from({ length: Math.min(inFlight, LANES) }, () => run.lane())]);
  await composition.projected();
  const milliseconds = performance.now() - begin;
  const used = process.cpuUsage(cpu);
  stop.abort();
  await Promise.all(following);
  return {
    completed: rateOf(orders, milliseconds),
    events: rateOf(await countEvents(composition), milliseconds),
    nodeCores: (used.user + used.system) / 1000 / milliseconds,
    rssMb: process.memoryUsage().rss / 1e6,
    durationMs: { p50: quantile(run.durationsMs, 0.5), p95: quantile(run.durationsMs, 0.95) },
  };
};

/**
 * Places `orders` orders, at most `inFlight` at a time, and lets a robot warehouse and a robot carrier carry each to its door through the
 * services' facades (no HTTP). The clock stops when the last is completed and every view shows it.
 */
export const measureLifecycles = async (databaseUrl: string, orders: number, inFlight: number): Promise<Lifecycles> => {
  const composition = await compose(databaseUrl);
  try {
    await stockUp(composition, orders * 4);
    return await carry(composition, orders, inFlight);
  } finally {
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
