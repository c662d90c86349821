import { fold } from '@cartage/eventsourcing';
import {
  brokerOrder,
  cancellationOf,
  evidence,
  id,
  linesOf,
  location,
  now,
  order,
  tooLateFor,
  told,
  twice,
  typesOf,
} from './brokering.fixture';
import type { BrokeringCommand } from './commands';
import type { BrokeringEvent } from './events';
import type { LocationFacts } from './facts';
import { orderBrokering } from './order-brokering';

const [mugs, tees] = [linesOf(['MUG', 2]), [{ lineId: '2', sku: 'TEE', quantity: 1 }]];
const three = [location('A', [9, 9]), location('B', [9, 9], { latitude: 53 }), location('C', [9, 9], { latitude: 55 })];
const brokered = told(brokerOrder(evidence(10, three)));
const first = id(11);
const reason = { code: 'too-busy', by: 'operator' };

const reject = (over: object = {}): BrokeringCommand => ({
  type: 'RequestRejection',
  data: { fulfillmentId: first, reason, now, ...over },
});
const move = (over: object, locations: readonly LocationFacts[] = three): BrokeringCommand => ({
  type: 'RequestMove',
  data: { fulfillmentId: first, reason, evidence: evidence(20, locations), ...over },
});
const answered = (locations: readonly LocationFacts[] = three): BrokeringCommand => ({
  type: 'HearShipmentCancellation',
  data: { cancellation: cancellationOf(first), ...twice(evidence(30, locations)) },
});
const sent = (events: readonly BrokeringEvent[]) =>
  events.flatMap((event) => (event.type === 'FulfillmentBrokered' ? [[event.data.location, event.data.lines, event.data.attempt]] : []));
const after = (asked: BrokeringCommand, locations?: readonly LocationFacts[]) => {
  const past = [...brokered, ...told(asked, ...brokered)];
  return told(answered(locations), ...past);
};
const refusal = (code: string) => expect.objectContaining({ code });

describe('a rejection', () => {
  it('says what it means for the stock, when whoever holds the goods agrees', () => {
    const events = after(reject({ stockEffect: 'minus' }));
    expect(events.find(({ type }) => type === 'FulfillmentRejected')).toMatchObject({ data: { stockEffect: 'minus', lines: order.lines } });
    expect(sent(events)).toEqual([['B', order.lines, 2]]);
  });

  it('of some lines leaves the others where they are, and asks elsewhere for those alone', () => {
    const events = after(reject({ stockEffect: 'zero', lines: tees }));
    expect(events.find(({ type }) => type === 'FulfillmentRejected')).toMatchObject({
      data: { apart: { lines: tees }, stockEffect: 'zero' },
    });
    expect(sent(events)).toEqual([
      ['A', mugs, 1],
      ['B', tees, 2],
    ]);
  });

  it('of what is not in it is refused by its field', () =>
    expect(() => told(reject({ lines: [{ lineId: '2', quantity: 2 }] }), ...brokered)).toThrow(
      expect.objectContaining({ code: 'UNITS_NOT_IN_FULFILLMENT', kind: 'invalid', errors: [expect.objectContaining({ field: 'lines' })] }),
    ));

  it('that crosses the dispatch changes nothing: the goods go from where they went', () => {
    const past = [...brokered, ...told(reject(), ...brokered)];
    const late: BrokeringCommand = { type: 'HearCancellationRefusal', data: { refusal: tooLateFor(first), now } };
    const events = told(late, ...past);
    expect(typesOf(events)).toEqual(['CancellationRefused']);
    expect(told(answered(), ...past, ...events)).toEqual([]);
  });
});

