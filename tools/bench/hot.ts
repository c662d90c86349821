import { usualServices as services } from '@cartage/embedded';
import { newId } from '@cartage/service-kit';
import { Pool } from 'pg';
import { placedOrder } from './bodies';
import { compose } from './composition';
import type { Figure } from './figure';
import { onFreshDatabase } from './places';
import { during, type Rate } from './rate';

const SKU = 'HOT';
const CALLERS = 200;
const CONNECTIONS = 16;

const oneEach = `
with claimed as (update bench_hot set reserved = reserved + 1 where sku = $1 and on_hand - reserved >= 1 returning reserved)
insert into bench_hot_event (id, sku, reserved) select $2, $1, reserved from claimed`;

/** The limit: each reservation locks the row of its SKU in a transaction of its own. */
const measureOneEach = async (databaseUrl: string, seconds: number): Promise<Rate> => {
  const pool = new Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  try {
    await pool.query(
      'create table bench_hot (sku text primary key, on_hand integer not null, reserved integer not null) with (fillfactor = 80)',
    );
    await pool.query('create table bench_hot_event (id uuid primary key, sku text not null, reserved integer not null)');
    await pool.query('insert into bench_hot values ($1, 100000000, 0)', [SKU]);
    const reserve = async (): Promise<number> => {
      await pool.query({ name: 'hot', text: oneEach, values: [SKU, newId()] });
      return 1;
    };
    return await during(seconds, CONNECTIONS, reserve);
  } finally {
    await pool.end();
  }
};

/** What inventory does when it hears of an order: 200 orders for one SKU at once, again and again. */
const measureReservations = async (databaseUrl: string, seconds: number): Promise<Rate> => {
  const composition = await compose(
    databaseUrl,
    services.filter(({ name }) => name === 'inventory'),
  );
  try {
    const meta = () => ({ commandId: newId(), correlationId: newId(), actor: 'bench' });
    const place = { name: 'London', kind: 'warehouse', country: 'GB', latitude: 51.5, longitude: 0.02, active: true };
    const { locations, stocks } = composition.facades;
    await locations.change('LDN-1', place, meta());
    await stocks.receive({ location: 'LDN-1', lines: [{ sku: SKU, quantity: 1_000_000 }] }, meta());
    const reserve = composition.hearingOrders('inventory');
    const one = async (): Promise<number> => {
      await reserve(placedOrder([SKU]), meta());
      return 1;
    };
    await during(0.5, CALLERS, one);
    return await during(seconds, CALLERS, one);
  } finally {
    await composition.running.close();
  }
};

/** A flash sale: everybody wants the same thing. */
export const hotSku = (seconds: number): Promise<readonly Figure[]> =>
  onFreshDatabase(async ({ url }) => {
    const limit = await measureOneEach(url, seconds);
    const reserved = await measureReservations(url, seconds);
    return [
      {
        name: 'reservations of one SKU',
        value: reserved.perSecond,
        unit: 'orders/s',
        limit: { name: 'one transaction each', value: limit.perSecond },
        goal: { must: 5, better: 'more' },
      },
    ];
  });
