import { sumOf, type Books, type Part } from './books';
import type { Credited } from './crediting';
import type { Kept } from './looking-back';
import type { StockBalance } from './stock';

/** One thing that must be equal, said twice. */
export interface Check {
  readonly name: string;
  readonly expected: number;
  readonly found: number;
}

export interface Findings {
  /** By the file alone. */
  readonly audited: Books;
  readonly credited: Credited;
  readonly kept: Kept;
  readonly stock: StockBalance;
}

const compared = (name: string, expected: Part, found: Part): readonly Check[] => [
  { name: `${name}, lines`, expected: expected.lines, found: found.lines },
  { name: `${name}, units`, expected: expected.units, found: found.units },
  { name: `${name}, pence`, expected: expected.pence, found: found.pence },
];

const bookChecks = (audited: Books, books: Books): readonly Check[] => [
  ...compared('file = ordered + returned + cancelled + parked', books.file, sumOf(books)),
  ...compared('file: independent pass = replay', audited.file, books.file),
  ...compared('ordered: independent pass = replay', audited.ordered, books.ordered),
  ...compared('returned: independent pass = replay', audited.returned, books.returned),
  ...compared('cancelled: independent pass = replay', audited.cancelled, books.cancelled),
  ...compared('sold and called off: independent pass = replay', audited.calledOff, books.calledOff),
  ...[...new Set([...Object.keys(audited.parked), ...Object.keys(books.parked)])].toSorted().flatMap((reason) => {
    const none = { lines: 0, units: 0, pence: 0 };
    return compared(`parked, ${reason}: independent pass = replay`, audited.parked[reason] ?? none, books.parked[reason] ?? none);
  }),
];

const cartageChecks = ({ audited, credited, kept }: Findings): readonly Check[] => [
  { name: 'ordered in Cartage, lines', expected: audited.ordered.lines, found: kept.lines },
  { name: 'ordered in Cartage, units', expected: audited.ordered.units, found: kept.units },
  { name: 'ordered in Cartage, pence', expected: audited.ordered.pence, found: kept.total },
  { name: 'captured by Cartage, pence', expected: audited.ordered.pence - audited.calledOff.pence, found: kept.captured },
  { name: 'called off in Cartage, pence', expected: audited.calledOff.pence, found: kept.calledOff },
  { name: 'refunded by returns, pence', expected: audited.paidForReturned, found: credited.refunded },
  { name: 'refunded by payments, pence', expected: audited.paidForReturned, found: kept.refunded },
  { name: 'orders that are not as their invoice', expected: 0, found: kept.differences.length },
];

const stockChecks = ({ audited, stock }: Findings): readonly Check[] => [
  { name: 'stock out, units', expected: audited.ordered.units - audited.calledOff.units, found: stock.shipped },
  { name: 'stock back, units', expected: -audited.returned.units, found: stock.restocked },
  { name: 'stock in − out + back = stock left, units', expected: stock.received - stock.shipped + stock.restocked, found: stock.onHand },
  { name: 'SKUs whose stock does not balance', expected: 0, found: stock.wrong.length },
];

/** Everything that must balance. */
export const checksOf = (findings: Findings): readonly Check[] => [
  ...bookChecks(findings.audited, findings.credited.books),
  ...cartageChecks(findings),
  ...stockChecks(findings),
];

export const isRight = ({ expected, found }: Check): boolean => expected === found;
