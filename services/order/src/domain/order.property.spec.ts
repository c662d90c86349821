import { fold, handling, memoryStore } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { OrderEvent } from './events';
import type { Fact } from './facts';
import { order, streamOf } from './order';
import { facts, smoothLife } from './facts.fixture';
import { everything, id, minute, orderId, placed, placing, recording } from './order.fixture';
import { statusOf, type PlacedOrder } from './state';

const [lantern, mug] = everything;

/** A life with everything in it that may go wrong and be mended: no two facts of it contradict each other. */
const hardLife: readonly Fact[] = [
  facts.short,
  facts.reserved,
  facts.review,
  facts.authorized,
  facts.unfillable,
  { type: 'AllocationRefused', data: { ...facts.refused.data, fulfillmentId: id(40) } },
  facts.allocated,
  facts.packed,
  facts.cancelledShipment,
  facts.rejected,
  {
    type: 'FulfillmentUnfillable',
    data: { ...facts.unfillable.data, lines: [{ ...lantern, requested: 2, available: 0 }], decidedAt: minute(26) },
  },
  { type: 'StockAllocated', data: { ...facts.allocated.data, fulfillmentId: id(41), lines: [mug], allocatedAt: minute(27) } },
  { type: 'StockAllocated', data: { ...facts.allocated.data, fulfillmentId: id(42), lines: [lantern], allocatedAt: minute(28) } },
  {
    type: 'ShipmentPacked',
    data: { ...facts.packed.data, shipmentId: id(43), fulfillmentId: id(41), lines: [lantern], packedAt: minute(29) },
  },
  { type: 'ShipmentPacked', data: { ...facts.packed.data, shipmentId: id(43), fulfillmentId: id(41), lines: [mug], packedAt: minute(30) } },
  { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, shipmentId: id(43), fulfillmentId: id(41), lines: [mug] } },
  facts.captured,
  facts.attemptFailed,
  facts.outForDelivery,
  { type: 'ShipmentDelivered', data: { ...facts.delivered.data, shipmentId: id(43), fulfillmentId: id(41), lines: [mug] } },
  facts.returned,
  facts.refunded,
  facts.codRemitted,
];

/** One unit of each line is not where it was to ship from, and goes from elsewhere. */
const onceMore = everything.map((line) => ({ ...line, quantity: 1 }));
const theRest = everything.map((line) => ({ ...line, quantity: line.quantity - 1 }));
const shortLife: readonly Fact[] = [
  facts.reserved,
  facts.authorized,
  facts.allocated,
  { type: 'ShipmentPicked', data: { ...facts.picked.data, lines: theRest, short: facts.pickedShort.data.short } },
  facts.pickedShort,
  { type: 'StockAllocated', data: { ...facts.allocated.data, fulfillmentId: id(41), lines: onceMore, allocatedAt: minute(7) } },
  { type: 'ShipmentPacked', data: { ...facts.packed.data, lines: theRest } },
  { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, lines: theRest } },
  { type: 'ShipmentPacked', data: { ...facts.packed.data, shipmentId: id(43), fulfillmentId: id(41), lines: onceMore } },
  { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, shipmentId: id(43), fulfillmentId: id(41), lines: onceMore } },
];

/** Fetched at a counter, where one of its lines was refused. */
const counterLife: readonly Fact[] = [
  facts.reserved,
  facts.authorized,
  facts.allocated,
  facts.packed,
  facts.readyForPickup,
  facts.pickupExtended,
  facts.collected,
  { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, carrier: 'counter', lines: [lantern] } },
  { type: 'ShipmentDelivered', data: { ...facts.delivered.data, carrier: 'counter', lines: [lantern] } },
];

const shuffled = (life: readonly Fact[]): fc.Arbitrary<readonly Fact[]> => fc.shuffledSubarray([...life], { minLength: life.length });

const decided = (told: readonly Fact[]): readonly OrderEvent[] =>
  told.reduce<readonly OrderEvent[]>(
    (events, fact, n) => [...events, ...order.decide(recording(fact, id(900 + n)), fold(order, events))],
    [placed],
  );

/** What is known of an order, whatever way it became known. Holds are told by what they hold now. */
const known = (events: readonly OrderEvent[]) => {
  const state = fold(order, events);
  if (!state) throw new Error('It was placed.');
  const { holds, progress, fulfillments, shipments, payments, money, confirmedAt, ended } = state;
  return {
    status: statusOf(state),
    holds: [...new Set(holds.map(({ type }) => type))].sort(),
    ...{ progress, fulfillments, shipments: sorted(shipments), payments, money, confirmedAt, ended },
  };
};
const sorted = (shipments: PlacedOrder['shipments']) => [...shipments.values()].sort((a, b) => (a.shipmentId < b.shipmentId ? -1 : 1));

