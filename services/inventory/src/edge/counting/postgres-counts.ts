import type { PostgresEventStore } from '@cartage/event-store';
import type { Pool, PoolClient } from 'pg';
import type { CountTransaction } from '../../app/counting/count-booking';
import { shownLine, shownSheet, type CountReading, type ShownCountLine, type ShownSheet } from '../../app/counting/sheets';
import type { Ledger } from '../../app/ledger';
import type { CountLine } from '../../domain/counting/count-sheet';
import { cutOf } from '../postgres-explanation';
import { inTransaction } from '../postgres-ledger';
import { KITS_AMONG } from '../rows.sql';

/** The ledger on Postgres with count sheets beside it. */
export const postgresCountLedger = (store: Pick<PostgresEventStore, 'transaction'>): Ledger<CountTransaction> => ({
  transaction: (work) => store.transaction((joined) => work({ ...inTransaction(joined), ...countTransaction(joined.client) })),
});

/** What is there now, without what moved after each count. */
const ON_HAND_AT = `
  select (coalesce(s.on_hand, 0) - coalesce(moved.units, 0))::integer as units
  from unnest($2::text[], $3::timestamptz[]) with ordinality as c (sku, at, place)
    cross join lateral (${cutOf('c.sku', 'c.at')}) as cut
    left join stock s on s.sku = c.sku and s.location = $1
    cross join lateral (
      select sum(m.delta_on_hand) as units from stock_movement m
      where m.sku = c.sku and m.location = $1 and m.movement_id > cut."movementId"::bigint
    ) as moved
  order by c.place`;

const WRITE_SHEET = `
  insert into count_sheet (count_id, location, status, sheet, ended_at) values ($1, $2, $3, $4, case when $5 then now() end)
  on conflict (count_id) do update set status = excluded.status, sheet = excluded.sheet,
    ended_at = case when $5 then coalesce(count_sheet.ended_at, now()) end`;

const WRITE_LINES = `
  insert into count_line (count_id, bin, sku, status, line)
  select $1, coalesce(l.line->>'bin', ''), l.line->>'sku', l.line->>'status', l.line from jsonb_array_elements($2::jsonb) as l (line)
  on conflict (count_id, bin, sku) do update set status = excluded.status, line = excluded.line`;

const WRITE_LAST = `
  insert into last_count (sku, location, counted_at)
  select l.sku, $1, l.at from jsonb_to_recordset($2::jsonb) as l (sku text, at timestamptz)
  on conflict (sku, location) do update set counted_at = greatest(last_count.counted_at, excluded.counted_at)`;

export const countTransaction = (client: PoolClient): CountTransaction => ({
  onHandAt: async (location, counts) => {
    const columns = [counts.map(({ sku }) => sku), counts.map(({ countedAt }) => countedAt)];
    return (await client.query<{ units: number }>(ON_HAND_AT, [location, ...columns])).rows.map(({ units }) => units);
  },
  writeSheet: async (sheet, changed) => {
    const { countId, location, status } = sheet;
    const shown = shownSheet(sheet);
    // What waits for approval can be decided after its sheet has ended.
    const isOver = status !== 'open' && shown.lines.approval === 0;
    await client.query(WRITE_SHEET, [countId, location, status, JSON.stringify(shown), isOver]);
    await client.query(WRITE_LINES, [countId, JSON.stringify(changed)]);
    await client.query(WRITE_LAST, [location, JSON.stringify(changed.flatMap(lastOf))]);
  },
});

const lastOf = ({ sku, status, counts }: CountLine): readonly object[] =>
  status === 'booked' ? counts.slice(-1).map(({ countedAt }) => ({ sku, at: countedAt })) : [];

const SHEETS = `
  select sheet from count_sheet
  where ($1::text is null or location = $1) and ($2::text is null or status = $2) and ($3::uuid is null or count_id > $3)
  order by count_id limit $4`;

const LINES = `
  select l.line, (s.sheet->>'blind')::boolean as blind from count_line l join count_sheet s using (count_id)
  where l.count_id = $1 and ($2::text is null or l.status = $2) and ($3::text is null or (l.bin, l.sku) > ($3, $4))
  order by l.bin, l.sku limit $5`;

/** What left within 90 days, by SKU, the most first; and how much of all that left had left with those before it. */
const CHOSEN = `
  with sold as (
    select s.sku, coalesce((
      select -sum(m.delta_on_hand) from stock_movement m
      where m.sku = s.sku and m.location = $1 and m.kind = 'StockIssued' and m.at > $5::timestamptz - interval '90 days'
    ), 0) as units
    from stock s where s.location = $1
  ), class as (
    select sku, case
      when units = 0 then 'C'
      when coalesce(sum(units) over before, 0) < 0.80 * sum(units) over () then 'A'
      when coalesce(sum(units) over before, 0) < 0.95 * sum(units) over () then 'B'
      else 'C' end as class
    from sold window before as (order by units desc, sku rows between unbounded preceding and 1 preceding)
  )
  select c.sku from class c left join last_count l on l.sku = c.sku and l.location = $1
  where ($2::text is null or c.class = $2)
    and ($3::integer is null or l.counted_at is null or l.counted_at < $5::timestamptz - make_interval(days => $3))
    and ($6::text[] is null or exists (
      select from bin b cross join unnest($6::text[]) as named (bin)
      where b.location = $1 and b.sku = c.sku and (b.bin = named.bin or
        starts_with(b.bin, named.bin) and substr(b.bin, length(named.bin) + 1, 1) in ('-', '.', '_'))
    ))
  order by l.counted_at nulls first, c.sku limit $4`;

const BINS = 'select sku, bin from bin where location = $1 and sku = any($2) and bin is not null';

export const countReading = (pool: Pool): CountReading => ({
  find: async (countId) =>
    (await pool.query<{ sheet: ShownSheet }>('select sheet from count_sheet where count_id = $1', [countId])).rows[0]?.sheet,
  list: async ({ location, status, after, limit }) =>
    (await pool.query<{ sheet: ShownSheet }>(SHEETS, [location, status, after, limit])).rows.map(({ sheet }) => sheet),
  lines: async ({ countId, status, after, limit }) =>
    (await pool.query<{ line: CountLine; blind: boolean }>(LINES, [countId, status, after?.[0], after?.[1], limit])).rows.map(
      ({ line, blind }): ShownCountLine => shownLine(line, blind),
    ),
  kindOf: async (location) =>
    (await pool.query<{ readonly kind: string }>('select kind from location where code = $1', [location])).rows[0]?.kind,
  kitsAmong: async (skus) => (await pool.query<{ sku: string }>(KITS_AMONG, [skus])).rows.map(({ sku }) => sku),
  choose: async (location, { abc, olderThanDays, bins, limit }, now) =>
    (await pool.query<{ sku: string }>(CHOSEN, [location, abc, olderThanDays, limit, now, bins])).rows.map(({ sku }) => sku),
  binsOf: async (location, skus) => {
    const { rows } = await pool.query<{ sku: string; bin: string }>(BINS, [location, skus]);
    return new Map(rows.map(({ sku, bin }) => [sku, bin]));
  },
});
