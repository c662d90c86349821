import type { Cost } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import type { InventoryEvent, StockEvent } from './events';
import { movementsOf, movesStock } from './movement';
import { basisOf, emptyPool, joined, sumOf, takenFrom, valuedBy, type Amounts, type CostBasis, type CostPool } from './costing/pool';
import { basisIn, type UnitCostStated } from './costing/unit-cost';

/** Where units lie: at a location, or on the way in a transfer. The other one is empty. */
export interface CostPlace {
  readonly sku: string;
  readonly location: string;
  readonly transferId: string;
}

export interface CostPoolRow extends CostPlace, CostPool {}

export interface CostBasisRow extends CostBasis {
  readonly sku: string;
}

/** What a fact did to the value of what lies at a place; below zero when it left. */
export interface CostEntry extends CostPool, CostPlace {
  readonly eventId: string;
  readonly kind: CostKind;
  /** Why, of kinds that have a cause. */
  readonly cause: string | null;
  readonly at: string;
}

/** How units come and go, in the words of the books. */
export const COST_KINDS = ['received', 'sold', 'returned', 'adjusted', 'disposed', 'transferred', 'lost', 'revalued'] as const;
export type CostKind = (typeof COST_KINDS)[number];

/** A fact of the log, with when it came to stand there. */
type Fact = Named & { readonly id: string; readonly recordedAt: string };

interface Rows {
  readonly pools: readonly CostPoolRow[];
  readonly bases: readonly CostBasisRow[];
  /** Codes of locations that are suppliers’: what they have is never ours. */
  readonly suppliers: ReadonlySet<string>;
}

/** What stock is worth, moving along with the facts of the log in their order. */
export interface CostBook {
  enter(fact: Fact): void;
  /** Rows that were moved, as they stand now, and what moved them, the first first. */
  changed(): Pick<Rows, 'pools' | 'bases'> & { readonly entries: readonly CostEntry[] };
}

/** Of which SKUs a fact moves the value. */
export const costsOf = (fact: Named): readonly string[] => {
  if (isStated(fact)) return [fact.data.sku];
  return movesStock(fact)
    ? movementsOf(fact)
        .filter((each) => each.location !== undefined)
        .map(({ sku }) => sku)
    : [];
};

const isStated = (fact: Named): fact is UnitCostStated => fact.type === 'UnitCostStated';

interface Entering {
  readonly fact: Fact;
  readonly kind: CostKind;
  readonly cause: string | null;
}

const kinds: Partial<Readonly<Record<InventoryEvent['type'], CostKind>>> = {
  StockReceived: 'received',
  StockIssued: 'sold',
  StockRestocked: 'returned',
  StockDisposed: 'disposed',
};

const keyOf = ({ sku, location, transferId }: CostPlace): string => JSON.stringify([sku, location, transferId]);

/** The rows, and what moves them. */
class CostRows {
  private readonly pools: Map<string, CostPoolRow>;
  private readonly bases: Map<string, CostBasisRow>;
  private readonly moved = new Set<string>();
  private readonly learnt = new Set<string>();
  private readonly entries: CostEntry[] = [];

  constructor({ pools, bases }: Pick<Rows, 'pools' | 'bases'>) {
    this.pools = new Map(pools.map((row) => [keyOf(row), row]));
    this.bases = new Map(bases.map((row) => [row.sku, row]));
  }

  of(sku: string): readonly CostPoolRow[] {
    return [...this.pools.values()].filter((row) => row.sku === sku && row.units > 0);
  }

  knows(sku: string): boolean {
    return this.bases.has(sku);
  }

  at(place: CostPlace): CostPool {
    return this.pools.get(keyOf(place)) ?? emptyPool;
  }

  /** What units cost that come to a place without a cost. */
  basisAt(place: CostPlace): CostBasis | undefined {
    return basisOf(this.at(place)) ?? this.bases.get(place.sku);
  }

  learn(sku: string, basis: CostBasis | undefined): void {
    if (!basis) return;
    this.bases.set(sku, { sku, units: basis.units, amounts: basis.amounts });
    this.learnt.add(sku);
  }

  /** Units leave a place, as far as they are there. */
  take(place: CostPlace, wanted: number, how: Entering): CostPool {
    const { taken, left } = takenFrom(this.at(place), wanted);
    if (taken.units > 0) this.become(place, left, how);
    return taken;
  }

  bring(place: CostPlace, coming: CostPool, how: Entering): void {
    if (coming.units > 0) this.become(place, joined(this.at(place), coming), how);
  }

