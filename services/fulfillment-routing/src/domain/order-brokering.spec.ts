import { fold, specFor } from '@cartage/eventsourcing';
import { decideAgain } from './deciding';
import type { BrokeringEvent, DecisionRecord } from './events';
import { orderBrokering, type BrokeringCommand } from './order-brokering';
import { evidence, id, linesOf, location, now, order, rules } from './samples';

const { given } = specFor(orderBrokering);
const both = [location('A', [9, 9]), location('B', [9, 9], { latitude: 53 })];
const told = (command: BrokeringCommand, ...past: readonly BrokeringEvent[]): readonly BrokeringEvent[] =>
  orderBrokering.decide(command, fold(orderBrokering, past));
const typesOf = (events: readonly BrokeringEvent[]): readonly string[] => events.map(({ type }) => type);
const recordIn = (events: readonly BrokeringEvent[]): DecisionRecord => {
  const found = events.find((event) => event.type === 'OrderBrokered');
  if (!found) throw new Error('no record');
  return found.data;
};

const confirmed: BrokeringCommand = { type: 'BrokerOrder', data: { order, evidence: evidence(10, both) } };
const brokered = told(confirmed);
const first = id(11);
const refusal = (fulfillmentId: string, at: number): BrokeringCommand => ({
  type: 'RecordAllocationRefusal',
  data: { fulfillmentId, short: [], at: now, evidence: evidence(at, both) },
});
const rejection: BrokeringCommand = {
  type: 'RejectFulfillment',
  data: { fulfillmentId: first, reason: 'damaged', evidence: evidence(20, both) },
};
const allocation: BrokeringCommand = { type: 'RecordAllocation', data: { fulfillmentId: first, at: now } };
const dispatch: BrokeringCommand = { type: 'RecordDispatch', data: { fulfillmentId: first, shipmentId: id(5), at: now } };
const cancellation: BrokeringCommand = { type: 'CloseBrokering', data: { reason: 'cancelled: customer', at: now } };
const again = (locations = both): BrokeringCommand => ({ type: 'BrokerAgain', data: { evidence: evidence(30, locations) } });

const published: BrokeringEvent = {
  type: 'FulfillmentBrokered',
  data: {
    orderId: order.orderId,
    fulfillmentId: first,
    location: 'A',
    lines: order.lines,
    priority: 'standard',
    destination: order.destination,
    personal: order.personal,
    decisionId: id(10),
    rules: rules.version,
    attempt: 1,
    brokeredAt: now,
  },
};

