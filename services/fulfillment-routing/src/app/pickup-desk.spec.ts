import { handling, memoryDeadlines, memoryStore } from '@cartage/eventsourcing';
import { brokerOrder, evidence, id, location, rules } from '../domain/brokering.fixture';
import type { BrokeringEvent } from '../domain/events';
import { orderBrokering, streamOf } from '../domain/order-brokering';
import type { Place } from '../domain/pickup';
import { onDueOf } from './deadlines';
import { MemoryNetwork } from './network.fixture';
import { createFulfillmentDesk } from './fulfillment-desk';
import { createPickupDesk } from './pickup-desk';
import { readingFrom } from './reading';

const meta = (commandId: string) => ({ commandId, correlationId: 'c', actor: 'spec' });
const of = { orderId: id(1), fulfillmentId: id(11) };
const reason = { code: 'on-holiday', by: 'customer' };
const far = new Date('2027-12-01T00:00:00.000Z');

class Market extends MemoryNetwork {
  override async placeOf(): Promise<Place> {
    return { name: 'Covent Garden', timeZone: 'Europe/London' };
  }
}
const network = new Market();

/** A store where an order was packed that its customer fetches, by these rules. */
const counter = async (method = 'pickup', byLocation: Readonly<Record<string, number>> = {}, acceptance: typeof rules.acceptance = []) => {
  const [store, kept] = [memoryStore(), memoryDeadlines()];
  let isDying = false;
  const set: typeof kept.set = async (deadline) => {
    if (isDying) throw new Error('The process dies.');
    await kept.set(deadline);
  };
  const deadlines = { ...kept, set };
  let [at, n] = ['2026-11-23T10:00:00.000Z', 100];
  const now = (): Date => new Date(at);
  const newId = (): string => id((n += 1));
  const send = handling({ store, newId }, orderBrokering);
  const pickup = { days: 7, byLocation, remindDays: 2, mostDays: 30 };
  const geocoder = { postalArea: async () => undefined, country: async () => undefined };
  const needs = { network, geocoder, deadlines, newId, now, send, pickup, read: readingFrom(store).read, rulesFor: async () => rules };
  const accepting = createFulfillmentDesk(needs);
  const desk = createPickupDesk({
    ...needs,
    vault: { seal: async () => ({ key: 'guest-1.k', box: 'c2VhbGVk' }) },
    isCode: async (_, said) => said === '123456',
  });
  const command = brokerOrder({ ...evidence(10, [location('A', [9, 9], { kind: 'store' })]), rules: { ...rules, acceptance } });
  const groups = command.data.groups.map((group) => ({ ...group, shipGroup: { shipGroupId: '1', method, pickupLocation: 'A' } }));
  await send(streamOf(of.orderId), { ...command, data: { ...command.data, groups } }, meta('brokered'));
  await Promise.all([accepting.packed(of, meta('packed.accepted')), desk.packed(of, meta('packed'))]);
  const nothing = async (): Promise<void> => undefined;
  const onDue = onDueOf(
    { deadlines, now },
    {
      CapacityBack: nothing,
      StockLeft: nothing,
      AcceptanceDue: nothing,
      PickupReminder: (data, dueMeta) => desk.remind(data, dueMeta),
      PickupExpiry: (data, dueMeta) => desk.expire(data, dueMeta),
    },
  );
  return {
    desk,
    /** Before it sets a deadline. */
    dies: (): void => void (isDying = true),
    /** All that is due until then is told. */
    until: async (instant: string): Promise<void> => {
      at = instant;
      const due = await deadlines.take({ now: now(), until: far, limit: 20 });
      for (const { tries: _, ...deadline } of due) await onDue(deadline, meta(deadline.id));
      await deadlines.settle(due.map((one) => one.id));
    },
    told: async (): Promise<readonly BrokeringEvent[]> => {
      const [stream] = await store.readMany([streamOf(of.orderId)]);
      return (stream?.events ?? []).slice(2) as unknown as readonly BrokeringEvent[];
    },
  };
};
const typesOf = (events: readonly BrokeringEvent[]): readonly string[] => events.map(({ type }) => type);

