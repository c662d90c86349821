import { learnedLeadTimes, lookupTable } from '@cartage/order/lead-times';
import type { OrderOutcome, OrderSide } from '@cartage/fulfillment-routing/forks';
import { learnedCarriers, type LearnedTerms } from '@cartage/shipping/carrier-learning';
import { FIXED, methodsOf, type CarrierMethod } from '../carrier/methods';
import type { SentPast } from './parcels';
import { transitsOf, type Transit } from './transit';

/** What became of one order: whence it was shipped, and how it came to its customer where parcels are played. */
export interface OrderResult {
  readonly side: OrderSide;
  readonly transit: Transit | undefined;
}

/** The same past, played with some of what is learned. */
export interface PlayedPast {
  readonly name: string;
  readonly version: string;
  readonly isBaseline: boolean;
  readonly orders: ReadonlyMap<string, OrderResult>;
}

/** What can be switched on, each by itself. */
interface Decisions {
  readonly lookAhead?: boolean;
  readonly carriers?: boolean;
  readonly promises?: boolean;
}

export interface ToPlay {
  /** Orders as they were sourced without looking ahead, and with it. */
  readonly without: readonly OrderOutcome[];
  readonly ahead: readonly OrderOutcome[];
  readonly sent: SentPast | undefined;
  readonly loss: LearnedTerms;
  /** Of promises, that are to be kept. */
  readonly share: number;
  readonly seed: number;
}

type Sides = ReadonlyMap<string, OrderSide>;

const sidesOf = (outcomes: readonly OrderOutcome[], side: 'before' | 'now'): Sides =>
  new Map(outcomes.map((each) => [each.orderId, each[side]]));

const methodNamed = (methods: readonly CarrierMethod[], name: string): CarrierMethod => {
  const found = methods.find((each) => each.name === name);
  if (found === undefined) throw new RangeError(`There is no method ${name} of choosing carriers.`);
  return found;
};

const arriving = ({ sent, loss, share, seed }: ToPlay, sides: Sides, { carriers = false, promises = false }: Decisions) => {
  if (sent === undefined) return new Map<string, Transit>();
  const methods = methodsOf({ terms: loss, seed, from: sent.world.handovers[sent.from]?.day ?? 0 });
  const chosen = methodNamed(methods, carriers ? learnedCarriers.method : FIXED);
  const terms = { carriers: chosen, promises: promises ? learnedLeadTimes : lookupTable, share, loss };
  return transitsOf(sent, terms, (order) => sides.get(order)?.fulfillments.length ?? 0);
};

export const AS_IT_WAS = 'as it was: nearest of fewest';
export const WITHOUT = 'cheapest, nothing learned';
export const ALL = 'all of them';

/** What is learned, each alone and all of it together. */
const learnedIn = ({ sent }: ToPlay): readonly (readonly [name: string, version: string, decisions: Decisions])[] => [
  ['looking ahead', '1', { lookAhead: true }],
  ...(sent === undefined
    ? []
    : ([
        ['carriers', learnedCarriers.version, { carriers: true }],
        ['promises', learnedLeadTimes.version, { promises: true }],
        [ALL, '1', { lookAhead: true, carriers: true, promises: true }],
      ] as const)),
];

/** The past as it was, played without anything that is learned, with each of it alone, and with all of it. */
export const playedPasts = (play: ToPlay): readonly PlayedPast[] => {
  const [was, now, ahead] = [sidesOf(play.without, 'before'), sidesOf(play.without, 'now'), sidesOf(play.ahead, 'now')];
  const ordersOf = (sides: Sides, decisions: Decisions): ReadonlyMap<string, OrderResult> => {
    const transits = arriving(play, sides, decisions);
    return new Map([...sides].map(([order, side]) => [order, { side, transit: transits.get(order) }]));
  };
  return [
    { name: AS_IT_WAS, version: '1', isBaseline: true, orders: ordersOf(was, {}) },
    { name: WITHOUT, version: '1', isBaseline: true, orders: ordersOf(now, {}) },
    ...learnedIn(play).map(([name, version, decisions]) => ({
      ...{ name, version, isBaseline: false },
      orders: ordersOf(decisions.lookAhead === true ? ahead : now, decisions),
    })),
  ];
};
