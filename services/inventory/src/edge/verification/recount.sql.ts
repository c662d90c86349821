import { lastLogged, LOGGED_EVENTS } from '@cartage/event-store';

/** Orders and carts that the movements of a SKU say another claim of than their rows; `sku` names a column or a parameter. */
export const CLAIMS_UNLIKE = (sku: string): string => `
  select coalesce(m.reference, r.reference) as reference, m.event_id, m.at,
    coalesce(m.reserved, 0) as moved_reserved, coalesce(m.allocated, 0) as moved_allocated,
    coalesce(r.reserved, 0) as reserved, coalesce(r.allocated, 0) as allocated
  from (
    select reference, sum(delta_reserved) as reserved, sum(delta_allocated) as allocated, max(at) as at,
      (array_agg(event_id order by movement_id desc))[1] as event_id
    from stock_movement where sku = ${sku} and kind <> 'LocationChanged' and (delta_reserved <> 0 or delta_allocated <> 0)
    group by reference
  ) m full join (
    select reference, sum(reserved) as reserved, sum(allocated) as allocated from (
      select order_id::text as reference, reserved, allocated from reservation_line where sku = ${sku} and reserved + allocated > 0
      union all select reservation_id::text, quantity, 0 from cart_claim where sku = ${sku}
    ) c group by reference
  ) r using (reference)
  where (coalesce(m.reserved, 0), coalesce(m.allocated, 0)) is distinct from (coalesce(r.reserved, 0), coalesce(r.allocated, 0))`;

/** Nothing where the SKU was never seen. */
export const LOCATIONS_OF = `
  select case when exists (select from network_stock where sku = $1) or exists (select from stock_movement where sku = $1) then coalesce((
    select array_agg(location order by location) from (
      select location from stock where sku = $1 union select location from stock_movement where sku = $1 and location is not null
    ) l
  ), '{}') end as locations`;

export const IN_DOUBT = `
  select distinct reference from (${CLAIMS_UNLIKE('$1')}) c
  union select order_id::text from reservation_line where sku = $1 and waiting > 0`;

/** Rows as they should be that are not so. */
export const UNLIKE_LINES = `
  select distinct l."orderId"::text as reference
  from json_to_recordset($1) as l ("orderId" uuid, "lineId" text, sku text, wanted bigint, reserved integer, allocated integer,
    issued integer, waiting bigint)
  left join reservation_line r on r.order_id = l."orderId" and r.line_id = l."lineId" and r.sku = l.sku
  where (r.wanted, r.reserved, r.allocated, r.issued, r.waiting) is distinct from (l.wanted, l.reserved, l.allocated, l.issued, l.waiting)`;

export const UNLIKE_CARTS = `
  select distinct reference from (
    select c."reservationId"::text as reference, u->>0 as sku, (u->>1)::integer as quantity
    from json_to_recordset($1) as c ("reservationId" uuid, units json) cross join json_array_elements(c.units) u
  ) c full join (
    select reservation_id::text as reference, sku, quantity from cart_claim
    where reservation_id in (select "reservationId" from json_to_recordset($1) as c ("reservationId" uuid))
  ) k using (reference, sku)
  where c.quantity is distinct from k.quantity`;

/** What happened last is told, too: only then can it be compared. */
export const ALL_IS_TOLD = `(
  select sweep is null and position >= lpad(coalesce(
    (select max(e.position) from events e where e.type <> 'AvailabilityChanged'),
    (select max(e.position) from ${LOGGED_EVENTS} e where e.type is distinct from 'AvailabilityChanged')
  )::text, 16, '0') from availability_place
)`;

const CELLS = `
  select json_build_object(
    'row', json_build_object('sku', s.sku, 'location', s.location, 'active', l.active, 'revision', s.revision, 'onHand', s.on_hand,
      'allocated', s.allocated, 'safetyStock', s.safety_stock, 'unavailable', s.unavailable),
    'moved', (
      select json_build_object('onHand', coalesce(sum(delta_on_hand), 0), 'allocated', coalesce(sum(delta_allocated), 0),
        'unavailable', coalesce(sum(delta_unavailable), 0), 'heldBack', coalesce(sum(delta_safety_stock), 0))
      from stock_movement m where m.sku = s.sku and m.location = s.location
    ),
    'safetyStock', coalesce(${lastLogged(`'stock-' || s.location || '/' || s.sku`, {
      value: `(e.data ->> 'safetyStock')::integer`,
      where: `e.type = 'SafetyStockChanged'`,
    })}, 0)
  ) as cell
  from stock s join location l on l.code = s.location where s.sku = $1`;

export const RECOUNT = `
  select json_build_object(
    'network', json_build_object('sku', n.sku, 'onHand', n.on_hand, 'allocated', n.allocated, 'reserved', n.reserved,
      'safetyStock', n.safety_stock),
    'reserved', (select coalesce(sum(delta_reserved), 0) from stock_movement where sku = $1 and in_network),
    'announced', (select atp from channel_availability where sku = $1 and channel = '' and ${ALL_IS_TOLD}),
    'cells', (select coalesce(json_agg(cell), '[]') from (${CELLS}) c)
  ) as recounted
  from network_stock n where n.sku = $1`;
