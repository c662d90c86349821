import { majorUnits } from '@cartage/contracts';
import { sheetRow } from '@cartage/service-kit';
import type { CarriageCost, Scorecard } from '../../app/scorecards';

const named = ['carrier', 'service', 'location', 'originCountry', 'country', 'postalArea', 'period'] as const;
const counted = [
  'parcels',
  'delivered',
  'promiseDue',
  'onTimePercent',
  'transitDue',
  'onTransitPercent',
  'transitDaysP50',
  'transitDaysP90',
  'firstAttemptPercent',
  'notDelivered',
  'returned',
  'lost',
  'damaged',
  'stuck',
  'claims',
  'claimsWon',
  'billed',
  'billedOtherwisePercent',
] as const;
const paid = ['currency', 'pricedParcels', 'cost', 'perParcel', 'perKg', 'quotedParcels', 'quoted', 'overQuotePercent'] as const;
const audited = ['billedOtherwise', 'credited'] as const;

const costCells = ({
  currency,
  parcels,
  cost,
  perParcel,
  perKg,
  quotedParcels,
  quoted,
  overQuotePercent,
}: CarriageCost): readonly unknown[] => [
  ...[currency, parcels, majorUnits(cost, currency), majorUnits(perParcel, currency), perKg === null ? null : majorUnits(perKg, currency)],
  ...[quotedParcels, majorUnits(quoted, currency), overQuotePercent],
];

/** What was billed otherwise, in the currency of the row. */
const auditedIn = ({ billedOtherwise }: Scorecard, currency: string): readonly unknown[] => {
  const found = billedOtherwise.find((each) => each.currency === currency);
  return found ? [majorUnits(found.amount, currency), majorUnits(found.credited, currency)] : audited.map(() => undefined);
};

/** A row for each group; for each currency, where carriers charge in several. */
const rowsOf = (card: Scorecard): string => {
  const own = [...named, ...counted].map((column) => card[column]);
  const priced = card.costs.map((cost) => [...costCells(cost), ...auditedIn(card, cost.currency)]);
  const others = card.billedOtherwise
    .filter(({ currency }) => !card.costs.some((cost) => cost.currency === currency))
    .map(({ currency }) => [currency, ...paid.slice(1).map(() => undefined), ...auditedIn(card, currency)]);
  const rows = [...priced, ...others];
  return (rows.length > 0 ? rows : [[...paid, ...audited].map(() => undefined)]).map((cells) => sheetRow([...own, ...cells])).join('');
};

/** Amounts in major units. */
export function* scorecardCsv(cards: readonly Scorecard[]): Generator<string> {
  yield sheetRow([...named, ...counted, ...paid, ...audited]);
  for (const card of cards) yield rowsOf(card);
}
