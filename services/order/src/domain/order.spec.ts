import type { LineQuantity } from '@cartage/contracts';
import { fold, specFor } from '@cartage/eventsourcing';
import type { EventData, OrderEvent } from './events';
import type { Fact } from './facts';
import { order } from './order';
import { facts, smoothLife } from './facts.fixture';
import { everything, holdId, id, minute, now, orderId, placed, placing, recording } from './order.fixture';
import { statusOf, type PlacedOrder } from './state';

const { given } = specFor(order);

/** The history that these facts leave behind, each told once. */
const after = (...told: readonly Fact[]): readonly OrderEvent[] =>
  told.reduce<readonly OrderEvent[]>(
    (events, fact, n) => [...events, ...order.decide(recording(fact, id(900 + n)), fold(order, events))],
    [placed],
  );
const typesAfter = (...told: readonly Fact[]): readonly string[] => after(...told).map(({ type }) => type);
const stateAfter = (...told: readonly Fact[]): PlacedOrder => {
  const state = fold(order, after(...told));
  if (!state) throw new Error('It was placed.');
  return state;
};
const statusAfter = (...told: readonly Fact[]): string => statusOf(stateAfter(...told));

const { channel, priority, shipGroups } = placing;
const { charge: _c, taxLines: _t, ...group } = shipGroups[0] ?? {};
const confirmed: OrderEvent = {
  type: 'OrderConfirmed',
  data: {
    orderId,
    channel,
    lines: everything.map((line) => ({ ...line, shipGroupId: '1' })),
    shipGroups: [group as EventData<'OrderConfirmed'>['shipGroups'][number]],
    priority,
    confirmedAt: now,
  },
};
const applied = (type: string, more: Partial<EventData<'HoldApplied'>>, hold = holdId): OrderEvent => ({
  type: 'HoldApplied',
  data: { orderId, holdId: hold, type, reason: { code: type, by: 'system' }, appliedAt: now, ...more },
});
const released = (type: string, resolution: string, hold = holdId): OrderEvent => ({
  type: 'HoldReleased',
  data: { orderId, holdId: hold, type, resolution, by: 'system', releasedAt: now },
});

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

describe('a smooth life', () => {
  it('is eleven events, each fact as it was told', () => {
    const history = after(...smoothLife);
    expect(history.map(({ type }) => type)).toEqual([
      'OrderPlaced',
      'StockReserved',
      'PaymentAuthorized',
      'OrderConfirmed',
      'StockAllocated',
      'ShipmentPacked',
      'ShipmentDispatched',
      'PaymentCaptured',
      'ShipmentInTransit',
      'ShipmentDelivered',
      'OrderCompleted',
    ]);
    expect(history).toEqual(expect.arrayContaining([...smoothLife]));
  });

  it('has a status at every step', () =>
    expect(smoothLife.map((_, n) => statusAfter(...smoothLife.slice(0, n + 1)))).toEqual([
      'placed',
      'confirmed',
      'in-fulfillment',
      'in-fulfillment',
      'shipped',
      'shipped',
      'shipped',
      'completed',
    ]));
});

describe('confirming an order', () => {
  it('waits for the payment after the stock', () => given(placed).when(recording(facts.reserved)).then(facts.reserved));

  it('happens in the same decision as the second of stock and payment, in either order', () => {
    given(placed, facts.reserved).when(recording(facts.authorized)).then(facts.authorized, confirmed);
    given(placed, facts.authorized).when(recording(facts.reserved)).then(facts.reserved, confirmed);
  });

  it('takes cash on delivery for a payment', () =>
    given(placed, facts.reserved).when(recording(facts.codAccepted)).then(facts.codAccepted, confirmed));

  it('waits until every unit of every line is reserved, however many times stock says a part', () => {
    const part = (lines: typeof facts.reserved.data.lines): Fact => ({ type: 'StockReserved', data: { ...facts.reserved.data, lines } });
    const [first, second] = everything;
    expect(statusAfter(facts.authorized, part([first]), part([{ ...second, quantity: 2 }]))).toBe('placed');
    expect(statusAfter(facts.authorized, part([first]), part([{ ...second, quantity: 2 }]), part([{ ...second, quantity: 1 }]))).toBe(
      'confirmed',
    );
  });

  it('waits for every one of several payments', () => {
    const [payment] = placing.payments;
    const twice: OrderEvent = {
      type: 'OrderPlaced',
      data: { ...placing, payments: [payment, { ...payment, paymentId: id(20) }] as typeof placing.payments },
    };
    const second: Fact = { type: 'CodAccepted', data: { ...facts.codAccepted.data, paymentId: id(20) } };
    given(twice, facts.reserved).when(recording(facts.authorized)).then(facts.authorized);
    given(twice, facts.reserved, facts.authorized).when(recording(second)).then(second, confirmed);
  });

  it('asks for an order first: a fact of an unknown one may only be early', () =>
    given().when(recording(facts.reserved)).thenRefused('ORDER_UNKNOWN'));
});

