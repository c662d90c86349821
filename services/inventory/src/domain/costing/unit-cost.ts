import { type Reason } from '@cartage/contracts';
import { deciding, evolving, type Decider, type Named } from '@cartage/eventsourcing';
import type { CostBasis } from './pool';

/** What units of a SKU cost: so much for `per` of them, because many a unit costs less than a minor unit, or a part of one. */
export interface UnitCost {
  readonly sku: string;
  /** Absent: wherever it is. */
  readonly location?: string;
  readonly amount: number;
  readonly currency: string;
  readonly per: number;
}

export const basisIn = ({ amount, currency, per }: UnitCost): CostBasis => ({
  units: per,
  amounts: amount === 0 ? {} : { [currency]: amount },
});

/** What is there of a SKU is worth so much from now on; private: it is known from the values. Stream `cost-<sku>`. */
export type UnitCostStated = Named<'UnitCostStated', UnitCost & { readonly reason: Reason; readonly statedAt: string }>;

export type StateUnitCost = Named<'StateUnitCost', UnitCost & { readonly reason: Reason; readonly now: string }>;

/** By location; under `''` everywhere else. */
type Stated = ReadonlyMap<string, UnitCost>;

/** The same said again counts again: since then other goods may have come at other costs. A repeated request is known by its id. */
export const unitCost: Decider<StateUnitCost, Stated, UnitCostStated> = {
  initial: new Map(),
  evolve: evolving<Stated, UnitCostStated>({
    UnitCostStated: (stated, { reason: _, statedAt: __, ...cost }) => new Map(stated).set(cost.location ?? '', cost),
  }),
  decide: deciding<StateUnitCost, Stated, UnitCostStated>({
    StateUnitCost: ({ now, ...data }) => [{ type: 'UnitCostStated', data: { ...data, statedAt: now } }],
  }),
};
