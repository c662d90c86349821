import type { LeadTimeMethod, LeadTimeModel, Lane } from '@cartage/order/lead-times';
import type { LearnedTerms, ParcelOutcome } from '@cartage/shipping/carrier-learning';
import { lossOf, type CarrierMethod, type Chooser } from '../carrier/methods';
import type { Handover } from '../carrier/reading';
import type { Fate, Way } from '../carrier/world';
import { weekdayOf } from '../input/cells';
import { byChance, ByDay } from '../statistics/by-day';
import type { SentPast, Shipment } from './parcels';

/** How an order came to its customer. */
export interface Transit {
  /** Nothing where nobody could promise anything yet. */
  readonly promisedDays: number | undefined;
  /** Of its last parcel; nothing where one was lost. */
  readonly days: number | undefined;
  /** After what was promised, or never. */
  readonly isLate: boolean;
  /** What its service costs, of what is usual on its lane: 1 is as much. */
  readonly price: number;
  /** What lateness and loss cost beside that, in the same measure. */
  readonly lateness: number;
}

export interface TransitTerms {
  readonly carriers: CarrierMethod;
  readonly promises: LeadTimeMethod;
  /** Of promises, that are to be kept. */
  readonly share: number;
  readonly loss: LearnedTerms;
}

interface PromisedParcel {
  readonly lane: Lane;
  readonly day: number;
  readonly promisedDays: number;
  /** Nothing where it is lost. */
  readonly days: number | undefined;
}

interface Ended {
  readonly handover: Handover;
  readonly service: string;
  readonly outcome: ParcelOutcome;
  readonly fate: Fate;
}

const laneOf = ({ lane, day }: Handover, service: string): Lane => {
  const [origin = lane, destination = origin] = lane.split('>').map((place) => place.trim());
  return { origin, destination, service, weekday: weekdayOf(day) };
};

const daysUntil = ({ end, days }: Fate): number | undefined => (end === 'delivered' ? days : undefined);

/** More parts than an order is ever split into: draws of one turn are not those of another. */
const PARTS = 16;

/**
 * Plays parcels of a past day by day. Those that no order takes go as they went. For each order it is chosen by whom it goes and promised when it comes, by what was
 * known when its day began: of a parcel both learn on the day after its end, and that a promise was broken on the day after the promised one.
 */
class TransitPlayer {
  readonly transits = new Map<string, Transit>();
  private readonly chooser: Chooser;
  private readonly promises: LeadTimeModel;
  private readonly ended = new ByDay<Ended>();
  private readonly settled = new ByDay<{ readonly lane: Lane; readonly isLate: boolean }>();
  private today: number;

  constructor(
    private readonly past: SentPast,
    private readonly terms: TransitTerms,
  ) {
    this.chooser = terms.carriers.begin();
    this.promises = terms.promises.begin(terms.share);
    this.today = past.world.handovers[0]?.day ?? 0;
  }

  /** A parcel as it went. It was promised, too: what is learned of promises does not begin with the first order that is played. */
  went(n: number): void {
    const [handover, { world }] = [this.reached(n), this.past];
    if (handover === undefined) return;
    const lane = laneOf(handover, handover.service);
    const fate = world.fateOf(handover);
    const promisedDays = this.promises.quote(lane).days;
    this.goes(handover, handover.service, fate);
    if (promisedDays !== undefined) this.settle({ lane, day: handover.day, promisedDays, days: daysUntil(fate) });
  }

