import { fold } from '@cartage/eventsourcing';
import { both, brokerOrder, evidence, id, location, now, order, rules, told, typesOf } from './brokering.fixture';
import type { BrokeringCommand } from './commands';
import type { BrokeringEvent } from './events';
import type { LocationFacts } from './facts';
import { orderBrokering } from './order-brokering';

const waits = (events: readonly BrokeringEvent[]) =>
  fold(orderBrokering, events)?.unfilled.map(({ lineId, quantity, forStock }) => [lineId, quantity, forStock?.because ?? 'a person']);

const known = (first: number, locations: readonly LocationFacts[] = both) => new Map([['1', evidence(first, locations)]]);
const reserved: BrokeringCommand = { type: 'HearReservation', data: { evidence: known(20) } };
const newDay: BrokeringCommand = { type: 'BrokerOnNewDay', data: { evidence: known(20) } };
const asked: BrokeringCommand = { type: 'BrokerAgain', data: { evidence: known(20) } };
const arrived: BrokeringCommand = {
  type: 'HearStock',
  data: { evidence: new Map([[id(10), evidence(20, both)]]), arrivedAt: ['B'] },
};

/** Brokered, as far as these rules go, of what lies nowhere. */
const exhausted = told(brokerOrder({ ...evidence(10, both), rules: { ...rules, maxAttempts: 0 } }));

describe('lines that were brokered as often as they may be', () => {
  it('wait for a person, and go when one asks', () => {
    expect(waits(exhausted)).toEqual([
      ['1', 2, 'a person'],
      ['2', 1, 'a person'],
    ]);
    expect(typesOf(told(asked, ...exhausted))).toEqual(['OrderBrokered', 'FulfillmentBrokered']);
  });

  it.each([
    ['stock arrives', arrived],
    ['units of the order are reserved', reserved],
    ['a day begins', newDay],
  ])('are not asked for again when %s', (_, command) => expect(told(command, ...exhausted)).toEqual([]));

  it('are not freed by a reservation while something holds them', () => {
    const reason = { code: 'address-in-doubt', by: 'operator' };
    const hold = { orderId: order.orderId, holdId: id(70), type: 'address', reason, appliedAt: now };
    const held = [...exhausted, ...told({ type: 'HearHold', data: hold }, ...exhausted)];
    expect(told(reserved, ...held)).toEqual([]);
  });

  it.each([
    ['units of the order are reserved', reserved],
    ['a day begins', newDay],
  ])('wait on while others of their line, which waited for room, go when %s', (_, command) => {
    const full = [
      location('A', [9, 9], { capacity: 1, load: 1, later: [{ day: '2026-11-24', load: 0, beginsAt: '2026-11-24T00:00:00.000Z' }] }),
    ];
    const more = told(brokerOrder(evidence(15, full)), ...exhausted);
    const past = [...exhausted, ...more];
    const events = told(command, ...past);
    expect(events).toMatchObject([{ type: 'OrderBrokered' }, { type: 'FulfillmentBrokered', data: { lines: order.lines } }]);
    expect(waits([...past, ...events])).toEqual(waits(exhausted));
  });
});
