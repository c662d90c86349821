import { numbersFrom } from '../../simulation/random';
import type { Handover } from './reading';

/** What became of a parcel, as it is drawn for a choice. */
export interface Fate {
  /** Days until it was known. */
  readonly days: number;
  readonly end: 'delivered' | 'lost';
}

export interface WorldTerms {
  readonly seed: number;
  /** Days in which a service is taken to be the same. */
  readonly periodDays: number;
  /** With fewer outcomes in a period nothing is drawn from it. */
  readonly least: number;
  /** A parcel that is due on no day that the file names is due after so many. */
  readonly dueDays: number;
  /** After so many days without an end a parcel is lost; later than by so many it cannot be. */
  readonly lostAfter: number;
}

/** One service that a parcel could have gone by, as well as it is known from what went by it. */
export interface Way {
  readonly service: string;
  /** Mean of what it cost on this lane in this period: whoever is asked beforehand says it. */
  readonly cost: number;
  readonly fate: Fate;
}

/** A parcel, and the ways in which it could have gone. */
export interface Decision {
  readonly handover: Handover;
  readonly ways: readonly Way[];
}

interface Pool {
  readonly service: string;
  readonly fates: Fate[];
  costs: number;
}

const lastDayOf = (handovers: readonly Handover[]): number =>
  handovers.reduce((latest, { day, days = 0 }) => Math.max(latest, day + days), Number.NEGATIVE_INFINITY);

/**
 * What would have become of a parcel that went by another service is in no file. Here it is drawn, by the seed, from parcels that went by that service on the same lane
 * in the same period (resampling from the log, as in Mandel et al. 2016); of the service that it went by, it is what became of it.
 */
export class World<Parcel extends Handover = Handover> {
  /** Those that are old enough that the slow ones are known, too. */
  readonly handovers: readonly Parcel[];
  readonly tooYoung: number;
  private readonly pools = new Map<string, Map<string, Pool>>();

  constructor(
    all: readonly Parcel[],
    private readonly terms: WorldTerms,
  ) {
    const until = lastDayOf(all) - terms.lostAfter;
    this.handovers = all.filter(({ day }) => day <= until);
    this.tooYoung = all.length - this.handovers.length;
    for (const handover of this.handovers) this.pool(handover);
  }

  /** As it was: what has no end, though it is long ago, is lost. */
  fateOf({ end, days }: Handover): Fate {
    const isDelivered = end === 'delivered';
    return { end: isDelivered ? 'delivered' : 'lost', days: days ?? this.terms.lostAfter };
  }

  /** Days after it was due: 0 is in time, or lost. */
  daysLate({ day, due = day + this.terms.dueDays }: Handover, { days, end }: Fate): number {
    return end === 'lost' ? 0 : Math.min(this.terms.lostAfter, Math.max(0, day + days - due));
  }

  /** Nothing where there is no other way of which enough is known. `part`: what is drawn for one more parcel of the same kind, of which there was none. */
  decision(n: number, part = 0): Decision | undefined {
    const handover = this.handovers[n];
    if (handover === undefined) return undefined;
    const pools = [...(this.pools.get(this.keyOf(handover))?.values() ?? [])];
    const known = pools.filter(({ fates }) => fates.length >= this.terms.least);
    if (known.length < 2 || !known.some(({ service }) => service === handover.service)) return undefined;
    const ways = known.map((pool, w): Way => {
      const { service, fates, costs } = pool;
      const fate = part === 0 && service === handover.service ? this.fateOf(handover) : this.drawn(fates, { n, way: w, part });
      return { service, cost: costs / fates.length, fate };
    });
    return { handover, ways };
  }

  /** What became of it by its own service; of one more of its kind, what is drawn. */
  own(handover: Handover, n: number, part: number): Fate {
    const pool = this.pools.get(this.keyOf(handover))?.get(handover.service);
    return part === 0 || pool === undefined ? this.fateOf(handover) : this.drawn(pool.fates, { n, way: 0, part });
  }

  /** Mean of what parcels cost on this lane in this period, by whichever service they went. */
  usualCost(handover: Handover): number {
    const pools = [...(this.pools.get(this.keyOf(handover))?.values() ?? [])];
    return pools.reduce((sum, { costs }) => sum + costs, 0) / pools.reduce((sum, { fates }) => sum + fates.length, 0);
  }

  private keyOf({ lane, day }: Handover): string {
    return JSON.stringify([lane, Math.floor((day - (this.handovers[0]?.day ?? 0)) / this.terms.periodDays)]);
  }

  private pool(handover: Handover): void {
    const key = this.keyOf(handover);
    const services = this.pools.get(key) ?? new Map<string, Pool>();
    this.pools.set(key, services);
    const pool = services.get(handover.service) ?? { service: handover.service, fates: [], costs: 0 };
    services.set(handover.service, pool);
    pool.fates.push(this.fateOf(handover));
    pool.costs += handover.cost;
  }

  /** Each parcel and way draws by itself: what is drawn for one changes with no other. */
  private drawn(fates: readonly Fate[], { n, way, part }: { readonly n: number; readonly way: number; readonly part: number }): Fate {
    const next = numbersFrom(this.terms.seed ^ Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(way + 1, 0x85ebca6b) ^ Math.imul(part, 0xc2b2ae35));
    return fates[Math.floor(next() * fates.length)] ?? { days: this.terms.lostAfter, end: 'lost' };
  }
}
