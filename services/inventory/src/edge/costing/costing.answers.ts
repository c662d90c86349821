import { count, currency, integer, list, money, nullable, object, oneOf, text, time } from '@cartage/contracts';
import { answerOf, importReportShape, pageAnswer, type ImportReport } from '@cartage/service-kit';
import type { LocationValue, StockValue, ValueMovement } from '../../app/costing/stock-values';
import { COST_KINDS } from '../../domain/cost-book';

const value = list(object({ currency: currency(), amount: money('Minor units.') }), 'Each currency for itself: they are never added.');
const unvalued = integer('Units among them of which nobody said what they cost: worth nothing here.');
const location = nullable(text('Location code; null: on the way in transfers.'));

export const stockValuePage = pageAnswer(
  answerOf<StockValue>()('StockValue', object({ sku: text(), location, units: integer('Fit to be sold or not.'), unvalued, value })),
);

export interface StockValueTotals {
  readonly items: readonly LocationValue[];
}
export const stockValueTotals = answerOf<StockValueTotals>()(
  'StockValueTotals',
  object({ items: list(object({ location, units: integer(), unvalued, value }), 'One for each location at which something is.') }),
);

export interface ValueMovements {
  readonly from: string;
  readonly to: string;
  readonly items: readonly ValueMovement[];
}
export const valueMovements = answerOf<ValueMovements>()(
  'StockValueMovements',
  object({
    from: time(),
    to: time('The first instant that does not count any more.'),
    items: list(
      object({
        kind: oneOf(
          COST_KINDS,
          '`sold`: the cost of goods sold, less what `returned`; `adjusted`, `disposed`, `lost` (on the way): differences of stock; `transferred`: from one location to another, together nothing; `revalued`: its cost was stated.',
        ),
        cause: nullable(text('Of what is adjusted, disposed of or lost: why.')),
        units: integer('Below zero: they left.'),
        unvalued: integer('Of them units without a cost.'),
        value,
      }),
      'Together what is held at the end, less what was held at the beginning.',
    ),
  }),
);

export interface ShownUnitCost {
  readonly sku: string;
  readonly location: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly per: number;
}
export const unitCostAnswer = answerOf<ShownUnitCost>()(
  'UnitCost',
  object({
    sku: text(),
    location: nullable(text('Null: wherever it is.')),
    amount: money('Minor units, for `per` units together.'),
    currency: currency(),
    per: count('Units.'),
  }),
);

export type UnitCostImportReport = ImportReport<'sku'>;
export const unitCostImport = answerOf<UnitCostImportReport>()(
  'UnitCostImport',
  importReportShape('sku', { changed: 'Costs that were stated.', unchanged: 'Costs that this very line of the file had stated before.' }),
);
