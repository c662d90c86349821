import type { InventoryEvent } from '../domain/events';
import type { KeptMovement, MovementGroup, Units } from './explanation';

type Kind = InventoryEvent['type'];

const unitsOf = (quantity: number): string => (Math.abs(quantity) === 1 ? '1 unit' : `${Math.abs(quantity)} units`);
const because = (reason: string | null): string => (reason === null ? '' : `: ${reason}`);
const under = (reference: string | null): string => (reference === null ? '' : ` (${reference})`);
const order = ({ reference }: KeptMovement): string => `order ${reference ?? 'unknown'}`;

const plural = (quantity: number): string => (Math.abs(quantity) === 1 ? 'was' : 'were');

const transferred = (m: KeptMovement): string => {
  if (m.onHand === 0) return `Units on the way to ${m.location} were lost${because(m.reason)}${under(m.reference)}.`;
  return `${unitsOf(m.onHand)} ${m.onHand > 0 ? `came to ${m.location} from` : `left ${m.location} for`} another location${under(m.reference)}.`;
};

interface Words {
  /** What a number of such movements is called. */
  readonly many: readonly [one: string, more: string];
  readonly one: (movement: KeptMovement) => string;
}

/** A line for each kind of fact: the compiler names one that is missing. Those that move nothing have only a name. */
const words: { readonly [Type in Kind]: Words } = {
  StockReceived: {
    many: ['receipt', 'receipts'],
    one: (m) => `${unitsOf(m.onHand)} came in at ${m.location}${under(m.reference)}.`,
  },
  StockAdjusted: {
    many: ['adjustment', 'adjustments'],
    one: (m) => `${unitsOf(m.onHand)} ${m.onHand < 0 ? 'fewer' : 'more'} at ${m.location}${because(m.reason)}${under(m.reference)}.`,
  },
  StockCounted: { many: ['count', 'counts'], one: (m) => `Counted at ${m.location}${under(m.reference)}.` },
  StockTransferred: { many: ['transfer', 'transfers'], one: transferred },
  StockDisposed: {
    many: ['disposal', 'disposals'],
    one: (m) =>
      `${unitsOf(m.unavailable)} at ${m.location} that ${plural(m.unavailable)} not fit to be sold ${m.onHand > 0 ? 'can be sold again' : 'left the books'}${because(m.reason)}.`,
  },
  SafetyStockChanged: {
    many: ['change of safety stock', 'changes of safety stock'],
    one: (m) => `${m.location} holds back ${unitsOf(m.safetyStock)} ${m.safetyStock < 0 ? 'fewer' : 'more'}.`,
  },
  StockReserved: { many: ['reservation', 'reservations'], one: (m) => `${unitsOf(m.reserved)} reserved for ${order(m)}.` },
  StockShort: { many: ['shortage', 'shortages'], one: (m) => `Short for ${order(m)}.` },
  DemandChanged: { many: ['change of demand', 'changes of demand'], one: (m) => `Another quantity for ${order(m)}.` },
  ShortageSplit: { many: ['split shortage', 'split shortages'], one: (m) => `A shortage was split for ${order(m)}.` },
  StockBackordered: { many: ['backorder', 'backorders'], one: (m) => `A date for ${order(m)}.` },
  BackorderMoved: { many: ['moved backorder', 'moved backorders'], one: (m) => `Another date for ${order(m)}.` },
  PartsAwaited: {
    many: ['kit that waits for other parts', 'kits that wait for other parts'],
    one: (m) => `Other parts are to come for ${order(m)}.`,
  },
  StockAllocated: {
    many: ['allocation', 'allocations'],
    one: (m) => `${unitsOf(m.allocated)} of ${order(m)} are to ship from ${m.location} (fulfilment ${m.fulfillmentId}).`,
  },
  AllocationRefused: { many: ['refused allocation', 'refused allocations'], one: (m) => `${m.location} could not take ${order(m)}.` },
  AllocationReleased: {
    many: ['allocation given back', 'allocations given back'],
    one: (m) =>
      `${m.location} will not ship ${unitsOf(m.allocated)} of ${order(m)} (fulfilment ${m.fulfillmentId}); they are reserved again${because(m.reason)}.`,
  },
  StockIssued: {
    many: ['issue', 'issues'],
    one: (m) =>
      m.location === null
        ? `${unitsOf(m.reserved)} reserved for ${order(m)} left without having been allocated (fulfilment ${m.fulfillmentId}).`
        : `${unitsOf(m.onHand)} of ${order(m)} left ${m.location} (fulfilment ${m.fulfillmentId}).`,
  },
  StockHandedOver: { many: ['handover', 'handovers'], one: (m) => `${order(m)} was handed over.` },
  HandoverRefused: { many: ['refused handover', 'refused handovers'], one: (m) => `${order(m)} could not be handed over.` },
  StockReleased: {
    many: ['reservation given back', 'reservations given back'],
    one: (m) => `${unitsOf(m.reserved)} of ${order(m)} are free again${because(m.reason)}.`,
  },
  StockRestocked: {
    many: ['returned unit booked', 'returned units booked'],
    one: (m) =>
      m.onHand > 0
        ? `${unitsOf(m.onHand)} of ${order(m)} came back to ${m.location} and can be sold again.`
        : `${unitsOf(m.unavailable)} of ${order(m)} came back to ${m.location}, not fit to be sold.`,
  },
  CartReserved: { many: ['cart', 'carts'], one: (m) => `${unitsOf(m.reserved)} reserved for cart ${m.reference}.` },
  CartExtended: { many: ['extended cart', 'extended carts'], one: (m) => `Cart ${m.reference} keeps what it has longer.` },
  CartReleased: {
    many: ['cart given back', 'carts given back'],
    one: (m) => `${unitsOf(m.reserved)} of cart ${m.reference} are free again${because(m.reason)}.`,
  },
  ReservationExpired: {
    many: ['expired cart', 'expired carts'],
    one: (m) => `${unitsOf(m.reserved)} of cart ${m.reference} are free again: its time was over.`,
  },
  ChannelLocationsChanged: {
    many: ['change of selling locations', 'changes of selling locations'],
    one: () => 'Other locations sell for a channel.',
  },
  ChannelSafetyStockChanged: {
    many: ['change of a channel’s safety stock', 'changes of channels’ safety stock'],
    one: () => 'Another number of units is held back from a channel.',
  },
  StockRecounted: { many: ['recount', 'recounts'], one: () => 'Rows were set right by what the log says.' },
  AvailabilityChanged: { many: ['announcement', 'announcements'], one: () => 'Others were told what can be promised.' },
  LocationChanged: {
    many: ['opening or closing of a location', 'openings and closings of locations'],
    one: (m) => `${m.reference} ${m.reason}: ${unitsOf(m.onHand)} ${m.onHand < 0 ? 'count no more' : 'count from now on'}.`,
  },
};

