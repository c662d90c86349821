import { factsOf } from './brokering';
import type { Cause, DecisionRecord } from './events';
import type { BrokeringFacts, LaterDay, LocationFacts } from './facts';
import type { RoutingRules } from './rules';
import { beginOf, workDaysFrom, type WorkTimes } from './work-days';
import type { Divergence } from './divergence';
import type { Shelves } from './expected-orders';
import type { ForkTerms } from './fork-terms';

/** A location as it is known now: its days, and where it is. */
export interface KnownPlace extends Pick<LocationFacts, 'location' | 'kind' | 'active' | 'latitude' | 'longitude' | 'capacity'> {
  readonly times: WorkTimes;
}

/** When something is decided, and how far ahead work may be planned then. */
export interface Moment {
  readonly at: string;
  readonly service?: string | undefined;
  readonly planAheadDays: number;
}

/** In these the location that had it before is counted as if it had it still: what was on its shelf is not told. */
const givesBack: readonly Cause[] = ['rejected', 'cancelled', 'moved', 'stock-lost', 'to-follow'];

const dayKey = (location: string, day: string): string => `${location}\n${day}`;

/** What is known of locations in a fork: what the records of decisions say that was known, and beside it what is otherwise in the fork. */
export class KnownNetwork {
  /** By SKU and location, as last seen. */
  private readonly shelves = new Map<string, Map<string, number>>();
  private readonly places = new Map<string, Omit<LocationFacts, 'available'>>();
  private readonly loads = new Map<string, number>();
  /** Grams of a unit, as last seen. */
  private readonly weights = new Map<string, number | null>();
  private risen: { readonly sku: string; readonly location: string }[] = [];
  private readonly perDay: ReadonlyMap<string, number | undefined>;

  constructor(
    private readonly terms: ForkTerms,
    private readonly known: ReadonlyMap<string, KnownPlace>,
    private readonly divergence: Divergence,
  ) {
    this.perDay = new Map(terms.capacity.map((one) => [one.location, one.perDay]));
  }

  /** What a decision was made of tells how stock and work stood then. */
  see(record: DecisionRecord): void {
    record.weights?.forEach((grams, i) => this.weights.set(record.skus[i] ?? '', grams));
    for (const one of seenIn(record)) {
      const { available, ...place } = one;
      this.places.set(one.location, place);
      if (one.day !== undefined) this.loads.set(dayKey(one.location, one.day), one.load);
      for (const { day, load } of one.later ?? []) this.loads.set(dayKey(one.location, day), load);
      if (!givesBack.includes(record.cause)) record.skus.forEach((sku, i) => this.shelve(sku, one.location, available[i] ?? 0));
    }
  }

  /** Of what more was seen than before, each once. */
  takeRisen(): readonly { readonly sku: string; readonly location: string }[] {
    const { risen } = this;
    this.risen = [];
    return risen;
  }

  /** A fulfilment was really given to a location, or has come to nothing there. */
  count(location: string, day: string, fulfillments: number): void {
    const key = dayKey(location, day);
    this.loads.set(key, Math.max(0, (this.loads.get(key) ?? 0) + fulfillments));
  }

  /** The facts of a record as they are in the fork, for these SKUs. */
  factsOf(record: DecisionRecord, skus: readonly string[], moment: Moment): BrokeringFacts {
    const seen = seenIn(record);
    const recorded = new Set(seen.map(({ location }) => location));
    const also = skus.filter((sku) => !record.skus.includes(sku));
    const all = [...record.skus, ...also];
    const widened = seen.map((one) => ({
      ...one,
      available: [...record.skus.map((_, i) => one.available[i] ?? 0), ...also.map((sku) => this.seenAt(sku, one.location))],
    }));
    const isWider = also.length > 0 || this.terms.stock.length > 0;
    const others = isWider ? this.locationsOf(all).filter((location) => !recorded.has(location) && this.has(location, also)) : [];
    const locations = [...widened, ...others.flatMap((location) => this.placeAt(location, all, moment))];
    const unitWorth = record.unitWorth ? { unitWorth: record.unitWorth } : {};
    return { ...this.factsFrom(record.destination, all), ...unitWorth, locations: locations.map((one) => this.forked(one, all, moment)) };
  }

  /** What is known at an instant at which nothing was really decided. */
  factsAt(destination: BrokeringFacts['destination'], skus: readonly string[], moment: Moment): BrokeringFacts {
    const locations = this.locationsOf(skus).flatMap((location) => this.placeAt(location, skus, moment));
    return { ...this.factsFrom(destination, skus), locations: locations.map((one) => this.forked(one, skus, moment)) };
  }

  private factsFrom(destination: BrokeringFacts['destination'], skus: readonly string[]): Omit<BrokeringFacts, 'locations'> {
    return { destination, skus, weights: skus.map((sku) => this.weights.get(sku) ?? null) };
  }

  /** What is on the shelves of locations that take work, as far as it was seen. */
  shelvesAt(at: string, skus: readonly string[]): Shelves {
    const { locations } = this.factsAt({ locatedBy: 'unknown' }, skus, { at, planAheadDays: 0 });
    const open = locations.filter(({ active }) => active);
    return new Map(
      open.map((place) => [place.location, { ...place, units: new Map(skus.map((sku, i) => [sku, place.available[i] ?? 0])) }]),
    );
  }