it('is ready when it is packed, until the end of the last day there, and only where it is fetched', async () => {
  const { told } = await counter();
  expect(await told()).toMatchObject([
    { type: 'ReadyForPickup', data: { expiresAt: '2026-11-30T23:59:59.000Z', remindAt: '2026-11-28T23:59:59.000Z' } },
  ]);
  expect(await (await counter('ship')).told()).toEqual([]);
});

it('is accepted and ready, both at once, when its location was to accept it', async () => {
  const { told } = await counter('pickup', {}, [{ kind: 'store', withinMinutes: 60, otherwise: 'alert' }]);
  expect(typesOf(await told()).toSorted()).toEqual(['FulfillmentAccepted', 'ReadyForPickup']);
});

it('is kept as long as its location keeps things', async () => {
  const { told } = await counter('pickup', { A: 1 });
  const [ready] = await told();
  expect(ready?.data).toMatchObject({ expiresAt: '2026-11-24T23:59:59.000Z' });
  expect(ready?.data).not.toHaveProperty('remindAt');
});

it('is reminded of, and expires when nobody comes', async () => {
  const { told, until } = await counter();
  await until('2026-11-29T00:00:00.000Z');
  expect(typesOf(await told())).toEqual(['ReadyForPickup', 'PickupReminderDue']);
  await until('2026-12-01T00:00:00.000Z');
  expect(typesOf(await told())).toEqual(['ReadyForPickup', 'PickupReminderDue', 'PickupExpired']);
});

it('that was extended expires later, and is reminded of anew', async () => {
  const { desk, told, until } = await counter();
  await desk.extend(of, { until: '2026-12-10T12:00:00.000Z', reason }, meta('extended'));
  await until('2026-12-01T00:00:00.000Z');
  expect(typesOf(await told())).toEqual(['ReadyForPickup', 'PickupExtended']);
  await until('2026-12-10T12:00:00.000Z');
  expect(typesOf(await told()).toSorted()).toEqual(['PickupExpired', 'PickupExtended', 'PickupReminderDue', 'ReadyForPickup'].toSorted());
});

it('is not kept for ever where a process dies while somebody extends it', async () => {
  const { desk, told, until, dies } = await counter();
  dies();
  await expect(desk.extend(of, { until: '2026-12-10T12:00:00.000Z', reason }, meta('extended'))).rejects.toThrow('The process dies.');
  await until('2026-12-10T12:00:00.000Z');
  expect(typesOf(await told()).at(-1)).toBe('PickupExpired');
});

it('that is extended without a day is kept as long as the store keeps what becomes ready now', async () => {
  const { desk, told, until } = await counter('pickup', { A: 10 });
  await until('2026-11-25T10:00:00.000Z');
  await desk.extend(of, { reason }, meta('extended'));
  expect((await told()).at(-1)).toMatchObject({ type: 'PickupExtended', data: { expiresAt: '2026-12-05T23:59:59.000Z' } });
});

it('that is fetched by its code does not expire, and a wrong code is written down and refused, however often it is asked', async () => {
  const { desk, told, until } = await counter();
  const wrong = { code: '000000', name: 'Ada' };
  await expect(desk.handOver(of, wrong, meta('wrong'))).rejects.toMatchObject({ code: 'PICKUP_CODE_WRONG' });
  await expect(desk.handOver(of, wrong, meta('wrong'))).rejects.toMatchObject({ code: 'PICKUP_CODE_WRONG' });
  await desk.handOver(of, { code: '123456', name: 'Ada' }, meta('right'));
  await until('2026-12-01T00:00:00.000Z');
  expect(typesOf(await told())).toEqual(['ReadyForPickup', 'PickupCodeRefused', 'HandedOver']);
});
