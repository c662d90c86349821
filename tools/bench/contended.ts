import { usualServices as services } from '@cartage/embedded';
import { postgresEventStore } from '@cartage/event-store';
import { newId, type AnyService, type Kit } from '@cartage/service-kit';
import { Pool } from 'pg';
import { placedOrder } from './bodies';
import { compose, hearingOrders, type Composition, type HearOrder } from './composition';
import type { Figure } from './figure';
import { onFreshDatabase } from './places';
import { rateOf, type Rate } from './rate';

const WRITERS = 8;
const CALLERS = 25;
const skus = Array.from({ length: 20 }, (_, i) => `SALE-${i + 1}`);

const service = services.find(({ name }) => name === 'inventory') as AnyService;

const meta = () => ({ commandId: newId(), correlationId: newId(), actor: 'bench' });

interface Writer {
  readonly reserve: HearOrder;
  readonly close: () => Promise<void>;
}

/** As far as the database can tell, a process of its own: connections and batches of its own. */
const writerOn = async (kit: Kit): Promise<Writer> => {
  const { options } = kit.pool;
  // pg hides the password from whoever copies its options.
  const pool = new Pool({ ...options, password: options.password, max: 4 });
  const parts = await service.compose({ ...kit, pool, store: postgresEventStore({ pool }) });
  return { reserve: hearingOrders(parts.listeners), close: () => pool.end() };
};

/** Two SKUs an order, in whatever order the customer chose them: locks that are taken so would cross. */
const skusOf = (n: number): readonly string[] =>
  [n % skus.length, (n * 7 + 3) % skus.length].filter((sku, i, all) => all.indexOf(sku) === i).flatMap((sku) => skus[sku] ?? []);

const reserveAll = async (writers: readonly Writer[], orders: number): Promise<Rate> => {
  const started = performance.now();
  let next = 0;
  const caller = async ({ reserve }: Writer): Promise<void> => {
    for (let n = (next += 1); n <= orders; n = next += 1) await reserve(placedOrder(skusOf(n)), meta());
  };
  await Promise.all(writers.flatMap((writer) => Array.from({ length: CALLERS }, () => caller(writer))));
  return rateOf(orders, performance.now() - started);
};

interface Counted {
  /** SKUs of which more is promised than is there, or something else than orders hold. */
  readonly wrong: number;
  readonly reserved: number;
  readonly waiting: number;
}

const COUNT = `
  select count(*) filter (where n.reserved > n.on_hand or n.reserved <> r.reserved or (r.waiting > 0 and n.reserved < n.on_hand))::integer as wrong,
    sum(n.reserved)::integer as reserved, sum(r.waiting)::integer as waiting
  from inventory.network_stock n join (
    select sku, sum(reserved) as reserved, sum(waiting) as waiting from inventory.reservation_line group by sku
  ) r using (sku)`;

const counted = async (url: string): Promise<Counted> => {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    const { rows } = await pool.query<Counted>(COUNT);
    const [found] = rows;
    if (!found) throw new Error('A sum over rows has one row.');
    return found;
  } finally {
    await pool.end();
  }
};

/** Stock for half of what is wanted. */
const stockUp = async ({ facades }: Composition, orders: number): Promise<number> => {
  const place = { name: 'London', kind: 'warehouse', country: 'GB', latitude: 51.5, longitude: 0.02, active: true };
  await facades.locations.change('LDN-1', place, meta());
  const quantity = Math.ceil(orders / skus.length);
  await facades.stocks.receive({ location: 'LDN-1', lines: skus.map((sku) => ({ sku, quantity })) }, meta());
  return quantity * skus.length;
};

/** 20 SKUs, 8 writers, twice as many buyers as there is stock: what is promised is counted, unit by unit. */
export const contended = (orders: number): Promise<readonly Figure[]> =>
  onFreshDatabase(async ({ url }) => {
    const composition = await compose(url, [service]);
    const kit = composition.kits.get('inventory');
    const writers = kit ? await Promise.all(Array.from({ length: WRITERS }, () => writerOn(kit))) : [];
    try {
      const stock = await stockUp(composition, orders);
      const rate = await reserveAll(writers, orders);
      const { wrong, reserved, waiting } = await counted(url);
      const note = `${orders} orders over ${skus.length} SKUs by ${writers.length} writers: ${reserved} of ${stock} units promised, ${waiting} wait`;
      return [
        { name: 'contended reservations', value: rate.perSecond, unit: 'orders/s', note },
        { name: '  SKUs oversold or miscounted', value: wrong, unit: '', goal: { must: 0, better: 'less' } },
      ];
    } finally {
      await Promise.all(writers.map(({ close }) => close()));
      await composition.running.close();
    }
  });
