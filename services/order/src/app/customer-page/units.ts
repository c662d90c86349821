import type { LineQuantity, OrderLine } from '@cartage/contracts';
import { unanswered } from '../../domain/cancellations';
import type { OrderEvent } from '../../domain/events';
import { gone, wanted, type LineProgress } from '../../domain/lines';
import type { PlacedOrder } from '../../domain/state';
import { grouped } from '../channels/grouped';
import { wordsOf } from '../timeline-words';

/** Where units of a line are, as a customer is told it. */
export const unitStates = [
  'received',
  'waiting',
  'preparing',
  'packed',
  'to-fetch',
  'on-its-way',
  'delivered',
  'fetched',
  'sent',
  'returned',
  'cancelling',
  'cancelled',
] as const;
export type UnitState = (typeof unitStates)[number];

/** So many units of a line are there. */
export interface UnitsAt {
  readonly state: UnitState;
  readonly quantity: number;
  /** When they are expected, or until when they are kept: an instant. */
  readonly at?: string;
  /** What people call the place where they wait. */
  readonly place?: string;
}

/** What waits at a counter for whoever bought it. */
interface Waiting {
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly place: string;
  readonly until: string;
}

/** The fields that facts about a counter have in common. */
interface OfCounter {
  readonly orderId: string;
  readonly fulfillmentId?: string;
  /** Carriers name places, too. */
  readonly place?: string | { readonly name: string };
  readonly expiresAt?: string;
}

const overAtCounter: ReadonlySet<string> = new Set(['collected', 'not-collected']);

/** By the history of the order: the state keeps nothing of it, for nothing is decided by it. */
const waitingAtCounters = (events: readonly OrderEvent[]): readonly Waiting[] => {
  const waiting = new Map<string, Waiting>();
  for (const event of events) {
    const { fulfillmentId, place, expiresAt: until }: OfCounter = event.data;
    if (fulfillmentId === undefined) continue;
    const { step, lines = [] } = wordsOf(event);
    if (typeof place === 'object' && until !== undefined) waiting.set(fulfillmentId, { lines, place: place.name, until });
    if (overAtCounter.has(step)) waiting.delete(fulfillmentId);
  }
  return [...waiting.values()];
};

const sumOf = (units: readonly { readonly quantity: number }[]): number => units.reduce((sum, { quantity }) => sum + quantity, 0);

/** What is told beside the progress of lines, by line: gathered once for all of them, however many there are. */
export interface Whereabouts {
  readonly toFetch: ReadonlyMap<string, readonly UnitsAt[]>;
  /** Units that whoever holds the goods was asked to keep. */
  readonly askedBack: ReadonlyMap<string, readonly LineQuantity[]>;
}

export const whereabouts = ({ cancellations }: PlacedOrder, events: readonly OrderEvent[]): Whereabouts => {
  const asked = [...cancellations.values()].filter(({ edit }) => !edit).flatMap(unanswered);
  const waiting = waitingAtCounters(events).flatMap(({ lines, place, until: at }) =>
    lines.map(({ lineId, quantity }) => ({ lineId, units: { state: 'to-fetch', quantity, at, place } as const })),
  );
  const toFetch = [...grouped(waiting, ({ lineId }) => lineId)].map(([lineId, each]) => [lineId, each.map(({ units }) => units)] as const);
  return { toFetch: new Map(toFetch), askedBack: grouped(asked, ({ lineId }) => lineId) };
};

const arrivedAs = (method: string | undefined): UnitState => {
  if (method === 'digital') return 'sent';
  return method === 'ship' ? 'delivered' : 'fetched';
};

/** Not more than is left; what is taken is not there for the others. */
const taker = (units: number) => {
  let left = units;
  return (most: number): number => {
    const taken = Math.max(0, Math.min(left, most));
    left -= taken;
    return taken;
  };
};

/** Each unit of a line once: nobody counts which unit it is, so that what came furthest is counted first, and what was told early takes its units from where they were. */
export const unitsAt = (order: PlacedOrder, line: OrderLine, told: Whereabouts): readonly UnitsAt[] => {
  const progress = order.progress.get(line.lineId);
  if (!progress) return [];
  const group = order.sold.shipGroups.find(({ shipGroupId }) => shipGroupId === line.shipGroupId);
  const take = taker(wanted(progress));
  const returned = take(progress.returned);
  const arrived = take(progress.delivered - returned);
  const toFetch = (told.toFetch.get(line.lineId) ?? []).map((each) => ({ ...each, quantity: take(each.quantity) }));
  const left = take(gone(progress) - progress.delivered - sumOf(toFetch));
  const counts = [
    ...here(order, progress, { lineId: line.lineId, asked: sumOf(told.askedBack.get(line.lineId) ?? []), toFetch: sumOf(toFetch), take }),
    ['on-its-way', left] as const,
    [arrivedAs(group?.method), arrived] as const,
    ['returned', returned] as const,
    ['cancelled', Math.min(progress.cancelled, progress.quantity)] as const,
  ];
  const expected = order.expected.get(line.lineId) ?? group?.deliverBy;
  return [...counts.map(([state, quantity]) => ({ state, quantity, ...dated(state, expected) })), ...toFetch]
    .filter(({ quantity }) => quantity > 0)
    .toSorted((one, other) => unitStates.indexOf(one.state) - unitStates.indexOf(other.state));
};

interface Here {
  readonly lineId: string;
  readonly asked: number;
  readonly toFetch: number;
  readonly take: (most: number) => number;
}

/** What has not left. */
const here = (
  order: PlacedOrder,
  line: LineProgress,
  { lineId, asked, toFetch, take }: Here,
): readonly (readonly [UnitState, number])[] => [
  ['cancelling', take(asked)],
  ['packed', take(line.packed - Math.max(gone(line), toFetch))],
  ['waiting', take(order.short.has(lineId) ? wanted(line) - line.reserved : 0)],
  [order.confirmedAt === undefined ? 'received' : 'preparing', take(Number.POSITIVE_INFINITY)],
];

const coming: ReadonlySet<UnitState> = new Set(['received', 'waiting', 'preparing', 'packed', 'on-its-way']);
const dated = (state: UnitState, expected: string | undefined): Pick<UnitsAt, 'at'> =>
  expected !== undefined && coming.has(state) ? { at: expected } : {};
