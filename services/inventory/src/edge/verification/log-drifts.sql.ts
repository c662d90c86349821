import { LOGGED_EVENTS } from '@cartage/event-store';
import { MOVING } from './excerpts';
import { ALL_IS_TOLD } from './recount.sql';

/** What moved, and the log that says why. */
const LEDGER = `
  select 'movement-and-log' as drift, m.sku, m.location, format('movement %s is of event %s, which is not in the log', m.movement_id, m.event_id) as detail
  from stock_movement m where not exists (select from ${LOGGED_EVENTS} e where e.id = m.event_id)
  union all
  select 'movement-and-log', coalesce(e.data->>'sku', e.data->'lines'->0->'parts'->0->>'sku', e.data->'lines'->0->>'sku'), e.data->>'location',
    format('event %s (%s) moved nothing', e.id, e.type)
  from ${LOGGED_EVENTS} e where e.type in ('${MOVING.join(`', '`)}') and not exists (select from stock_movement m where m.event_id = e.id)
  union all
  select 'movement-and-log', m.sku, m.location, format('movement %s moved %s; event %s says %s', m.movement_id, m.delta_on_hand, e.id, e.data->>'quantity')
  from stock_movement m join ${LOGGED_EVENTS} e on e.id = m.event_id
  where e.type in ('StockReceived', 'StockAdjusted') and m.delta_on_hand <> (e.data->>'quantity')::integer`;

/** What others were told, once all that happened is told. */
const ANNOUNCED = `
  select 'announced' as drift, a.sku, null as location, format('others were told that %s can be promised; it is %s', a.atp, n.atp) as detail
  from channel_availability a
  join (select sku, on_hand - reserved - allocated - safety_stock as atp from network_stock where kit is null) n using (sku)
  where a.channel = '' and a.atp <> n.atp
    and ${ALL_IS_TOLD}`;

export const LOG_DRIFTS = `${LEDGER} union all ${ANNOUNCED}`;
