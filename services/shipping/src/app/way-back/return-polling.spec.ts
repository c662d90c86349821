import { fold, memoryDeadlines } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import { join } from 'node:path';
import type { WayBackEvent } from '../../domain/way-back/events';
import { wayBack } from '../../domain/way-back/way-back';
import { carriersOf } from '../../edge/carriers';
import { carrierSettings } from '../../edge/shipping.fixture';
import { createReturnPolling } from './return-scans';

const samples = goldenSamples<WayBackEvent>(join(__dirname, '../../domain/way-back/golden'));
const types = ['ReturnLabelWanted', 'ReturnLabelRequested', 'ReturnLabelPurchased', 'ReturnLabelVoided'] as const;
const { returnId, carrier: name } = samples.of('ReturnLabelPurchased').data as { readonly returnId: string; readonly carrier: string };

/** The label of a return with this id and number, from its wish on. */
const labelled = (labelId: string, trackingNumber: string, count = 3): readonly WayBackEvent[] =>
  types.slice(0, count).map((type) => {
    const { data } = samples.of(type);
    return { type, data: { ...data, labelId, ...(type === 'ReturnLabelPurchased' ? { trackingNumber } : {}) } } as WayBackEvent;
  });

const setUp = () => {
  const [carrier] = carriersOf(carrierSettings).values();
  if (!carrier) throw new Error('There is no simulated carrier.');
  const asked: string[] = [];
  const meta = { commandId: 'c', correlationId: 'c', actor: 'spec' };
  const deadlines = memoryDeadlines();
  const [events, clock]: [WayBackEvent[], { time: number }] = [[], { time: Date.parse('2026-11-23T12:00:00.000Z') }];
  const now = () => new Date(clock.time);
  const track = async (parcels: readonly { readonly trackingNumber: string }[]) => {
    asked.push(...parcels.map(({ trackingNumber }) => trackingNumber));
    return { updates: [], notUnderstood: [] };
  };
  const polling = createReturnPolling({
    log: { send: () => Promise.reject(new Error('Nothing is written.')), read: async () => fold(wayBack, events) },
    carriers: new Map([[name, { ...carrier, track }]]),
    polled: [name],
    tracking: { take: async () => ({ recorded: 0, parked: 0 }) as never },
    deadlines,
    now,
  });
  /** Whom the carrier was asked about in half a day. */
  const pass = async (): Promise<readonly string[]> => {
    clock.time += 12 * 3_600_000;
    const due = await deadlines.take({ now: now(), until: new Date(clock.time + 60_000), limit: 10 });
    for (const deadline of due) await polling.onDue(deadline, meta);
    await deadlines.settle(due.map(({ id }) => id));
    return asked.splice(0);
  };
  return { events, polling, pass, deadlines, now };
};

describe('the way back of a carrier that sends no webhooks', () => {
  it('is asked about twice a day, and with the next label about that one alone', async () => {
    const { events, polling, pass } = setUp();
    events.push(...labelled('first', 'CTG1'));
    await polling.begin({ returnId, labelId: 'first', carrier: name });
    expect([await pass(), await pass()]).toEqual([['CTG1'], ['CTG1']]);
    events.push(...labelled('first', 'CTG1', 4).slice(3));
    expect(await pass()).toEqual([]);
    events.push(...labelled('second', 'CTG2').slice(1));
    await polling.begin({ returnId, labelId: 'second', carrier: name });
    expect([await pass(), await pass()]).toEqual([['CTG2'], ['CTG2']]);
  });
});