  /** An order in so many parcels, at the time of this one. */
  ships({ order, parcel: n, turn }: Shipment, parcels: number): void {
    const [handover, { world }] = [this.reached(n), this.past];
    if (handover === undefined) return;
    const ways = Array.from({ length: parcels }, (_, p) => this.waysOf(n, PARTS * turn + p));
    const decision = world.decision(n, PARTS * turn);
    const service = decision ? this.chooser.choose(decision, n + turn * world.handovers.length) : handover.service;
    const lane = laneOf(handover, service);
    const promisedDays = this.promises.quote(lane).days;
    const taken = ways.flatMap((each) => each.find((way) => way.service === service) ?? []);
    const outcomes = taken.map(({ cost, fate }) => this.goes({ ...handover, cost }, service, fate));
    const transit = this.transitOf(handover, taken, { promisedDays, outcomes });
    this.transits.set(order, transit);
    if (promisedDays !== undefined) this.settle({ lane, day: handover.day, promisedDays, days: transit.days });
  }

  /** A promise that is broken is known on the day after the promised one, a kept one when the last parcel is there. */
  private settle({ lane, day, promisedDays, days = Infinity }: PromisedParcel): void {
    const isLate = days > promisedDays;
    this.promises.promised(lane);
    this.settled.add(day + (isLate ? promisedDays + 1 : days), { lane, isLate });
  }

  private transitOf(
    handover: Handover,
    taken: readonly Way[],
    { promisedDays, outcomes }: { readonly promisedDays: number | undefined; readonly outcomes: readonly ParcelOutcome[] },
  ): Transit {
    const usual = this.past.world.usualCost(handover);
    const isThere = taken.every(({ fate }) => fate.end === 'delivered');
    const days = Math.max(...taken.map(({ fate }) => fate.days));
    const of = (amounts: readonly number[]): number =>
      usual === 0 ? 0 : amounts.reduce((sum, each) => sum + each, 0) / (amounts.length * usual);
    return {
      promisedDays,
      days: isThere ? days : undefined,
      isLate: promisedDays !== undefined && (!isThere || days > promisedDays),
      price: usual === 0 ? 1 : of(taken.map(({ cost }) => cost)),
      lateness: of(outcomes.map((outcome) => lossOf(0, outcome, this.terms.loss))),
    };
  }

  /** By each service that it could go by; of a lane with nothing to choose, by its own. */
  private waysOf(n: number, part: number): readonly Way[] {
    const { world } = this.past;
    const handover = world.handovers[n];
    if (handover === undefined) return [];
    const own = { service: handover.service, cost: world.usualCost(handover), fate: world.own(handover, n, part) };
    return world.decision(n, part)?.ways ?? [own];
  }

  private reached(n: number): Handover | undefined {
    const handover = this.past.world.handovers[n];
    while (handover !== undefined && this.today < handover.day) this.endDay();
    return handover;
  }

  private goes(handover: Handover, service: string, fate: Fate): ParcelOutcome {
    const daysLate = this.past.world.daysLate(handover, fate);
    const outcome = { day: handover.day + fate.days, end: fate.end, daysLate };
    this.ended.add(outcome.day, { handover, service, outcome, fate });
    return outcome;
  }

  private endDay(): void {
    for (const { handover, service, outcome, fate } of byChance(this.ended.take(this.today), this.today)) {
      this.chooser.heard(handover, service, outcome);
      if (fate.end === 'delivered') this.promises.delivered(laneOf(handover, service), fate.days);
    }
    for (const { lane, isLate } of this.settled.take(this.today)) this.promises.settled(lane, isLate);
    this.today += 1;
  }
}

/** How each order came to its customer; `parcelsOf`: in how many parcels it leaves, none where nothing of it is shipped. */
export const transitsOf = (past: SentPast, terms: TransitTerms, parcelsOf: (order: string) => number): ReadonlyMap<string, Transit> => {
  const player = new TransitPlayer(past, terms);
  const byParcel = new Map<number, Shipment[]>();
  for (const shipment of past.shipments) byParcel.set(shipment.parcel, [...(byParcel.get(shipment.parcel) ?? []), shipment]);
  past.world.handovers.forEach((_, n) => {
    const shipments = byParcel.get(n);
    if (shipments === undefined) return void player.went(n);
    for (const shipment of shipments) if (parcelsOf(shipment.order) > 0) player.ships(shipment, parcelsOf(shipment.order));
  });
  return player.transits;
};