  become({ sku, location, transferId }: CostPlace, { units, unvalued, amounts }: CostPool, { fact, kind, cause }: Entering): void {
    const place = { sku, location, transferId };
    const before = this.at(place);
    this.pools.set(keyOf(place), { ...place, units, unvalued, amounts });
    this.moved.add(keyOf(place));
    this.entries.push({
      ...{ ...place, kind, cause, eventId: fact.id, at: fact.recordedAt },
      ...{ units: units - before.units, unvalued: unvalued - before.unvalued, amounts: sumOf(amounts, before.amounts, -1) },
    });
  }

  changed(): ReturnType<CostBook['changed']> {
    return {
      pools: [...this.moved].flatMap((key) => this.pools.get(key) ?? []),
      bases: [...this.learnt].flatMap((sku) => this.bases.get(sku) ?? []),
      entries: this.entries,
    };
  }
}

export const costBook = ({ suppliers, ...kept }: Rows): CostBook => {
  const rows = new CostRows(kept);
  return {
    enter: (fact) => {
      if (isStated(fact)) state(rows, fact);
      else if (movesStock(fact) && fact.type === 'StockTransferred') transfer(rows, fact, suppliers);
      else if (movesStock(fact)) change(rows, fact, suppliers);
    },
    changed: () => rows.changed(),
  };
};

/** What is there is worth so much from now on. What is said of one location is known of others only where nothing else is. */
const state = (rows: CostRows, fact: Fact & UnitCostStated): void => {
  const { sku, location } = fact.data;
  const basis = basisIn(fact.data);
  if (location === undefined || !rows.knows(sku)) rows.learn(sku, basis);
  for (const row of rows.of(sku))
    if (location === undefined || row.location === location)
      rows.become(row, valuedBy(row.units, basis), { fact, kind: 'revalued', cause: null });
};

type Transferred = Extract<StockEvent, { readonly type: 'StockTransferred' }>;

const transfer = (rows: CostRows, fact: Fact & Transferred, suppliers: ReadonlySet<string>): void => {
  const { sku, location, transferId, quantity, direction, cause = null } = fact.data;
  const [shelf, way] = [placeAt(sku, location), { sku, location: '', transferId }];
  const how: Entering = { fact, kind: 'transferred', cause: null };
  const ours = !suppliers.has(location);
  if (direction === 'out') return ours ? rows.bring(way, rows.take(shelf, quantity, how), how) : undefined;
  if (direction !== 'in') return void rows.take(way, quantity, { fact, kind: 'lost', cause });
  if (!ours) return void rows.take(way, quantity, { fact, kind: 'disposed', cause: 'sent-to-supplier' });
  const came = rows.take(way, quantity, how);
  // What was sent before costs were kept, or by a supplier, comes as what else there is.
  rows.bring(shelf, joined(came, valuedBy(quantity - came.units, rows.basisAt(shelf))), how);
};

/** Units that came to our own locations or left them, fit to be sold or not. */
const unitsMoved = (
  fact: InventoryEvent,
  suppliers: ReadonlySet<string>,
): readonly { readonly place: CostPlace; readonly units: number }[] =>
  movementsOf(fact).flatMap(({ sku, location, onHand = 0, unavailable = 0 }) =>
    location === undefined || suppliers.has(location) ? [] : [{ place: placeAt(sku, location), units: onHand + unavailable }],
  );

const change = (rows: CostRows, fact: Fact & InventoryEvent, suppliers: ReadonlySet<string>): void => {
  const how: Entering = { fact, kind: kinds[fact.type] ?? 'adjusted', cause: causeOf(fact) };
  const cost = fact.type === 'StockReceived' ? fact.data.cost : undefined;
  for (const { place, units } of unitsMoved(fact, suppliers)) {
    if (units < 0) rows.take(place, -units, how);
    else rows.bring(place, cost ? costing(units, cost) : valuedBy(units, rows.basisAt(place)), how);
    if (cost) rows.learn(place.sku, basisOf(rows.at(place)));
  }
};

const placeAt = (sku: string, location: string): CostPlace => ({ sku, location, transferId: '' });

const costing = (units: number, { amount, currency }: Cost): CostPool => ({
  ...{ units, unvalued: 0 },
  amounts: amount === 0 ? ({} satisfies Amounts) : { [currency]: amount },
});

const causeOf = (fact: InventoryEvent): string | null => {
  if (fact.type === 'StockAdjusted') return fact.data.cause;
  return fact.type === 'StockDisposed' ? fact.data.outcome : null;
};
