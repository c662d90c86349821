import { memoryStore, type Deadline, type Meta } from '@cartage/eventsourcing';
import { carriersOf } from '../edge/carriers';
import { carrierSettings } from '../edge/shipping.fixture';
import { booking, bought, labelId, pack, plan, ref } from '../domain/shipment.fixture';
import type { ShipmentCommand } from '../domain/commands';
import type { Carrier } from './carrier';
import { memoryRegisters } from './memory-registers';
import { createParkedScans } from './parked-scans';
import { createShipmentLog } from './shipment-log';
import { createTracking } from './tracking';

const { shipmentId } = ref;
const now = () => new Date('2026-11-23T12:00:00.000Z');
const at = now().toISOString();

const request: ShipmentCommand = {
  type: 'RequestLabel',
  data: { labelId, choice: { carrier: 'simulated', service: 'standard' }, wish: {}, now: at },
};

const DAY = 86_400_000;

const setUp = (told: Partial<Carrier> = {}) => {
  const [carrier] = [...carriersOf(carrierSettings).values()];
  if (!carrier) throw new Error('There is no simulated carrier.');
  const carriers = new Map([['simulated', { ...carrier, ...told, verify: (signature: string | undefined) => signature === 'signed' }]]);
  const store = memoryStore();
  const registers = memoryRegisters();
  let ids = 0;
  const log = createShipmentLog({ store, newId: () => `e${(ids += 1)}`, isPublic: () => true });
  const due: Deadline[] = [];
  const clock = { now: now() };
  const tracking = createTracking({
    ...{
      log,
      carriers,
      register: registers.tracking,
      parking: registers.parking,
      deliveries: registers.deliveries,
      rememberedMs: DAY,
      aheadMs: 3_600_000,
      returning: { record: async () => false },
    },
    scanIdOf: (...named) => named.join('/'),
    deadlines: { set: async (deadline) => void due.push(deadline) },
    now: () => clock.now,
  });
  const parkedScans = createParkedScans({
    parking: registers.parking,
    record: tracking.record,
    deadlines: { set: async (deadline) => void due.push(deadline) },
    now,
  });
  const meta = (commandId = `c${(ids += 1)}`): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });
  const history = async () => (await store.readMany([`shipment-${shipmentId}`]))[0]?.events ?? [];
  const types = async () => (await history()).map(({ type }) => type);
  return { tracking, parkedScans, due, clock, registers, log, meta, history, types };
};