describe('any order, in whatever order its facts are told', () => {
  it.each<[string, readonly Fact[], number]>([
    ['smooth', smoothLife, 300],
    ['hard', hardLife, 300],
    ['short', shortLife, 100],
    ['counter', counterLife, 100],
  ])('ends where it ends: a %s life', (_, life, numRuns) => {
    const wanted = known(decided(life));
    fc.assert(
      fc.property(shuffled(life), (told) => expect(known(decided(told))).toEqual(wanted)),
      { numRuns },
    );
  });

  it('stands at the end of the hard life where its facts say', () =>
    expect(known(decided(hardLife))).toMatchObject({
      status: 'partially-shipped',
      holds: [],
      money: { captured: 2134, collected: 0, refunded: 407 },
      progress: new Map([
        ['1', { quantity: 2, reserved: 2, allocated: 2, packed: 0, shipped: 0, delivered: 0, returned: 1 }],
        ['2', { quantity: 3, reserved: 3, allocated: 3, packed: 3, shipped: 3, delivered: 3, returned: 0 }],
      ]),
    }));

  it('has shipped all of it at the end of the short life, each unit from where it was', () =>
    expect(known(decided(shortLife))).toMatchObject({
      status: 'shipped',
      progress: new Map([
        ['1', { quantity: 2, reserved: 2, allocated: 2, packed: 2, shipped: 2, delivered: 0, returned: 0 }],
        ['2', { quantity: 3, reserved: 3, allocated: 3, packed: 3, shipped: 3, delivered: 0, returned: 0 }],
      ]),
    }));

  it('writes nothing when what it was told is told again, at whatever time and by whatever batch', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...hardLife, ...smoothLife, facts.declined), { maxLength: 40 }),
        fc.boolean(),
        async (told, atOnce) => {
          const store = memoryStore();
          const send = handling({ store, newId: () => id(999) }, order);
          const meta = (commandId: string) => ({ commandId, correlationId: 'c', actor: 'spec' });
          await send(streamOf(orderId), { type: 'PlaceOrder', data: { order: placing, now: placing.placedAt } }, meta('placing'));
          const all = [...new Set<Fact>([...hardLife, ...smoothLife, facts.declined])];
          const tell = (fact: Fact) => send(streamOf(orderId), recording(fact), meta(`event-${all.indexOf(fact)}`));
          if (atOnce) await Promise.all(told.map(tell));
          else for (const fact of told) await tell(fact);
          const [stream] = await store.readMany([streamOf(orderId)]);
          const kept = stream?.events.filter(({ type }) => all.some((fact) => fact.type === type)) ?? [];
          expect(kept.map(({ meta: { commandId } }) => commandId)).toEqual([...new Set(told.map((fact) => `event-${all.indexOf(fact)}`))]);
        },
      ),
      { numRuns: 60 },
    ));

  it('is cancelled and completed at most once, each of its units confirmed at most once, decides nothing after its end, and gives each hold an id of its own', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.values(facts), ...hardLife), { maxLength: 40 }), (told) => {
        const events = decided(told);
        const count = (type: string): number => events.filter((event) => event.type === type).length;
        for (const type of ['OrderCancelled', 'OrderCompleted']) expect(count(type)).toBeLessThanOrEqual(1);
        const confirmed = events.flatMap((event) => (event.type === 'OrderConfirmed' ? event.data.lines : []));
        for (const { lineId, quantity } of everything) {
          const units = confirmed.filter((line) => line.lineId === lineId).reduce((sum, line) => sum + line.quantity, 0);
          expect(units).toBeLessThanOrEqual(quantity);
        }
        const end = events.findIndex(({ type }) => type === 'OrderCancelled' || type === 'OrderCompleted');
        const decisions = ['OrderConfirmed', 'HoldApplied', 'HoldReleased', 'OrderCancelled', 'OrderCompleted'];
        if (end >= 0) expect(events.slice(end + 1).filter(({ type }) => decisions.includes(type))).toEqual([]);
        const holds = events.flatMap((event) => (event.type === 'HoldApplied' ? [event.data.holdId] : []));
        expect(new Set(holds).size).toBe(holds.length);
      }),
      { numRuns: 300 },
    ));
});
