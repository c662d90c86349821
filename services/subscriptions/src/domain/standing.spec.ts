import { readFileSync } from 'node:fs';
import { contracts, stateContracts, stateSchemaOf, StateTopics, Topics, type Envelope, type StateTopic } from '@cartage/contracts';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { orderOf, type Entry } from './journaling';
import { folded, forgottenBy, nameOf, namesIn, type Standing } from './standing';

const ORDER = '0199a3c4-7b1e-7c3d-9f2a-100000000001';
const uuid = (n: number): string => `0199a3c4-7b1e-7c3d-9f2a-${String(n).padStart(12, '0')}`;
const at = (n: number): string => new Date(Date.UTC(2026, 10, 28, 9, 0, n)).toISOString();

type Told = readonly [type: string, data: object];

const topicOf = (type: string) => contracts.find((contract) => contract.type === type)?.topic ?? Topics.order;

const factOf = ([type, data]: Told, n: number): Envelope => ({
  ...{ id: uuid(n), type, version: 1, topic: topicOf(type), source: '/cartage/sample', subject: 's', key: 's', sequence: n },
  ...{ time: at(n), correlationId: 'c', replay: false, data },
});

const entriesOf = (told: readonly Told[]): readonly Entry[] => told.map((each, i) => ({ fact: factOf(each, i + 1), position: i + 1 }));

/** As the table does it: so many facts at a time, each batch knowing what it names and no more. */
const standingsAfter = (entries: readonly Entry[], batch = entries.length): ReadonlyMap<string, Standing> => {
  const all = new Map<string, Standing>();
  const erased = new Set<string>();
  for (let from = 0; from < entries.length; from += Math.max(1, batch)) {
    const some = entries.slice(from, from + Math.max(1, batch));
    const names = new Set(namesIn(some).map(nameOf));
    const forgotten = new Set(some.flatMap(forgottenBy));
    const orders = new Set(some.flatMap(({ fact }) => orderOf(fact) ?? []));
    const known = [...all].filter(([name, { orderId = '' }]) => names.has(name) || forgotten.has(orderId));
    const after = folded({ standings: new Map(known), erased: new Set([...erased].filter((order) => orders.has(order))) }, some);
    for (const standing of after.standings) all.set(nameOf(standing), standing);
    for (const order of after.erased) erased.add(order);
  }
  return all;
};

const stateOf = (told: readonly Told[], topic: StateTopic, key = ORDER): unknown =>
  standingsAfter(entriesOf(told)).get(nameOf({ topic, key }))?.state;

const golden = (type: string): object => JSON.parse(readFileSync(`libs/contracts/golden/${type}.v1.json`, 'utf8')) as object;
const of = (type: string, more: object = {}): Told => [type, { ...golden(type), orderId: ORDER, ...more }];

