import { memoryDeadlines, memoryStore, type Meta } from '@cartage/eventsourcing';
import { carriersOf, polledOf } from '../edge/carriers';
import { carrierSettings } from '../edge/shipping.fixture';
import { facts, labelled, ref, scanAt } from '../domain/shipment.fixture';
import type { Carrier, TrackingUpdate } from './carrier';
import { memoryRegisters } from './memory-registers';
import { createPolling } from './polling';
import { createShipmentLog } from './shipment-log';
import { createTracking } from './tracking';

const { shipmentId } = ref;
const start = Date.parse('2026-11-24T00:00:00.000Z');
const HOUR = 3_600_000;
const scan = (hour: number, trackingNumber: string, milestone: TrackingUpdate['milestone'] = 'in-transit'): TrackingUpdate => ({
  trackingNumber,
  ...scanAt(milestone, hour),
});

/** A shipment of two parcels that the carrier has, and a carrier that says what a case wants when it is asked. */
const setUp = async (answers: Required<Carrier>['track'], polled = ['simulated']) => {
  const store = memoryStore();
  let ids = 0;
  const meta = (commandId = `c${(ids += 1)}`): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });
  const log = createShipmentLog({ store, newId: () => `e${(ids += 1)}`, isPublic: () => true });
  const events = [...labelled, facts.dispatched].map((event, n) => ({ ...event, id: `s${n}`, meta: meta() }));
  await store.appendMany([{ stream: `shipment-${shipmentId}`, expected: 0, events }]);
  const { tracking: register, parking, deliveries } = memoryRegisters();
  const [carrier] = carriersOf(carrierSettings).values();
  if (!carrier) throw new Error('There is no simulated carrier.');
  const asked: (readonly string[])[] = [];
  const track: Required<Carrier>['track'] = (parcels) => {
    asked.push(parcels.map(({ trackingNumber }) => trackingNumber));
    return answers(parcels);
  };
  const carriers = new Map([['simulated', { ...carrier, track }]]);
  const deadlines = memoryDeadlines();
  let time = start;
  const now = () => new Date(time);
  const tracking = createTracking({
    ...{
      log,
      carriers,
      register,
      parking,
      deliveries,
      deadlines,
      now,
      rememberedMs: 0,
      aheadMs: 0,
      returning: { record: async () => false },
    },
    scanIdOf: (...named) => named.join('/'),
  });
  await tracking.begin(facts.labelled.data, meta());
  const polling = createPolling({ log, carriers, polled, tracking, deadlines, now });
  await polling.begin(facts.dispatched.data, meta());
  /** Hours go by, and the carrier is asked whenever it is due. */
  const pass = async (hours: number): Promise<number> => {
    const before = asked.length;
    for (const end = time + hours * HOUR; time < end;) {
      time += HOUR / 2;
      const due = await deadlines.take({ now: now(), until: new Date(time + 60_000), limit: 10 });
      for (const deadline of due) await polling.onDue(deadline, meta());
      await deadlines.settle(due.map(({ id }) => id));
    }
    return asked.length - before;
  };
  const status = async () => (await log.read(shipmentId)).shipment.status;
  return { pass, asked, status };
};

const silent: Required<Carrier>['track'] = async () => ({ updates: [], notUnderstood: [] });

describe('a carrier that sends no webhooks', () => {
  it('is asked for the parcels that are under way, until all of them are where they go', async () => {
    const told = [scan(0, 'CTG1', 'delivered'), scan(0, 'CTG2')];
    const { pass, asked, status } = await setUp(async () => ({ updates: [...told], notUnderstood: [] }));
    await pass(1);
    expect(await status()).toBe('in-transit');
    told.push(scan(1, 'CTG2', 'delivered'));
    await pass(20);
    expect(asked).toEqual([['CTG1', 'CTG2'], ['CTG2']]);
    expect(await status()).toBe('delivered');
  });

  it('is asked less often the longer nothing happens, and often again when something does', async () => {
    const told: TrackingUpdate[] = [];
    const { pass } = await setUp(async () => ({ updates: told, notUnderstood: [] }));
    expect(await pass(15)).toBe(4); // after 1, 3, 7 and 15 hours
    expect(await pass(24)).toBe(2);
    told.push(scan(20, 'CTG1'));
    await pass(12);
    expect(await pass(3)).toBe(2);
  });

  it('that is away is asked again as one that has nothing to tell, and not for ever', async () => {
    const { pass, asked } = await setUp(() => Promise.reject(new Error('503')));
    await pass(24 * 90);
    expect(asked).toHaveLength(120);
    expect(await pass(24 * 30)).toBe(0);
  });

  it('is the only one that is asked', async () => expect(await (await setUp(silent, [])).pass(100)).toBe(0));

  it('is refused at the start where it cannot be asked', () =>
    expect(() => polledOf({ CARRIERS_POLLED: 'simulated' }, carriersOf(carrierSettings))).toThrow(/^CARRIERS_POLLED: simulated/));
});
