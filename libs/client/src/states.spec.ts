import { StateTopics } from '@cartage/contracts';
import { Unacceptable, type RawRecord } from '@cartage/messaging/reading';
import type { EachBatchPayload, Kafka } from 'kafkajs';
import { followStates } from './kafka';
import { standingIn } from './states';

const recordOf = (key: string, sequence: number, state: object | null, version = 1): RawRecord => ({
  headers: {
    ...{ ce_partitionkey: Buffer.from(key), ce_sequence: String(sequence), ce_time: '2026-11-28T09:00:00.000Z' },
    ce_dataschema: `urn:cartage:states:OrderState:${version}`,
  },
  value: state === null ? null : Buffer.from(JSON.stringify(state)),
});

describe('a state', () => {
  it('is read with its key and its number; without a value it is gone', () => {
    const { state, ...read } = standingIn(StateTopics.order, recordOf('o-1', 7, { status: 'placed' }));
    expect([state?.status, read]).toEqual(['placed', { key: 'o-1', sequence: 7, time: '2026-11-28T09:00:00.000Z' }]);
    expect(standingIn(StateTopics.order, recordOf('o-1', 8, null)).state).toBeUndefined();
  });

  it('is none where the record is something else, or of a version that nobody knows here', () => {
    expect(() => standingIn(StateTopics.order, { headers: {}, value: null })).toThrow(Unacceptable);
    expect(() => standingIn(StateTopics.order, recordOf('o-1', 7, {}, 2))).toThrow('urn:cartage:states:OrderState:2 is not known here');
  });
});

/** A consumer that is given batches by the test. */
const kafkaOf = () => {
  let give: (payload: EachBatchPayload) => Promise<void> = async () => undefined;
  const subscribed: unknown[] = [];
  const consumer = {
    ...{ on: () => undefined, events: { CRASH: 'crash' }, connect: async () => undefined, disconnect: async () => undefined },
    subscribe: async (topics: unknown) => subscribed.push(topics),
    run: async ({ eachBatch }: { readonly eachBatch: typeof give }) => void (give = eachBatch),
  };
  const resolved: string[] = [];
  const batch = (topic: string, ...records: readonly RawRecord[]): Promise<void> =>
    give({
      batch: { topic, messages: records.map((record, offset) => ({ ...record, offset: String(offset) })) },
      ...{ resolveOffset: (offset: string) => resolved.push(offset), heartbeat: async () => undefined },
      ...{ isRunning: () => true, isStale: () => false, pause: () => () => undefined },
    } as unknown as EachBatchPayload);
  return { kafka: { consumer: () => consumer } as unknown as Kafka, batch, resolved, subscribed };
};

describe('a follower of states', () => {
  it('is given what is now on the topics that it takes, and again what it could not take', async () => {
    const { kafka, batch, resolved, subscribed } = kafkaOf();
    const kept = new Map<string, string | undefined>();
    let fails = true;
    const follower = await followStates({
      kafka,
      group: 'shop',
      on: {
        'order.state': async ({ key, state }) => {
          if (key === 'o-2' && fails) throw new Error('No room.');
          kept.set(key, state?.status);
        },
      },
    });
    expect(subscribed).toEqual([{ topics: ['order.state'], fromBeginning: true }]);
    const records = [recordOf('o-1', 1, { status: 'placed' }), recordOf('o-2', 2, { status: 'placed' }), recordOf('o-1', 3, null)];
    await expect(batch('order.state', ...records)).rejects.toThrow('No room.');
    expect([[...kept], resolved]).toEqual([[['o-1', 'placed']], ['0']]);
    fails = false;
    await batch('order.state', ...records.slice(1));
    expect([...kept]).toEqual([
      ['o-1', undefined],
      ['o-2', 'placed'],
    ]);
    await follower.stop();
    await follower.ended;
  });

  it('ends with what is no state', async () => {
    const { kafka, batch } = kafkaOf();
    const follower = await followStates({ kafka, group: 'shop', on: { 'order.state': async () => undefined } });
    await batch('order.state', { headers: {}, value: null });
    await expect(follower.ended).rejects.toThrow('This record is no state of ours');
  });
});
