import { tableOf, type Sql } from '@cartage/views';
import type { LineKind } from '../../domain/settlements/line';
import type { OutcomeCode } from '../../domain/settlements/matching';
import type { Resolution } from '../../domain/settlements/settlement';
import { settlementLine } from '../views/settlement-line';

/** Lines of a settlement that are alike. */
export interface LineGroup {
  readonly currency: string;
  readonly kind: LineKind;
  readonly outcome: OutcomeCode;
  readonly resolution: Resolution | null;
  readonly lines: number;
  readonly gross: number;
  readonly fee: number;
  readonly net: number;
}

/** A settlement in one currency: whether its lines are what was paid out, and what of them agrees with what moved. */
export interface SettlementTotal {
  readonly currency: string;
  readonly lines: number;
  readonly gross: number;
  readonly fee: number;
  /** What the lines come to: payouts apart. */
  readonly net: number;
  /** What the file says that was paid out; null where it says nothing. */
  readonly payout: number | null;
  /** What of `net` no payout of the file explains; null as above. */
  readonly unexplained: number | null;
  readonly matched: number;
  readonly mismatched: number;
}

const grouped = `
  with lines as (
    select line_id from ${tableOf(settlementLine)} where settlement_id = $1
    union select line_id from settlement_repeat where settlement_id = $1
  )
  select json_build_object('currency', currency, 'kind', kind, 'outcome', outcome, 'resolution', resolution, 'lines', count(*),
    'gross', sum(gross), 'fee', sum(fee), 'net', sum(net)) as row
  from lines join ${tableOf(settlementLine)} using (line_id)
  group by currency, kind, outcome, resolution order by currency, kind, outcome, resolution`;

export const groupsOf = async (sql: Sql, settlementId: string): Promise<readonly LineGroup[]> =>
  (await sql.query<{ row: LineGroup }>(grouped, [settlementId])).rows.map(({ row }) => row);

const sum = (groups: readonly LineGroup[], of: 'lines' | 'gross' | 'fee' | 'net'): number =>
  groups.reduce((total, group) => total + group[of], 0);

const totalOf = (currency: string, groups: readonly LineGroup[]): SettlementTotal => {
  const of = groups.filter((group) => group.currency === currency);
  const [payouts, lines] = [of.filter(({ kind }) => kind === 'payout'), of.filter(({ kind }) => kind !== 'payout')];
  const agreeing = lines.filter(({ outcome }) => outcome === 'matched' || outcome === 'alone');
  const [net, matched] = [sum(lines, 'net'), sum(agreeing, 'net')];
  const payout = payouts.length === 0 ? null : 0 - sum(payouts, 'net');
  return {
    ...{ currency, lines: sum(lines, 'lines'), gross: sum(lines, 'gross'), fee: sum(lines, 'fee'), net },
    ...{ payout, unexplained: payout === null ? null : net - payout, matched, mismatched: net - matched },
  };
};

export const totalsOf = (groups: readonly LineGroup[]): readonly SettlementTotal[] =>
  [...new Set(groups.map(({ currency }) => currency))].map((currency) => totalOf(currency, groups));
