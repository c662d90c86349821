import { sampleOf } from '@cartage/testkit';
import { Audit } from './audit';
import type { Heard } from './book';
import { minute, orderId, Telling, wholeLife } from './life.fixture';

/* Lives of an order that its services allow: what went as it should is not named, and what is missing is. */

const FAR = '2030-01-01T00:00:00.000Z';

const found = (events: readonly Heard[], at = FAR): readonly string[] => {
  const audit = new Audit();
  for (const event of events) audit.hear(event);
  return audit.findings(at).map(({ kind, rule, about }) => `${kind} ${rule} ${about}`);
};

const of = (events: readonly Heard[], rules: readonly string[]): readonly string[] =>
  found(events).filter((line) => rules.some((rule) => line.includes(` ${rule} `)));

const line = { lineId: '1', sku: 'MUG', quantity: 1 };
/** Parcels are counted anew in each shipment. */
const first = { parcelId: '1', trackingNumber: 'T1', lines: [line] };
const shipments = ['a', 'b'] as const;
const shipment = (shipmentId: string) => ({ orderId, shipmentId, fulfillmentId: `of-${shipmentId}`, lines: [line] });

describe('an order that goes in two shipments, the first parcel of each of the same name', () => {
  const telling = new Telling(sampleOf);
  const left = shipments.map((each, n) => telling.tell({ at: n, of: each }, 'ShipmentDispatched', { ...shipment(each), parcels: [first] }));
  const delivered = telling.tell({ at: 9, of: 'a' }, 'ShipmentDelivered', { ...shipment('a'), parcels: [first] });

  it('waits for the parcel that has not come, though the other has', () =>
    expect(of([...left, delivered], ['parcel-arrives'])).toEqual(['missing parcel-arrives b/1']));

  it('waits for what comes back of the one, though the other was received', () => {
    const back = shipments.map((each, n) =>
      telling.tell({ at: 20 + n, of: each }, 'RtoInitiated', { ...shipment(each), parcels: [first] }),
    );
    const received = telling.tell({ at: 30, of: 'b' }, 'RtoReceived', { ...shipment('b'), parcels: [first], lines: [] });
    expect(of([...back, received], ['coming-back-is-received'])).toEqual(['missing coming-back-is-received a/1']);
  });

  it('has a word for each that was lost', () => {
    const lost = shipments.map((each, n) => telling.tell({ at: 40 + n, of: each }, 'ParcelLost', { ...shipment(each), parcels: [first] }));
    const resolved = telling.tell({ at: 50 }, 'LostParcelsResolved', { orderId, shipmentId: 'a', parcels: ['1'] });
    const audit = new Audit();
    for (const event of [...lost, resolved]) audit.hear(event);
    const open = audit.awaited(orderId).filter(({ rule }) => rule.name === 'lost-parcel-is-resolved');
    expect(open.map(({ about }) => about)).toEqual(['b/1']);
  });

  it('has a tracking number of its own for each', () => {
    const labels = shipments.map((each, n) =>
      telling.tell({ at: 60 + n, of: each }, 'LabelPurchased', { ...shipment(each), labelId: `label-${each}`, parcels: [first] }),
    );
    expect(of(labels, ['tracking-number-is-of-one-parcel'])).toHaveLength(1);
  });
});

it('what came back after the customer had the money for a lost parcel is settled already', () => {
  const telling = new Telling(sampleOf);
  const undelivered = { shipmentId: 'a', parcels: ['1'] };
  const events = [
    telling.tell({ at: 0, of: 'a' }, 'ParcelLost', { ...shipment('a'), parcels: [first] }),
    telling.tell({ at: 1 }, 'LineCancelled', { orderId, cancellationId: 'resolution', lines: [line], undelivered }),
    telling.tell({ at: 2, of: 'a' }, 'ParcelFound', { ...shipment('a'), parcels: [first] }),
    telling.tell({ at: 3, of: 'a' }, 'RtoReceived', { ...shipment('a'), receiptId: 'receipt', parcels: [first], lines: [] }),
  ];
  expect(of(events, ['came-back-is-settled'])).toEqual([]);
  expect(of(events.toSpliced(1, 1), ['came-back-is-settled'])).toEqual(['missing came-back-is-settled a/1']);
});

it('a partner that corrects the numbers of its own carrier has bought no second label', () => {
  const telling = new Telling(sampleOf);
  const told = ['T1', 'T2'].map((trackingNumber, n) => {
    const numbers = { ...shipment('a'), labelId: `told-${n}`, parcels: [{ ...first, trackingNumber }] };
    return telling.tell({ at: n, of: 'a' }, 'LabelPurchased', { ...numbers, cost: undefined, currency: undefined } as object);
  });
  expect(found(told)).toEqual([]);
});

it('a person who is to look at an order is told of one of its ways of paying, and the others wait as well', () => {
  const telling = new Telling(sampleOf);
  const payments = ['card', 'voucher'].map((paymentId) => ({ paymentId, method: 'card', amount: 360 }));
  const placed = telling.tell({ at: 0 }, 'OrderPlaced', { orderId, payments });
  const review = telling.tell({ at: 1 }, 'ReviewRequired', { orderId, paymentId: 'card', decideBy: minute(600) });
  const answered = (events: readonly Heard[]): readonly string[] =>
    found(events, minute(60)).filter((each) => each.includes('payment-is-answered'));
  expect(answered([placed, review])).toEqual([]);
  expect(answered([placed])).toEqual(['missing payment-is-answered card', 'missing payment-is-answered voucher']);
});

