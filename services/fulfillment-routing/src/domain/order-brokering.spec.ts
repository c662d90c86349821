import { fold, specFor } from '@cartage/eventsourcing';
import { decideAgain } from './deciding';
import type { BrokeringEvent, DecisionRecord } from './events';
import { orderBrokering, type BrokeringCommand } from './order-brokering';
import {
  brokerOrder,
  cancellationOf,
  evidence,
  id,
  linesOf,
  location,
  now,
  order,
  orderCancelled,
  refusalOf,
  rules,
  shipGroup,
  tooLateFor,
  both,
  told,
  typesOf,
  twice,
} from './brokering.fixture';

const { given } = specFor(orderBrokering);
const recordIn = (events: readonly BrokeringEvent[]): DecisionRecord => {
  const found = events.find((event) => event.type === 'OrderBrokered');
  if (!found) throw new Error('no record');
  return found.data;
};

const confirmed = brokerOrder(evidence(10, both));
const brokered = told(confirmed);
const first = id(11);
const reason = { code: 'damaged', by: 'operator' };
const refusal = (fulfillmentId: string, at: number, locations = both): BrokeringCommand => ({
  type: 'HearAllocationRefusal',
  data: { refusal: refusalOf(fulfillmentId), evidence: evidence(at, locations) },
});
const rejectionRequest: BrokeringCommand = { type: 'RequestRejection', data: { fulfillmentId: first, reason, now } };
const cancellation = (at = 20): BrokeringCommand => ({
  type: 'HearShipmentCancellation',
  data: { cancellation: cancellationOf(first), ...twice(evidence(at, both)) },
});
const tooLate: BrokeringCommand = { type: 'HearCancellationRefusal', data: { refusal: tooLateFor(first), now } };
const cancelled: BrokeringCommand = { type: 'HearOrderCancellation', data: orderCancelled };
const again = (locations = both): BrokeringCommand => ({
  type: 'BrokerAgain',
  data: { evidence: new Map([['1', evidence(30, locations)]]) },
});

const published: BrokeringEvent = {
  type: 'FulfillmentBrokered',
  data: {
    orderId: order.orderId,
    fulfillmentId: first,
    location: 'A',
    locationKind: 'warehouse',
    shipGroupId: '1',
    method: 'ship',
    lines: order.lines,
    priority: 'standard',
    decisionId: id(10),
    rules: rules.version,
    ...{ attempt: 1, workDay: '2026-11-23' },
    brokeredAt: now,
  },
};

describe('a confirmed order', () => {
  it('is brokered once, with the record of why', () => {
    expect(typesOf(brokered)).toEqual(['OrderBrokered', 'FulfillmentBrokered']);
    expect(brokered[1]).toEqual(published);
    expect(recordIn(brokered)).toMatchObject({ cause: 'confirmed', rules, assignments: [{ fulfillmentId: first, location: 'A' }] });
  });

  it('may be confirmed in parts: what a confirmation names is brokered beside what was confirmed before', () => {
    const more = linesOf(['CAP', 1]);
    const added = told(
      {
        type: 'BrokerOrder',
        data: {
          orderId: order.orderId,
          priority: 'expedited',
          groups: [{ shipGroup, lines: more, evidence: evidence(30, [location('A', [0]), location('B', [5])], more) }],
        },
      },
      ...brokered,
    );
    expect(added.at(-1)).toMatchObject({ type: 'FulfillmentBrokered', data: { location: 'B', lines: more, priority: 'expedited' } });
    expect(recordIn(added)).toMatchObject({ cause: 'confirmed', request: { attempt: 1, inUse: ['A'] } });
    expect(fold(orderBrokering, [...brokered, ...added])?.fulfillments.size).toBe(2);
  });

  it('is a fulfilment for each location when it is split', () => {
    const events = told(brokerOrder(evidence(10, [location('A', [2, 0]), location('B', [0, 1])])));
    expect(events.slice(1)).toEqual([
      { ...published, data: { ...published.data, lines: [order.lines[0]] } },
      { ...published, data: { ...published.data, fulfillmentId: id(12), location: 'B', lines: [order.lines[1]] } },
    ]);
  });

  it('is unfillable whole when one line cannot be shipped', () => {
    const events = told(brokerOrder(evidence(10, [location('A', [9, 0])])));
    expect(events.slice(1)).toEqual([
      {
        type: 'FulfillmentUnfillable',
        data: {
          orderId: order.orderId,
          lines: [
            { lineId: '1', sku: 'MUG', requested: 2, available: 2 },
            { lineId: '2', sku: 'TEE', requested: 1, available: 0 },
          ],
          reason: { code: 'short', detail: 'No location that may ship it has enough of TEE (3 units wanted in all).', by: 'policy' },
          decisionId: id(10),
          rules: rules.version,
          decidedAt: now,
        },
      },
    ]);
  });
});

