/** Whether any rule says something of a SKU: most retailers have none, and pay nothing for them. Part of the statement that locks its row. */
export const RULED = `(
    exists (select from channel_rule c where c.locations is not null or c.safety_stock > 0)
    or exists (select from channel_hold_back h where h.sku = network_stock.sku)
  ) as ruled`;

const RULES = `
  select coalesce(json_agg(json_build_object(
    'channel', c.channel, 'locations', c.locations, 'safetyStock', coalesce(h.network, c.safety_stock), 'safetyStockAt', coalesce(h.places, '{}')
  ) order by c.channel), '[]')
  from channel_rule c left join lateral (
    select max(safety_stock) filter (where location = '') as network,
      json_object_agg(location, safety_stock) filter (where location <> '') as places
    from channel_hold_back h where h.sku = n.sku and h.channel = c.channel
  ) h on true`;

const AVAILABLE = `
  select coalesce(json_agg(json_build_array(s.location, s.on_hand - s.allocated - least(s.safety_stock, s.on_hand - s.allocated)) order by s.location), '[]')
  from stock s join location l on l.code = s.location and l.active where s.sku = n.sku`;

/** Counts only where a channel sells from some locations alone. What is kept for carts takes room like what is reserved for orders. */
const RESERVED = `
  select coalesce(json_agg(json_build_array(coalesce(r.channel, ''), r.units)), '[]')
  from (
    select channel, sum(units)::integer as units from (
      select channel, reserved as units from reservation_line where sku = n.sku and reserved + allocated > 0 and reserved > 0
      union all select channel, quantity from cart_claim where sku = n.sku
    ) claims group by channel
  ) r`;

/** What channels may sell of these SKUs. */
export const CHANNEL_STOCK = `
  select n.sku, (${RULES}) as rules, (${AVAILABLE}) as available,
    case when exists (select from channel_rule where locations is not null) then (${RESERVED}) else '[]' end as reserved,
    json_build_object('sku', n.sku, 'onHand', n.on_hand, 'allocated', n.allocated, 'reserved', n.reserved, 'safetyStock', n.safety_stock,
      'kit', n.kit) as network
  from network_stock n where n.sku = any($1) order by n.sku`;

export const CHANNEL_STOCK_AS_OF = `
  select statement_timestamp() as "asOf", (select coalesce(json_agg(r), '[]') from (${CHANNEL_STOCK}) r) as rows`;

export const WRITE_LOCATIONS = `
  insert into channel_rule (channel, locations) values ($1, $2)
  on conflict (channel) do update set locations = excluded.locations`;

export const WRITE_SAFETY_STOCK = `
  insert into channel_rule (channel, safety_stock) values ($1, $2)
  on conflict (channel) do update set safety_stock = excluded.safety_stock`;

export const MAKE_CHANNEL = 'insert into channel_rule (channel) values ($1) on conflict do nothing';
export const WRITE_HOLD_BACK = `
  insert into channel_hold_back (channel, sku, location, safety_stock) values ($1, $2, $3, $4)
  on conflict (sku, channel, location) do update set safety_stock = excluded.safety_stock`;

/** Who waits in a channel that sells from some places alone may be given what an order of another channel moves aside for. */
export const WAITING_UNDER = `
  select distinct sku from reservation_line r
  where waiting > 0 and sku > $3 and ($2::text is null or sku = $2)
    and (channel = $1 or exists (select from channel_rule c where c.channel = r.channel and c.locations is not null))
  order by sku limit $4`;

const RULES_LOCK = `hashtextextended('cartage.channel-rules.' || current_schema(), 0)`;

/**
 * Whoever decides by rules keeps them until its decision has landed, and whoever changes one waits for that: nobody is told to wait by a rule that has
 * been loosened already. Of the lock manager, not of rows: it is fair to the one who changes, and costs nothing to write. Taken after the rows of
 * stock and before the log; nobody who changes rules holds rows of stock.
 */
export const KEEP_RULES = `select pg_advisory_xact_lock_shared(${RULES_LOCK})`;
export const CHANGE_RULES = `select pg_advisory_xact_lock(${RULES_LOCK})`;

export const IS_KIT = 'select from network_stock where sku = $1 and kit is not null';

export const KNOWN_LOCATIONS = 'select code from location where code = any($1)';

export const CHANNELS = `
  select channel, locations, safety_stock as "safetyStock" from channel_rule
  where $1::text is null or channel > $1 order by channel limit $2`;

export const HOLD_BACKS = `
  select channel, sku, nullif(location, '') as location, safety_stock as "safetyStock" from channel_hold_back
  where channel = $1 and ($2::text is null or (sku, location) > ($2, $3)) order by sku, location limit $4`;
