import type { LineQuantity } from '@cartage/contracts';
import { fold, Refused, specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { openBook } from './book';
import { cartOn, type CartCommand } from './cart';
import type { CartEvent } from './events';
import { movementsOf } from './movement';

const reservationId = '0199a3c4-7b1e-7c3d-9f2a-000000000031';
const orderId = '0199a3c4-7b1e-7c3d-9f2a-000000000001';
const minute = (n: number): string => `2026-11-23T09:${String(n).padStart(2, '0')}:00.000Z`;
const now = minute(0);
const mug = (quantity: number, lineId = '1'): LineQuantity => ({ lineId, sku: 'MUG', quantity });
const book = (reserved = 0) => openBook({ stock: [], network: [{ sku: 'MUG', onHand: 5, allocated: 0, reserved, safetyStock: 0 }] });
const { given } = specFor(cartOn(book()));

const hold = (...lines: LineQuantity[]): CartCommand => ({ type: 'HoldStock', data: { reservationId, lines, expiresAt: minute(15), now } });
const extend = (to: number): CartCommand => ({ type: 'ExtendHold', data: { reservationId, expiresAt: minute(to), now } });
const expire = (at: number): CartCommand => ({ type: 'ExpireHold', data: { reservationId, dueAt: minute(at), now: minute(at) } });
const release: CartCommand = { type: 'ReleaseHold', data: { reservationId, now } };
const takeOver: CartCommand = { type: 'TakeOverHold', data: { reservationId, orderId, now } };
const lose = (quantity: number): CartCommand => ({ type: 'LoseHeld', data: { reservationId, sku: 'MUG', quantity, now } });

const held: CartEvent = { type: 'CartReserved', data: { reservationId, lines: [mug(3)], expiresAt: minute(15), reservedAt: now } };
const extended: CartEvent = { type: 'CartExtended', data: { reservationId, expiresAt: minute(30), extendedAt: now } };
const freed = (code: string, by: string, more: object = {}): CartEvent => ({
  type: 'CartReleased',
  data: { reservationId, lines: [mug(3)], reason: { code, by }, ...more, releasedAt: now },
});
const expired = (at: number): CartEvent => ({
  type: 'ReservationExpired',
  data: { reservationId, lines: [mug(3)], expiredAt: minute(at) },
});

describe('a cart', () => {
  it('is kept what it asks for, all of it', () =>
    given()
      .when(hold(mug(3)))
      .thenOnce(held));
  it('is kept nothing where not all of it can be promised, and is told what could', () => {
    const { decide, initial } = cartOn(book());
    expect(() => decide(hold(mug(3), mug(3, '2')), initial)).toThrow(
      expect.objectContaining({ code: 'STOCK_SHORT', errors: [expect.objectContaining({ field: 'lines[1].quantity' })] }),
    );
  });

  it('gives it back when its time is over, and not before', () => {
    given(held).when(expire(15)).thenOnce(expired(15));
    given(held).when(expire(14)).thenNothing();
  });

  it('keeps it longer when it is extended, and never shorter', () => {
    given(held).when(extend(30)).thenOnce(extended);
    given(held).when(extend(10)).thenNothing();
    given(held, extended).when(expire(15)).thenNothing();
    given(held, extended).when(expire(30)).thenOnce(expired(30));
  });

  it('gives it back when the customer leaves', () => given(held).when(release).thenOnce(freed('released', 'channel')));
  it('gives it to the order that takes it over', () =>
    given(held)
      .when(takeOver)
      .thenOnce(freed('taken-over', 'system', { orderId })));
  it('has nothing to give to an order that comes too late', () => given(held, expired(15)).when(takeOver).thenNothing());
  it('cannot be extended once it has ended', () => given(held, expired(15)).when(extend(30)).thenRefused('RESERVATION_ENDED'));
  it('is known before it is released', () => given().when(release).thenRefused('RESERVATION_UNKNOWN'));
  it('loses nothing of what is there: lines of other SKUs stay', () => {
    const cups: LineQuantity = { lineId: '2', sku: 'CUP', quantity: 4 };
    const both: CartEvent = {
      type: 'CartReserved',
      data: { reservationId, lines: [mug(3), cups], expiresAt: minute(15), reservedAt: now },
    };
    const lost = { code: 'stock-lost', by: 'system' };
    given(both)
      .when(lose(2))
      .then({ type: 'CartReleased', data: { reservationId, lines: [mug(2)], reason: lost, releasedAt: now } });
  });

  it('loses what is not there, and keeps the rest', () =>
    given(held)
      .when(lose(2))
      .then({
        type: 'CartReleased',
        data: { reservationId, lines: [mug(2)], reason: { code: 'stock-lost', by: 'system' }, releasedAt: now },
      }));
});

it('whatever happens to carts, in any order and repetition, their claims are what they keep: nothing is counted twice, and nothing stays behind', () => {
  const anything = fc.constantFrom(
    hold(mug(3)),
    extend(30),
    extend(10),
    release,
    takeOver,
    expire(14),
    expire(15),
    expire(30),
    lose(1),
    lose(9),
  );
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 15 }), (commands) => {
      const stock = book();
      const rules = cartOn(stock);
      let state = rules.initial;
      const take = (command: CartCommand): void => {
        try {
          const events = rules.decide(command, state);
          state = fold(rules, events, state);
          events.flatMap(movementsOf).forEach((movement) => stock.enter(movement));
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
        }
        expect(stock.over('MUG').reserved).toBe(state.lines.reduce((units, { quantity }) => units + quantity, 0));
      };
      commands.forEach(take);
      take(takeOver);
      expect(stock.over('MUG').reserved).toBe(0);
    }),
  );
});
