import type { ForetoldDays } from '../../domain/foretold';
import { learnedDemand } from '../../domain/forecasting';
import { HORIZON } from '../../domain/replenishing';

/** What the last forecasts say of themselves, all together. */
export interface ForecastSums {
  /** SKUs at locations that are forecast. */
  readonly points: number;
  /** Of them, those whose reorder points go by it. */
  readonly deciding: number;
  /** Reorder points that are to be learned, whether they are forecast yet or not. */
  readonly learned: number;
  /** Of the newest; null: nothing was forecast yet. */
  readonly madeAt: string | null;
  /** Days since the first sale of the one that sells longest. */
  readonly longest: number | null;
  /** Days since the first sale of each, and those with a sale. */
  readonly days: number;
  readonly sellingDays: number;
  readonly tooNew: number;
  /** By how many units a day days that were held back were missed: root mean square over all, and on average. */
  readonly learnedError: number | null;
  readonly baselineError: number | null;
  readonly learnedMean: number | null;
  readonly baselineMean: number | null;
}

export interface DemandCardNeeds {
  readonly sums: () => Promise<ForecastSums>;
  /** The oldest first. */
  readonly months: () => Promise<readonly ForetoldDays[]>;
}

const DAY_MS = 86_400_000;
const notes = [
  'For each SKU and location the way that would have been best at earlier origins; weekdays, bulk orders and growth are learned from all that are forecast together, SKU, location and total agree, and what is new borrows from its category.',
  `Learned from units that left (UTC days), of the last 400 days. Made each night for ${HORIZON} days, and when the terms of a reorder point change.`,
  `Errors are those of up to ${HORIZON} days that were held back when the last forecasts were made; the plain way is exponential smoothing.`,
  'Foretold and happened are units a day of a SKU at a location: as forecast the night before, and as they left.',
];
const notFor = [
  'Demand that could not be served: days without stock count as days without demand, so what is always short is forecast too low.',
  'Promotions and prices that nobody has seen yet: nothing is known of them but what units say.',
  'Judging a location or its people: what leaves there follows from routing.',
  'SKUs that are not learned: set their reorder point with `learned` first, in shadow.',
];

const digits = (value: number): number => Number(value.toFixed(4));

const standingOf = ({ learned, deciding }: ForecastSums) => {
  if (learned === 0) return 'off' as const;
  return deciding > 0 ? ('decides' as const) : ('shadow' as const);
};

const errorOf = ({ learnedError, baselineError, learnedMean, baselineMean }: ForecastSums) => {
  if (learnedError === null || baselineError === null || learnedMean === null || baselineMean === null) return [];
  return [
    { measure: 'units a day, root mean square over all', value: digits(learnedError), baseline: digits(baselineError) },
    { measure: 'units a day, mean of each', value: digits(learnedMean), baseline: digits(baselineMean) },
  ];
};

/** From the first sale of the one that sells longest until the day before the forecast. */
const spanOf = ({ madeAt, longest }: ForecastSums) => {
  if (madeAt === null || longest === null) return { from: null, to: null };
  const today = Math.floor(Date.parse(madeAt) / DAY_MS);
  const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
  return { from: dateOf(today - Math.max(1, longest)), to: dateOf(today - 1) };
};

const driftOf = (months: readonly ForetoldDays[]) =>
  months.map(({ month, days, foretold, happened }) => ({
    ...{ period: month, decisions: days },
    ...{ foretold: digits(foretold / days), happened: digits(happened / days) },
  }));

/** What is known of the forecast of demand. */
export const demandCard = ({ sums, months }: DemandCardNeeds) => ({
  card: async () => {
    const [said, foretold] = await Promise.all([sums(), months()]);
    const { name: method, version } = learnedDemand;
    return {
      ...{ name: 'demand', title: 'Demand by SKU and location', method, version, model: said.madeAt ?? '', standing: standingOf(said) },
      data: {
        about: 'Units that left, by day, of SKUs at locations whose reorder points are learned.',
        ...{ ...spanOf(said), learnedFrom: said.days },
        counts: {
          'SKUs at locations': said.points,
          'of them, those that decide': said.deciding,
          'of them, too new, so they borrow': said.tooNew,
          'days with a sale': said.sellingDays,
        },
      },
      ...{ error: errorOf(said), drift: driftOf(foretold), madeOf: [], notes, notFor },
    };
  },
});

export type DemandCard = ReturnType<typeof demandCard>;
