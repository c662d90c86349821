import type { OrderSide } from '@cartage/fulfillment-routing/forks';
import { dateOf, dayNumber } from '../input/cells';
import type { Comparison, Drift, JudgedMethod, Judgement, Measure, Slice } from '../judgement';
import { figure, withRange } from '../output/table';
import type { PlacedOrder } from '../sourcing/world';
import { Bootstrap, type Share } from '../statistics/interval';
import { AS_IT_WAS, WITHOUT, type OrderResult, type PlayedPast } from './played';

export interface ForkFindings {
  readonly played: readonly PlayedPast[];
  readonly orders: readonly PlacedOrder[];
  readonly unfilledCost: number;
  /** Whether parcels were played, too. */
  readonly isSent: boolean;
  readonly seed: number;
  readonly facts: Readonly<Record<string, string | number>>;
}

type SourcedMeasure = 'cost' | 'carriage' | 'short' | 'unfilled' | 'split' | 'fulfillments' | 'km';
type SentMeasure = 'promised' | 'transit' | 'late';
type ForkMeasure = SourcedMeasure | SentMeasure;

const sourced: readonly (Measure & { readonly key: SourcedMeasure })[] = [
  { key: 'cost', label: 'cost of an order, lateness and shortage counted', better: 'less', digits: 1 },
  { key: 'carriage', label: 'carriage and handling of an order', better: 'less', digits: 1 },
  { key: 'short', label: 'short', better: 'less', digits: 4 },
  { key: 'unfilled', label: 'units of an order not shipped', better: 'less', digits: 3 },
  { key: 'split', label: 'split', better: 'less', digits: 4 },
  { key: 'fulfillments', label: 'fulfilments of an order', better: 'less', digits: 3 },
  { key: 'km', label: 'km of an order', better: 'less', digits: 0 },
];
const sent: readonly (Measure & { readonly key: SentMeasure })[] = [
  { key: 'promised', label: 'days promised', better: 'less', digits: 2 },
  { key: 'transit', label: 'days in transit', better: 'less', digits: 2 },
  { key: 'late', label: 'late', better: 'less', digits: 4 },
];
/** What a table of decisions shows. */
const shownKeys: readonly ForkMeasure[] = ['cost', 'carriage', 'promised', 'transit', 'late', 'split', 'short'];

const measuresOf = ({ isSent }: ForkFindings): readonly (Measure & { readonly key: ForkMeasure })[] =>
  isSent ? [...sourced, ...sent] : sourced;

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const carriageOf = ({ fulfillments }: OrderSide): number => sum(fulfillments.map(({ cost }) => cost?.amount ?? 0));
const isShort = ({ unfilled }: OrderSide): number => (unfilled > 0 ? 1 : 0);
const each = (top: number): Share => ({ top, bottom: 1 });
/** Of those only of which it is known. */
const known = (top: number | undefined): Share => (top === undefined ? { top: 0, bottom: 0 } : { top, bottom: 1 });

/** What one order adds to a figure. Where no parcels are played, a service costs what the tariff says. */
const shareOf = (unfilledCost: number): Readonly<Record<ForkMeasure, (result: OrderResult) => Share>> => ({
  cost: ({ side, transit }) => each(carriageOf(side) * ((transit?.price ?? 1) + (transit?.lateness ?? 0)) + unfilledCost * isShort(side)),
  carriage: ({ side, transit }) => each(carriageOf(side) * (transit?.price ?? 1)),
  short: ({ side }) => each(isShort(side)),
  unfilled: ({ side: { unfilled } }) => each(unfilled),
  split: ({ side: { fulfillments } }) => each(new Set(fulfillments.map(({ location }) => location)).size > 1 ? 1 : 0),
  fulfillments: ({ side: { fulfillments } }) => each(fulfillments.length),
  km: ({ side: { fulfillments } }) => each(sum(fulfillments.map(({ km = 0 }) => km))),
  promised: ({ transit }) => known(transit?.promisedDays),
  transit: ({ transit }) => known(transit?.days),
  late: ({ transit }) => known(transit?.promisedDays === undefined ? undefined : Number(transit.isLate)),
});

const weekOf = (day: number): number => day - ((((day + 3) % 7) + 7) % 7);

/** Figures by blocks of days, in the order in which they come, and how they differ on the same blocks. */
class Figures {
  private readonly shareOf: ReturnType<typeof shareOf>;
  private readonly bootstrap: Bootstrap;

  constructor(private readonly findings: ForkFindings) {
    this.shareOf = shareOf(findings.unfilledCost);
    this.bootstrap = new Bootstrap(new Set(findings.orders.map(({ at }) => dayNumber(at))).size, findings.seed);
  }

  methodOf(played: PlayedPast): JudgedMethod {
    const { name, version, isBaseline } = played;
    const figures = measuresOf(this.findings).map(({ key }) => [key, this.bootstrap.measured(this.byDay(played, key))] as const);
    return { name, version, isBaseline, figures: Object.fromEntries(figures) };
  }

  comparison(own: PlayedPast, plain: PlayedPast, measure: ForkMeasure): Comparison {
    const difference = this.bootstrap.difference(this.byDay(own, measure), this.byDay(plain, measure));
    return { method: own.name, baseline: plain.name, measure, difference };
  }