describe('a refused allocation', () => {
  it('is brokered again elsewhere, once', () => {
    const events = told(refusal(first, 20), ...brokered);
    expect(typesOf(events)).toEqual(['AllocationRefused', 'OrderBrokered', 'FulfillmentBrokered']);
    expect(recordIn(events)).toMatchObject({
      cause: 'allocation-refused',
      request: { attempt: 1, excluded: ['A'] },
      assignments: [{ location: 'B' }],
    });
    given(...brokered, ...events)
      .when(refusal(first, 20))
      .thenNothing();
  });

  it('is unfillable when nobody else has it', () => {
    const second = told(refusal(first, 20), ...brokered);
    const third = told(refusal(id(21), 30), ...brokered, ...second);
    expect(typesOf(third)).toEqual(['AllocationRefused', 'OrderBrokered', 'FulfillmentUnfillable']);
    expect(recordIn(third)).toMatchObject({ because: 'short', request: { excluded: ['A', 'B'] } });
  });

  it('uses up no attempts, however many lost the race for the last unit', () => {
    const many = ['A', 'B', 'C', 'D', 'E', 'F'].map((code) => location(code, [9, 9]));
    let past: readonly BrokeringEvent[] = told(brokerOrder(evidence(10, many)));
    for (const at of [20, 30, 40, 50]) past = [...past, ...told(refusal(id(at - 9), at, many), ...past)];
    expect(past.at(-1)).toMatchObject({ type: 'FulfillmentBrokered', data: { location: 'E', attempt: 1 } });
  });

  it('of an unknown fulfilment may only be early', () =>
    given(...brokered)
      .when(refusal(id(99), 20))
      .thenRefused('FULFILLMENT_UNKNOWN'));
});

describe('a rejection', () => {
  const requested = [...brokered, ...told(rejectionRequest, ...brokered)];

  it('is asked for, and nothing is given back before whoever holds the goods has answered', () =>
    given(...brokered)
      .when(rejectionRequest)
      .thenOnce({
        type: 'FulfillmentRejectionRequested',
        data: {
          orderId: order.orderId,
          fulfillmentId: first,
          location: 'A',
          lines: order.lines,
          stockEffect: 'keep',
          reason,
          requestedAt: now,
        },
      }));

  it('is told once nothing goes out, and its lines are brokered again elsewhere, once', () => {
    const events = told(cancellation(), ...requested);
    expect(typesOf(events)).toEqual(['ShipmentCancelled', 'FulfillmentRejected', 'OrderBrokered', 'FulfillmentBrokered']);
    expect(events[1]).toEqual({
      type: 'FulfillmentRejected',
      data: {
        orderId: order.orderId,
        fulfillmentId: first,
        location: 'A',
        lines: order.lines,
        reason,
        stockEffect: 'keep',
        rejectedAt: now,
      },
    });
    expect(events.at(-1)).toMatchObject({ type: 'FulfillmentBrokered', data: { location: 'B', attempt: 2 } });
    given(...requested, ...events)
      .when(cancellation(40))
      .thenNothing();
  });

  it('follows as well when shipping decides it alone', () =>
    expect(typesOf(told(cancellation(), ...brokered))).toContain('FulfillmentRejected'));

  it('that comes too late leaves everything as it is, and cannot be asked for again', () => {
    const late = told(tooLate, ...requested);
    expect(late).toEqual([{ type: 'CancellationRefused', data: tooLateFor(first) }]);
    given(...requested, ...late)
      .when(tooLate)
      .thenNothing();
    given(...requested, ...late)
      .when(cancellation())
      .thenNothing();
    given(...requested, ...late)
      .when(rejectionRequest)
      .thenRefused('FULFILLMENT_CLOSED');
  });

  it('has nothing to give back where the stock was refused meanwhile', () =>
    given(...requested, ...told(refusal(first, 20), ...requested))
      .when(cancellation(40))
      .thenNothing());

  it('of a cancelled order is told, and nothing is brokered again', () =>
    expect(typesOf(told(cancellation(), ...brokered, ...told(cancelled, ...brokered)))).toEqual([
      'ShipmentCancelled',
      'FulfillmentRejected',
    ]));

  it('is unfillable after so many attempts', () => {
    const many = ['A', 'B', 'C', 'D'].map((code) => location(code, [9, 9]));
    let past: readonly BrokeringEvent[] = told(brokerOrder(evidence(10, many)));
    const rejected = (fulfillmentId: string, at: number): BrokeringCommand => ({
      type: 'HearShipmentCancellation',
      data: { cancellation: cancellationOf(fulfillmentId), ...twice(evidence(at, many)) },
    });
    for (const at of [20, 30]) past = [...past, ...told(rejected(id(at - 9), at), ...past)];
    expect(told(rejected(id(31), 40), ...past).at(-1)).toMatchObject({
      type: 'FulfillmentUnfillable',
      data: { reason: { code: 'attempts-exhausted', detail: 'No location shipped it after 3 attempts.' } },
    });
  });

  it('may be answered before the order was heard of', () => given().when(cancellation()).thenRefused('FULFILLMENT_UNKNOWN'));
});

