import { handling, memoryDeadlines, memoryStore, reading, type Meta } from '@cartage/eventsourcing';
import { carriersOf } from '../edge/carriers';
import { carrierSettings } from '../edge/shipping.fixture';
import { manifest } from '../domain/days/manifest';
import { pickup } from '../domain/days/pickup';
import { facts, labelled, ref } from '../domain/shipment.fixture';
import type { Carrier, PickupAnswer } from './carrier';
import { createManifests } from './manifests';
import { memoryRegisters } from './memory-registers';
import { createPickups } from './pickups';
import { createShipmentLog } from './shipment-log';

const { shipmentId, orderId } = ref;
const place = { carrier: 'simulated', location: 'LEEDS' };
const window = { from: '2026-11-23T14:00:00.000Z', until: '2026-11-23T17:00:00.000Z' };
const leeds = { location: 'LEEDS', name: 'Leeds', country: 'GB', timeZone: 'Europe/London', latitude: 53.8, longitude: -1.55 };

/** A dispatched shipment, and shelves that answer as a case wants. */
const setUp = async (does: Partial<Carrier> = {}, { isAsked = true } = {}) => {
  let time = Date.parse('2026-11-23T12:00:00.000Z');
  const now = () => new Date(time);
  let ids = 0;
  const newId = () => `id${(ids += 1)}`;
  const meta = (commandId = newId()): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });
  const store = memoryStore();
  const log = createShipmentLog({ store, newId, isPublic: () => true });
  const events = [...labelled, facts.dispatched].map((event, n) => ({ ...event, id: `s${n}`, meta: meta() }));
  await store.appendMany([{ stream: `shipment-${shipmentId}`, expected: 0, events }]);
  const [real] = carriersOf(carrierSettings).values();
  if (!real) throw new Error('There is no simulated carrier.');
  const { bookPickup, ...carrier }: Carrier = { ...real, ...does };
  const carriers = new Map<string, Carrier>([['simulated', isAsked && bookPickup ? { ...carrier, bookPickup } : carrier]]);
  const { locations } = memoryRegisters();
  await locations.record(leeds, 1);
  const deadlines = memoryDeadlines();
  const shelf = { handedOver: [shipmentId] as readonly string[], waiting: [shipmentId] as readonly string[], taken: false };
  const asked: unknown[] = [];
  const shared = { log, carriers, locations, now };
  const manifests = createManifests({
    ...shared,
    send: handling({ store, newId, isPublic: () => true }, manifest),
    read: async (id) => (await reading(store, manifest).load(`manifest-${id}`)).state,
    shelf: { handedOver: async (at) => (asked.push(at), shelf.handedOver), list: async () => [] },
    manifestIdOf: (...named) => named.join('/'),
    alone: (_, work) => work(),
    print: async () => new Uint8Array(),
  });
  const pickups = createPickups({
    ...{ ...shared, deadlines, newId, graceMs: 3_600_000 },
    send: handling({ store, newId, isPublic: () => true }, pickup),
    read: async (id) => (await reading(store, pickup).load(`pickup-${id}`)).state,
    shelf: { waiting: async () => shelf.waiting, taken: async () => shelf.taken, list: async () => [] },
    pickupIdOf: (...named) => named.join('/'),
  });
  /** Time goes by, and what is due then is told. */
  const pass = async (hours: number): Promise<void> => {
    time += hours * 3_600_000;
    for (const due of await deadlines.take({ now: now(), until: now(), limit: 10 })) await pickups.onDue(due, meta());
  };
  return { manifests, pickups, shelf, asked, meta, pass, deadlines };
};

