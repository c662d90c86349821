export const STANDS = 'select position from stock_cost_place';
export const PLACE = `${STANDS} for update skip locked`;
export const MOVE = 'update stock_cost_place set position = $1';
export const REACHED = 'select position >= $1 as reached from stock_cost_place';

export const POOLS = `
  select sku, location, transfer_id as "transferId", units, unvalued, amounts from stock_cost where sku = any($1)`;
export const BASES = 'select sku, units, amounts from stock_cost_basis where sku = any($1)';
export const SUPPLIERS = "select code from location where kind = 'supplier'";
export const IS_KIT = 'select 1 from network_stock where sku = $1 and kit is not null';

export const WRITE_POOLS = `
  insert into stock_cost (sku, location, transfer_id, units, unvalued, amounts)
  select c.sku, c.location, c."transferId", c.units, c.unvalued, c.amounts
  from jsonb_to_recordset($1) as c (sku text, location text, "transferId" text, units integer, unvalued integer, amounts jsonb)
  on conflict (sku, location, transfer_id) do update
    set units = excluded.units, unvalued = excluded.unvalued, amounts = excluded.amounts`;
export const WRITE_BASES = `
  insert into stock_cost_basis (sku, units, amounts)
  select b.sku, b.units, b.amounts from jsonb_to_recordset($1) as b (sku text, units integer, amounts jsonb)
  on conflict (sku) do update set units = excluded.units, amounts = excluded.amounts`;
export const WRITE_ENTRIES = `
  insert into stock_cost_entry (sku, location, transfer_id, event_id, kind, cause, units, unvalued, amounts, at)
  select e.sku, e.location, e."transferId", e."eventId", e.kind, e.cause, e.units, e.unvalued, e.amounts, e.at
  from rows from (jsonb_to_recordset($1) as (sku text, location text, "transferId" text, "eventId" uuid, kind text, cause text,
    units integer, unvalued integer, amounts jsonb, at timestamptz)) with ordinality as e
  order by e.ordinality`;

const SUMS = 'coalesce(sum(h.units), 0)::float as units, coalesce(sum(h.unvalued), 0)::float as unvalued';

/** Each currency for itself. */
const money = (rows: string): string => `
  select coalesce(json_agg(json_build_object('currency', m.currency, 'amount', m.amount) order by m.currency), '[]') as value from (
    select a.key as currency, sum(a.value::bigint) as amount from (${rows}) h cross join jsonb_each_text(h.amounts) a
    group by a.key having sum(a.value::bigint) <> 0
  ) m`;

/** Now: the rows as they stand. As of an instant: the sum of what had moved them by then. */
const held = (where: string, asOf: string | undefined): string =>
  asOf === undefined ? `select * from stock_cost c where ${where}` : `select * from stock_cost_entry c where ${where} and c.at <= ${asOf}`;

const worth = (rows: string): string => `cross join lateral (select ${SUMS} from (${rows}) h) u cross join lateral (${money(rows)}) v`;

const values = (asOf?: string): string => `
  select k.sku, nullif(k.location, '') as location, u.units, u.unvalued, v.value
  from (
    select distinct sku, location from stock_cost
    where ($1::text is null or sku = $1) and ($2::text is null or location = $2) and ($3::text is null or (sku, location) > ($3, $4))
  ) k ${worth(held('c.sku = k.sku and c.location = k.location', asOf))}
  where u.units <> 0 order by k.sku, k.location limit $5`;

const totals = (asOf?: string): string => `
  select nullif(k.location, '') as location, u.units, u.unvalued, v.value
  from (select distinct location from stock_cost where $1::text is null or location = $1) k ${worth(held('c.location = k.location', asOf))}
  where u.units <> 0 order by k.location`;

export const [VALUES, VALUES_AS_OF] = [values(), values('$6')];
export const [TOTALS, TOTALS_AS_OF] = [totals(), totals('$2')];

const moved = `
  select * from stock_cost_entry c
  where c.at >= $1 and c.at < $2 and ($3::text is null or c.sku = $3) and ($4::text is null or c.location = $4)`;

export const MOVEMENTS = `
  select k.kind, k.cause, u.units, u.unvalued, v.value
  from (select distinct kind, cause from (${moved}) d) k ${worth(`${moved} and c.kind = k.kind and c.cause is not distinct from k.cause`)}
  order by k.kind, k.cause nulls first`;