describe('what left', () => {
  const telling = new Telling(sampleOf);
  const [{ ...sold }] = sampleOf('OrderPlaced').lines;
  const [mug, gift] = [
    { ...sold, lineId: 'mug', total: 720 },
    { ...sold, lineId: 'gift', total: 0 },
  ];
  const placed = telling.tell({ at: 0 }, 'OrderPlaced', { orderId, payments: [], lines: [mug, gift] as never });
  const sent = (shipmentId: string, ...lines: readonly { readonly lineId: string }[]) =>
    telling.tell({ at: 1, of: shipmentId }, 'ShipmentDispatched', {
      ...shipment(shipmentId),
      parcels: [],
      lines: lines.map(({ lineId }) => ({ ...line, lineId })),
    });
  const unpaid = (...events: readonly Heard[]): readonly string[] => of(events, ['dispatch-is-paid']);

  it('is charged, unless it is given away and went by itself', () => {
    const [alone, both] = [sent('a', gift), sent('b', mug, gift)];
    expect(unpaid(placed, alone, both)).toEqual(['missing dispatch-is-paid b']);
    expect(unpaid(both, alone, placed)).toEqual(['missing dispatch-is-paid b']);
    expect(unpaid(alone)).toEqual(['missing dispatch-is-paid a']);
  });

  it('is paid with what was taken for units that came back, and kept', () => {
    const back = telling.tell({ at: 0 }, 'LineCancelled', {
      ...{ orderId, lines: [{ ...line, lineId: 'mug' }], undelivered: { shipmentId: 'd', parcels: ['1'], receiptId: 'receipt' } },
    });
    expect(unpaid(placed, back, sent('e', mug))).toEqual([]);
  });

  it('is charged by a person where money is taken by hand', () => {
    const promised = (capture?: 'hand') => telling.tell({ at: 0 }, 'PaymentAuthorized', { orderId, ...(capture ? { capture } : {}) });
    const gone = sent('c', mug);
    expect(unpaid(placed, promised('hand'), gone)).toEqual([]);
    expect(unpaid(placed, promised(), gone)).toEqual(['missing dispatch-is-paid c']);
  });
});

describe('a claim that is settled with money', () => {
  const telling = new Telling(sampleOf);
  const [sold] = sampleOf('OrderPlaced').lines;
  const placed = telling.tell({ at: 0 }, 'OrderPlaced', { orderId, lines: [{ ...sold, lineId: 'gift', total: 0 }] as never });
  const decided = (claimId: string, lineId: string) =>
    telling.tell({ at: 1 }, 'ClaimDecided', { orderId, claimId, decision: 'refund', lines: [{ ...line, lineId }] });
  const returned = telling.tell({ at: 0 }, 'RefundDue', { orderId, returnId: 'return', lines: [{ ...line, lineId: 'mug' }] as never });

  it('becomes a refund, unless what it is of was given away, or its money was given back before', () => {
    expect(of([placed, decided('a', 'gift')], ['claim-is-paid'])).toEqual([]);
    expect(of([decided('b', 'mug'), returned], ['claim-is-paid'])).toEqual([]);
    expect(of([placed, decided('c', 'mug')], ['claim-is-paid'])).toEqual(['missing claim-is-paid c']);
  });
});

it('a line that an edit adds is reserved or short, as any other', () => {
  const telling = new Telling(sampleOf);
  const [sold] = sampleOf('OrderPlaced').lines;
  const added = telling.tell({ at: 0 }, 'OrderEdited', { orderId, lines: [{ lineId: 'new', after: { ...sold, lineId: 'new' } }] as never });
  const short = telling.tell({ at: 1 }, 'StockShort', {
    orderId,
    short: [{ ...line, lineId: 'new', requested: 1, available: 0 }] as never,
  });
  expect(of([added], ['stock-is-answered'])).toEqual(['missing stock-is-answered new']);
  expect(of([added, short], ['stock-is-answered'])).toEqual([]);
});

describe('an order of which a part has come', () => {
  const delivered = wholeLife(sampleOf).filter(({ type }) => type !== 'OrderCompleted');
  const { sequence } = delivered.findLast(({ topic }) => topic === 'order.events') ?? { sequence: 0 };
  const resolved = (choice: string): Heard => ({
    ...new Telling(sampleOf).tell({ at: 2 }, 'ShortageResolved', { orderId, lines: [line], choice } as object),
    ...{ id: 'ffffffff-0000-7000-8000-000000000001', sequence: sequence + 1 },
  });

  it('waits for the rest where it went ahead by itself', () => {
    expect(found([...delivered, resolved('split')])).toEqual([]);
    expect(found([...delivered, resolved('wait')])).toEqual([`stalled order-ends ${orderId}`]);
  });
});

it('a capture that failed is tried again, unless what it was to take is not due any more', () => {
  const telling = new Telling(sampleOf);
  const failed = telling.tell({ at: 0 }, 'CaptureFailed', { orderId, captureId: 'capture', nextTryAt: minute(10) });
  const due = (to: number) => telling.tell({ at: 1 }, 'AmountDueChanged', { orderId, due: to, before: 500 });
  const tried = (...events: readonly Heard[]): readonly string[] => of(events, ['capture-is-tried-again']);
  expect(tried(failed, due(0))).toEqual([]);
  expect(tried(failed, due(900))).toEqual(['missing capture-is-tried-again capture']);
});