describe('a move', () => {
  it('goes to the location that is named, uses up no attempt, and bars the old one from nothing', () => {
    const events = after(move({ location: 'C' }));
    expect(sent(events)).toEqual([['C', order.lines, 1]]);
    expect(events.find(({ type }) => type === 'FulfillmentRejected')).toMatchObject({ data: { stockEffect: 'keep' } });
    const state = fold(orderBrokering, [...brokered, ...told(move({ location: 'C' }), ...brokered), ...events]);
    const back = move({ fulfillmentId: id(31), location: 'A' });
    expect(typesOf(orderBrokering.decide(back, state))).toEqual(['FulfillmentRejectionRequested']);
  });

  it('is asked once, and waits for its answer before another is', () => {
    const past = [...brokered, ...told(move({ location: 'C' }), ...brokered)];
    expect(told(move({ location: 'C' }), ...past)).toEqual([]);
    expect(() => told(move({ location: 'B' }), ...past)).toThrow(refusal('FULFILLMENT_IN_MOTION'));
  });

  it.each([
    ['to where it is', { location: 'A' }, 'ALREADY_THERE'],
    ['to who has none of it', { location: 'D' }, 'LOCATION_UNFIT'],
    ['to nobody, of all of it', {}, 'NOTHING_STAYS'],
  ])('%s is refused', (_, over, code) => {
    const places = [...three, location('D', [0, 0])];
    expect(() => told(move(over, places), ...brokered)).toThrow(refusal(code));
  });

  it('stays where it was when the named location cannot take it any more', () =>
    expect(
      sent(
        after(
          move({ location: 'C' }),
          [three[0], three[1]].filter((one) => one !== undefined),
        ),
      ),
    ).toEqual([['A', order.lines, 1]]));
});

describe('a split', () => {
  it('lets some units go apart, from the location that is named; the others stay', () =>
    expect(sent(after(move({ lines: [{ lineId: '1', quantity: 1 }], location: 'C' })))).toEqual([
      [
        'A',
        [
          { lineId: '1', sku: 'MUG', quantity: 1 },
          { lineId: '2', sku: 'TEE', quantity: 1 },
        ],
        1,
      ],
      ['C', [{ lineId: '1', sku: 'MUG', quantity: 1 }], 1],
    ]));

  it('may leave both at one location, as two fulfilments', () =>
    expect(sent(after(move({ lines: tees })))).toEqual([
      ['A', mugs, 1],
      ['A', tees, 1],
    ]));
});

describe('what a location has to accept', () => {
  const acceptance = (otherwise: 'rebroker' | 'alert') => [{ kind: 'warehouse', withinMinutes: 60, otherwise }];
  const given = (otherwise: 'rebroker' | 'alert') => {
    const known = evidence(10, three);
    return told(brokerOrder({ ...known, rules: { ...known.rules, acceptance: acceptance(otherwise) } }));
  };
  const accept: BrokeringCommand = { type: 'AcceptFulfillment', data: { fulfillmentId: first, now } };
  const due: BrokeringCommand = { type: 'NoteAcceptanceDue', data: { fulfillmentId: first, now } };

  it('is accepted once, and then nothing is due', () => {
    const past = [...given('rebroker'), ...told(accept, ...given('rebroker'))];
    expect(typesOf(past.slice(-1))).toEqual(['FulfillmentAccepted']);
    expect([told(accept, ...past), told(due, ...past)]).toEqual([[], []]);
  });

  it('and is not, is asked back by policy, as the location itself would', () => {
    const events = told(due, ...given('rebroker'));
    expect(typesOf(events)).toEqual(['FulfillmentNotAccepted', 'FulfillmentRejectionRequested']);
    expect(events[1]).toMatchObject({ data: { reason: { code: 'not-accepted', by: 'policy' }, stockEffect: 'keep' } });
    expect(told(due, ...given('rebroker'), ...events)).toEqual([]);
  });

  it('or somebody is told, and it stays', () => {
    const past = [...given('alert'), ...told(due, ...given('alert'))];
    expect(typesOf(past.slice(-1))).toEqual(['FulfillmentNotAccepted']);
    expect(typesOf(told(accept, ...past))).toEqual(['FulfillmentAccepted']);
  });

  it('cannot be accepted when it has come to nothing', () => {
    const past = [...brokered, ...told(answered(), ...brokered)];
    expect(() => told(accept, ...past)).toThrow(refusal('FULFILLMENT_CLOSED'));
  });
});
