import { memoryDeadlines, memoryStore, type Meta } from '@cartage/eventsourcing';
import { dispatched, now as start, recordScan, ref } from '../domain/shipment.fixture';
import { createLosses } from './losses';
import { createShipmentLog } from './shipment-log';

const { shipmentId } = ref;
const HOUR = 3_600_000;

const setUp = async (lostAfterMs = 30 * 24 * HOUR) => {
  let time = Date.parse(start);
  const now = () => new Date(time);
  let ids = 0;
  const newId = () => `id${(ids += 1)}`;
  const meta = (commandId = newId()): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });
  const store = memoryStore();
  const log = createShipmentLog({ store, newId, isPublic: () => true });
  const events = dispatched.map((event, n) => ({ ...event, id: `s${n}`, meta: meta() }));
  await store.appendMany([{ stream: `shipment-${shipmentId}`, expected: 0, events }]);
  const deadlines = memoryDeadlines();
  const learnt: string[] = [];
  const asked: string[] = [];
  const losses = createLosses({
    ...{ log, deadlines, now, lostAfterMs },
    lanes: {
      learn: async (at) => void learnt.push(at.toISOString()),
      stuck: async () => [],
      silentSince: async (since) => (asked.push(since.toISOString()), [shipmentId]),
    },
  });
  const pass = async (hours: number): Promise<void> => {
    for (let n = 0; n < hours; n += 1) {
      time += HOUR;
      for (const due of await deadlines.take({ now: now(), until: now(), limit: 10 })) {
        await losses.onDue(due, meta());
        await deadlines.settle([due.id]);
      }
    }
  };
  const lost = async () => (await log.read(shipmentId)).shipment.lost;
  return { losses, log, learnt, asked, pass, lost, meta };
};

describe('lanes', () => {
  it('are learnt every hour, by one process whoever started, from the start on', async () => {
    const { losses, learnt, pass } = await setUp();
    await Promise.all([losses.watch(), losses.watch()]);
    await pass(3);
    expect(learnt).toEqual(['2026-11-23T13:00:00.000Z', '2026-11-23T14:00:00.000Z', '2026-11-23T15:00:00.000Z']);
  });

  it('lose what nothing is heard of for too long, once, and not what arrived meanwhile', async () => {
    const { losses, asked, pass, lost, log, meta } = await setUp();
    await log.send(shipmentId, recordScan('delivered', 9), meta());
    await losses.watch();
    await pass(2);
    expect(asked[0]).toBe('2026-10-24T13:00:00.000Z');
    expect(await lost()).toEqual([{ parcelId: '2', lostAt: '2026-11-23T13:00:00.000Z' }]);
    await log.send(shipmentId, recordScan('delivered', 10, 'CTG2'), meta());
    await pass(1);
    expect(await lost()).toMatchObject([{ parcelId: '2', foundAt: '2026-11-24T10:00:00.000Z' }]);
  });

  it('lose nothing by themselves where only a person says so', async () => {
    const { losses, asked, pass, lost, meta } = await setUp(0);
    await losses.watch();
    await pass(2);
    expect(asked).toEqual([]);
    const reason = { code: 'lost', by: 'operator' };
    await losses.lose({ shipmentId, parcelId: '1', reason }, meta());
    expect(await lost()).toMatchObject([{ parcelId: '1' }]);
    await losses.find({ shipmentId, reason }, meta());
    expect(await lost()).toMatchObject([{ foundAt: expect.any(String) }]);
  });
});