describe('the day of a carrier at a location', () => {
  it('is closed once: what was handed over until its local end stands on its list, and a later one on the next', async () => {
    const { manifests, shelf, asked, meta } = await setUp();
    const closed = await manifests.close(place, meta());
    expect(closed).toMatchObject({
      ...{ day: '2026-11-23', manifestId: 'simulated/LEEDS/2026-11-23', reference: expect.stringMatching(/^MAN/) },
      shipments: [{ shipmentId, orderId, parcels: [{ trackingNumber: 'CTG1' }, { trackingNumber: 'CTG2' }] }],
    });
    expect(asked).toEqual([{ ...place, before: '2026-11-24T00:00:00.000Z' }]);
    shelf.handedOver = ['another'];
    expect(await manifests.close({ ...place, day: '2026-11-23' }, meta())).toEqual(closed);
    expect(await manifests.get(closed.manifestId)).toEqual(closed);
  });

  it('is not closed while its carrier does not answer, and can be then', async () => {
    const broken = { manifest: () => Promise.reject(new Error('503')) };
    const { manifests, meta } = await setUp(broken);
    await expect(manifests.close(place, meta())).rejects.toMatchObject({ code: 'CARRIER_SILENT' });
    await expect(manifests.get('simulated/LEEDS/2026-11-23')).rejects.toMatchObject({ code: 'MANIFEST_UNKNOWN', kind: 'unknown' });
  });

  it.each([
    [{ ...place, carrier: 'pigeon' }, 'CARRIER_UNKNOWN', 'carrier'],
    [{ ...place, location: 'MARS' }, 'LOCATION_UNKNOWN', 'location'],
    [{ ...place, day: '2026-11-24' }, 'DAY_NOT_BEGUN', 'day'],
  ])('of %j is refused by name', async (closing, code, field) => {
    const { manifests, meta } = await setUp();
    await expect(manifests.close(closing, meta())).rejects.toMatchObject({ code, errors: [{ field }] });
  });

  it('without anything handed over has no list', async () => {
    const { manifests, shelf, meta } = await setUp();
    shelf.handedOver = [];
    await expect(manifests.close(place, meta())).rejects.toMatchObject({ code: 'MANIFEST_EMPTY' });
  });
});

