import { fold } from '@cartage/eventsourcing';
import { brokerOrder, cancellationOf, evidence, id, location, order, told, twice, typesOf } from './brokering.fixture';
import type { BrokeringCommand } from './commands';
import type { LocationFacts } from './facts';
import type { BrokeringEvent } from './events';
import { orderBrokering } from './order-brokering';

/* An order taken in a store whose goods go home from wherever they are, a store among them. */

const aisle = (code: string, available: readonly number[], over: Partial<LocationFacts> = {}): LocationFacts =>
  location(code, available, { kind: 'store', ...over });
const warehouse = location('WAREHOUSE', [9, 9], { latitude: 57 });
/** Taken at the till of `TILL`, to be sent home. */
const taken = (locations: readonly LocationFacts[]): BrokeringCommand => {
  const command = brokerOrder(evidence(10, locations));
  return { ...command, data: { ...command.data, channel: 'pos' } };
};
const givenTo = (events: readonly BrokeringEvent[]): readonly string[] =>
  events.flatMap(({ type, data }) => (type === 'FulfillmentBrokered' ? [data.location] : []));

describe('an order taken in a store and sent home', () => {
  it('goes from wherever it is, where that store has none of it', () =>
    expect(givenTo(told(taken([aisle('TILL', [0, 0]), warehouse])))).toEqual(['WAREHOUSE']));
  it('goes from the store itself, where that has it and is nearest', () =>
    expect(givenTo(told(taken([aisle('TILL', [2, 1]), warehouse])))).toEqual(['TILL']));
  it('goes past a store that has as many for the day as it can pack, and past one that is closed for good', () => {
    const { day: _, ...closed } = aisle('CLOSED', [9, 9]);
    const full = aisle('FULL', [9, 9], { capacity: 5, load: 5 });
    expect(givenTo(told(taken([full, closed, warehouse])))).toEqual(['WAREHOUSE']);
  });
  it('goes from another place once the store says that it will not ship it, and not to that store again', () => {
    const places = [aisle('TILL', [9, 9]), warehouse];
    const past = told(taken(places));
    const reason = { code: 'too-busy', by: 'operator' };
    const rejection = {
      type: 'RequestRejection',
      data: { fulfillmentId: id(11), stockEffect: 'keep', reason, now: '2026-11-23T11:00:00.000Z' },
    } as const;
    const asked = [...past, ...told(rejection, ...past)];
    const cancellation = cancellationOf(id(11));
    const answer = { type: 'HearShipmentCancellation', data: { cancellation, ...twice(evidence(20, places)) } } as const;
    const after = told(answer, ...asked);
    expect(typesOf(after)).toEqual(['ShipmentCancelled', 'FulfillmentRejected', 'OrderBrokered', 'FulfillmentBrokered']);
    expect(givenTo(after)).toEqual(['WAREHOUSE']);
  });
  it('keeps the channel that it came from, so that rules may say otherwise for tills', () =>
    expect(fold(orderBrokering, told(taken([warehouse])))).toMatchObject({ channel: 'pos', priority: order.priority }));
});
