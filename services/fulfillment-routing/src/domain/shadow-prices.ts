import { piecesOf } from '@cartage/contracts';
import { at, CheapestWay, priceOfLine, type PriceOf } from './cheapest-way';
import { lineNumbers, type SourcedPart, type SourcingOrder, type SourcingPlace, type SourcingProblem } from './sourcing';

/*
 * What a unit on a shelf is worth to those who come later: the last unit of a region is kept for whom it serves. Units are priced so that, at these prices, nobody wants
 * more than there is (Lagrangian relaxation of the stock; bid prices: Talluri and van Ryzin 1998). An order then pays, beside carriage, for what it takes away.
 */

/** An order that may come, and how often: a hundred that are known may stand for a thousand. */
export interface ExpectedOrder {
  readonly order: SourcingOrder;
  readonly times: number;
}

export interface Expectation {
  readonly orders: readonly ExpectedOrder[];
  readonly stock: SourcingProblem['stock'];
  /** What it costs not to ship an order. */
  readonly unfilledCost: number;
}

/** The price of a unit; nothing where more is there than anybody wants. */
export interface ShadowPrices {
  of(location: string, sku: string): number;
  /** No plan for these orders can cost less, whatever it does (where each of them comes so often). */
  readonly bound: number;
}

type Priced = Map<string, Map<string, number>>;
const put = (values: Priced, location: string, { sku, value }: { readonly sku: string; readonly value: number }): void => {
  const shelf = values.get(location);
  if (shelf) shelf.set(sku, value);
  else values.set(location, new Map([[sku, value]]));
};

/** Rounds in which prices rise where more is wanted than there is, and fall where less is, by ever less. */
const ROUNDS = 60;
/** Prices that were found before are near what is right: steps are as small as after so many rounds. */
const FOUND = 120;
/** Prices of the last rounds go up and down around what is right: their mean is nearer. */
const AVERAGED = 0.5;

class Pricing {
  private readonly prices: Priced = new Map();
  private readonly sums: Priced = new Map();
  private readonly ways: readonly (ExpectedOrder & { readonly way: CheapestWay })[];
  private averaged = 0;
  private bound = 0;

  constructor(
    private readonly expected: Expectation,
    private readonly rounds: number,
    private readonly from: ShadowPrices | undefined,
  ) {
    this.ways = expected.orders.map((one) => ({ ...one, way: new CheapestWay(one.order, expected) }));
    for (const [location, shelf] of expected.stock)
      for (const sku of shelf.keys()) put(this.prices, location, { sku, value: from?.of(location, sku) ?? 0 });
  }

  *steps(): Generator<void, ShadowPrices> {
    for (let round = 0; round < this.rounds; round += 1) {
      this.round(round);
      yield;
    }
    const means = this.sums;
    const of = this.averaged === 0 ? this.prices : means;
    const times = Math.max(1, this.averaged);
    return { of: (location, sku) => at(of, location, sku) / times, bound: this.bound };
  }

  private round(round: number): void {
    const { stock } = this.expected;
    const priceOf: PriceOf = (location, sku) => at(this.prices, location, sku);
    const used: Priced = new Map();
    let [cost, value] = [0, 0];
    for (const { order, times, way } of this.ways) {
      const choice = way.at(priceOf);
      cost += times * choice.cost;
      this.use(used, order, { parts: choice.parts, times });
    }
    for (const [location, shelf] of stock) for (const [sku, units] of shelf) value += units * at(this.prices, location, sku);
    this.bound = Math.max(this.bound, cost - value);
    this.step(used, round);
    if (round >= this.rounds * AVERAGED) this.average();
  }

  private use(
    used: Priced,
    order: SourcingOrder,
    { parts, times }: { readonly parts: readonly SourcedPart[]; readonly times: number },
  ): void {
    const lines = new Map(order.lines.map((line) => [line.lineId, line]));
    for (const { location, lines: taken } of parts)
      for (const { lineId, quantity } of taken) {
        const line = lines.get(lineId);
        for (const piece of line ? piecesOf(line) : [])
          put(used, location, { sku: piece.sku, value: at(used, location, piece.sku) + times * quantity * piece.quantity });
      }
  }

  /** By how much more is wanted than there is, as a share of either; the step is a share of what an order costs by the unit, and becomes smaller. */
  private step(used: Priced, round: number): void {
    const size = this.costPerUnit() / (2 + (round + (this.from ? FOUND : 0)) / 4);
    for (const [location, shelf] of this.expected.stock)
      for (const [sku, units] of shelf) {
        const wanted = at(used, location, sku);
        const share = wanted === 0 && units === 0 ? 0 : (wanted - units) / Math.max(wanted, units);
        put(this.prices, location, { sku, value: Math.max(0, at(this.prices, location, sku) + size * share) });
      }
  }

  private average(): void {
    this.averaged += 1;
    for (const [location, shelf] of this.prices)
      for (const [sku, price] of shelf) put(this.sums, location, { sku, value: at(this.sums, location, sku) + price });
  }

  private readonly costPerUnit = (): number => (this.unitCost ??= meanCostPerUnit(this.expected));
  private unitCost: number | undefined;
}

/** What the cheapest and the dearest location of an order differ by, for each unit: so much may be paid to leave one for another. */
const meanCostPerUnit = ({ orders }: Expectation): number => {
  let [cost, units] = [0, 0];
  for (const { order, times } of orders) {
    const costs = order.places.map((place) => place.cost);
    if (costs.length === 0) continue;
    cost += times * Math.max(1, Math.max(...costs) - Math.min(...costs));
    units += times * order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  }
  return units === 0 ? 0 : cost / units;
};

interface PricingTerms {
  readonly rounds?: number;
  readonly from?: ShadowPrices;
}

/** The same round by round: between two of them others have their turn. */
export const shadowPriceSteps = (expected: Expectation, { rounds = ROUNDS, from }: PricingTerms = {}): Generator<void, ShadowPrices> =>
  new Pricing(expected, rounds, from).steps();

/** Prices for what may come, from the stock that is there; from earlier prices they are found sooner. */
export const shadowPrices = (expected: Expectation, terms: PricingTerms = {}): ShadowPrices => {
  const steps = shadowPriceSteps(expected, terms);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};

/** The same problem for those who have to decide now, with what each unit is worth to others put on its cost. */
export const atShadowPrices = (problem: SourcingProblem, prices: ShadowPrices): SourcingProblem => {
  const priceOf: PriceOf = (location, sku) => prices.of(location, sku);
  const priced = (order: SourcingOrder, place: SourcingPlace): SourcingPlace => {
    const { location, exactly } = place;
    const worth = order.lines.map((_, l) => priceOfLine(order, location, { l, priceOf }));
    const numbers = lineNumbers(order);
    const worthOf = (lines: SourcedPart['lines']): number =>
      lines.reduce((sum, { lineId, quantity }) => sum + quantity * (worth[numbers.get(lineId) ?? -1] ?? 0), 0);
    return {
      ...place,
      perUnit: order.lines.map((_, l) => (place.perUnit?.[l] ?? 0) + (worth[l] ?? 0)),
      ...(exactly ? { exactly: (lines: SourcedPart['lines']) => exactly(lines) + worthOf(lines) } : {}),
    };
  };
  return { ...problem, orders: problem.orders.map((order) => ({ ...order, places: order.places.map((place) => priced(order, place)) })) };
};
