// A client process that carries orders to the door over the public HTTP API: it places them, and is their warehouse and their carrier. It is told what to
// do by the messages of its parent, so that what it costs itself is nobody's figure but its own.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Batch, ListedShipment } from '../simulator/answers';
import { cartageOver, everyItem, type Cartage } from '../simulator/cartage';
import { httpTo, type Answer, type Origins } from '../simulator/http';
import { parcelsOf } from '../simulator/warehouse';
import { channelOrder, marketplaceOrder, skus } from './bodies';
import { deliveryOf } from './deliveries';

/** Who sells: our own shop, whose customers we write to, or a marketplace that does so itself. */
export type Seller = 'shop' | 'marketplace';

/** What the parent asks for, one after the other. */
export type Task =
  | { readonly type: 'open'; readonly origins: Origins; readonly units: number }
  | { readonly type: 'carry'; readonly first: number; readonly orders: number; readonly inFlight: number; readonly of: Seller };

const CHANNEL = 'web';
const PAGE = 200;
const LANES = 16;
const SCANS_A_WEBHOOK = 100;
const PAUSE_MS = 20;
const ASK_EVERY_MS = 300;

const profile = { name: 'London', kind: 'warehouse', country: 'GB', latitude: 51.5, longitude: 0.02, active: true } as const;

const open = async (cartage: Cartage, units: number): Promise<void> => {
  for (const [code, latitude] of [
    ['LDN-1', 51.5],
    ['MAN-1', 53.5],
  ] as const) {
    await cartage.putLocation(code, { ...profile, name: code, latitude });
    await cartage.receiveStock(`opening-${code}`, { location: code, lines: skus.map((sku) => ({ sku, quantity: units })) });
  }
};

/** The orders of one run, and how far they are. */
class Run {
  private placed = 0;
  private delivered = 0;
  private readonly packed = new Set<string>();
  private readonly loaded = new Set<string>();

  constructor(
    private readonly cartage: Cartage,
    private readonly task: Extract<Task, { type: 'carry' }>,
  ) {}

  async carry(): Promise<void> {
    await Promise.all([...Array.from({ length: LANES }, () => this.place()), this.pack(), this.load()]);
    await this.completed();
  }

  private async place(): Promise<void> {
    const { orders, first, inFlight, of } = this.task;
    const orderOf = of === 'shop' ? channelOrder : marketplaceOrder;
    while (this.placed < orders) {
      const n = first + this.placed;
      this.placed += 1;
      while (n - first - this.delivered >= inFlight) await pause(PAUSE_MS);
      await this.cartage.placeOrder(CHANNEL, `bench-${n}`, orderOf(n));
    }
  }

  /** Packs what the warehouse's queue shows; a queue may show for a moment what is packed already. */
  private async pack(): Promise<void> {
    await this.working('to-pack', this.packed, async (waiting) => {
      const parcels = waiting.map(({ shipmentId, lines }) => ({ shipmentId, parcels: parcelsOf(lines) }));
      return this.cartage.packMany(randomUUID(), parcels);
    });
  }

  /** Hands over what has a label, and tells of its delivery. */
  private async load(): Promise<void> {
    await this.working('labelled', this.loaded, async (waiting) => {
      const shipments = waiting.map(({ shipmentId }) => ({ shipmentId }));
      const answer = await this.cartage.dispatchMany(randomUUID(), shipments);
      await this.deliver(waiting);
      return answer;
    });
  }

  private async working(
    status: string,
    done: Set<string>,
    work: (shipments: readonly ListedShipment[]) => Promise<Answer<Batch>>,
  ): Promise<void> {
    while (done.size < this.task.orders) {
      const { items } = await this.cartage.shipments({ status, limit: PAGE });
      const waiting = items.filter(({ shipmentId }) => !done.has(shipmentId));
      if (waiting.length > 0) refuseFailed((await work(waiting)).body);
      for (const { shipmentId } of waiting) done.add(shipmentId);
      if (waiting.length === 0) await pause(PAUSE_MS);
    }
  }

  private async deliver(shipments: readonly ListedShipment[]): Promise<void> {
    for (let from = 0; from < shipments.length; from += SCANS_A_WEBHOOK)
      await this.cartage.webhook('simulated', deliveryOf(shipments.slice(from, from + SCANS_A_WEBHOOK)));
    this.delivered += shipments.length;
  }

  /** Done when the channel finds all of its orders completed. */
  private async completed(): Promise<void> {
    const { first, orders } = this.task;
    for (let found = 0; found < first - 1 + orders;) {
      await pause(ASK_EVERY_MS);
      found = 0;
      for await (const _ of everyItem(this.cartage.orders, { status: 'completed' })) found += 1;
    }
  }
}

const refuseFailed = ({ items }: Batch): void => {
  const failed = items.find(({ problem }) => problem !== undefined);
  if (failed) throw new Error(failed.problem?.detail);
};

let cartage: Cartage | undefined;

const doing = async (task: Task): Promise<void> => {
  if (task.type === 'open') return open((cartage = cartageOver(httpTo(task.origins))), task.units);
  if (!cartage) throw new Error('Nothing was opened.');
  return new Run(cartage, task).carry();
};

process.on('message', (task: Task) => {
  doing(task).then(
    () => process.send?.('done'),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
