import { counted, pounds, table } from '../terminal';
import { checksOf, isRight, type Check, type Findings } from './balance';
import { sumOf, type Part } from './books';

export interface Report {
  readonly file: string;
  readonly seconds: number;
  readonly orders: { readonly placed: number; readonly repeated: number };
  readonly returns: number;
  readonly findings: Findings;
  readonly checks: readonly Check[];
  readonly balanced: boolean;
}

export const reportOf = (run: Pick<Report, 'file' | 'seconds' | 'orders'>, findings: Findings): Report => {
  const checks = checksOf(findings);
  return { ...run, returns: findings.credited.returns, findings, checks, balanced: checks.every(isRight) };
};

const row = (name: string, { lines, units, pence }: Part): readonly string[] => [name, counted(lines), counted(units), pounds(pence)];

const bookTable = ({ audited, credited: { books } }: Findings): string =>
  table([
    ['', 'lines', 'units', 'money'],
    row('in the file', books.file),
    row('ordered', books.ordered),
    row('returned', books.returned),
    row('cancelled within a day', books.cancelled),
    ...Object.entries(books.parked).map(([reason, part]) => row(`parked: ${reason}`, part)),
    row('ordered + returned + cancelled + parked', sumOf(books)),
    row('independent pass over the file', sumOf(audited)),
  ]);

const moneyTable = ({ kept, credited: { books } }: Findings): string =>
  table([
    ['ordered', pounds(kept.total)],
    ['called off before it left', pounds(-kept.calledOff)],
    ['in: captured', pounds(kept.captured)],
    ['out: refunded', pounds(-kept.refunded)],
    ['  credited in the file for it', pounds(books.returned.pence)],
    ['  credited at another price than it was sold at', pounds(books.returned.pence + kept.refunded)],
  ]);

const stockTable = ({ stock }: Findings): string =>
  table([
    ['in: received', counted(stock.received)],
    ['out: shipped', counted(-stock.shipped)],
    ['back: restocked', counted(stock.restocked)],
    ['left, by the sum', counted(stock.received - stock.shipped + stock.restocked)],
    ['left, by Cartage', counted(stock.onHand)],
  ]);

const wrongOnes = ({ checks, findings: { kept, stock } }: Report): readonly string[] => [
  ...checks
    .filter((check) => !isRight(check))
    .map(({ name, expected, found }) => `  ${name}: ${counted(expected)} expected, ${counted(found)} found`),
  ...kept.differences.map((difference) => `  ${difference}`),
  ...(stock.wrong.length > 0 ? [`  SKUs: ${stock.wrong.slice(0, 10).join(', ')}`] : []),
];

const verdict = (report: Report): string =>
  report.balanced
    ? `It balances: ${report.checks.length} checks, all equal.`
    : [
        'It does NOT balance:',
        ...wrongOnes(report),
        'A run over another part of the file (--limit) shares the stock; run over the larger part again.',
      ].join('\n');

const minutes = (seconds: number): string => (seconds < 90 ? `${seconds.toFixed(1)} s` : `${(seconds / 60).toFixed(1)} min`);

const beforehand = ({ orders: { placed, repeated } }: Report): string => {
  if (repeated === 0) return '';
  return repeated === placed ? '; all of them were there before, and nothing changed' : `, ${counted(repeated)} of them before`;
};

/** The balance for a person. */
export const printed = (report: Report): string => {
  const { orders, returns, seconds, findings } = report;
  return [
    `\n${counted(orders.placed)} orders placed${beforehand(report)}; ${counted(returns)} returns; ${minutes(seconds)}.`,
    `\nLines and money\n${bookTable(findings)}`,
    `\nMoney in Cartage\n${moneyTable(findings)}`,
    `\nStock at one location, units\n${stockTable(findings)}`,
    `\n${verdict(report)}`,
  ].join('\n');
};

/** For machines: the same figures. */
export const asJson = (report: Report): unknown => {
  const { findings, ...rest } = report;
  const { audited, credited, kept, stock } = findings;
  const { shipped: _, ...orders } = kept;
  return { ...rest, books: credited.books, audited, cartage: orders, stock };
};
