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
] as const;
const paid = ['currency', 'pricedParcels', 'cost', 'perParcel', 'perKg', 'quotedParcels', 'quoted', 'overQuotePercent'] as const;

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

/** A row for each group; for each currency, where carriers charge in several. */
const rowsOf = (card: Scorecard): string => {
  const own = [...named, ...counted].map((column) => card[column]);
  const costs = card.costs.length > 0 ? card.costs.map(costCells) : [paid.map(() => undefined)];
  return costs.map((cells) => sheetRow([...own, ...cells])).join('');
};

/** Amounts in major units. */
export function* scorecardCsv(cards: readonly Scorecard[]): Generator<string> {
  yield sheetRow([...named, ...counted, ...paid]);
  for (const card of cards) yield rowsOf(card);
}
