import { zoneOf } from '@cartage/contracts';
import { learnedMethod } from './lead-times/learned';
import { AdaptiveShare, type AdaptedShare } from './lead-times/adaptive-share';
import type { Lane } from './lead-times/lane';
import { LaneTimes, type LaneTimesState } from './lead-times/lane-times';
import { dayIn, daysAfter, weekdayOf, weekdays, type LocalDay } from './promising/local-days';
import type { CalendarTerms } from './promising/policies';
import type { ParcelWay, TransitQuote, TransitTimes } from './promising/transit';
import { businessDays, everWorks, workingDaysUntil, type WorkingDays } from './promising/working-days';

/* How long carriers need, learned from the order's log, fact by fact: the same facts make the same model, wherever it paused in between. */

interface Fact {
  /** Of the event in the log. */
  readonly position: string;
  /** When the log took it in: what others say of time may be mistyped. */
  readonly recordedAt: string;
}

/** What was said of a shipment when it was promised, where something was. */
export interface PromisedTransit {
  readonly percent: number;
  /** That were learned, whoever decided. */
  readonly days?: number | undefined;
  readonly calendar?: string | undefined;
}

interface OfShipment extends Fact, Omit<ParcelWay, 'leaves'> {
  readonly handedOverAt: string;
  readonly promised?: PromisedTransit | undefined;
}

/** The days of a calendar, from then on. */
interface CalendarFact extends Fact {
  readonly step: 'calendar';
  readonly code: string;
  readonly terms: CalendarTerms;
}

interface Departure extends OfShipment {
  readonly step: 'handed-over';
}

interface Ended extends OfShipment {
  readonly step: 'ended';
  /** Nothing: it came back, or nobody saw it come. */
  readonly deliveredAt?: string | undefined;
}

export type TransitFact = CalendarFact | Departure | Ended;

interface SharesState extends AdaptedShare {
  readonly percent: number;
  readonly onTheWay: readonly (readonly [day: LocalDay, shipments: number])[];
}

/** Everything that was learned up to a position: enough to go on from there. */
export interface TransitModel {
  readonly position: string;
  readonly today: LocalDay;
  readonly times: LaneTimesState;
  readonly calendars: readonly (readonly [code: string, terms: CalendarTerms])[];
  readonly shares: readonly SharesState[];
}

/** What has not come after so many days comes no more, and was late. */
const LOST_AFTER_DAYS = 120;
const MOST_DAYS = 365;
/** Of fewer nothing can be said; and one of those that were seen must be allowed to be late. */
const LEAST_DELIVERIES = 20;
const enoughFor = (percent: number): number => Math.max(LEAST_DELIVERIES, Math.ceil(100 / (100 - percent)));

/** What stands before the first hyphen of a place would be its country: the code of a location stays whole. */
const whole = (location: string): string => location.replaceAll('%', '%25').replaceAll('-', '%2D');

const laneOf = ({ location = '', destination, service }: Omit<ParcelWay, 'leaves'>, leaves: LocalDay): Lane => ({
  origin: whole(location),
  destination: [destination?.country ?? '', ...(destination?.postalArea === undefined ? [] : [destination.postalArea])].join('-'),
  ...(service === undefined ? {} : { service }),
  weekday: (weekdays.indexOf(weekdayOf(leaves)) + 1) % 7,
});

const dayOf = ({ recordedAt }: Fact): LocalDay => recordedAt.slice(0, 10);

/** The promises that a share was asked for, and those of them that are on their way by the day on which they left. */
class Promises {
  readonly share: AdaptiveShare;
  private readonly onTheWay: Map<LocalDay, number>;

  constructor(
    readonly percent: number,
    state?: SharesState,
  ) {
    this.share = new AdaptiveShare(percent / 100, state);
    this.onTheWay = new Map(state?.onTheWay);
  }

  get state(): SharesState {
    return { percent: this.percent, ...this.share.state, onTheWay: [...this.onTheWay] };
  }

  left(day: LocalDay): void {
    this.share.promise();
    this.onTheWay.set(day, (this.onTheWay.get(day) ?? 0) + 1);
  }

