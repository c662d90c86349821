import type { Pool } from 'pg';
import type { KeptPrices, PricedStock, PriceTable } from '../app/stock-worth';

/** Of a day, when they are found anew each quarter of an hour. */
const KEPT = 100;
const NEWEST = `select model::text as model, made_at as "madeAt", priced from stock_price order by stock_price.model desc limit 1`;
/** One at a time: who comes second finds what the first has kept. */
const LOCK = `select pg_advisory_xact_lock(hashtext('stock_price'))`;
const KEEP = `insert into stock_price (made_at, priced) select $1, $2 where not exists (select from stock_price where made_at > $3)`;
const FORGET = `delete from stock_price where model <= (select max(model) - ${KEPT} from stock_price)`;

interface Row {
  readonly model: string;
  readonly madeAt: Date;
  readonly priced: PricedStock;
}

const keptOf = ({ model, madeAt, priced }: Row): KeptPrices => ({ model: `stock-prices@${model}`, madeAt: madeAt.toISOString(), priced });

export const priceTable = (pool: Pool): PriceTable => ({
  newest: async () => (await pool.query<Row>(NEWEST)).rows.map(keptOf)[0],
  keep: async (priced, { before, now }) => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query(LOCK);
      await client.query(KEEP, [now, JSON.stringify(priced), before]);
      await client.query(FORGET);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  },
});