describe('a confirmed order', () => {
  it('is brokered once, with the record of why', () => {
    expect(typesOf(brokered)).toEqual(['OrderBrokered', 'FulfillmentBrokered']);
    expect(brokered[1]).toEqual(published);
    expect(recordIn(brokered)).toMatchObject({ cause: 'confirmed', rules, assignments: [{ fulfillmentId: first, location: 'A' }] });
    given(...brokered)
      .when(confirmed)
      .thenNothing();
  });

  it('is a fulfilment for each location when it is split', () => {
    const events = told({ type: 'BrokerOrder', data: { order, evidence: evidence(10, [location('A', [2, 0]), location('B', [0, 1])]) } });
    expect(events.slice(1)).toEqual([
      { ...published, data: { ...published.data, lines: [order.lines[0]] } },
      { ...published, data: { ...published.data, fulfillmentId: id(12), location: 'B', lines: [order.lines[1]] } },
    ]);
  });

  it('is unfillable whole when one line cannot be shipped', () => {
    const events = told({ type: 'BrokerOrder', data: { order, evidence: evidence(10, [location('A', [9, 0])]) } });
    expect(events.slice(1)).toEqual([
      {
        type: 'FulfillmentUnfillable',
        data: {
          orderId: order.orderId,
          lines: [{ lineId: '2', sku: 'TEE', requested: 1, available: 0 }],
          reason: 'No location that may ship it has enough of TEE (3 units wanted in all).',
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
    expect(typesOf(events)).toEqual(['AllocationRefusalRecorded', 'OrderBrokered', 'FulfillmentBrokered']);
    expect(recordIn(events)).toMatchObject({
      cause: 'allocation-refused',
      request: { attempt: 2, excluded: ['A'] },
      assignments: [{ location: 'B' }],
    });
    given(...brokered, ...events)
      .when(refusal(first, 20))
      .thenNothing();
  });

  it('is unfillable when nobody else has it', () => {
    const second = told(refusal(first, 20), ...brokered);
    const third = told(refusal(id(21), 30), ...brokered, ...second);
    expect(typesOf(third)).toEqual(['AllocationRefusalRecorded', 'OrderBrokered', 'FulfillmentUnfillable']);
    expect(recordIn(third)).toMatchObject({ because: 'short', request: { excluded: ['A', 'B'] } });
  });

  it('is unfillable after so many attempts', () => {
    const many = ['A', 'B', 'C', 'D'].map((code) => location(code, [9, 9]));
    const refused = (fulfillmentId: string, at: number): BrokeringCommand => ({
      type: 'RecordAllocationRefusal',
      data: { fulfillmentId, short: [], at: now, evidence: evidence(at, many) },
    });
    let past: readonly BrokeringEvent[] = told({ type: 'BrokerOrder', data: { order, evidence: evidence(10, many) } });
    for (const at of [20, 30]) past = [...past, ...told(refused(id(at - 9), at), ...past)];
    const last = told(refused(id(31), 40), ...past);
    expect(last.at(-1)).toMatchObject({ type: 'FulfillmentUnfillable', data: { reason: 'No location shipped it after 3 attempts.' } });
  });

  it('of an unknown fulfilment may only be early', () =>
    given(...brokered)
      .when(refusal(id(99), 20))
      .thenRefused('FULFILLMENT_UNKNOWN'));
  it('is too late once the stock was allocated', () =>
    given(...brokered, ...told(allocation, ...brokered))
      .when(refusal(first, 20))
      .thenNothing());
});

describe('a rejection by the location', () => {
  it('is told, and its lines are brokered again elsewhere, once', () => {
    const past = [...brokered, ...told(allocation, ...brokered)];
    const events = told(rejection, ...past);
    expect(events[0]).toEqual({
      type: 'FulfillmentRejected',
      data: { orderId: order.orderId, fulfillmentId: first, location: 'A', lines: order.lines, reason: 'damaged', rejectedAt: now },
    });
    expect(events.at(-1)).toMatchObject({ type: 'FulfillmentBrokered', data: { location: 'B', attempt: 2 } });
    given(...past, ...events)
      .when(rejection)
      .thenNothing();
  });

  it('is refused once the goods have left', () =>
    given(...brokered, ...told(dispatch, ...brokered))
      .when(rejection)
      .thenRefused('FULFILLMENT_CLOSED'));

  it('of a cancelled order is told, and nothing is brokered again', () =>
    expect(typesOf(told(rejection, ...brokered, ...told(cancellation, ...brokered)))).toEqual(['FulfillmentRejected']));
});

describe('what others tell of a fulfilment', () => {
  it('moves it on once, in whatever order it is heard', () => {
    given(...brokered)
      .when(allocation)
      .thenOnce({ type: 'AllocationRecorded', data: { orderId: order.orderId, fulfillmentId: first, allocatedAt: now } });
    given(...brokered)
      .when(dispatch)
      .thenOnce({ type: 'DispatchRecorded', data: { orderId: order.orderId, fulfillmentId: first, shipmentId: id(5), dispatchedAt: now } });
    given(...brokered, ...told(dispatch, ...brokered))
      .when(allocation)
      .thenNothing();
  });

  it('may come before the order was heard of', () => given().when(allocation).thenRefused('FULFILLMENT_UNKNOWN'));
});

describe('a cancelled order', () => {
  it('is closed once', () =>
    given(...brokered)
      .when(cancellation)
      .thenOnce({ type: 'BrokeringClosed', data: { orderId: order.orderId, reason: 'cancelled: customer', closedAt: now } }));
  it('that was never brokered needs nothing', () => given().when(cancellation).thenNothing());
});

describe('an unfillable order', () => {
  const unfillable = told({ type: 'BrokerOrder', data: { order, evidence: evidence(10, []) } });

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
    given(...unfillable, ...told(cancellation, ...unfillable))
      .when(again())
      .thenRefused('BROKERING_CLOSED'));
  it('must be known', () => given().when(again()).thenRefused('BROKERING_UNKNOWN'));
});

describe('a decision record', () => {
  it('has all that is needed to decide again, to the same end', () => {
    const split = told({ type: 'BrokerOrder', data: { order, evidence: evidence(10, [location('A', [2, 0]), location('B', [0, 1])]) } });
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
    const record = recordIn(told({ type: 'BrokerOrder', data: { order, evidence: evidence(10, [busy, idle]) } }));
    expect(record.assignments).toMatchObject([{ location: 'BUSY' }]);
    const other = decideAgain(record, { ...rules, weights: { ...rules.weights, headroom: 1_000 } });
    expect(other.assignments).toEqual([{ location: 'IDLE', lines: linesOf(['MUG', 2], ['TEE', 1]) }]);
  });
});