  /** Once: what was given up before is not on its way. Nothing: nobody knows whether it was late. */
  ended(day: LocalDay, isLate: boolean | undefined): void {
    const open = this.onTheWay.get(day) ?? 0;
    if (open === 0) return;
    if (open === 1) this.onTheWay.delete(day);
    else this.onTheWay.set(day, open - 1);
    if (isLate === undefined) this.share.forget();
    else this.share.learn(isLate);
  }

  giveUp(before: LocalDay): void {
    for (const [day, open] of this.onTheWay) {
      if (day >= before) continue;
      this.onTheWay.delete(day);
      for (let n = 0; n < open; n += 1) this.share.learn(true);
    }
  }
}

export class TransitLearner implements TransitTimes {
  private readonly times: LaneTimes;
  private readonly calendars: Map<string, { readonly terms: CalendarTerms; readonly days: WorkingDays }>;
  private readonly promises: Map<number, Promises>;
  private at: Pick<TransitModel, 'position' | 'today'>;

  constructor(model?: TransitModel) {
    this.times = new LaneTimes(model?.times);
    this.calendars = new Map(model?.calendars.map(([code, terms]) => [code, { terms, days: daysOf(terms) }]));
    this.promises = new Map(model?.shares.map((state) => [state.percent, new Promises(state.percent, state)]));
    this.at = { position: model?.position ?? '', today: model?.today ?? '' };
  }

  get position(): string {
    return this.at.position;
  }

  /** That were learned from. */
  get deliveries(): number {
    return this.times.seen;
  }

  get model(): TransitModel {
    const shares = [...this.promises.values()].map(({ state }) => state);
    const calendars = [...this.calendars].map(([code, { terms }]) => [code, terms] as const);
    return { ...this.at, times: this.times.state, calendars, shares };
  }

  readonly quote = (way: ParcelWay, percent: number): TransitQuote | undefined => {
    if (this.times.seen < enoughFor(percent)) return undefined;
    const lane = laneOf(way, way.leaves);
    const share = this.promises.get(percent)?.share.now ?? percent / 100;
    const days = this.times.within(lane, share);
    return days === undefined ? undefined : { days, model: this.position, ...learnedMethod, ...this.times.knownOf(lane), share };
  };

  learn(fact: TransitFact): void {
    const { today } = this.at;
    this.at = { position: fact.position, today: dayOf(fact) > today ? dayOf(fact) : today };
    if (this.at.today !== today) for (const promises of this.promises.values()) promises.giveUp(daysAfter(this.at.today, -LOST_AFTER_DAYS));
    if (fact.step === 'calendar') return this.count(fact);
    const left = dayIn(zoneOf(fact.destination ?? {}), fact.handedOverAt);
    if (fact.step === 'handed-over') return this.handedOver(fact, left);
    this.ended(fact, left);
  }

  private count({ code, terms }: CalendarFact): void {
    this.calendars.set(code, { terms, days: daysOf(terms) });
  }

  private handedOver({ promised }: Departure, left: LocalDay): void {
    if (promised?.days === undefined) return;
    const promises = this.promises.get(promised.percent) ?? new Promises(promised.percent);
    this.promises.set(promised.percent, promises);
    promises.left(left);
  }

  private ended(fact: Ended, left: LocalDay): void {
    const days = fact.deliveredAt === undefined ? undefined : this.daysTaken(fact, { from: left, to: fact.deliveredAt });
    this.settle(fact, left, days);
    if (days !== undefined) this.times.learn(laneOf(fact, left), days);
  }

  private settle({ promised }: Ended, left: LocalDay, days: number | undefined): void {
    if (promised?.days === undefined) return;
    this.promises.get(promised.percent)?.ended(left, days === undefined ? undefined : days > promised.days);
  }

  private daysOf(calendar = ''): WorkingDays {
    const days = this.calendars.get(calendar)?.days;
    return days && everWorks(days) ? days : businessDays;
  }

  /** Counted as the promise counts: by the days of the carrier, from the first that it works. */
  private daysTaken({ destination, promised }: Ended, { from, to }: { readonly from: LocalDay; readonly to: string }): number {
    const own = this.daysOf(promised?.calendar ?? destination?.country);
    return workingDaysUntil(own, { from, to: dayIn(zoneOf(destination ?? {}), to) }, MOST_DAYS);
  }
}

const daysOf = ({ weekdays: worked, closedOn }: CalendarTerms): WorkingDays => ({
  weekdays: new Set(worked),
  closedOn: new Set(closedOn),
});
