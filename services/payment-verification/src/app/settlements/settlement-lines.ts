import { isoTime, tableOf, type Sql } from '@cartage/views';
import type { CustomerMoney, LineKind } from '../../domain/settlements/line';
import type { OutcomeCode } from '../../domain/settlements/matching';
import type { Resolution } from '../../domain/settlements/settlement';
import { settlementLine } from '../views/settlement-line';

export interface SettlementLineRow {
  readonly settlementLineId: string;
  readonly settlementId: string;
  readonly settlementSource: string;
  readonly kind: LineKind;
  readonly orderId: string | null;
  readonly outcome: OutcomeCode;
  readonly currency: string;
  readonly gross: number;
  readonly fee: number;
  readonly net: number;
  /** What the customer paid, where that is another currency. */
  readonly customer: CustomerMoney | null;
  readonly expected: number;
  readonly settles: readonly { readonly kind: string; readonly id: string }[];
  readonly references: readonly string[];
  readonly orderNumber: string | null;
  readonly open: boolean;
  readonly resolution: Resolution | null;
  readonly reason: string | null;
  readonly resolvedBy: string | null;
  readonly resolvedAt: string | null;
  readonly settledAt: string;
}

export interface LineFilter {
  readonly settlementId?: string | undefined;
  readonly settlementSource?: string | undefined;
  readonly outcome?: OutcomeCode | undefined;
  readonly orderId?: string | undefined;
  readonly open?: boolean | undefined;
}

export interface LineSlice {
  readonly limit: number;
  readonly after?: readonly [settledAt: string, lineId: string] | undefined;
}

const shown = `json_build_object('settlementLineId', line_id, 'settlementId', settlement_id, 'settlementSource', source, 'kind', kind, 'orderId', order_id,
  'outcome', outcome, 'currency', currency, 'gross', gross, 'fee', fee, 'net', net, 'customer', line -> 'customer', 'expected', expected, 'settles', settles,
  'references', line -> 'references', 'orderNumber', line ->> 'orderNumber', 'open', is_open, 'resolution', resolution, 'reason', reason,
  'resolvedBy', resolved_by, 'resolvedAt', ${isoTime('resolved_at')}, 'settledAt', ${isoTime('settled_at')}) as row`;

/** Those that were settled last come first. */
export const listSettlementLines = async (
  sql: Sql,
  filter: LineFilter,
  { limit, after }: LineSlice,
): Promise<readonly SettlementLineRow[]> => {
  const text = `select ${shown} from ${tableOf(settlementLine)}
    where ($1::uuid is null or settlement_id = $1) and ($2::text is null or source = $2) and ($3::text is null or outcome = $3)
      and ($4::uuid is null or order_id = $4) ${filter.open === undefined ? '' : filter.open ? 'and is_open' : 'and not is_open'}
      and ($5::timestamptz is null or (settled_at, line_id) < ($5, $6::uuid))
    order by settled_at desc, line_id desc limit $7`;
  const { settlementId, settlementSource, outcome, orderId } = filter;
  const values = [settlementId, settlementSource, outcome, orderId, after?.[0], after?.[1]].map((value) => value ?? null);
  return (await sql.query<{ row: SettlementLineRow }>(text, [...values, limit])).rows.map(({ row }) => row);
};

export const findSettlementLine = async (sql: Sql, lineId: string): Promise<SettlementLineRow | undefined> => {
  const text = `select ${shown} from ${tableOf(settlementLine)} where line_id = $1`;
  return (await sql.query<{ row: SettlementLineRow }>(text, [lineId])).rows[0]?.row;
};

/** Lines of these orders that do not agree with what moved. */
export const openLinesOf = async (sql: Sql, orderIds: readonly string[]): Promise<readonly SettlementLineRow[]> => {
  const text = `select ${shown} from ${tableOf(settlementLine)} where order_id = any($1::uuid[]) and is_open order by settled_at, line_id`;
  return (await sql.query<{ row: SettlementLineRow }>(text, [orderIds])).rows.map(({ row }) => row);
};
