import type { Reason } from '@cartage/contracts';
import { handling, invalidField, type EventStore, type Handled, type Meta, type Position } from '@cartage/eventsourcing';
import { hasNoStock } from '../../domain/adjusting';
import type { CostBasisRow, CostKind, CostPoolRow } from '../../domain/cost-book';
import { valuedBy } from '../../domain/costing/pool';
import { basisIn, unitCost, type UnitCost, type UnitCostStated } from '../../domain/costing/unit-cost';
import { followedUpTo, type AvailabilityReading, type Waiting } from '../availability/availability-changes';
import type { DraftingNeeds } from '../drafting';

interface Worth {
  readonly units: number;
  /** Units among them of which nobody said what they cost. */
  readonly unvalued: number;
  /** Each currency for itself, in minor units. */
  readonly value: readonly { readonly currency: string; readonly amount: number }[];
}

/** What a SKU at a location is worth; without a location: on the way in transfers. */
export interface StockValue extends Worth {
  readonly sku: string;
  readonly location: string | null;
}

export interface LocationValue extends Worth {
  readonly location: string | null;
}

/** What was done to the value of stock, by what became of the units; below zero when they left. */
export interface ValueMovement extends Worth {
  readonly kind: CostKind;
  readonly cause: string | null;
}

interface Where {
  readonly sku?: string | undefined;
  readonly location?: string | undefined;
}

export interface StockValuesQuery extends Where {
  /** Absent: now. */
  readonly asOf?: string | undefined;
  readonly after: readonly [sku: string, location: string] | undefined;
  readonly limit: number;
}

export interface ValueMovementsQuery extends Where {
  readonly from: string;
  /** The first instant that does not count any more. */
  readonly to: string;
}

/** What units of SKUs cost where they lie, and what they are taken to cost elsewhere. */
export interface KnownCosts {
  readonly pools: readonly CostPoolRow[];
  readonly bases: readonly CostBasisRow[];
}

/** The reading port. */
export interface StockValueReading extends Pick<AvailabilityReading, 'reached'> {
  /** In the order of SKUs and locations; what is not there any more is left out. */
  values(query: StockValuesQuery): Promise<readonly StockValue[]>;
  totals(query: Pick<StockValuesQuery, 'location' | 'asOf'>): Promise<readonly LocationValue[]>;
  movements(query: ValueMovementsQuery): Promise<readonly ValueMovement[]>;
  costs(skus: readonly string[]): Promise<KnownCosts>;
  isKit(sku: string): Promise<boolean>;
}

export type StatedCost = UnitCost & { readonly reason: Reason };

/** What stock cost, as far as the log was followed. */
export interface StockValues extends Pick<StockValueReading, 'totals' | 'movements'> {
  readonly state: (cost: StatedCost, meta: Meta) => Promise<Handled<unknown, UnitCostStated>>;
  readonly values: (query: StockValuesQuery & { readonly minPosition?: Position | undefined }) => Promise<readonly StockValue[]>;
}

export interface StockValuesNeeds extends DraftingNeeds {
  readonly store: EventStore;
  readonly reading: StockValueReading;
  readonly waiting: Waiting;
  readonly now: () => Date;
}

/** Of the units that are there now: a slip, such as a barcode for an amount, is refused where it is made. */
const requireCountable = (cost: UnitCost, pools: readonly CostPoolRow[]): void => {
  const those = pools.filter(({ location }) => cost.location === undefined || location === cost.location);
  const tooMuch = those.find(({ units }) => valuedBy(units, basisIn(cost)).unvalued > 0);
  if (!tooMuch) return;
  const [units, per] = [tooMuch.units, cost.per === 1 ? 'each' : `for each ${cost.per}`];
  const message = `${units} units that are there, at ${cost.amount} ${per}, come to more than can be counted exactly. State the cost in minor units, for \`per\` units.`;
  throw invalidField('amount', 'AMOUNT_TOO_LARGE', message);
};

export const createStockValues = ({ reading, waiting, now, ...needs }: StockValuesNeeds): StockValues => {
  const send = handling(needs, unitCost);
  return {
    state: async (cost, meta) => {
      if (await reading.isKit(cost.sku)) throw hasNoStock(cost.sku);
      requireCountable(cost, (await reading.costs([cost.sku])).pools);
      return send(`cost-${cost.sku}`, { type: 'StateUnitCost', data: { ...cost, now: now().toISOString() } }, meta);
    },
    values: async ({ minPosition, ...query }) => {
      await followedUpTo(reading, minPosition, waiting);
      return reading.values(query);
    },
    totals: (query) => reading.totals(query),
    movements: (query) => reading.movements(query),
  };
};