describe('a carrier’s webhook', () => {
  const scan = (scanId: string, code: string, awb = 'CTG1') => ({ scanId, awb, code, scannedAt: '2026-11-23T12:30:00Z' });
  const webhook = (...scans: readonly object[]) => ({
    headers: { 'simulated-signature': 'signed' },
    rawBody: Buffer.from(JSON.stringify(scans)),
    payload: { scans },
  });
  const label = { ...ref, ...bought, labelId: 'l', trackingToken: 't', purchasedAt: now().toISOString() };

  const labelled = async () => {
    const all = setUp();
    const { log, meta } = all;
    await log.send(shipmentId, { type: 'PlanShipment', data: { plan, now: at } }, meta());
    await log.send(shipmentId, pack, meta());
    await log.send(shipmentId, request, meta());
    await log.send(shipmentId, { type: 'RecordLabel', data: { labelId, booking, trackingToken: 't', now: at } }, meta());
    return all;
  };

  it('is recorded once, however often it comes, in the carrier’s name', async () => {
    const { tracking, meta, history } = await labelled();
    await tracking.begin(label, meta());
    const once = webhook(scan('1', 'PICKED_UP'), scan('2', 'DELIVERED'));
    expect(await tracking.receive('simulated', once, meta())).toEqual({ received: 2, applied: 2, parked: [], notUnderstood: [] });
    expect(await tracking.receive('simulated', once, meta())).toEqual({ received: 2, applied: 2, parked: [], notUnderstood: [] });
    const last = (await history()).slice(-3);
    expect(last.map(({ type }) => type)).toEqual(['ShipmentDispatched', 'ScanRecorded', 'ShipmentDelivered']);
    expect(last.at(-1)?.meta).toMatchObject({ commandId: 'scan:simulated:CTG1:2', actor: 'carrier:simulated' });
  });

  it('sent again is answered as the first time, whatever became of it meanwhile, and nothing is done', async () => {
    const { tracking, meta, history } = await labelled();
    const once = webhook(scan('1', 'PICKED_UP'));
    const first = await tracking.receive('simulated', once, meta());
    expect(first).toMatchObject({ applied: 0, parked: [{ waitsFor: 'number-unknown' }] });
    await tracking.begin(label, meta());
    const before = await history();
    expect(await tracking.receive('simulated', once, meta())).toEqual(first);
    expect(await history()).toEqual(before);
    await expect(tracking.receive('simulated', { ...once, headers: {} }, meta())).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
  });

  it('is looked at anew once it is forgotten, and says the same', async () => {
    const { tracking, meta, history, clock } = await labelled();
    await tracking.begin(label, meta());
    const once = webhook(scan('1', 'PICKED_UP'));
    const first = await tracking.receive('simulated', once, meta());
    clock.now = new Date(now().getTime() + 2 * DAY);
    const before = await history();
    expect(await tracking.receive('simulated', once, meta())).toEqual(first);
    expect(await history()).toEqual(before);
  });

  it('that says that it is older than what is remembered is refused', async () => {
    const { tracking, meta } = setUp({ madeAt: () => '2026-11-22T11:59:59Z' });
    await expect(tracking.receive('simulated', webhook(scan('1', 'PICKED_UP')), meta())).rejects.toMatchObject({ code: 'WEBHOOK_STALE' });
    const young = setUp({ madeAt: () => '2026-11-22T12:00:00Z' });
    expect(await young.tracking.receive('simulated', webhook(scan('1', 'PICKED_UP')), young.meta())).toMatchObject({ received: 1 });
  });

  it('with strange scans loses none of the good ones, and says which it did not understand', async () => {
    const { tracking, meta, log } = await labelled();
    await tracking.begin(label, meta());
    const strange = { ...scan('2', 'HUB_SCAN'), scannedAt: '2026-11-23T12:00:00' };
    const answer = await tracking.receive('simulated', webhook(scan('1', 'CUSTOMS_HELD'), strange, scan('3', 'ON_VAN')), meta());
    expect(answer).toMatchObject({ received: 3, applied: 2, notUnderstood: [{ eventId: '2', field: 'scans[1].scannedAt' }] });
    expect((await log.read(shipmentId)).shipment).toMatchObject({
      status: 'out-for-delivery',
      tracked: [{ scans: [{ milestone: 'other', reason: { code: 'customs-held' } }, { milestone: 'out-for-delivery' }] }, {}],
    });
  });

  it('of a tracking number that is not known yet waits and is recorded when it is', async () => {
    const { tracking, meta, types, registers } = await labelled();
    expect(await tracking.receive('simulated', webhook(scan('1', 'DELIVERED')), meta())).toEqual({
      received: 1,
      applied: 0,
      parked: [{ scanId: 'simulated/CTG1/1', trackingNumber: 'CTG1', eventId: '1', waitsFor: 'number-unknown' }],
      notUnderstood: [],
    });
    await tracking.begin(label, meta('label'));
    await tracking.begin(label, meta('label'));
    expect((await types()).filter((type) => type === 'ShipmentDelivered')).toHaveLength(1);
    expect(await registers.parking.waiting({ carrier: 'simulated', trackingNumber: 'CTG1' })).toEqual([]);
  });

  it('is recorded although the number became known while it was being parked', async () => {
    const { tracking, meta, types, registers } = await labelled();
    const { park } = registers.parking;
    Object.assign(registers.parking, {
      park: async (...args: Parameters<typeof park>) => (await tracking.begin(label, meta()), park(...args)),
    });
    expect(await tracking.receive('simulated', webhook(scan('1', 'DELIVERED')), meta())).toMatchObject({ applied: 1, parked: [] });
    expect(await types()).toContain('ShipmentDelivered');
  });

  it('dated ahead of our clock waits for its time, and freezes nothing until then', async () => {
    const { tracking, meta, log, due, clock, parkedScans, registers } = await labelled();
    await tracking.begin(label, meta());
    const ahead = { ...scan('9', 'PROBLEM'), scannedAt: '2026-11-24T12:00:00Z' };
    const answer = await tracking.receive('simulated', webhook(ahead, scan('1', 'HUB_SCAN')), meta());
    expect(answer).toMatchObject({ applied: 1, parked: [{ eventId: '9', waitsFor: 'dated-ahead' }] });
    expect((await log.read(shipmentId)).shipment.status).toBe('in-transit');
    expect(due).toMatchObject([{ dueAt: '2026-11-24T12:00:00.000Z' }]);
    const whenDue = async () => {
      for (const deadline of [...due]) await parkedScans.onDue(deadline, meta());
    };
    await whenDue();
    expect((await log.read(shipmentId)).shipment.status).toBe('in-transit');
    clock.now = new Date('2026-11-24T12:00:00.000Z');
    await whenDue();
    await whenDue();
    expect((await log.read(shipmentId)).shipment.status).toBe('exception');
    expect(await registers.parking.list({}, { limit: 9 })).toEqual([]);
  });

  it('of a number that is known, of a label that is not used, costs the good ones beside it nothing', async () => {
    const { tracking, meta, types } = await labelled();
    await tracking.begin({ ...label, parcels: [...label.parcels, { parcelId: '9', trackingNumber: 'OLD', lines: [] }] }, meta());
    const answer = await tracking.receive('simulated', webhook(scan('1', 'HUB_SCAN', 'OLD'), scan('1', 'DELIVERED')), meta());
    expect(answer).toMatchObject({ applied: 1, parked: [{ trackingNumber: 'OLD', waitsFor: 'label-unused' }] });
    expect(await types()).toContain('ShipmentDelivered');
  });

  it('of a label that is not used is tried again by itself, ever later, and is a person’s in the end', async () => {
    const { tracking, meta, parkedScans, registers, due, log } = await labelled();
    await tracking.begin({ ...label, parcels: [...label.parcels, { parcelId: '9', trackingNumber: 'OLD', lines: [] }] }, meta());
    await tracking.receive('simulated', webhook(scan('1', 'HUB_SCAN', 'OLD')), meta());
    for (let n = 0; n < 9; n += 1) for (const each of due.splice(0)) await parkedScans.onDue(each, meta());
    expect(await registers.parking.list({}, { limit: 9 })).toMatchObject([{ trackingNumber: 'OLD', waitsFor: 'label-unused' }]);
    expect(due).toEqual([]);
    const { shipment } = await log.read(shipmentId);
    expect(shipment.status).toBe('labelled');
  });

  it('is recorded by itself when the label that it speaks of is used after all', async () => {
    const all = setUp();
    const { tracking, meta, parkedScans, due, log, types } = all;
    for (const command of [{ type: 'PlanShipment', data: { plan, now: at } } as const, pack, request])
      await log.send(shipmentId, command, meta());
    await tracking.begin(label, meta());
    expect(await tracking.receive('simulated', webhook(scan('1', 'DELIVERED')), meta())).toMatchObject({
      parked: [{ waitsFor: 'label-unused' }],
    });
    await log.send(shipmentId, { type: 'RecordLabel', data: { labelId, booking, trackingToken: 't', now: at } }, meta());
    for (const each of due.splice(0)) await parkedScans.onDue(each, meta());
    expect(await types()).toContain('ShipmentDelivered');
    expect(due).toEqual([]);
  });

  it('that waits is tried again or dismissed by a person; dismissed, it does not come back', async () => {
    const { tracking, meta, parkedScans } = await labelled();
    const send = () => tracking.receive('simulated', webhook(scan('1', 'DELIVERED'), scan('2', 'ON_VAN', 'WHOSE')), meta());
    await send();
    expect(await parkedScans.list({}, { limit: 9 })).toMatchObject([{ trackingNumber: 'CTG1' }, { trackingNumber: 'WHOSE' }]);
    expect(await parkedScans.retry('simulated/WHOSE/2', meta())).toMatchObject({ status: 'parked', waitsFor: 'number-unknown' });
    await parkedScans.dismiss('simulated/WHOSE/2', 'Not ours.', meta());
    await send();
    expect(await parkedScans.list({}, { limit: 9 })).toMatchObject([{ trackingNumber: 'CTG1' }]);
    await expect(parkedScans.retry('simulated/WHOSE/2', meta())).rejects.toMatchObject({ code: 'PARKED_SCAN_DISMISSED' });
    await tracking.begin(label, meta());
    await expect(parkedScans.retry('simulated/CTG1/1', meta())).rejects.toMatchObject({ code: 'PARKED_SCAN_UNKNOWN' });
  });

  it('of an unknown carrier or with a wrong signature is refused', async () => {
    const { tracking, meta } = setUp();
    await expect(tracking.receive('pigeon', webhook(), meta())).rejects.toMatchObject({ code: 'CARRIER_UNKNOWN', kind: 'unknown' });
    const forged = { ...webhook(), headers: { 'simulated-signature': 'x' } };
    await expect(tracking.receive('simulated', forged, meta())).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
  });
});