describe('a cancelled order', () => {
  it('is closed once', () =>
    given(...brokered)
      .when(cancelled)
      .thenOnce({ type: 'OrderCancelled', data: orderCancelled }));
  it('that was never brokered needs nothing', () => given().when(cancelled).thenNothing());
});

describe('an unfillable order', () => {
  const unfillable = told(brokerOrder(evidence(10, [])));

  it('is brokered when stock has come, once', () => {
    const events = told(again(), ...unfillable);
    expect(typesOf(events)).toEqual(['OrderBrokered', 'FulfillmentBrokered']);
    given(...unfillable, ...events)
      .when(again())
      .thenNothing();
  });

  it('stays as it is while there is none', () =>
    given(...unfillable)
      .when(again([]))
      .thenRefused('STILL_UNFILLABLE'));
  it('is not brokered after it was cancelled', () =>
    given(...unfillable, ...told(cancelled, ...unfillable))
      .when(again())
      .thenRefused('BROKERING_CLOSED'));
  it('must be known', () => given().when(again()).thenRefused('BROKERING_UNKNOWN'));
});

describe('lines that nobody can ship', () => {
  const two = { ...shipGroup, shipGroupId: '2' };
  const mugs = linesOf(['MUG', 2]);
  const tees = [{ lineId: '2', sku: 'TEE', quantity: 1 }];
  const groups = [
    { shipGroup, lines: mugs, evidence: evidence(10, [], mugs) },
    { shipGroup: two, lines: tees, evidence: evidence(20, [location('A', [9])], tees) },
  ];

  it('wait by themselves: what finds a place for other lines does not forget them', () => {
    const events = told({ type: 'BrokerOrder', data: { orderId: order.orderId, priority: 'standard', groups } });
    expect(typesOf(events)).toEqual(['OrderBrokered', 'FulfillmentUnfillable', 'OrderBrokered', 'FulfillmentBrokered']);
    expect(fold(orderBrokering, events)?.unfilled).toMatchObject([{ ...mugs[0], shipGroupId: '1' }]);
  });
});

describe('a decision record', () => {
  it('has all that is needed to decide again, to the same end', () => {
    const split = told(brokerOrder(evidence(10, [location('A', [2, 0]), location('B', [0, 1])])));
    for (const events of [brokered, split, told(refusal(first, 20), ...brokered)]) {
      const record = recordIn(JSON.parse(JSON.stringify(events)) as readonly BrokeringEvent[]);
      const { candidates, assignments, unfilled } = decideAgain(record);
      expect(candidates).toEqual(record.candidates);
      expect(unfilled).toEqual(record.unfilled);
      expect(assignments).toEqual(record.assignments.map(({ fulfillmentId: _, ...each }) => each));
    }
  });

  it('can be decided by other rules', () => {
    const busy = location('BUSY', [9, 9], { load: 5, capacity: 10 });
    const idle = location('IDLE', [9, 9], { latitude: 54, load: 0, capacity: 10 });
    const record = recordIn(told(brokerOrder(evidence(10, [busy, idle]))));
    expect(record.assignments).toMatchObject([{ location: 'BUSY' }]);
    const other = decideAgain(record, { ...rules, weights: { ...rules.weights, headroom: 1_000 } });
    expect(other.assignments).toEqual([{ location: 'IDLE', lines: linesOf(['MUG', 2], ['TEE', 1]) }]);
  });
});
