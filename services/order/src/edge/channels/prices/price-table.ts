import { inTransaction } from '@cartage/postgres';
import { isoTime } from '@cartage/views';
import type { Pool } from 'pg';
import type { ClaimedPrice, PriceShelf, PricesWanted, ShownPrice } from '../../../app/channels/price-shelf';
import { shelfRows } from '../shelf-rows';

const TURN = `select pg_try_advisory_xact_lock(hashtextextended('channel-prices ' || $1, 0)) as taken`;

/** Lists that hold for the channel at a time. */
const HELD = `
  from known_price_list l
  where l.currency = $2 and l.tax_included = $3 and (l.channel is null or l.channel = $1) and (l.country is null or l.country = $4)
    and l.valid_from <= $5 and (l.valid_to is null or l.valid_to > $5)`;

/** What its prices follow from: lists that have changed, begun or ended make it another one. Answers nothing where it is the same. */
const STAND = `
  insert into channel_price_stand as s (channel, stand)
  select $1, md5(concat_ws(' ', $2::text, $3::boolean, $4::text, (select string_agg(l.list || ':' || l.revision, ' ' order by l.list) ${HELD})))
  on conflict (channel) do update set stand = excluded.stand where s.stand <> excluded.stand
  returning 1`;

/** The rule of `priceFor` (contracts): the list for the channel, then for the country, then the newest. A SKU that no list prices any more keeps what was told. */
const REFRESH = `
  with held as (select l.* ${HELD}), nearest as (
    select distinct on (p.sku) p.sku, p.unit_price, l.list
    from held l join known_price p using (list)
    order by p.sku, (l.channel is not null) desc, (l.country is not null) desc, l.valid_from desc, l.list collate "C"
  )
  insert into channel_price as c (channel, sku, unit_price, currency, tax_included, list, as_of, next_at)
  select $1, sku, unit_price, $2, $3, list, $5, $5 from nearest order by sku
  on conflict (channel, sku) do update set
    unit_price = excluded.unit_price, currency = excluded.currency, tax_included = excluded.tax_included, list = excluded.list,
    as_of = excluded.as_of, revision = c.revision + 1, status = 'waiting', code = null, faults = '[]',
    attempts = case when c.status = 'waiting' then c.attempts else 0 end,
    next_at = case when c.status = 'waiting' and c.attempts > 0 then c.next_at else excluded.next_at end
  where (c.unit_price, c.currency, c.tax_included) is distinct from (excluded.unit_price, excluded.currency, excluded.tax_included)`;

const SHOWN = `json_build_object('channel', channel, 'sku', sku, 'unitPrice', unit_price, 'currency', currency, 'taxIncluded', tax_included, 'list', list,
    'status', status, 'code', code, 'faults', faults, 'asOf', ${isoTime('as_of')}, 'toldAt', ${isoTime('told_at')})`;
const CLAIMED = `s.unit_price::float8 as "unitPrice", s.currency, s.tax_included as "taxIncluded"`;

const refresh = (pool: Pool, channel: string, [{ currency, taxIncluded, country }, at]: readonly [PricesWanted, Date]): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ taken: boolean }>(TURN, [channel]);
    if (rows[0]?.taken !== true) return false;
    const values = [channel, currency, taxIncluded, country ?? null, at];
    if ((await client.query(STAND, values)).rowCount === 0) return false;
    return ((await client.query(REFRESH, values)).rowCount ?? 0) > 0;
  });

export const priceTable = (pool: Pool): PriceShelf => ({
  ...shelfRows<ClaimedPrice, ShownPrice>(pool, { table: 'channel_price', claimed: CLAIMED, shown: SHOWN }),
  refresh: (channel, wanted, at) => refresh(pool, channel, [wanted, at]),
});