describe('the state of an order', () => {
  const line = (lineId: string, quantity: number) => ({ lineId, sku: 'MUG', quantity });
  const sold = (lineId: string, quantity: number) => ({
    ...line(lineId, quantity),
    unitPrice: 100,
    total: 100 * quantity,
    shipGroupId: '1',
    discounts: [],
    taxLines: [],
  });
  const group = { shipGroupId: '1', method: 'ship', destination: { country: 'GB', postalArea: 'SW1Y' }, charge: 0, taxLines: [] };
  const totals = { goods: 300, discount: 0, shipping: 0, tax: 0, total: 300 };
  const placed = of('OrderPlaced', { lines: [sold('1', 2), sold('2', 1)], shipGroups: [group], totals });
  const state = (...told: readonly Told[]): unknown => stateOf([placed, ...told], StateTopics.order);

  it('is what was sold, where it goes, and what was cancelled and handed over of it', () =>
    expect(
      state(
        of('OrderConfirmed', { confirmedAt: at(1) }),
        of('LineCancelled', { lines: [line('1', 1)] }),
        of('GoodsHandedOver', { lines: [line('2', 1)] }),
        of('PromiseMoved', { shipGroupId: '1', deliverBy: at(9), shipBy: undefined }),
        of('DestinationChanged', { shipGroupId: '1', destination: { country: 'DE' } }),
      ),
    ).toMatchObject({
      ...{ status: 'confirmed', confirmedAt: at(1), updatedAt: at(6), edits: 0, imported: false, totals },
      lines: [
        { lineId: '1', quantity: 2, cancelled: 1, handedOver: 0 },
        { lineId: '2', quantity: 1, cancelled: 0, handedOver: 1 },
      ],
      shipGroups: [{ shipGroupId: '1', method: 'ship', country: 'DE', deliverBy: at(9) }],
    }));

  it('is another one once it was edited, and keeps what was cancelled before', () => {
    const lines = [
      { lineId: '1', before: sold('1', 2), after: sold('1', 3) },
      { lineId: '2', before: sold('2', 1) },
      { lineId: '3', after: sold('3', 4) },
    ];
    const edit = { lines, shipGroups: [], totals: { ...totals, total: 700 }, priority: { before: 'standard', after: 'express' } };
    expect(state(of('LineCancelled', { lines: [line('1', 1)] }), of('OrderEdited', edit))).toMatchObject({
      ...{ edits: 1, priority: 'express', totals: { total: 700 } },
      lines: [
        { lineId: '1', quantity: 3, cancelled: 1 },
        { lineId: '3', quantity: 4, cancelled: 0 },
      ],
    });
  });

  it('names the holds that keep it now, and how it ended', () => {
    const [first, second] = [uuid(71), uuid(72)];
    const held = [of('HoldApplied', { holdId: first }), of('HoldApplied', { holdId: second }), of('HoldApplied', { holdId: second })];
    expect(state(...held, of('HoldReleased', { holdId: first }), of('OrderCancelled'))).toMatchObject({
      ...{ status: 'cancelled', holds: [{ holdId: second }] },
    });
    expect(stateOf([of('OrderImported', { outcome: 'cancelled', lines: [sold('1', 2)] })], StateTopics.order)).toMatchObject({
      ...{ status: 'cancelled', imported: true, lines: [{ quantity: 2, cancelled: 2 }] },
    });
  });

  it('is none before its beginning was heard', () => expect(stateOf([of('OrderConfirmed')], StateTopics.order)).toBeUndefined());
});

describe('the stock at a location', () => {
  const level = (revision: number, onHand: number) => ({
    ...{ sku: 'MUG', location: 'LDN', revision, onHand, allocated: 0, safetyStock: 0, available: onHand },
  });

  it('is that of the highest revision, in whatever order its events are heard', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 1 }), (revisions) => {
        const told = revisions.map((revision): Told => [
          'StockAdjusted',
          { ...golden('StockAdjusted'), levels: [level(revision, revision * 10)] },
        ]);
        const newest = Math.max(...revisions);
        expect(stateOf(told, StateTopics.stock, 'LDN/MUG')).toMatchObject({
          ...{ revision: newest, onHand: newest * 10, updatedAt: at(revisions.indexOf(newest) + 1) },
        });
      }),
    ));
});

describe('the money of an order', () => {
  const money = (amount: number) => ({ paymentId: uuid(5), currency: 'GBP', amount });

  it('is the sums of what happened, what was said last of each way of paying, and what is disputed', () =>
    expect(
      stateOf(
        [
          of('PaymentAuthorized', { ...money(900), method: 'card' }),
          of('PaymentCaptured', money(500)),
          of('PaymentVoided', money(400)),
          of('RefundIssued', money(200)),
          of('CreditReturned', money(50)),
          of('AmountDueChanged', { currency: 'GBP', due: 500 }),
          of('ChargebackOpened', { ...money(300), chargebackId: uuid(6) }),
          of('ChargebackLost', { ...money(300), chargebackId: uuid(6) }),
        ],
        StateTopics.payment,
      ),
    ).toMatchObject({
      sums: [{ currency: 'GBP', authorized: 900, captured: 500, voided: 400, refunded: 150, collected: 0 }],
      ways: [{ paymentId: uuid(5), method: 'card', status: 'voided' }],
      due: { currency: 'GBP', amount: 500 },
      chargebacks: [{ chargebackId: uuid(6), amount: 300, status: 'lost' }],
    }));
});