describe('a pickup', () => {
  const booked = { ...place, ...window, instructions: 'Gate 3.' };

  it('is booked once, however often it is asked for, with what is ready', async () => {
    const requests: unknown[] = [];
    const { pickups, meta } = await setUp({
      bookPickup: async (request) => (requests.push(request), { status: 'booked', confirmation: 'C1' }),
    });
    const first = await pickups.book(booked, meta());
    expect(first).toMatchObject({ status: 'booked', confirmation: 'C1', instructions: 'Gate 3.' });
    expect(await pickups.book(booked, meta())).toEqual(first);
    expect(requests).toMatchObject([
      { reference: first.reference, origin: { timeZone: 'Europe/London' }, bookings: [{ parcels: [{}, {}] }] },
    ]);
  });

  it('whose carrier gave no answer is asked for again by the same reference', async () => {
    const references: string[] = [];
    const { pickups, meta } = await setUp({
      bookPickup: async ({ reference }) => {
        references.push(reference);
        if (references.length === 1) throw new Error('timeout');
        return { status: 'booked', confirmation: 'C1' };
      },
    });
    await expect(pickups.book(booked, meta('k'))).rejects.toMatchObject({ code: 'CARRIER_SILENT' });
    expect(await pickups.book(booked, meta('k'))).toMatchObject({ status: 'booked' });
    expect(new Set(references).size).toBe(1);
  });

  it('that nobody came to is missed when shipments wait for it, once its scans had time to come', async () => {
    const { pickups, meta, pass } = await setUp();
    const { pickupId } = await pickups.book(booked, meta());
    await pass(5.9);
    expect(await pickups.get(pickupId)).toMatchObject({ status: 'booked' });
    await pass(0.2);
    expect(await pickups.get(pickupId)).toMatchObject({ status: 'missed', waiting: 1 });
    await expect(pickups.book(booked, meta())).rejects.toMatchObject({ code: 'WINDOW_OVER' });
    await expect(pickups.cancel(pickupId, { code: 'x', by: 'operator' }, meta())).rejects.toMatchObject({ code: 'PICKUP_OVER' });
  });

  it.each([
    ['something was taken', { taken: true }],
    ['nothing waited', { waiting: [] }],
  ])('is not missed when %s', async (_, so) => {
    const { pickups, shelf, meta, pass } = await setUp();
    Object.assign(shelf, so);
    const { pickupId } = await pickups.book(booked, meta());
    await pass(9);
    expect(await pickups.get(pickupId)).toMatchObject({ status: 'ended' });
  });

  it('that the carrier was never heard to take is missed as well', async () => {
    const { pickups, meta, pass } = await setUp({ bookPickup: () => Promise.reject(new Error('503')) });
    await expect(pickups.book(booked, meta())).rejects.toMatchObject({ code: 'CARRIER_SILENT' });
    await pass(9);
    expect(await pickups.get(`simulated/LEEDS/${window.from}`)).toMatchObject({ status: 'missed' });
  });

  it('that was cancelled is not missed, and can be booked again, as another of the carrier’s', async () => {
    const cancelled: string[] = [];
    const { pickups, meta, pass } = await setUp({ cancelPickup: async (reference) => void cancelled.push(reference) });
    const first = await pickups.book(booked, meta());
    const reason = { code: 'cancelled', by: 'operator' };
    expect(await pickups.cancel(first.pickupId, reason, meta())).toMatchObject({ status: 'cancelled', reason });
    expect(await pickups.cancel(first.pickupId, reason, meta())).toMatchObject({ status: 'cancelled' });
    expect(cancelled).toEqual([first.reference]);
    const again = await pickups.book(booked, meta());
    expect(again).toMatchObject({ status: 'booked', pickupId: first.pickupId });
    expect(again.reference).not.toBe(first.reference);
    await pass(9);
    expect(await pickups.get(first.pickupId)).toMatchObject({ status: 'missed' });
  });

  it('that was refused and is booked again until later is looked at when its own time is over', async () => {
    const answers: PickupAnswer[] = [{ status: 'refused', reason: { code: 'full', by: 'carrier' } }];
    const { pickups, meta, pass } = await setUp({ bookPickup: async () => answers.pop() ?? { status: 'booked', confirmation: 'C1' } });
    const { pickupId } = await pickups.book(booked, meta());
    await pickups.book({ ...booked, until: '2026-11-23T20:00:00.000Z' }, meta());
    await pass(6.1);
    expect(await pickups.get(pickupId)).toMatchObject({ status: 'booked' });
    await pass(3);
    expect(await pickups.get(pickupId)).toMatchObject({ status: 'missed' });
  });

  it('is never asked for without somebody who looks whether it was fetched', async () => {
    const { pickups, deadlines, meta } = await setUp();
    deadlines.set = () => Promise.reject(new Error('the connection was lost'));
    await expect(pickups.book(booked, meta())).rejects.toThrow('the connection was lost');
    await expect(pickups.get(`simulated/LEEDS/${window.from}`)).rejects.toMatchObject({ code: 'PICKUP_UNKNOWN' });
  });

  it('is refused by the carrier with its reason, and is by agreement where nobody is asked', async () => {
    const reason = { code: 'full', detail: 'No driver.', by: 'carrier' };
    const { pickups, meta } = await setUp({ bookPickup: async () => ({ status: 'refused', reason }) });
    expect(await pickups.book(booked, meta())).toMatchObject({ status: 'refused', reason });
    const agreed = await setUp({}, { isAsked: false });
    const { confirmation, status } = await agreed.pickups.book(booked, agreed.meta());
    expect([status, confirmation]).toEqual(['booked', undefined]);
  });

  it.each([
    [{ until: window.from }, 'WINDOW_WRONG'],
    [{ from: '2026-11-23T01:00:00.000Z', until: '2026-11-23T02:00:00.000Z' }, 'WINDOW_OVER'],
    [{ carrier: 'pigeon' }, 'CARRIER_UNKNOWN'],
    [{ location: 'MARS' }, 'LOCATION_UNKNOWN'],
  ])('with %j is refused by name', async (over, code) => {
    const { pickups, meta } = await setUp();
    await expect(pickups.book({ ...booked, ...over }, meta())).rejects.toMatchObject({ code, kind: 'invalid' });
  });
});
