import { fold } from '@cartage/eventsourcing';
import { both, brokerOrder, evidence, factsOf, id, linesOf, location, order, requestOf, rules, told, typesOf } from './brokering.fixture';
import { broker } from './brokering';
import type { BrokeringEvent } from './events';
import type { LocationFacts } from './facts';
import { orderBrokering } from './order-brokering';

const lines = linesOf(['MUG', 2], ['TEE', 1]);
const today = '2026-11-23';
const tomorrow = { day: '2026-11-24', load: 0, beginsAt: '2026-11-24T00:00:00.000Z' };
const full = (code: string, over: Partial<LocationFacts> = {}): LocationFacts =>
  location(code, [9, 9], { capacity: 10, load: 10, later: [tomorrow], ...over });
const decide = (locations: readonly LocationFacts[], planAheadDays = 0) =>
  broker({ ...rules, planAheadDays }, requestOf(lines), factsOf(lines, locations));

describe('when every location that has it is full', () => {
  it('it waits by that name until the first of them has a new day', () => {
    const decision = decide([full('A', { later: [{ ...tomorrow, beginsAt: '2026-11-24T05:00:00.000Z' }] }), full('B')]);
    expect(decision).toMatchObject({ assignments: [], because: 'no-capacity', askAgainAt: '2026-11-24T00:00:00.000Z' });
  });

  it('it may be planned for the next working day, as far ahead as the rules allow', () => {
    const monday = { day: '2026-11-26', load: 3, beginsAt: '2026-11-26T00:00:00.000Z' };
    const locations = [full('A', { later: [{ ...tomorrow, load: 10 }, monday] })];
    expect(decide(locations, 2)).toMatchObject({ assignments: [], because: 'no-capacity' });
    expect(decide(locations, 3)).toMatchObject({ assignments: [{ location: 'A' }], candidates: [{ plannedFor: '2026-11-26' }] });
  });

  it('but never while another can begin today, however far it is', () =>
    expect(decide([full('A'), location('FAR', [9, 9], { latitude: -40 })], 1).assignments).toMatchObject([{ location: 'FAR' }]));

  it('and what is short waits as short, not for capacity', () =>
    expect(decide([full('A', { available: [1, 9] })])).toMatchObject({ because: 'short' }));
});

it('a location that is closed for good is refused by name', () => {
  const { day: _, ...closed } = location('A', [9, 9]);
  expect(decide([closed])).toMatchObject({ because: 'short', candidates: [{ refusal: 'closed' }] });
});

it('what is planned says for which day', () => {
  const known = evidence(10, [full('A')]);
  const [, sent] = told(brokerOrder({ ...known, rules: { ...rules, planAheadDays: 1 } }));
  expect(sent).toMatchObject({ type: 'FulfillmentBrokered', data: { location: 'A', workDay: tomorrow.day } });
  expect(told(brokerOrder(evidence(10, both)))[1]).toMatchObject({ data: { workDay: today } });
});

describe('lines that wait', () => {
  const waiting = told(brokerOrder(evidence(10, [full('A')])));
  const newDay = (first: number, locations: readonly LocationFacts[]) =>
    ({ type: 'BrokerOnNewDay', data: { evidence: new Map([['1', evidence(first, locations)]]) } }) as const;

  it('are brokered on a new day', () => {
    const events = told(newDay(20, [full('A', { load: 0 })]), ...waiting);
    expect(typesOf(events)).toEqual(['OrderBrokered', 'FulfillmentBrokered']);
    expect(fold(orderBrokering, [...waiting, ...events])).toMatchObject({ unfilled: [] });
  });

  it('wait on, and nothing is told, while there is none', () =>
    expect(() => told(newDay(20, [full('A')]), ...waiting)).toThrow(expect.objectContaining({ code: 'STILL_UNFILLABLE' })));

  it('are kept by line: one that is held is not forgotten when another finds a place', () => {
    const hold: BrokeringEvent = {
      type: 'HoldApplied',
      data: {
        ...{ orderId: order.orderId, holdId: id(7), type: 'operator', reason: { code: 'look', by: 'operator' }, appliedAt: today },
        lines: [{ lineId: '2', sku: 'TEE', quantity: 1 }],
      },
    };
    const past = [...waiting, hold];
    const events = told(newDay(20, [location('A', [9, 9])]), ...past);
    expect(fold(orderBrokering, [...past, ...events])?.unfilled).toMatchObject([
      { lineId: '2', sku: 'TEE', quantity: 1, shipGroupId: '1' },
    ]);
  });
});
