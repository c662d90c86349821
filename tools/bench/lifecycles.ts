import { START, type EventStore, type Meta, type StoredEvent } from '@cartage/eventsourcing';
import { newId } from '@cartage/service-kit';
import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { orderBody, skus } from './bodies';
import { compose, type Composition, type Facades } from './composition';
import { usageOf } from './machine';
import type { Database } from './places';
import { rateOf, type Rate } from './rate';
import { writtenAnOrder, writtenBy, type Written } from './written';

export interface Lifecycles {
  /** Orders from capture to delivered, durable and projected. */
  readonly completed: Rate;
  readonly eventsAnOrder: number;
  /** Milliseconds of CPU for each completed order. */
  readonly cpuMs: { readonly node: number; readonly postgres: number };
  /** What Postgres wrote for each. */
  readonly written: Written;
  /** From placing to completed. */
  readonly durationMs: { readonly p50: number; readonly p99: number };
}

export interface Load {
  readonly orders: number;
  /** Carried before the clock runs: a program gets faster while it runs for the first time. */
  readonly warmUp: number;
  readonly inFlight: number;
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

const scanned = (trackingNumbers: readonly string[]): object => {
  const scannedAt = new Date().toISOString();
  const payload = {
    scans: trackingNumbers.map((awb) => ({ scanId: `delivered-${awb}`, awb, code: 'DELIVERED', scannedAt })),
  };
  const rawBody = Buffer.from(JSON.stringify(payload));
  const signature = createHmac('sha256', 'simulated-carrier').update(rawBody).digest('hex');
  return { headers: { 'simulated-signature': `sha256=${signature}` }, rawBody, payload };
};

type Lines = readonly { readonly lineId: string; readonly quantity: number }[];

interface Shipped {
  readonly shipmentId: string;
  readonly lines?: Lines;
  readonly shipGroupId?: string;
  readonly parcels?: readonly { readonly trackingNumber: string }[];
}

/** Warehouse and carrier: pack what may be packed, hand over what has a label, deliver what was handed over. */
const robotOf = ({ facades }: Composition): ((event: StoredEvent) => unknown) => {
  const planned = new Map<string, Lines>();
  const pack = (shipmentId: string): unknown => {
    const lines = planned.get(shipmentId) ?? [];
    planned.delete(shipmentId);
    return facades.shipments.pack(shipmentId, [{ parcelId: '1', weightGrams: 900, lines }], meta());
  };
  const does: Readonly<Record<string, (data: Shipped) => unknown>> = {
    ShipmentPlanned: ({ shipmentId, lines = [], shipGroupId }) => {
      planned.set(shipmentId, lines);
      // Older builds plan before there is stock, and release later.
      return shipGroupId === undefined ? undefined : pack(shipmentId);
    },
    ShipmentReleased: ({ shipmentId }) => pack(shipmentId),
    LabelPurchased: ({ shipmentId }) => facades.shipments.dispatch(shipmentId, meta()),
    ShipmentDispatched: ({ parcels = [] }) =>
      facades.tracking.receive('simulated', scanned(parcels.map(({ trackingNumber }) => trackingNumber)), meta()),
  };
  return ({ type, data }) => does[type]?.(data as Shipped);
};

const followed = async (store: EventStore, signal: AbortSignal, take: (event: StoredEvent) => unknown): Promise<void> => {
  for await (const events of store.follow({ from: START, signal })) for (const event of events) void take(event);
};

/** The orders of one run: places them, and knows when each was placed and completed. */
class Run {
  private readonly placedAt = new Map<string, number>();
  private durationsMs: number[] = [];
  private wanted = 0;
  private done: () => void = () => undefined;

  constructor(private readonly orders: Facades['orders']) {}

  /** Carries so many orders, at most so many at a time; answers with how long each took. */
  async carry(wanted: number, inFlight: number): Promise<readonly number[]> {
    this.wanted = wanted;
    this.durationsMs = [];
    const completed = new Promise<void>((resolve) => (this.done = resolve));
    let placed = 0;
    const lane = async (): Promise<void> => {
      while (placed < wanted) {
        const n = (placed += 1);
        while (n - this.durationsMs.length > inFlight) await pause(2);
        await this.place(n);
      }
    };
    await Promise.all([completed, ...Array.from({ length: Math.min(inFlight, LANES) }, lane)]);
    return this.durationsMs;
  }

  hear({ type, stream }: StoredEvent): void {
    if (type !== 'OrderCompleted') return;
    const now = performance.now();
    this.durationsMs.push(now - (this.placedAt.get(stream.slice('order-'.length)) ?? now));
    if (this.durationsMs.length === this.wanted) this.done();
  }

  private async place(n: number): Promise<void> {
    const at = performance.now();
    const { receipt } = (await this.orders.place(orderBody(n), meta())) as { receipt: { orderId: string } };
    this.placedAt.set(receipt.orderId, at);
  }
}

const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
};

const LANES = 200;

interface Spent {
  readonly at: number;
  readonly node: number;
  readonly postgres: number;
  readonly events: number;
}

const measured = async (
  run: Run,
  { orders, inFlight }: Load,
  composition: Composition,
  spent: () => Promise<Spent>,
): Promise<Lifecycles> => {
  const pools = [...composition.kits.values()].map(({ pool }) => pool);
  const writtenBefore = await writtenBy(pools);
  const before = await spent();
  const durationsMs = await run.carry(orders, inFlight);
  await composition.projected();
  const after = await spent();
  const written = writtenAnOrder(writtenBefore, await writtenBy(pools), orders);
  const anOrder = (what: 'node' | 'postgres' | 'events'): number => (after[what] - before[what]) / orders;
  return {
    completed: rateOf(orders, after.at - before.at),
    written,
    eventsAnOrder: anOrder('events'),
    cpuMs: { node: anOrder('node'), postgres: anOrder('postgres') },
    durationMs: { p50: quantile(durationsMs, 0.5), p99: quantile(durationsMs, 0.99) },
  };
};

const spending = (composition: Composition, postmaster: number) => async (): Promise<Spent> => {
  const events = await countEvents(composition);
  const { user, system } = process.cpuUsage();
  return { at: performance.now(), node: (user + system) / 1000, postgres: usageOf([postmaster]).cpuSeconds * 1000, events };
};

/**
 * Places orders and lets a robot warehouse and a robot carrier carry each to its door through the services' facades (no HTTP). The clock stops when the
 * last is completed and every view shows it.
 */
export const measureLifecycles = async ({ url, postmaster }: Database, load: Load): Promise<Lifecycles> => {
  const composition = await compose(url);
  const stop = new AbortController();
  const run = new Run(composition.facades.orders);
  const following = [
    followed(composition.storeOf('shipping'), stop.signal, robotOf(composition)),
    followed(composition.storeOf('order'), stop.signal, (event) => run.hear(event)),
  ];
  try {
    await stockUp(composition, (load.orders + load.warmUp) * 4);
    await run.carry(load.warmUp, load.inFlight);
    return await measured(run, load, composition, spending(composition, postmaster));
  } finally {
    stop.abort();
    await Promise.all(following);
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