describe('an order that cannot go on', () => {
  const shortLines = [{ lineId: '2', sku: 'MUG', quantity: 3 }];

  it('is held for short stock, naming what is short, and goes on when stock is reserved after all', () => {
    const reason = { code: 'stock-short', detail: 'Not enough stock for MUG.', by: 'system' };
    given(placed)
      .when(recording(facts.short))
      .then(facts.short, applied('stock-short', { lines: shortLines, until: '2026-12-07T10:01:00.000Z', reason }));
    expect(statusAfter(facts.short, facts.authorized)).toBe('on-hold');
    expect(after(facts.short, facts.authorized, facts.reserved).slice(-3)).toEqual([
      facts.reserved,
      released('stock-short', 'resolved', id(900)),
      confirmed,
    ]);
  });

  it('is held for a payment review and goes on by itself once the payment is authorised', () => {
    const reason = { code: 'payment-review', detail: 'Above 20.00.', by: 'policy' };
    given(placed, facts.reserved).when(recording(facts.review)).then(facts.review, applied('payment-review', { reason }));
    expect(typesAfter(facts.reserved, facts.review, facts.authorized).slice(-3)).toEqual([
      'PaymentAuthorized',
      'HoldReleased',
      'OrderConfirmed',
    ]);
  });

  it('may be held for several reasons at once, and keeps the hold that is left when another one is released', () => {
    expect(stateAfter(facts.short, facts.review).holds.map(({ type }) => type)).toEqual(['stock-short', 'payment-review']);
    expect(after(facts.short, facts.review, facts.authorized).at(-1)).toEqual(released('payment-review', 'resolved', id(901)));
    expect(statusAfter(facts.short, facts.review, facts.authorized)).toBe('on-hold');
  });

  it('is not held by what was told late: the stock that is there, the review that was decided', () => {
    given(placed, facts.reserved).when(recording(facts.short)).then(facts.short);
    given(placed, facts.authorized).when(recording(facts.review)).then(facts.review);
  });

  it('says why no location can ship it', () =>
    given(placed, facts.reserved, facts.authorized, confirmed)
      .when(recording(facts.unfillable))
      .then(facts.unfillable, applied('unfillable', { lines: shortLines, reason: facts.unfillable.data.reason })));
});

describe('lines that no location can ship', () => {
  const [lantern, mug] = everything;
  const ready = [facts.reserved, facts.authorized];
  const unfillable = (lineId: string, sku: string, requested: number, decidedAt: string): Fact => ({
    type: 'FulfillmentUnfillable',
    data: { ...facts.unfillable.data, lines: [{ lineId, sku, requested, available: 0 }], decidedAt },
  });
  const allocated = (n: number, lines: readonly LineQuantity[], allocatedAt: string): Fact => ({
    type: 'StockAllocated',
    data: { ...facts.allocated.data, fulfillmentId: id(n), lines, allocatedAt },
  });
  const noLantern = unfillable('1', 'LANTERN', 2, minute(3));
  const noMug = unfillable('2', 'MUG', 3, minute(3));

  it('stay so, each by itself, until they are allocated', () => {
    expect(stateAfter(...ready, noLantern, noMug, allocated(30, [mug], minute(4))).holds).toMatchObject([{ lines: [{ lineId: '1' }] }]);
    expect(statusAfter(...ready, noLantern, noMug, allocated(30, [mug], minute(4)))).toBe('on-hold');
    expect(statusAfter(...ready, noLantern, noMug, allocated(30, [mug], minute(4)), allocated(31, [lantern], minute(5)))).toBe(
      'in-fulfillment',
    );
  });

  it('are so whichever of allocation and decision is heard first', () => {
    expect(statusAfter(...ready, allocated(31, [lantern], minute(4)), noLantern)).toBe('in-fulfillment');
    expect(statusAfter(...ready, allocated(31, [{ ...lantern, quantity: 1 }], minute(4)), noLantern)).toBe('on-hold');
  });

  it('are decided anew when a location gives them back: an old decision holds nothing', () => {
    const rejected: Fact = {
      type: 'FulfillmentRejected',
      data: { ...facts.rejected.data, fulfillmentId: id(31), lines: [lantern], rejectedAt: minute(6) },
    };
    const again = unfillable('1', 'LANTERN', 2, minute(7));
    const before = [...ready, noLantern, allocated(31, [lantern], minute(4)), rejected];
    expect(statusAfter(...before)).toBe('confirmed');
    expect(statusAfter(...before, again)).toBe('on-hold');
  });
});

