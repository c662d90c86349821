import { withParts, type LineQuantity, type Reason } from '@cartage/contracts';
import { deciding, evolving, Refused, type DataOf, type Decider, type FieldError, type Named } from '@cartage/eventsourcing';
import type { StockFacts } from './book';
import type { CartEvent } from './events';
import { take } from './losing';
import { channelOf } from './settling';
import { divide } from './shortage';

/** Stock that is kept for a cart: a claim on the network like that of an order, that ends by itself. What an order takes over, or time, or a loss took away, is not in it. */
export interface Cart {
  readonly status: 'none' | 'held' | 'ended';
  /** Where it is filled, if that is known: what is held back from the channel is not kept for it. */
  readonly channel?: string;
  readonly lines: readonly LineQuantity[];
  readonly expiresAt: string;
  /** How it ended: `released`, `taken-over`, `stock-lost`, `expired`. */
  readonly end?: string;
  /** The order that took it over. */
  readonly orderId?: string;
}

export const noCart: Cart = { status: 'none', lines: [], expiresAt: '' };

interface OfCart {
  readonly reservationId: string;
  readonly now: string;
}

export type CartCommand =
  | Named<'HoldStock', OfCart & { readonly lines: readonly LineQuantity[]; readonly expiresAt: string; readonly channel?: string }>
  | Named<'ExtendHold', OfCart & { readonly expiresAt: string }>
  | Named<'ReleaseHold', OfCart>
  /** Its deadline came, which may have moved since. */
  | Named<'ExpireHold', OfCart & { readonly dueAt: string }>
  | Named<'TakeOverHold', OfCart & { readonly orderId: string }>
  | Named<'LoseHeld', OfCart & { readonly sku: string; readonly quantity: number }>;

const minus = (lines: readonly LineQuantity[], gone: readonly LineQuantity[]): readonly LineQuantity[] => {
  const units = new Map(gone.map(({ lineId, quantity }) => [lineId, quantity]));
  return lines.map((line) => ({ ...line, quantity: line.quantity - (units.get(line.lineId) ?? 0) })).filter(({ quantity }) => quantity > 0);
};

export const evolveCart = evolving<Cart, CartEvent>({
  CartReserved: (_, { lines, expiresAt, channel }) => ({ status: 'held', ...channelOf({ channel }), lines, expiresAt }),
  CartExtended: (cart, { expiresAt }) => ({ ...cart, expiresAt }),
  CartReleased: (cart, { lines, reason, orderId }) => {
    const left = minus(cart.lines, lines);
    if (left.length > 0) return { ...cart, lines: left };
    return { ...cart, status: 'ended', lines: [], end: reason.code, ...(orderId === undefined ? {} : { orderId }) };
  },
  ReservationExpired: (cart) => ({ ...cart, status: 'ended', lines: [], end: 'expired' }),
});

/** The rules of a cart's claims, given the stock as it stands. */
export const cartOn = (stock: Pick<StockFacts, 'kitOf' | 'require' | 'promisable'>): Decider<CartCommand, Cart, CartEvent> => ({
  initial: noCart,
  evolve: evolveCart,
  decide: deciding<CartCommand, Cart, CartEvent>({
    HoldStock: (data, { status }) => (status === 'none' ? [held(data, stock)] : []),
    ExtendHold: ({ reservationId, expiresAt, now }, cart) => {
      requireHeld(reservationId, cart);
      // It is never made shorter: whoever promised it longer may have said so.
      return expiresAt > cart.expiresAt ? [{ type: 'CartExtended', data: { reservationId, expiresAt, extendedAt: now } }] : [];
    },
    ReleaseHold: ({ reservationId, now }, cart) => {
      requireKnown(reservationId, cart);
      return released(cart, { reservationId, reason: { code: 'released', by: 'channel' }, releasedAt: now });
    },
    ExpireHold: ({ reservationId, dueAt, now }, { status, lines, expiresAt }) =>
      status === 'held' && dueAt >= expiresAt ? [{ type: 'ReservationExpired', data: { reservationId, lines, expiredAt: now } }] : [],
    TakeOverHold: ({ reservationId, orderId, now }, cart) =>
      released(cart, { reservationId, orderId, reason: { code: 'taken-over', by: 'system' }, releasedAt: now }),
    LoseHeld: ({ reservationId, sku, quantity, now }, { lines }) =>
      releasedLines(take(lines, { sku, units: quantity }), {
        reservationId,
        reason: { code: 'stock-lost', by: 'system' },
        releasedAt: now,
      }),
  }),
});

interface Release {
  readonly reservationId: string;
  readonly orderId?: string;
  readonly reason: Reason;
  readonly releasedAt: string;
}

const released = ({ lines }: Cart, release: Release): readonly CartEvent[] => releasedLines(lines, release);

const releasedLines = (lines: readonly LineQuantity[], release: Release): readonly CartEvent[] =>
  lines.length > 0 ? [{ type: 'CartReleased', data: { ...release, lines } }] : [];

/** All of it or nothing: a cart that has half of it must be shown so before it is promised. */
const held = (
  { reservationId, channel, lines, expiresAt, now }: DataOf<CartCommand, 'HoldStock'>,
  stock: Pick<StockFacts, 'kitOf' | 'require' | 'promisable'>,
): CartEvent => {
  const made = lines.map((line) => withParts(line, stock.kitOf(line.sku)));
  stock.require(made.flatMap(({ parts = [] }) => parts.map(({ sku }) => ({ sku }))));
  const { fitting, short } = divide(made, (sku) => stock.promisable(sku, channelOf({ channel })));
  const errors = short.map(({ lineId, sku, requested, available }): FieldError => ({
    field: `lines[${lines.findIndex((line) => line.lineId === lineId)}].quantity`,
    code: 'STOCK_SHORT',
    message: `Of ${sku} ${available} units can be promised, not ${requested}.`,
  }));
  if (errors[0]) throw new Refused('STOCK_SHORT', `Nothing was reserved. ${errors[0].message}`, 'conflict', errors);
  return { type: 'CartReserved', data: { reservationId, ...channelOf({ channel }), lines: fitting, expiresAt, reservedAt: now } };
};

const requireKnown = (reservationId: string, { status }: Cart): void => {
  if (status === 'none') throw new Refused('RESERVATION_UNKNOWN', `There is no reservation ${reservationId}.`, 'unknown');
};

const requireHeld = (reservationId: string, cart: Cart): void => {
  requireKnown(reservationId, cart);
  if (cart.status === 'ended')
    throw new Refused('RESERVATION_ENDED', `Reservation ${reservationId} has ended (${cart.end}). Reserve anew.`);
};
