import { fold, Refused } from '@cartage/eventsourcing';
import { brokerOrder, evidence, id, linesOf, location, order, shipGroup, told } from './brokering.fixture';
import type { BrokeringCommand } from './commands';
import type { BrokeringEvent } from './events';
import type { LocationFacts } from './facts';
import { orderBrokering } from './order-brokering';

const tomorrow = '2026-11-24T00:00:00.000Z';
const none = [location('A', [0, 0])];
const waiting = told(brokerOrder(evidence(10, none)));
const arrived = (first: number, locations: readonly LocationFacts[], decision = 10): BrokeringCommand => ({
  type: 'HearStock',
  data: { evidence: new Map([[id(decision), evidence(first, locations)]]), arrivedAt: ['B'] },
});
const stateOf = (events: readonly BrokeringEvent[]) => fold(orderBrokering, events);

describe('lines that nobody had enough of', () => {
  it('go to whoever has them now, and have used up no attempt', () => {
    const events = told(arrived(20, [...none, location('B', [2, 1])]), ...waiting);
    expect(events).toMatchObject([
      { type: 'OrderBrokered', data: { cause: 'stock-arrived', request: { attempt: 1, arrivedAt: ['B'] } } },
      { type: 'FulfillmentBrokered', data: { location: 'B', lines: order.lines, attempt: 1 } },
    ]);
    const after = stateOf([...waiting, ...events]);
    expect(after?.unfilled).toEqual([]);
    expect(told(arrived(30, [location('B', [2, 1])]), ...waiting, ...events)).toEqual([]);
  });

  it('wait on, and nothing new is told of it, while there is too little', () => {
    const ask = (): unknown => told(arrived(20, [location('B', [2, 0])]), ...waiting);
    expect(ask).toThrow(Refused);
    expect(ask).toThrow('Nobody can ship it yet.');
  });

  it('wait for room, and it is told once, when whoever has them now is full', () => {
    const full = location('B', [9, 9], { capacity: 1, load: 1, later: [{ day: '2026-11-24', load: 0, beginsAt: tomorrow }] });
    const events = told(arrived(20, [...none, full]), ...waiting);
    expect(events).toMatchObject([
      { type: 'OrderBrokered', data: { cause: 'stock-arrived', because: 'no-capacity', askAgainAt: tomorrow } },
      { type: 'FulfillmentUnfillable', data: { reason: { code: 'no-capacity' } } },
    ]);
    const past = [...waiting, ...events];
    const wait = { forStock: { decisionId: id(20), because: 'no-capacity', notAt: ['B'] } };
    expect(stateOf(past)?.unfilled).toMatchObject([
      { lineId: '1', ...wait },
      { lineId: '2', ...wait },
    ]);
    expect(() => told(arrived(30, [full], 20), ...past)).toThrow('Nobody can ship it yet.');
    expect(told(arrived(30, [full, location('C', [2, 1])], 20), ...past)).toMatchObject([{}, { data: { location: 'C' } }]);
  });

  it('are offered as they were decided: those of another decision wait on', () => {
    const group = { shipGroup, lines: linesOf(['MUG', 1], ['TEE', 5]), evidence: evidence(20, none) };
    const confirmMore: BrokeringCommand = { type: 'BrokerOrder', data: { orderId: order.orderId, priority: 'standard', groups: [group] } };
    const more = told(confirmMore, ...waiting);
    const past = [...waiting, ...more];
    const events = told(arrived(30, [location('B', [2, 1])]), ...past);
    expect(stateOf([...past, ...events])?.unfilled.map(({ forStock }) => forStock?.decisionId)).toEqual([id(20), id(20)]);
  });
});
