import { fold, specFor } from '@cartage/eventsourcing';
import type { OrderCommand } from './commands';
import type { OrderEvent } from './events';
import { order } from './order';
import { at, facts, now, orderId, placed, placing } from './order.fixture';
import { statusOf } from './state';

const { given } = specFor(order);

const lines = [
  { lineId: '1', sku: 'LANTERN', quantity: 2 },
  { lineId: '2', sku: 'MUG', quantity: 3 },
];
const commands = {
  reserve: { type: 'RecordReservation', data: { ...facts.reserved, now } },
  short: { type: 'RecordShortage', data: { ...facts.short, now } },
  pay: { type: 'RecordPayment', data: { ...facts.authorized, now } },
  review: { type: 'RecordReview', data: { ...facts.review, now } },
  decline: { type: 'RecordDecline', data: { ...facts.declined, now } },
  broker: { type: 'RecordFulfillment', data: { ...facts.brokered, now } },
  reject: { type: 'RecordFulfillmentRejection', data: { ...facts.rejected, now } },
  unfillable: { type: 'RecordUnfillable', data: { ...facts.unfillable, now } },
  allocate: { type: 'RecordAllocation', data: { ...facts.allocated, now } },
  refuse: { type: 'RecordAllocationRefusal', data: { ...facts.refused, now } },
  pack: { type: 'RecordShipmentProgress', data: { ...facts.packed, now } },
  handOver: { type: 'RecordShipmentProgress', data: { ...facts.handedOver, now } },
  deliver: { type: 'RecordShipmentProgress', data: { ...facts.delivered, now } },
  takeBack: { type: 'RecordReturnProgress', data: { ...facts.returned, now } },
} satisfies Record<string, OrderCommand>;

/** The history that these commands leave behind. */
const after = (...asked: readonly OrderCommand[]): readonly OrderEvent[] =>
  asked.reduce<readonly OrderEvent[]>((events, command) => [...events, ...order.decide(command, fold(order, events))], [placed]);
const typesAfter = (...asked: readonly OrderCommand[]): readonly string[] => after(...asked).map(({ type }) => type);
const statusAfter = (...asked: readonly OrderCommand[]): string | undefined => {
  const state = fold(order, after(...asked));
  return state && statusOf(state);
};

const reserved: OrderEvent = { type: 'ReservationRecorded', data: facts.reserved };
const paid: OrderEvent = { type: 'PaymentRecorded', data: facts.authorized };
const { channel, priority, destination, personal } = placing;
const confirmed: OrderEvent = {
  type: 'OrderConfirmed',
  data: { orderId, channel, lines, priority, destination, personal, confirmedAt: now, status: 'confirmed' },
};

describe('placing an order', () => {
  it('writes the order once, and the same order again says nothing', () =>
    given()
      .when({ type: 'PlaceOrder', data: { order: placing, now } })
      .thenOnce(placed));

  it('takes the time it came in when the channel tells none', () => {
    const { placedAt: _, ...untimed } = placing;
    given()
      .when({ type: 'PlaceOrder', data: { order: untimed, now } })
      .thenOnce({ type: 'OrderPlaced', data: { ...placing, placedAt: now } });
  });

  it('refuses another order in its place', () =>
    given(placed)
      .when({ type: 'PlaceOrder', data: { order: { ...placing, currency: 'EUR' }, now } })
      .thenRefused('CHANNEL_ORDER_DIFFERS'));
});

describe('confirming an order', () => {
  it('waits for the payment after the stock', () => given(placed).when(commands.reserve).thenOnce(reserved));

  it('happens in the same decision as the second of stock and payment, in either order', () => {
    given(placed, reserved).when(commands.pay).thenOnce(paid, confirmed);
    given(placed, paid).when(commands.reserve).thenOnce(reserved, confirmed);
  });

  it('takes cash on delivery for a payment', () =>
    given(placed, reserved)
      .when({ type: 'RecordPayment', data: { ...facts.authorized, outcome: 'cod-accepted', now } })
      .thenOnce({ type: 'PaymentRecorded', data: { ...facts.authorized, outcome: 'cod-accepted' } }, confirmed));

  it('asks for an order first: a fact of an unknown one may only be early', () =>
    given().when(commands.reserve).thenRefused('ORDER_UNKNOWN'));
});

