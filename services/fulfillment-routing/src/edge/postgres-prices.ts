import { inTransaction, lockForTransaction } from '@cartage/postgres';
import type { Pool } from 'pg';
import type { KeptPrices, PricedStock, PriceTable } from '../app/stock-worth';

/** Of a day, when they are found anew each quarter of an hour. */
const KEPT = 100;
/** Nothing is read of what is known already: it may be of thousands of SKUs. */
const NEWER = `select newest.model::text as model, newest.made_at as "madeAt", newest.priced
  from (select * from stock_price order by model desc limit 1) newest where newest.model <> $1::bigint`;
const KEEP = `insert into stock_price (made_at, priced) select $1, $2 where not exists (select from stock_price where made_at > $3)`;
const FORGET = `delete from stock_price where model <= (select max(model) - ${KEPT} from stock_price)`;

interface Row {
  readonly model: string;
  readonly madeAt: Date;
  readonly priced: PricedStock;
}

const NAME = 'stock-prices@';
const keptOf = ({ model, madeAt, priced }: Row): KeptPrices => ({ model: `${NAME}${model}`, madeAt: madeAt.toISOString(), priced });

export const priceTable = (pool: Pool): PriceTable => ({
  newer: async (known) => (await pool.query<Row>(NEWER, [known?.slice(NAME.length) ?? 0])).rows.map(keptOf)[0],
  keep: (priced, { before, now }) =>
    inTransaction(pool, async (client) => {
      // One at a time: who comes second finds what the first has kept.
      await lockForTransaction(client, 'cartage.fulfillment-routing.stock_price');
      await client.query(KEEP, [now, JSON.stringify(priced), before]);
      await client.query(FORGET);
    }),
});
