import type { SettlementLine } from './line';
import type { Expectation } from './matching';

export const orderId = '0192f0c0-0000-7000-8000-000000000001';
export const now = '2026-11-24T10:00:00.000Z';
const uuid = (name: string): string => `0192f0c0-0000-7000-8000-${Buffer.from(name).toString('hex').padStart(12, '0').slice(-12)}`;

/** Money that moved, named by a few letters. */
export const expected = (name: string, amount: number, changes: Partial<Expectation> = {}): Expectation => ({
  ...{ id: uuid(name), kind: amount < 0 ? 'refund' : 'charge', subject: uuid(`${name}s`), paymentId: uuid('p') },
  ...{ currency: 'GBP', amount, at: '2026-11-20T10:00:00.000Z', names: [`ref-${name}`] },
  ...changes,
});

export const naming = (name?: string): Pick<SettlementLine, 'references'> => ({ references: name === undefined ? [] : [`ref-${name}`] });

/** A line of a file that names this, or nothing but its order. */
export const line = (name: string, gross: number, said: string | Partial<SettlementLine> = {}): SettlementLine => ({
  ...{ lineId: uuid(`l${name}`), settlementId: uuid('file'), source: 'stripe', kind: gross < 0 ? 'refund' : 'charge' },
  ...{ currency: 'GBP', gross, fee: 10, net: gross - 10, settledAt: '2026-11-22T10:00:00.000Z', references: [] },
  ...(typeof said === 'string' ? naming(said) : said),
});