describe('an order that cannot go on', () => {
  it('is held for short stock, naming what is short, and goes on when stock is reserved after all', () => {
    given(placed)
      .when(commands.short)
      .thenOnce(
        { type: 'ShortageRecorded', data: facts.short },
        { type: 'HoldApplied', data: { orderId, hold: 'stock-short', reason: 'Not enough stock for MUG.', appliedAt: now } },
      );
    expect(statusAfter(commands.short, commands.pay)).toBe('on-hold');
    expect(typesAfter(commands.short, commands.pay, commands.reserve).slice(-3)).toEqual([
      'ReservationRecorded',
      'HoldReleased',
      'OrderConfirmed',
    ]);
  });

  it('is held for a payment review and goes on by itself once the payment is authorised', () => {
    expect(statusAfter(commands.reserve, commands.review)).toBe('on-hold');
    expect(typesAfter(commands.reserve, commands.review, commands.pay).slice(-3)).toEqual([
      'PaymentRecorded',
      'HoldReleased',
      'OrderConfirmed',
    ]);
  });

  it('keeps the hold that is left when another one is released', () => {
    expect(statusAfter(commands.short, commands.review)).toBe('on-hold');
    expect(after(commands.short, commands.review, commands.pay).at(-1)).toEqual({
      type: 'HoldReleased',
      data: { orderId, hold: 'payment-review', releasedAt: now, remaining: ['stock-short'], status: 'on-hold' },
    });
  });

  it('is held when no location can ship it, and goes on when it is brokered after all', () => {
    const stuck = [commands.reserve, commands.pay, commands.unfillable];
    expect(statusAfter(...stuck)).toBe('on-hold');
    expect(after(...stuck, commands.broker).slice(-2)).toMatchObject([
      { type: 'FulfillmentRecorded' },
      { type: 'HoldReleased', data: { hold: 'unfillable', status: 'in-fulfillment' } },
    ]);
  });

  it('is cancelled by a decline of the provider or of the verification', () => {
    const cancelled = (reason: 'payment-declined' | 'verification-rejected'): OrderEvent => ({
      type: 'OrderCancelled',
      data: { orderId, reason, lines, cancelledAt: now },
    });
    given(placed, reserved)
      .when(commands.decline)
      .thenOnce({ type: 'DeclineRecorded', data: facts.declined }, cancelled('payment-declined'));
    const byRule = { ...facts.declined, by: 'verification' } as const;
    given(placed)
      .when({ type: 'RecordDecline', data: { ...byRule, now } })
      .thenOnce({ type: 'DeclineRecorded', data: byRule }, cancelled('verification-rejected'));
  });

  it('is cancelled whole out of a hold', () => expect(statusAfter(commands.review, commands.decline)).toBe('cancelled'));

  it('keeps what is told of it after its end, and nothing follows from it', () => {
    expect(typesAfter(commands.decline, commands.reserve, commands.pay, commands.short).slice(-3)).toEqual([
      'ReservationRecorded',
      'PaymentRecorded',
      'ShortageRecorded',
    ]);
    expect(statusAfter(commands.decline, commands.reserve, commands.pay)).toBe('cancelled');
  });

  it('is not cancelled by a decline that comes after the money', () => expect(statusAfter(commands.pay, commands.decline)).toBe('placed'));
});

describe('fulfilling an order', () => {
  const confirm = [commands.reserve, commands.pay];

  it('says with the fact that changed it where order and lines stand', () => {
    expect(after(...confirm, commands.broker).at(-1)).toEqual({
      type: 'FulfillmentRecorded',
      data: { ...facts.brokered, status: 'in-fulfillment' },
    });
    expect(after(...confirm, commands.broker, commands.allocate).at(-1)).toEqual({
      type: 'AllocationRecorded',
      data: {
        fulfillmentId: facts.allocated.fulfillmentId,
        location: 'LON-1',
        at,
        steps: [
          { lineId: '1', quantity: 2, total: 2, status: 'allocated' },
          { lineId: '2', quantity: 3, total: 3, status: 'allocated' },
        ],
      },
    });
  });

  it('does not mind which of brokering and allocation is heard first', () =>
    expect(statusAfter(...confirm, commands.allocate, commands.broker)).toBe('in-fulfillment'));

  it('takes an allocation back when its location rejects it, also when the allocation is heard later', () => {
    const allocatedUnits = (...asked: readonly OrderCommand[]) => fold(order, after(...asked))?.progress.get('1')?.allocated;
    expect(allocatedUnits(...confirm, commands.broker, commands.allocate)).toBe(2);
    expect(allocatedUnits(...confirm, commands.broker, commands.allocate, commands.reject)).toBe(0);
    expect(allocatedUnits(...confirm, commands.broker, commands.reject, commands.allocate)).toBe(0);
    expect(statusAfter(...confirm, commands.broker, commands.reject)).toBe('confirmed');
  });

  it('is back at confirmed when the only allocation was refused', () => {
    expect(after(...confirm, commands.broker, commands.refuse).at(-1)).toMatchObject({
      type: 'AllocationRefusalRecorded',
      data: { status: 'confirmed' },
    });
  });

  it('goes out in parts and is completed by the last delivery', () => {
    const part = (shipmentId: string, lineId: string, quantity: number) => ({
      ...commands.handOver.data,
      shipmentId,
      lines: [{ lineId, sku: '', quantity }],
    });
    const out = (data: ReturnType<typeof part>): OrderCommand => ({ type: 'RecordShipmentProgress', data });
    const there = (data: ReturnType<typeof part>): OrderCommand => ({
      type: 'RecordShipmentProgress',
      data: { ...data, milestone: 'delivered' },
    });
    const [first, second] = [part('s1', '1', 2), part('s2', '2', 3)];
    expect(statusAfter(...confirm, commands.broker, out(first))).toBe('partially-shipped');
    expect(statusAfter(...confirm, commands.broker, out(first), out(second))).toBe('shipped');
    expect(statusAfter(...confirm, commands.broker, out(first), out(second), there(second))).toBe('shipped');
    expect(typesAfter(...confirm, commands.broker, out(first), out(second), there(second), there(first)).at(-1)).toBe('OrderCompleted');
  });

  it('is completed once, and a later return leaves it completed', () => {
    const all = [...confirm, commands.broker, commands.allocate, commands.pack, commands.handOver, commands.deliver, commands.takeBack];
    expect(typesAfter(...all).filter((type) => type === 'OrderCompleted')).toHaveLength(1);
    expect(after(...all).at(-1)).toMatchObject({ data: { steps: [{ lineId: '1', quantity: 1, total: 1, status: 'delivered' }] } });
    expect(statusAfter(...all)).toBe('completed');
  });

  it('counts a repeated milestone once, whatever id it comes under', () =>
    given(...after(...confirm, commands.handOver))
      .when(commands.handOver)
      .thenNothing());
});