  drift(measure: ForkMeasure): Drift {
    const { orders, played } = this.findings;
    const weeks = [...new Set(orders.map(({ at }) => weekOf(dayNumber(at))))];
    const byWeek = (of: PlayedPast): readonly number[] => this.shares(of, measure, weekOf).map(({ top, bottom }) => top / bottom);
    return { measure, periods: weeks.map(dateOf), byMethod: Object.fromEntries(played.map((of) => [of.name, byWeek(of)])) };
  }

  private byDay(of: PlayedPast, measure: ForkMeasure): readonly Share[] {
    return this.shares(of, measure, (day) => day);
  }

  private shares(of: PlayedPast, measure: ForkMeasure, blockOf: (day: number) => number): readonly Share[] {
    const sums = new Map<number, { top: number; bottom: number }>();
    for (const { id, at } of this.findings.orders) {
      const [block, result] = [blockOf(dayNumber(at)), of.orders.get(id)];
      const [into, share] = [sums.get(block) ?? { top: 0, bottom: 0 }, result && this.shareOf[measure](result)];
      sums.set(block, { top: into.top + (share?.top ?? 0), bottom: into.bottom + (share?.bottom ?? 0) });
    }
    return [...sums.values()];
  }
}

/** One row for each decision and figure: without, with, and the difference with its interval. */
const decisionSlice = (methods: readonly JudgedMethod[], comparisons: readonly Comparison[], measures: readonly Measure[]): Slice => {
  const valueOf = (name: string, key: string): number | undefined => methods.find((method) => method.name === name)?.figures[key]?.value;
  return {
    title: 'What each decision changes, switched on alone and all together',
    head: ['decision', 'figure', 'without', 'with', 'difference (95 % interval)'],
    rows: comparisons
      .filter(({ baseline }) => baseline === WITHOUT)
      .flatMap(({ method, measure, difference }) => {
        const { label, digits } = measures.find(({ key }) => key === measure) ?? { label: measure, digits: 4 };
        return [
          [
            method,
            label,
            figure(valueOf(WITHOUT, measure), digits),
            figure(valueOf(method, measure), digits),
            withRange(difference, digits),
          ],
        ];
      }),
  };
};

export const forkJudgement = (findings: ForkFindings): Judgement => {
  const { played, facts, isSent } = findings;
  const [figures, measures] = [new Figures(findings), measuresOf(findings)];
  const methods = played.map((of) => figures.methodOf(of));
  const shown = shownKeys.filter((key) => measures.some((measure) => measure.key === key));
  const comparisons = played
    .filter(({ isBaseline }) => !isBaseline)
    .flatMap((own) => [
      ...played.filter(({ name }) => name === AS_IT_WAS).map((was) => figures.comparison(own, was, 'cost')),
      ...played.filter(({ name }) => name === WITHOUT).flatMap((other) => shown.map((measure) => figures.comparison(own, other, measure))),
    ]);
  return {
    ...{ facts, measures, headline: 'cost', methods, comparisons },
    drift: (isSent ? (['cost', 'short', 'late'] as const) : (['cost', 'short'] as const)).map((measure) => figures.drift(measure)),
    slices: [decisionSlice(methods, comparisons, measures)],
    notes: isSent ? [...notes, ...sentNotes] : notes,
    notFor: isSent ? [...notFor, ...sentNotFor] : notFor,
  };
};

const notes = [
  'The past is lived by the rules that are there from the beginning, the nearest of the fewest locations, with the stock that is assumed or given and of which nothing comes in; then it is played forward by the cheapest location for each order, without anything that is learned, with each of it alone, and with all of it. Each decision is that of the service.',
  'What units are worth is found in the fork every three hours of its time, from orders that had come by then and what was on its shelves.',
  'An order of which something is not shipped costs, beside the carriage of the rest, what the options say.',
  'Intervals draw whole days: orders of a day are shipped from the same shelves. They do not cover what chance does in drawing stock, towns and outcomes of parcels; try other seeds.',
];
const sentNotes = [
  'Each order goes on the lane and the day of a parcel of the past: of the one that names it, else of the n-th, evenly over all that are judged. All its fulfilments go by one service, each in a parcel of its own.',
  'By the service that it really went by, a parcel became what it became; by another, what is drawn by the seed from parcels of that service on the same lane in the same period, the same for every way of choosing. On lanes with nothing to choose all go as they went.',
  'Carriers are chosen without learning by the fixed best service of each lane, and with it as the service learns; promises are the quantile of a lookup table, and what is learned by lane for the service that is chosen. Both hear of a parcel on the day after its end, and of what is on its way nothing.',
  'Carriage is what the tariff says, times what the service costs of what is usual on its lane there and then; what lateness (after the day on which the parcel was due) and loss cost is in the same measure. "Late" is after what was promised, or never.',
];
const notFor = [
  'Orders that are decided together: `sourcing` judges batches.',
  'Stock that is replenished meanwhile: here nothing comes in.',
];
const sentNotFor = [
  'Whence an order is sent and by whom hang together here by nothing but the order: a service that a location does not have is not known, and sourcing does not count its days.',
  'Promises of different late shares are not alike: who promises more days is late less. `promise` holds them against each other at the same late share.',
];
