import { fold, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import {
  brokerOrder,
  cancellationOf,
  cancellationRequest,
  evidence,
  id,
  linesOf,
  location,
  now,
  order,
  tooLateFor,
  told,
  twice,
} from './brokering.fixture';
import type { BrokeringCommand } from './commands';
import type { BrokeringEvent } from './events';
import { orderBrokering } from './order-brokering';

const fulfillmentId = id(11);
const known = evidence(10, [location('A', [9, 9], { kind: 'store' })]);
const place = { name: 'Covent Garden', timeZone: 'Europe/London' };
const personal = { key: 'guest-1.k', box: 'c2VhbGVk' };

const brokered = ((): readonly BrokeringEvent[] => {
  const command = brokerOrder(known);
  const [group] = command.data.groups;
  const shipGroup = { shipGroupId: '1', method: 'pickup', pickupLocation: 'A' };
  return told({ ...command, data: { ...command.data, groups: group ? [{ ...group, shipGroup }] : [] } });
})();

const handOver = (n: number, codeIsRight: boolean, declined: number): BrokeringCommand => ({
  type: 'HandOver',
  data: {
    ...{ fulfillmentId, handoverId: id(n), codeIsRight, personal, now },
    ...(declined > 0 ? { declined: [{ lineId: '1', quantity: declined }] } : {}),
  },
});

/** Everything that may happen at a counter, in any order and as often as anybody likes. */
const commands: readonly BrokeringCommand[] = [
  { type: 'BecomeReady', data: { fulfillmentId, place, expiresAt: '2026-11-30T23:59:59.000Z', now } },
  handOver(60, true, 0),
  handOver(61, true, 1),
  handOver(62, false, 0),
  { type: 'ExpirePickup', data: { fulfillmentId, expiryId: id(63), then: 'stock', now: '2026-12-01T00:00:00.000Z' } },
  { type: 'RemindOfPickup', data: { fulfillmentId, expiresAt: '2026-11-30T23:59:59.000Z', now } },
  { type: 'HearCancellationRequest', data: { ...cancellationRequest(70, linesOf(['MUG', 1])), now } },
  {
    type: 'HearShipmentCancellation',
    data: { cancellation: cancellationOf(fulfillmentId), ...twice(evidence(30, known.facts.locations)) },
  },
  { type: 'HearCancellationRefusal', data: { refusal: tooLateFor(fulfillmentId), now } },
];

const lived = (told: readonly BrokeringCommand[]): readonly BrokeringEvent[] =>
  told.reduce<readonly BrokeringEvent[]>((events, command) => {
    try {
      return [...events, ...orderBrokering.decide(command, fold(orderBrokering, events))];
    } catch (error) {
      if (error instanceof Refused) return events;
      throw error;
    }
  }, brokered);

const unitsOf = (lines: readonly { readonly quantity: number }[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

it('whatever happens at a counter, goods leave once or not at all, no unit is lost, and no wrong code opens anything', () =>
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 25 }), (told) => {
      const events = lived(told);
      const types = events.map(({ type }) => type);
      const of = (type: string): number => types.filter((each) => each === type).length;
      for (const once of ['ReadyForPickup', 'HandedOver', 'PickupExpired', 'PickupReminderDue']) expect(of(once)).toBeLessThanOrEqual(1);
      expect(of('HandedOver') + of('PickupExpired')).toBeLessThanOrEqual(1);
      if (of('HandedOver') > 0) expect(types.indexOf('ReadyForPickup')).toBeLessThan(types.indexOf('HandedOver'));
      for (const event of events)
        if (event.type === 'HandedOver') expect(unitsOf([...event.data.lines, ...event.data.declined])).toBe(unitsOf(order.lines));
      const after = events.slice(types.indexOf('HandedOver') + 1).map(({ type }) => type);
      if (of('HandedOver') > 0) {
        expect(after).not.toContain('FulfillmentCancellationRequested');
        expect(after).not.toContain('FulfillmentBrokered');
      }
    }),
    { numRuns: 200 },
  ));

it('what was told is no news when it is told again', () =>
  fc.assert(
    fc.property(fc.shuffledSubarray([...commands], { minLength: 3 }), (told) => {
      const events = lived(told);
      const state = fold(orderBrokering, events);
      for (const command of told.filter(({ type }) => !['HandOver', 'HearShipmentCancellation'].includes(type))) {
        const again = lived([...told, command]).slice(events.length);
        if (state?.fulfillments.get(fulfillmentId)?.pickup && command.type === 'BecomeReady') expect(again).toEqual([]);
        if (events.some(({ type }) => type === 'CancellationRequested') && command.type === 'HearCancellationRequest')
          expect(again).toEqual([]);
      }
    }),
    { numRuns: 100 },
  ));