const wordsOf = (kind: string): Words | undefined => (kind in words ? words[kind as Kind] : undefined);

const columns: readonly (readonly [keyof Units, string])[] = [
  ['onHand', 'on hand'],
  ['reserved', 'reserved'],
  ['allocated', 'allocated'],
  ['safetyStock', 'held back'],
  ['unavailable', 'not fit to be sold'],
];

const changes = (units: Units): string => {
  const said = columns
    .filter(([column]) => units[column] !== 0)
    .map(([column, name]) => `${Math.abs(units[column])} ${units[column] < 0 ? 'fewer' : 'more'} ${name}`);
  return said.length > 0 ? said.join(', ') : 'no unit moved';
};

/** What happened, for a person. */
export const sentenceOf = (movement: KeptMovement): string =>
  wordsOf(movement.kind)?.one(movement) ?? `${movement.kind}${because(movement.reason)}: ${changes(movement)}.`;

export const sentenceOfGroup = (group: MovementGroup): string => {
  const [one, more] = wordsOf(group.kind)?.many ?? [group.kind, group.kind];
  const reason = group.reason === null ? '' : ` (${group.reason})`;
  return `${group.movements} ${group.movements === 1 ? one : more}${reason}: ${changes(group)}.`;
};

interface Figures extends Units {
  readonly sku: string;
  readonly location?: string | undefined;
  readonly atp: number;
  readonly open: boolean;
}

export const sentenceOfFigures = ({ sku, location, open, ...units }: Figures): string => {
  const where = location === undefined ? '' : ` at ${location}`;
  if (!open) return `Nothing of ${sku} can be promised${where}: it is closed. ${units.onHand} are on hand.`;
  const reserved = location === undefined ? `${units.reserved} reserved, ` : '';
  return `${units.atp} of ${sku} can be promised${where}: ${units.onHand} on hand, less ${reserved}${units.allocated} allocated and ${units.safetyStock} held back.`;
};
