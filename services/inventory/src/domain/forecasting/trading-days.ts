import type { DemandHistory, DemandSeries, Origin } from './history';
import type { DemandForecast, DemandMethod, DemandModel } from './method';

/*
 * On a day on which a location is closed nobody could ask for anything: that says nothing of demand. A calendar of every day holds such days as days without a sale, which look like a fall.
 */

/** Weekdays are judged by so many of the last days: who opens on one of them again is open. */
const LATELY = 91;
const LEAST_WEEKDAYS = 4;
/** What is less likely than this, were it open, is taken for closed. */
const BY_CHANCE = 0.001;

/** Of each day that is known: whether anything was sold. */
const sellingDays = (series: readonly DemandSeries[], known: number): readonly boolean[] => {
  const selling = Array.from({ length: known }, () => false);
  for (const { demand } of series) for (let day = 0; day < known; day += 1) if ((demand[day] ?? 0) > 0) selling[day] = true;
  return selling;
};

/** Weekdays on which nothing was sold lately, though so much was on the others that this is no chance. */
const closedWeekdays = (selling: readonly boolean[], weekdays: readonly number[]): ReadonlySet<number> => {
  const first = selling.indexOf(true);
  const days = selling.map((isSold, day) => ({ day, isSold })).slice(Math.max(first, selling.length - LATELY));
  const open = new Set(days.filter(({ isSold }) => isSold).map(({ day }) => weekdays[day]));
  const onOpen = days.filter(({ day }) => open.has(weekdays[day]));
  const without = 1 - onOpen.filter(({ isSold }) => isSold).length / Math.max(1, onOpen.length);
  return new Set(
    [0, 1, 2, 3, 4, 5, 6].filter((weekday) => {
      const { length } = days.filter(({ day }) => weekdays[day] === weekday);
      return first >= 0 && !open.has(weekday) && length >= LEAST_WEEKDAYS && without ** length < BY_CHANCE;
    }),
  );
};

/** On which days of the calendar, of the past and to come, there is trade. A single day without a sale may be a holiday, or a bad day: nobody knows which, nor when the next one comes. */
const tradingDays = ({ weekdays }: DemandHistory, series: readonly DemandSeries[], { known }: Origin): readonly number[] => {
  const closed = closedWeekdays(sellingDays(series, known), weekdays);
  return [...weekdays.keys()].filter((day) => !closed.has(weekdays[day] ?? 0));
};

/** Locations that trade on the same days, over a calendar of those alone. */
interface Trade {
  readonly days: readonly number[];
  readonly members: number[];
}

const tradesOf = (history: DemandHistory, origin: Origin): readonly Trade[] => {
  const byLocation = new Map<string, number[]>();
  history.series.forEach(({ location = '' }, n) => {
    const members = byLocation.get(location);
    if (members === undefined) byLocation.set(location, [n]);
    else members.push(n);
  });
  const trades = new Map<string, Trade>();
  for (const members of byLocation.values()) {
    const days = tradingDays(
      history,
      members.flatMap((n) => history.series[n] ?? []),
      origin,
    );
    const alike = trades.get(days.join());
    if (alike === undefined) trades.set(days.join(), { days, members });
    else alike.members.push(...members);
  }
  return [...trades.values()];
};

/** A forecast over days of trade, put back into the calendar: nothing is asked for on the others. */
const inCalendar = (forecast: DemandForecast, places: readonly number[]): DemandForecast => ({
  ...forecast,
  perDay: Float64Array.from(places, (place) => (place < 0 ? 0 : (forecast.perDay[place] ?? 0))),
  onDay: (day) => {
    const place = places[day] ?? -1;
    return place < 0 ? () => 0 : forecast.onDay(place);
  },
});

/** Those that trade on the same days learn from each other. */
const learnedOf = (
  method: DemandMethod,
  { history, origin }: { readonly history: DemandHistory; readonly origin: Origin },
  { days, members }: Trade,
) => {
  const own: Origin = { known: days.filter((day) => day < origin.known).length, ahead: days.filter((day) => day >= origin.known).length };
  const weekdays = days.map((day) => history.weekdays[day] ?? 0);
  const series = members.flatMap((n) => {
    const each = history.series[n];
    return each === undefined ? [] : [{ ...each, demand: Float64Array.from(days, (day) => each.demand[day] ?? 0) }];
  });
  const placeOf = new Map(days.slice(own.known).map((day, place) => [day, place]));
  const places = Array.from({ length: origin.ahead }, (_, ahead) => placeOf.get(origin.known + ahead) ?? -1);
  return { model: method.learn({ weekdays, series }, own), places };
};

/** The same method, on the days on which each location trades. Where all trade on every day of the calendar nothing is different. */
export const onTradingDays = (method: DemandMethod): DemandMethod => ({
  ...method,
  learn: (history, origin): DemandModel => {
    const trades = tradesOf(history, origin);
    if (trades.every(({ days }) => days.length === history.weekdays.length)) return method.learn(history, origin);
    const bySeries = new Map(
      trades.flatMap((trade) => {
        const learned = learnedOf(method, { history, origin }, trade);
        return trade.members.map((n, place) => [n, { ...learned, place }] as const);
      }),
    );
    return {
      forecast: (n) => {
        const own = bySeries.get(n);
        if (own === undefined) throw new RangeError(`There is no series ${n} in this history.`);
        return inCalendar(own.model.forecast(own.place), own.places);
      },
    };
  },
});