describe('a shipment', () => {
  const SHIPMENT = uuid(8);
  const parcel = (n: number) => ({ parcelId: `p-${n}`, trackingNumber: `T${n}`, weightGrams: 1, lines: [] });
  const both = { parcels: [parcel(1), parcel(2)] };
  const shipment = (...told: readonly Told[]): unknown =>
    stateOf(
      told.map(([type, data]) => [type, { ...data, shipmentId: SHIPMENT }]),
      StateTopics.shipment,
      SHIPMENT,
    );
  const sent = [
    of('ShipmentPacked', { ...both, packedAt: at(0) }),
    of('LabelPurchased', { ...both, purchasedAt: at(1) }),
    of('ShipmentDispatched', { ...both, dispatchedAt: at(2) }),
  ];

  it('is delivered when each of its parcels is, whatever is scanned late', () => {
    const first = of('ShipmentDelivered', { parcels: [parcel(1)], occurredAt: at(5) });
    const late = of('ShipmentInTransit', { ...parcel(1), occurredAt: at(4) });
    const after = of('ShipmentInTransit', { ...parcel(1), occurredAt: at(6) });
    expect(shipment(...sent, first, late, after)).toMatchObject({
      ...{
        status: 'dispatched',
        parcels: [
          { parcelId: 'p-1', status: 'delivered', at: at(5) },
          { parcelId: 'p-2', status: 'dispatched' },
        ],
      },
    });
    const second = of('ShipmentDelivered', { parcels: [parcel(2)], occurredAt: at(7) });
    expect(shipment(...sent, first, second)).toMatchObject({ status: 'delivered', deliveredAt: at(7) });
  });

  it('has no label any more once that is void, and comes back', () => {
    expect(shipment(...sent.slice(0, 2))).toMatchObject({ status: 'labelled', carrier: expect.any(String) as string });
    const voided = shipment(...sent.slice(0, 2), of('LabelVoided'));
    expect(voided).toMatchObject({ status: 'packed' });
    expect(voided).not.toHaveProperty('carrier');
    const back = [of('RtoInitiated', { ...both, occurredAt: at(5) }), of('RtoReceived', { ...both, receivedAt: at(8) })];
    expect(shipment(...sent, ...back)).toMatchObject({
      status: 'returned',
      parcels: [{ status: 'received-back' }, { status: 'received-back' }],
    });
    expect(shipment(of('ShipmentCancelled', { cancelledAt: at(3) }))).toMatchObject({ status: 'cancelled', cancelledAt: at(3) });
  });
});

describe('a return', () => {
  const RETURN = uuid(9);
  const line = (quantity: number) => ({ lineId: '1', sku: 'MUG', quantity });

  it('counts how far each of its lines is, and what is owed for it', () =>
    expect(
      stateOf(
        [
          of('ReturnRequested', { returnId: RETURN, lines: [line(3)], requestedAt: at(1) }),
          of('ReturnAuthorized', { returnId: RETURN, lines: [line(2)] }),
          of('ReturnDeclined', { returnId: RETURN, lines: [line(1)] }),
          of('ReturnReceived', { returnId: RETURN, lines: [line(2), { sku: 'CUP', quantity: 1 }] }),
          of('ItemGraded', { returnId: RETURN, ...line(2) }),
          of('RefundDue', { returnId: RETURN, refundId: uuid(4), currency: 'GBP', amount: 200 }),
          of('ReturnClosed', { returnId: RETURN, closedAt: at(7) }),
        ],
        StateTopics.return,
        RETURN,
      ),
    ).toMatchObject({
      ...{ status: 'closed', closedAt: at(7), requestedAt: at(1) },
      lines: [
        { lineId: '1', requested: 3, authorized: 2, declined: 1, received: 2, graded: 2 },
        { sku: 'CUP', requested: 0, received: 1 },
      ],
      refunds: [{ refundId: uuid(4), currency: 'GBP', amount: 200 }],
    }));
});

