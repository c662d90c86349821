import type { Supply } from '../../domain/supply/supply';

const INSTANT = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const SUPPLY = `
  select source, reference, line_id as "lineId", sku, location, units, ${INSTANT('expected_at')} as "expectedAt", overdue from supply`;

export const SUPPLY_AT = `${SUPPLY} where location = $1 order by sku, source, reference, line_id`;

/** What is still to come by a document, all of it anew. */
export const FORGET_SUPPLY = 'delete from supply where source = $1 and reference = $2';
export const WRITE_SUPPLY = `
  insert into supply (source, reference, line_id, sku, location, units, expected_at, overdue)
  select s.source, s.reference, s."lineId", s.sku, s.location, s.units, s."expectedAt", s.overdue
  from jsonb_to_recordset($1) as s (source text, reference text, "lineId" text, sku text, location text, units integer,
    "expectedAt" timestamptz, overdue boolean)`;

export type SupplyRow = Omit<Supply, 'expectedAt'> & { readonly expectedAt: string | null };

export const supplyOf = ({ expectedAt, ...row }: SupplyRow): Supply => ({ ...row, ...(expectedAt === null ? {} : { expectedAt }) });

/** All that are given apply. */
export const SUPPLY_LIST = `${SUPPLY}
  where ($1::text[] is null or sku = any($1)) and ($2::text is null or location = $2) and ($3::boolean is null or overdue = $3)
    and ($4::text is null or (source, reference, line_id) > ($4, $5, $6))
  order by source, reference, line_id limit $7`;