describe('the end of an order', () => {
  const cancelled = (reason: EventData<'OrderCancelled'>['reason']): OrderEvent => ({
    type: 'OrderCancelled',
    data: { orderId, lines: everything, reason, cancelledAt: now },
  });

  const linesCancelled = (reason: EventData<'OrderCancelled'>['reason'], cancellationId = holdId): OrderEvent => ({
    type: 'LineCancelled',
    data: { orderId, cancellationId, lines: everything, reason, cancelledAt: now },
  });
  const declined = { code: 'payment-declined', detail: 'The bank declined it.', by: 'provider' };
  const rejected = { code: 'verification-rejected', detail: 'score-too-high', by: 'policy' };

  it('comes by a decline of the provider, or of the verification', () => {
    given(placed, facts.reserved).when(recording(facts.declined)).then(facts.declined, linesCancelled(declined), cancelled(declined));
    const verification: Fact = {
      type: 'PaymentDeclined',
      data: { ...facts.declined.data, reason: { code: 'score-too-high', by: 'policy' } },
    };
    given(placed).when(recording(verification)).then(verification, linesCancelled(rejected), cancelled(rejected));
  });

  it('ends its holds with it', () => {
    expect(after(facts.short, facts.review, facts.declined).slice(-5)).toEqual([
      facts.declined,
      linesCancelled(declined, id(902)),
      released('stock-short', 'ended', id(900)),
      released('payment-review', 'ended', id(901)),
      cancelled(declined),
    ]);
    expect(statusAfter(facts.short, facts.declined)).toBe('cancelled');
  });

  it('does not come by a decline once the payment was promised', () =>
    given(placed, facts.authorized).when(recording(facts.declined)).then(facts.declined));

  it('comes when every unit has been delivered, in however many parcels', () => {
    const [lantern, mug] = everything;
    const part = (lines: readonly LineQuantity[]): Fact => ({
      type: 'ShipmentDelivered',
      data: { ...facts.delivered.data, lines },
    });
    const life = smoothLife.slice(0, -1);
    expect(statusAfter(...life, part([lantern]))).toBe('shipped');
    expect(statusAfter(...life, part([lantern]), part([mug]))).toBe('completed');
  });

  it('does not come before the order was confirmed: what is missing is still on its way here', () => {
    expect(statusAfter(facts.reserved, facts.delivered)).toBe('shipped');
    expect(typesAfter(facts.reserved, facts.delivered, facts.authorized).slice(-2)).toEqual(['OrderConfirmed', 'OrderCompleted']);
  });

  it('is final, but facts are still kept', () => {
    expect(typesAfter(...smoothLife, facts.review, facts.returned, facts.declined).slice(-4)).toEqual([
      'OrderCompleted',
      'ReviewRequired',
      'ReturnReceived',
      'PaymentDeclined',
    ]);
    expect(stateAfter(...smoothLife, facts.returned).progress.get('1')).toMatchObject({ delivered: 2, returned: 1 });
  });
});

describe('units of lines', () => {
  const [lantern] = everything;
  const ready = [facts.reserved, facts.authorized];

  it('are packed once, however often the parcels are packed again: the later counts', () => {
    const again: Fact = { type: 'ShipmentPacked', data: { ...facts.packed.data, lines: [lantern], packedAt: minute(7) } };
    const counts = { packed: 2, allocated: 2 };
    expect(stateAfter(...ready, facts.allocated, facts.packed, again).progress.get('1')).toMatchObject(counts);
    expect(stateAfter(...ready, facts.allocated, again, facts.packed).progress.get('1')).toMatchObject(counts);
    expect(stateAfter(...ready, facts.allocated, facts.packed, again).progress.get('2')).toMatchObject({ packed: 0, allocated: 3 });
  });

  it('are given back by a location that rejects them, whichever is heard first', () => {
    for (const told of [
      [facts.allocated, facts.rejected],
      [facts.rejected, facts.allocated],
    ])
      expect(stateAfter(...ready, ...told).progress.get('1')).toMatchObject({ allocated: 0 });
    expect(statusAfter(...ready, facts.allocated, facts.rejected)).toBe('confirmed');
  });

  it('are no longer packed when their shipment is cancelled', () => {
    expect(stateAfter(...ready, facts.allocated, facts.packed, facts.cancelledShipment).progress.get('2')).toMatchObject({ packed: 0 });
    expect(stateAfter(...ready, facts.allocated, facts.cancelledShipment, facts.packed).progress.get('2')).toMatchObject({ packed: 0 });
  });

  it('of lines that are not of this order change nothing', () => {
    const stray: Fact = {
      type: 'ShipmentPacked',
      data: { ...facts.packed.data, lines: [{ lineId: 'constructor', sku: 'X', quantity: 1 }] },
    };
    expect(stateAfter(stray).progress).toEqual(stateAfter().progress);
  });
});
