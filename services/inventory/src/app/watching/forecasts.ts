import { Refused, type Deadlines, type OnDue } from '@cartage/eventsourcing';
import { HORIZON, replenishments, type Replenishment } from '../../domain/replenishing';
import { foretoldDays, type ForetoldDays } from '../../domain/foretold';
import type { LearnedReorder } from '../../domain/watching/watch';

export interface Place {
  readonly sku: string;
  readonly location: string;
}

/** A reorder point that is learned, or would be. */
export interface LearnedPoint extends Place {
  /** Whom a SKU that is new borrows from; `''`: nobody. */
  readonly category: string;
  readonly learned: LearnedReorder;
}

/** Units that were issued on a day (UTC, days since 1970). */
export interface IssuedUnits extends Place {
  readonly day: number;
  readonly units: number;
}

/** What was said of a SKU at a location, and when. */
export type ShownForecast = Place & Replenishment & { readonly madeAt: string; readonly terms: LearnedReorder };

/** What a forecast that is replaced had said of days that are over. It counts once: while what is kept is still the one that was made then. */
export type ForetoldOf = Place & Pick<ShownForecast, 'madeAt'> & { readonly months: readonly ForetoldDays[] };

/** By category, SKU and location: those of one category are forecast together. */
export type PointCursor = readonly [category: string, sku: string, location: string];

export interface ForecastRows {
  points(query: { readonly after: PointCursor | undefined; readonly limit: number }): Promise<readonly LearnedPoint[]>;
  point(place: Place): Promise<LearnedPoint | undefined>;
  issued(places: readonly Place[], days: { readonly from: number; readonly to: number }): Promise<readonly IssuedUnits[]>;
  /** Days from order to goods of the last purchase orders of suppliers. */
  receipts(suppliers: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>>;
  /** In place of what was said before; with how that came out. */
  keep(forecasts: readonly ShownForecast[], foretold: readonly ForetoldOf[]): Promise<void>;
  kept(places: readonly Place[]): Promise<readonly ShownForecast[]>;
}

export interface ForecastNeeds {
  readonly rows: ForecastRows;
  readonly deadlines: Deadlines;
  readonly now: () => Date;
  /** Tells others what is expected to leave. */
  readonly tell: (forecasts: readonly ShownForecast[]) => Promise<void>;
}

export interface Forecasts {
  /** What was said last. */
  readonly of: (place: Place) => Promise<ShownForecast>;
  /** Of one point at once, as soon as it is to be learned. */
  readonly learn: (place: Place) => Promise<void>;
  readonly onDue: OnDue;
  /** Sees to it that the next night comes. */
  readonly start: () => Promise<void>;
}

const FORECASTS_DUE = 'ForecastsDue';
/** So many points are forecast together, before others have their turn. */
const TOGETHER = 25;
const DAY_MS = 86_400_000;
const NIGHT_MS = 2 * 3_600_000;
/** More of the past says nothing of tomorrow; of less nothing can be held back to see how wrong a forecast would have been. */
const [MOST_DAYS, LEAST_DAYS] = [400, HORIZON];

interface Due {
  /** Days since 1970 of the night. */
  readonly night: number;
  readonly page: number;
  readonly after?: PointCursor;
}

const keyOf = ({ sku, location }: Place): string => JSON.stringify([sku, location]);
/** 1 January 1970 was a Thursday. */
const weekdayOf = (day: number): number => (day + 4) % 7;

class Nightly {
  constructor(private readonly needs: ForecastNeeds) {}

  async forecast(points: readonly LearnedPoint[]): Promise<void> {
    const [at, { rows }] = [this.needs.now(), this.needs];
    const today = Math.floor(at.getTime() / DAY_MS);
    const issued = await rows.issued(points, { from: today - MOST_DAYS, to: today });
    const receipts = await rows.receipts([...new Set(points.flatMap(({ learned }) => learned.supplier ?? []))]);
    const first = issued.reduce((earliest, { day }) => Math.min(earliest, day), today - LEAST_DAYS);
    const known = today - first;
    const demandOf = demandsOf(issued, { first, known });
    const history = {
      weekdays: Array.from({ length: known + HORIZON }, (_, day) => weekdayOf(first + day)),
      series: points.map((point) => ({ ...point, group: point.category, demand: demandOf(point) })),
    };
    const said = replenishments(
      history,
      known,
      points.map(({ learned: terms }) => ({ terms, receipts: receipts.get(terms.supplier ?? '') ?? [] })),
    );
    const before = await rows.kept(points);
    const foretold = before.map(({ sku, location, madeAt, perDay }): ForetoldOf => {
      const [from, demand] = [Math.floor(Date.parse(madeAt) / DAY_MS), demandOf({ sku, location })];
      const isKnown = from >= today - MOST_DAYS;
      const months = isKnown ? foretoldDays({ from, perDay }, today, (day) => demand[day - first] ?? 0) : [];
      return { sku, location, madeAt, months };
    });
    const forecasts = points.flatMap(({ sku, location, learned: terms }, n) => {
      const each = said[n];
      return each ? [{ sku, location, ...each, terms, madeAt: at.toISOString() }] : [];
    });
    await rows.keep(forecasts, foretold);
    await this.needs.tell(forecasts);
  }

  /** A page is a deadline of its own: whoever is free takes it, and a crash costs one page. */
  async page({ night, page, after }: Due): Promise<void> {
    const points = await this.needs.rows.points({ after, limit: TOGETHER });
    if (points.length > 0) await this.forecast(points);
    const last = points.length === TOGETHER ? points.at(-1) : undefined;
    if (last) await this.set({ night, page: page + 1, after: [last.category, last.sku, last.location] }, this.needs.now().getTime());
    else await this.next();
  }

  /** The first night hour that is still to come. */
  async next(): Promise<void> {
    const now = this.needs.now().getTime();
    const night = Math.floor((now - NIGHT_MS) / DAY_MS) + 1;
    await this.set({ night, page: 0 }, night * DAY_MS + NIGHT_MS);
  }

  private set(data: Due, dueAt: number): Promise<void> {
    const id = `forecasts-${data.night}-${data.page}`;
    return this.needs.deadlines.set({ id, stream: 'forecasts', name: FORECASTS_DUE, dueAt: new Date(dueAt).toISOString(), data });
  }
}

/** Units by day of each place, from the first day on. */
const demandsOf = (issued: readonly IssuedUnits[], { first, known }: { readonly first: number; readonly known: number }) => {
  const demands = new Map<string, Float64Array>();
  for (const { day, units, ...place } of issued) {
    const demand = demands.get(keyOf(place)) ?? new Float64Array(known);
    demand[day - first] = Math.max(0, units);
    demands.set(keyOf(place), demand);
  }
  return (place: Place): Float64Array => demands.get(keyOf(place)) ?? new Float64Array(known);
};

export const createForecasts = (needs: ForecastNeeds): Forecasts => {
  const nightly = new Nightly(needs);
  return {
    of: async (place) => {
      const [said] = await needs.rows.kept([place]);
      if (said) return said;
      throw new Refused(
        'FORECAST_UNKNOWN',
        `Nothing is forecast of ${place.sku} at ${place.location}: set its reorder point there with \`learned\`.`,
        'unknown',
      );
    },
    learn: async (place) => {
      const point = await needs.rows.point(place);
      if (point) await nightly.forecast([point]);
    },
    onDue: async ({ name, data }) => {
      if (name === FORECASTS_DUE) await nightly.page(data as Due);
    },
    start: () => nightly.next(),
  };
};