describe('states', () => {
  const told = contracts.map(({ type }): Told => [type, golden(type)]);
  const ajv = addFormats(new Ajv2020({ strict: true, allErrors: true }));
  const accepts = new Map<string, ReturnType<typeof ajv.compile>>(
    stateContracts.map((contract) => [contract.topic, ajv.compile(stateSchemaOf(contract))]),
  );

  it('are as their contracts say, whatever has happened in whatever order', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray(told), (story) => {
        for (const { topic, state } of standingsAfter(entriesOf(story)).values())
          if (state !== null) expect([topic, accepts.get(topic)?.(state), accepts.get(topic)?.errors]).toEqual([topic, true, null]);
      }),
      { numRuns: 30 },
    ));

  it('are the same however many facts are folded at a time', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray(told, { minLength: 10 }), fc.integer({ min: 1, max: 50 }), (story, batch) => {
        const entries = entriesOf(story);
        expect(standingsAfter(entries, batch)).toEqual(standingsAfter(entries));
      }),
      { numRuns: 30 },
    ));

  it('are numbered by the fact that changed them last, and never fall when they are made anew', () => {
    const entries = entriesOf([of('OrderPlaced'), of('OrderConfirmed'), of('OrderCompleted')]);
    const standings = standingsAfter(entries);
    expect([...standings.values()]).toMatchObject([
      { topic: 'order.state', key: ORDER, orderId: ORDER, position: 3, factId: uuid(3), time: at(3) },
    ]);
    const emptied = new Map([...standings].map(([name, standing]) => [name, { ...standing, state: null }]));
    const [anew] = folded({ standings: emptied, erased: new Set() }, entries.slice(0, 1)).standings;
    expect(anew).toMatchObject({ position: 3, state: { status: 'placed' } });
  });

  it('hold up no other where a fact cannot be folded', () => {
    const broken: Told = ['OrderPlaced', { orderId: uuid(77) }];
    const after = folded({ standings: new Map(), erased: new Set() }, entriesOf([broken, of('OrderPlaced')]));
    expect(after.standings.map(({ key }) => key)).toEqual([ORDER]);
    expect(after.faults).toMatchObject([{ factId: uuid(1), topic: 'order.state', key: uuid(77) }]);
  });

  it('of an order are gone with whom it was about, and stay so; stock stays', () => {
    const forgotten: Told = ['PersonErasureRequested', { ...golden('PersonErasureRequested'), orders: [ORDER] }];
    const story = [
      of('OrderPlaced'),
      of('PaymentCaptured'),
      of('ShipmentPacked', { shipmentId: uuid(8) }),
      of('StockAllocated'),
      forgotten,
    ];
    const later = [of('OrderCompleted'), of('ShipmentPicked', { shipmentId: uuid(7) }), of('ReturnClosed')];
    for (const batch of [1, 3, 100]) {
      const standings = [...standingsAfter(entriesOf([...story, ...later]), batch).values()];
      const ofOrder = standings.filter(({ topic }) => topic !== 'stock.state');
      expect(ofOrder.map(({ topic, state, position }) => [topic, state, position])).toEqual([
        ['order.state', null, 5],
        ['payment.state', null, 5],
        ['shipment.state', null, 5],
      ]);
      expect(standings.some(({ topic, state }) => topic === 'stock.state' && state !== null)).toBe(true);
    }
  });
});