  /** As many as it can take on a day in the fork. */
  capacityOf(location: string): number | undefined {
    if (this.perDay.has(location)) return this.perDay.get(location);
    return this.places.get(location)?.capacity ?? this.known.get(location)?.capacity;
  }

  private shelve(sku: string, location: string, units: number): void {
    const shelf = this.shelves.get(sku) ?? new Map<string, number>();
    const before = shelf.get(location) ?? units;
    if (units > (shelf.get(location) ?? 0)) this.risen.push({ sku, location });
    if (units < before) this.divergence.taken(location, sku, before - units);
    this.shelves.set(sku, shelf.set(location, units));
  }

  private seenAt(sku: string, location: string): number {
    return this.shelves.get(sku)?.get(location) ?? 0;
  }

  /** Whether a record of other SKUs leaves it out, or the fork has put something there. */
  private has(location: string, also: readonly string[]): boolean {
    return also.some((sku) => this.shelves.get(sku)?.has(location)) || this.terms.stock.some((one) => one.location === location);
  }

  private locationsOf(skus: readonly string[]): readonly string[] {
    const put = this.terms.stock.filter(({ sku }) => skus.includes(sku)).map(({ location }) => location);
    return [...new Set([...skus.flatMap((sku) => [...(this.shelves.get(sku)?.keys() ?? [])]), ...put])].sort();
  }

  /** A location as last seen, with its days as they are at this instant. One that nobody knows of is none. */
  private placeAt(location: string, skus: readonly string[], moment: Moment): readonly LocationFacts[] {
    const known = this.known.get(location);
    if (!known) return [];
    const { times, ...place } = known;
    const { kind, active, latitude, longitude } = this.places.get(location) ?? place;
    const capacity = this.capacityOf(location);
    const [day] = workDaysFrom(times, moment.at, { service: moment.service, count: 1 });
    return [
      {
        ...{ location, kind, active, latitude, longitude },
        ...(day === undefined ? { load: 0 } : { day, load: this.loads.get(dayKey(location, day)) ?? 0 }),
        ...(capacity === undefined ? {} : { capacity }),
        available: skus.map((sku) => this.seenAt(sku, location)),
      },
    ];
  }

  /** What is known of a location, and beside it what is otherwise in the fork. */
  private forked(facts: LocationFacts, skus: readonly string[], moment: Moment): LocationFacts {
    const { capacity: _capacity, later: _later, ...rest } = facts;
    const { location, day, load } = facts;
    const at = Date.parse(moment.at);
    return {
      ...rest,
      active: this.isActive(facts),
      load: day === undefined ? load : this.loadOf(location, { day, load }),
      ...this.limitOf(facts, moment),
      available: skus.map((sku, i) => (facts.available[i] ?? 0) + this.divergence.stockAt(location, sku, at)),
    };
  }

  private isActive({ location, active }: LocationFacts): boolean {
    return !this.terms.closed.includes(location) && (active || this.terms.opened.includes(location));
  }

  /** As much as it can take on a day, and its next days where there is a limit. */
  private limitOf(facts: LocationFacts, moment: Moment): Pick<LocationFacts, 'capacity' | 'later'> {
    const { location } = facts;
    const capacity = this.perDay.has(location) ? this.perDay.get(location) : facts.capacity;
    if (capacity === undefined) return {};
    const later = this.laterOf(facts, moment)?.map((one) => ({ ...one, load: this.loadOf(location, one) }));
    return { capacity, ...(later ? { later } : {}) };
  }

  private loadOf(location: string, { day, load }: Pick<LaterDay, 'day' | 'load'>): number {
    return Math.max(0, load + this.divergence.loadOn(location, day));
  }

  /** The working days that follow: as recorded, or, where nobody asked for so many then, by the calendar as it is known now. */
  private laterOf({ location, later }: LocationFacts, { at, service, planAheadDays }: Moment): readonly LaterDay[] | undefined {
    const wanted = Math.max(1, planAheadDays);
    const times = this.known.get(location)?.times;
    if (!times || this.isEnough(location, later, wanted)) return later;
    const days = workDaysFrom(times, at, { service, count: 1 + wanted }).slice(1);
    const recorded = new Map(later?.map((one) => [one.day, one]));
    return days.map((day) => recorded.get(day) ?? { day, load: this.loads.get(dayKey(location, day)) ?? 0, beginsAt: beginOf(times, day) });
  }

  private isEnough(location: string, later: readonly LaterDay[] | undefined, wanted: number): boolean {
    if (later === undefined) return false;
    return later.length >= wanted || (this.terms.rules === undefined && !this.perDay.has(location));
  }
}

const seenIn = ({ candidates, others = [] }: DecisionRecord): readonly LocationFacts[] => [...candidates.map(factsOf), ...others];

/** When an occasion is decided by these rules. */
export const momentOf = (at: string, service: string | undefined, { planAheadDays }: RoutingRules): Moment => ({
  at,
  service,
  planAheadDays,
});
