import { sampleOf } from '@cartage/testkit';
import { Audit, lineOf } from './audit';
import type { Heard } from './book';
import { captureId, fulfillmentId, labelId, minute, orderId, paymentId, shipmentId, Telling, wholeLife } from './life.fixture';
import type { EventType } from './rule';

const FAR = '2030-01-01T00:00:00.000Z';

const heardAll = (events: readonly Heard[]): Audit => {
  const audit = new Audit();
  for (const event of events) audit.hear(event);
  return audit;
};

const without = (type: EventType): readonly Heard[] => wholeLife(sampleOf).filter((event) => event.type !== type);

/** As if it had never been told: what is told later is numbered on without it. */
const renumbered = (events: readonly Heard[]): readonly Heard[] => {
  const counts = new Map<string, number>();
  return events.map((event) => {
    const name = `${event.topic} ${event.subject}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return { ...event, sequence: counts.get(name) ?? 0 };
  });
};

const rulesBroken = (events: readonly Heard[], at = FAR): readonly string[] =>
  heardAll(events)
    .findings(at)
    .map(({ kind, rule }) => `${kind} ${rule}`);

describe('an order that went as it should', () => {
  it('leaves nothing to find, ever', () => expect(heardAll(wholeLife(sampleOf)).findings(FAR).map(lineOf)).toEqual([]));
  it('awaits nothing', () => expect(heardAll(wholeLife(sampleOf)).awaited(orderId)).toEqual([]));
  it('may be heard again and again', () =>
    expect(heardAll([...wholeLife(sampleOf), ...wholeLife(sampleOf).toReversed()]).findings(FAR)).toEqual([]));
});

describe('what must follow and does not', () => {
  it.each<readonly [EventType, readonly string[]]>([
    ['StockReserved', ['missing stock-is-answered']],
    ['PaymentAuthorized', ['uncaused capture-has-cause', 'missing payment-is-answered']],
    ['FulfillmentBrokered', ['missing confirmed-is-brokered']],
    ['StockAllocated', ['missing brokered-is-allocated']],
    ['LabelPurchased', ['missing label-is-answered']],
    ['StockIssued', ['missing allocated-leaves', 'missing dispatch-is-issued']],
    ['PaymentCaptured', ['missing dispatch-is-paid']],
    ['ShipmentDelivered', ['missing parcel-arrives']],
    ['ShipmentDispatched', ['uncaused issue-has-cause', 'uncaused shipment-capture-has-cause']],
    ['OrderCompleted', ['stalled order-ends']],
  ])('is found: without %s', (type, found) => expect(rulesBroken(renumbered(without(type))).toSorted()).toEqual([...found].toSorted()));

  it('is found once its time is over, and not before', () => {
    const audit = heardAll(renumbered(without('StockIssued')));
    expect(audit.findings(minute(15.9), { whose: ['services'] })).toEqual([]);
    expect(audit.findings(minute(16.1), { whose: ['services'] })).toMatchObject([
      { rule: 'dispatch-is-issued', about: shipmentId, since: minute(16), cause: { type: 'ShipmentDispatched' } },
    ]);
  });

  it('closes when it comes late, and stays known as late', () => {
    const events = renumbered(without('StockIssued'));
    const late: Heard = { ...(wholeLife(sampleOf).find(({ type }) => type === 'StockIssued') as Heard), time: minute(60) };
    const audit = heardAll([...events, { ...late, sequence: events.filter(({ topic }) => topic === late.topic).length + 1 }]);
    expect(audit.findings(FAR)).toEqual([]);
    expect(audit.findings(FAR, { late: true })).toMatchObject([
      { rule: 'dispatch-is-issued', came: { type: 'StockIssued', at: minute(60) } },
    ]);
  });

  it('is named as lost where its number is missing, too', () => {
    const gaps = heardAll(without('PaymentAuthorized'))
      .findings(FAR)
      .filter(({ kind }) => kind === 'gap');
    expect(gaps).toMatchObject([{ rule: 'sequence', about: `payment.events ${orderId} 1-1` }]);
  });
});

describe('what is there twice', () => {
  const life = wholeLife(sampleOf);
  const placed = life.find(({ type }) => type === 'OrderPlaced') as Heard;
  /** Told by the same subject once more, as another event. */
  const oneMore = (type: EventType, change: object = {}): Heard => {
    const told = life.findLast((event) => event.type === type) as Heard;
    const sequence = life.filter(({ topic, subject }) => topic === told.topic && subject === told.subject).length + 1;
    return { ...told, id: 'ffffffff-0000-7000-8000-000000000001', sequence, data: { ...told.data, ...change } } as Heard;
  };

  it('is found at once: a capture', () =>
    expect(heardAll([...life, oneMore('PaymentCaptured')]).findings(minute(0))).toMatchObject([
      { kind: 'doubled', rule: 'capture-is-made-once', about: captureId },
    ]));

  it.each<readonly [EventType, string]>([
    ['StockIssued', 'stock-is-issued-once'],
    ['ShipmentDispatched', 'shipment-leaves-once'],
    ['FulfillmentBrokered', 'fulfilment-is-brokered-once'],
  ])('is found: %s', (type, rule) => expect(rulesBroken([...life, oneMore(type)])).toEqual([`doubled ${rule}`]));

  it('is found where a shipment has two labels, unless one is void', () => {
    const another = oneMore('LabelPurchased', { labelId: 'another', parcels: [{ parcelId: 'parcel', trackingNumber: 'T2', lines: [] }] });
    expect(rulesBroken([...life, another])).toEqual(['doubled shipment-has-one-label']);
    const voided = {
      ...oneMore('LabelRequested', { labelId }),
      id: 'ffffffff-0000-7000-8000-000000000002',
      type: 'LabelVoided',
      sequence: another.sequence + 1,
    };
    expect(rulesBroken([...life, another, voided as Heard])).toEqual([]);
  });

  it('is found where two parcels have one tracking number', () =>
    expect(
      rulesBroken([...life, oneMore('LabelPurchased', { parcels: [{ parcelId: 'other', trackingNumber: 'T1', lines: [] }] })]),
    ).toContain('doubled tracking-number-is-of-one-parcel'));

  it('is found where two events have one number', () =>
    expect(rulesBroken([...life, { ...placed, id: 'ffffffff-0000-7000-8000-000000000003' }])).toContain('doubled sequence'));
});

describe('a hold', () => {
  const telling = new Telling(sampleOf);
  const line = { lineId: '1', sku: 'MUG', quantity: 1 };
  const [placed, held, confirmed] = [
    telling.tell({ at: 0 }, 'OrderPlaced', { orderId, payments: [] }),
    telling.tell({ at: 1 }, 'HoldApplied', { orderId, holdId: 'hold', until: undefined } as never),
    telling.tell({ at: 2 }, 'OrderConfirmed', { orderId, lines: [{ ...line, shipGroupId: '1' }] }),
  ];
  const released = telling.tell({ at: 90 }, 'HoldReleased', { orderId, holdId: 'hold' });
  const reserved = telling.tell({ at: 1 }, 'StockReserved', { orderId, lines: [line] });

  it('stops what it holds back, for as long as it stands', () => expect(rulesBroken([placed, reserved, held, confirmed])).toEqual([]));

  it('gives it its time anew when it ends', () => {
    const all = [placed, reserved, held, confirmed, released];
    expect(rulesBroken(all, minute(94))).toEqual([]);
    expect(rulesBroken(all, minute(96))).toEqual(['missing confirmed-is-brokered']);
  });
});

describe('an order that was cancelled', () => {
  const telling = new Telling(sampleOf);
  const payments = [{ paymentId, method: 'card', amount: 720 }];
  const placed = telling.tell({ at: 0 }, 'OrderPlaced', { orderId, payments });
  const cancelled = telling.tell({ at: 1 }, 'OrderCancelled', { orderId });
  const authorized = telling.tell({ at: 2 }, 'PaymentAuthorized', { orderId, paymentId });
  const voided = telling.tell({ at: 3 }, 'PaymentVoided', { orderId, paymentId });

  it('owes nothing where no money was promised', () => expect(rulesBroken([placed, cancelled])).toEqual([]));
  it('gives back what was promised, before or after', () =>
    expect(rulesBroken([placed, cancelled, authorized])).toEqual(['missing cancelled-money-goes-back']));
  it('has done so by a void', () => expect(rulesBroken([placed, cancelled, authorized, voided])).toEqual([]));
});

describe('an order that replaces goods of another', () => {
  const telling = new Telling(sampleOf);
  const other = '0199a3c4-7b1e-7c3d-9f2a-00000000000b';
  const placed = telling.tell({ at: 0 }, 'OrderPlaced', { orderId, payments: [], replaces: { orderId: other } });
  const requested = telling.tell({ at: 1, of: other }, 'LostParcelsResolved', { orderId: other, replacementOrderId: orderId });
  const open = (events: readonly Heard[]): readonly string[] =>
    heardAll(events)
      .findings(FAR)
      .filter(({ key }) => key === other)
      .map(({ rule }) => rule);

  it('is missed in that one’s book', () => expect(open([requested])).toEqual(['replacement-is-placed']));
  it('is known there, in whatever order it is heard', () => {
    expect(open([requested, placed])).toEqual([]);
    expect(open([placed, requested])).toEqual([]);
  });
});

describe('a person who is to be forgotten', () => {
  it('is missed by each service that has not answered', () => {
    const telling = new Telling(sampleOf);
    const erasureId = 'erasure';
    const asked = telling.tell({ at: 0, of: 'erasure/erasure' }, 'PersonErasureRequested', { erasureId, answerBy: minute(60) });
    const answer = telling.tell({ at: 1, of: 'erased/erasure' }, 'PersonErasedFromOrders', { erasureId });
    const found = heardAll([asked, answer]).findings(FAR);
    expect(found.map(({ about }) => about).toSorted()).toEqual([
      'fulfillment',
      'inventory',
      'notifications',
      'payments',
      'returns',
      'shipping',
    ]);
  });
});

it('names what an order waits for', () => {
  const awaited = heardAll(wholeLife(sampleOf).slice(0, 6)).awaited(orderId);
  expect(awaited.map(({ rule, about }) => `${rule.name} ${about}`).toSorted()).toEqual([
    `allocated-leaves ${fulfillmentId}`,
    `order-ends ${orderId}`,
  ]);
});
