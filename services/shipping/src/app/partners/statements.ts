import { Refused, type FieldError, type Meta, type Send } from '@cartage/eventsourcing';
import type { Statement, StatementCommand, StatementEvent } from '../../domain/statements/statement';
import type { UnitCost } from '../../domain/supplier-orders/events';
import type { PartnerRegister, SupplierPrices } from './partner';

/** What a partner says is on its shelves. */
export interface StockReport {
  readonly location: string;
  readonly asOf: string;
  readonly whole: boolean;
  readonly lines: readonly { readonly sku: string; readonly onHand: number; readonly unitCost?: UnitCost }[];
}

export interface StatementsNeeds {
  readonly partners: Pick<PartnerRegister, 'at'>;
  readonly prices: Pick<SupplierPrices, 'state'>;
  readonly send: Send<StatementCommand, Statement, StatementEvent>;
  readonly statementIdOf: (...named: readonly string[]) => string;
  readonly now: () => Date;
}

/** Far below what an event may weigh, with the longest SKUs. */
const LINES_EACH = 500;

const statementStream = (statementId: string): string => `statement-${statementId}`;

const repeated = (lines: StockReport['lines']): readonly FieldError[] => {
  const seen = new Set<string>();
  return lines.flatMap(({ sku }, i) => {
    const isNew = !seen.has(sku);
    seen.add(sku);
    return isNew ? [] : [{ field: `stock[${i}].sku`, code: 'SKU_REPEATED', message: `${sku} is named twice. Say it once, in all.` }];
  });
};

const faultsOf = (report: StockReport, isTheirs: boolean): readonly FieldError[] =>
  isTheirs
    ? repeated(report.lines)
    : [{ field: 'location', code: 'LOCATION_NOT_OF_PARTNER', message: `${report.location} is not served by this partner.` }];

/** Told to whoever keeps the books, which compares; nothing is booked by it here. `noticeId`: told again, it is the same. */
export const stateStock =
  ({ partners, prices, send, statementIdOf, now }: StatementsNeeds) =>
  async (from: { readonly partner: string; readonly noticeId: string }, report: StockReport, meta: Meta): Promise<void> => {
    const { partner, noticeId } = from;
    const [fault, ...more] = faultsOf(report, (await partners.at(report.location))?.partner === partner);
    if (fault) throw new Refused('STATEMENT_WRONG', fault.message, 'invalid', [fault, ...more]);
    const statementId = statementIdOf('statement', partner, noticeId);
    const lines = report.lines.map(({ sku, onHand }) => ({ sku, onHand }));
    const costs = report.lines.flatMap(({ sku, unitCost }) => (unitCost ? [{ sku, ...unitCost }] : []));
    if (costs.length > 0) await prices.state(partner, costs, report.asOf);
    const stated = { statementId, partner, ...report, lines, linesEach: LINES_EACH, statedAt: now().toISOString() };
    await send(statementStream(statementId), { type: 'StateStock', data: stated }, meta);
  };
