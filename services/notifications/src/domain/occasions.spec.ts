import { sampleOf } from '@cartage/testkit';
import { fulfillmentOccasions, orderOccasions, returnOccasions, shippingOccasions } from './occasions';

describe('a promise that moves', () => {
  const moved = sampleOf('PromiseMoved');
  const told = (deliverBy: string) =>
    orderOccasions.PromiseMoved?.({
      ...moved,
      shipBy: '2026-11-25T17:00:00.000Z',
      deliverBy,
      before: { deliverBy: '2026-11-26T22:00:00.000Z' },
    });

  it('is told to the customer with its new day', () =>
    expect(told('2026-11-28T22:00:00.000Z')).toMatchObject({
      kind: 'promise-moved',
      content: { date: '2026-11-28T22:00:00.000Z', reason: moved.reason.code },
    }));

  it('is not told where the goods leave on another day and come on the same', () =>
    expect(told('2026-11-26T22:00:00.000Z')).toBeUndefined());

  it('to no day at all is told as a delay', () => {
    const { shipBy: _s, deliverBy: _d, ...withdrawn } = moved;
    expect(orderOccasions.PromiseMoved?.(withdrawn)).toMatchObject({ kind: 'delayed', content: { reason: moved.reason.code } });
  });
});

describe('a hold', () => {
  const held = sampleOf('HoldApplied');

  it('is told of where the customer can do something about it', () =>
    expect(orderOccasions.HoldApplied?.({ ...held, type: 'stock-short' })).toMatchObject({ kind: 'stock-short' }));

  it.each(['operator', 'a-word-of-their-own', 'constructor', 'toString', '__proto__'])(
    'is not told of where it is settled in the house: %s',
    (type) => expect(orderOccasions.HoldApplied?.({ ...held, type })).toBeUndefined(),
  );
});

describe('goods that are late', () => {
  const lines = [{ lineId: '2', sku: 'MUG', quantity: 3 }];
  const made = { ...sampleOf('PromiseMade'), shipBy: '2026-12-04T09:00:00.000Z', lines };

  it('are told of with the day on which they are expected, where no day was promised before', () =>
    expect(orderOccasions.PromiseMade?.(made)).toMatchObject({
      kind: 'backorder',
      content: { lines, date: '2026-12-04T09:00:00.000Z' },
    }));

  it('are told of once: what stock says of them is what the promise says, and a day that was sold is on the confirmation', () => {
    const { lines: _, ...sold } = made;
    expect(orderOccasions.PromiseMade?.(sold)).toBeUndefined();
  });
});

describe('goods that nobody ships', () => {
  const handover = sampleOf('GoodsHandedOver');

  it('come to the customer with the message, sealed, as often as they are sent', () => {
    const told = { kind: 'digital-delivery', content: { lines: handover.lines, personal: handover.personal } };
    expect(orderOccasions.GoodsHandedOver?.(handover)).toMatchObject(told);
    expect(orderOccasions.DigitalResent?.(sampleOf('DigitalResent'))).toMatchObject({ kind: 'digital-delivery' });
  });

  it('are told of to nobody who carried them out', () =>
    expect(orderOccasions.GoodsHandedOver?.({ ...handover, method: 'carry-out' })).toBeUndefined());
});

describe('goods that are fetched', () => {
  const ready = sampleOf('ReadyForPickup');

  it('are told of with the place, its clock and the end of their time; the code is derived when the message is written', () => {
    const told = fulfillmentOccasions.ReadyForPickup?.(ready);
    const { fulfillmentId, place, expiresAt } = ready;
    const content = { place: place.name, zone: place.timeZone, until: expiresAt, fetches: fulfillmentId, waitsFor: fulfillmentId };
    expect(told).toMatchObject({ kind: 'ready-for-pickup', content });
    expect(fulfillmentOccasions.PickupReminderDue?.(sampleOf('PickupReminderDue'))).toMatchObject({ kind: 'pickup-reminder' });
  });

  it('are told of as fetched, and not as sent or delivered, too', () => {
    expect(fulfillmentOccasions.HandedOver?.(sampleOf('HandedOver'))).toMatchObject({ kind: 'collected' });
    expect(shippingOccasions.ShipmentDispatched?.({ ...sampleOf('ShipmentDispatched'), carrier: 'counter' })).toBeUndefined();
    expect(shippingOccasions.ShipmentDelivered?.({ ...sampleOf('ShipmentDelivered'), carrier: 'counter' })).toBeUndefined();
  });

  it('are told of as not fetched when their time was over', () => {
    const reason = { code: 'not-collected', by: 'policy' };
    expect(orderOccasions.LineCancelled?.({ ...sampleOf('LineCancelled'), reason })).toMatchObject({ kind: 'pickup-expired' });
  });
});

describe('a label for the way back', () => {
  const issued = {
    ...{ orderId: 'o-1', returnId: 'r-1', labelId: 'l-1', carrier: 'simulated', trackingNumber: 'CTG1', format: 'label' },
    ...{ url: 'https://shop.example/l', issuedAt: '2026-11-24T10:00:00.000Z' },
  };

  it('is told of with the paper for customs where it crosses a border', () => {
    expect(returnOccasions.ReturnLabelIssued?.({ ...issued, customsUrl: 'https://shop.example/c' })?.content).toEqual({
      ...{ url: issued.url, customsUrl: 'https://shop.example/c', reference: 'CTG1', date: issued.issuedAt },
    });
    expect(returnOccasions.ReturnLabelIssued?.(issued)?.content).not.toHaveProperty('customsUrl');
  });
});
