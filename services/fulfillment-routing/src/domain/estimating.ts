import { ownValue, piecesOf, type Destination, type LineQuantity } from '@cartage/contracts';
import type { BrokeringFacts, BrokeringRequest, LocationFacts } from './facts';
import type { CarriageRate, CostTable, RoutingRules, WeightStep } from './rules';
import { unitsOf } from './units';

/** From where to where. */
export interface Way {
  readonly place: Pick<LocationFacts, 'location' | 'kind'>;
  readonly km?: number | undefined;
  readonly destination?: Destination | undefined;
}

/** What is known of weights. */
export type Weights = Pick<BrokeringFacts, 'skus' | 'weights'>;

/** What one fulfilment is estimated to cost, in minor units, and of what that is made. */
export interface CostParts {
  readonly carriage: number;
  readonly handling: number;
  readonly grams: number;
  /** Of the rate that held, where it has a name. */
  readonly zone?: string;
}

const DEFAULT_GRAMS = 1_000;
export const defaultGramsOf = ({ defaultGrams = DEFAULT_GRAMS }: CostTable): number => defaultGrams;

/** Whether it matters how much something weighs. */
export const weighs = ({ rates }: CostTable): boolean => rates.some(({ perKg = 0, steps = [] }) => perKg > 0 || steps.length > 0);

/** Those whose weight nobody knows. */
export const unweighed = ({ skus, weights = [] }: Weights): readonly string[] => skus.filter((_, i) => typeof weights[i] !== 'number');

type Weigh = (line: Omit<LineQuantity, 'quantity'>) => number;

/** Grams of one unit of a line; of a kit, of its parts. */
const weighing = (cost: CostTable, { skus, weights = [] }: Weights): Weigh => {
  const known = new Map(skus.map((sku, i) => [sku, weights[i]]));
  const gramsOf = (sku: string): number => known.get(sku) ?? defaultGramsOf(cost);
  return (line) => piecesOf(line).reduce((sum, { sku, quantity }) => sum + quantity * gramsOf(sku), 0);
};

const plain = (area: string): string => area.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
const leadsTo = ({ country, postalArea = '' }: Destination, to: string): boolean =>
  to.slice(0, 2) === country && plain(postalArea).startsWith(plain(to.slice(2)));

const isWithin = (km: number | undefined, upToKm: number): boolean => km !== undefined && km <= upToKm;
const isTo = (destination: Destination | undefined, to: readonly string[]): boolean =>
  destination !== undefined && to.some((one) => leadsTo(destination, one));

const isFor = ({ from, to, upToKm }: CarriageRate, { place, km, destination }: Way): boolean =>
  (!from || from.includes(place.location) || from.includes(place.kind)) &&
  (!to || isTo(destination, to)) &&
  (upToKm === undefined || isWithin(km, upToKm));

const FREE: CarriageRate = { amount: 0 };
const rateOf = ({ rates }: CostTable, way: Way): CarriageRate => rates.find((rate) => isFor(rate, way)) ?? rates.at(-1) ?? FREE;

const stepOf = (steps: readonly WeightStep[], grams: number): number => steps.find(({ upToGrams }) => grams <= upToGrams)?.amount ?? 0;

/** As many of the heaviest as it takes, and one for the rest. */
const byStep = (steps: readonly WeightStep[], grams: number): number => {
  const heaviest = steps.at(-1);
  if (!heaviest) return 0;
  const full = Math.max(0, Math.ceil(grams / heaviest.upToGrams) - 1);
  return full * heaviest.amount + stepOf(steps, grams - full * heaviest.upToGrams);
};

const carriageOf = ({ amount, perKg = 0, steps = [], least = 0 }: CarriageRate, grams: number): number =>
  Math.max(least, amount + perKg * Math.ceil(grams / 1_000) + byStep(steps, grams));

/** By the code of the location, else by its kind. */
const named = (amounts: Readonly<Record<string, number>> | undefined, { location, kind }: Way['place']): number =>
  ownValue(amounts, location) ?? ownValue(amounts, kind) ?? 0;

/** What holds for one way, whatever is sent on it. */
class Tariff {
  private readonly rate: CarriageRate;
  private readonly weigh: Weigh;
  private readonly handling: number;
  private readonly perLine: number;
  private readonly perUnit: number;

  constructor(cost: CostTable, weights: Weights, way: Way) {
    this.rate = rateOf(cost, way);
    this.weigh = weighing(cost, weights);
    this.handling = named(cost.handling, way.place);
    this.perLine = named(cost.handlingPerLine, way.place);
    this.perUnit = named(cost.handlingPerUnit, way.place);
  }

  of(lines: readonly LineQuantity[]): CostParts {
    const grams = this.gramsOf(lines);
    const handling = this.handling + this.perLine * new Set(lines.map(({ lineId }) => lineId)).size + this.perUnit * unitsOf(lines);
    const { zone } = this.rate;
    return { carriage: carriageOf(this.rate, grams), handling, grams, ...(zone === undefined ? {} : { zone }) };
  }

  /**
   * A straight line through what the lightest unit costs and what all of it costs: so it is exact for whatever comes from one location. In between, started kilograms and
   * steps are spread over the grams, and what a line costs over its units.
   */
  straightened(lines: readonly LineQuantity[]): StraightCost {
    const units = lines.map((line) => this.weigh(line));
    const [least, all] = [Math.min(...units), this.gramsOf(lines)];
    const [low, high] = [carriageOf(this.rate, least), carriageOf(this.rate, all)];
    const slope = all > least ? Math.max(0, (high - low) / (all - least)) : 0;
    const perGram = all > 0 ? Math.min(slope, high / all) : 0;
    return {
      fixed: this.handling + high - perGram * all,
      perUnit: lines.map(({ quantity }, i) => this.perUnit + this.perLine / quantity + perGram * (units[i] ?? 0)),
    };
  }

  private gramsOf(lines: readonly LineQuantity[]): number {
    return lines.reduce((sum, line) => sum + line.quantity * this.weigh(line), 0);
  }
}

/** What a fulfilment costs whatever it is made of, and what each unit of a line adds to that. */
export interface StraightCost {
  readonly fixed: number;
  /** Of each line in turn. */
  readonly perUnit: readonly number[];
}

export const tariffFor = (cost: CostTable, weights: Weights, way: Way): Pick<Tariff, 'of' | 'straightened'> =>
  new Tariff(cost, weights, way);

export const sumOfParts = ({ carriage, handling }: CostParts): number => carriage + handling;

/** Handling and carriage of these lines on one way; nothing where the rules have no table. */
export const estimated = (
  { cost }: Pick<RoutingRules, 'cost'>,
  way: Way,
  { lines, ...weights }: Weights & { readonly lines: readonly LineQuantity[] },
): CostParts | undefined => cost && tariffFor(cost, weights, way).of(lines);

/** What a decision was made of, as far as costs hang on it. */
export interface Known extends Weights {
  readonly request: Pick<BrokeringRequest, 'destination'>;
}

interface Sent {
  readonly location: string;
  readonly kind: string;
  readonly distanceKm?: number;
  readonly lines: readonly LineQuantity[];
}

/** The same, of what a decision gives to a location. */
export const estimatedCostOf = (
  rules: Pick<RoutingRules, 'cost'>,
  { lines, distanceKm: km, ...place }: Sent,
  { request: { destination }, skus, weights }: Known,
): number | undefined => {
  const parts = estimated(rules, { place, km, destination }, { lines, skus, ...(weights ? { weights } : {}) });
  return parts && sumOfParts(parts);
};
