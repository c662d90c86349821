import { memoryStore } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import type { Kafka } from 'kafkajs';
import pino from 'pino';
import { publication } from '../fixture';
import type { Held, Lock } from '../lock';
import { publishing } from './publisher';

const publisherWith = (connect: () => Promise<void>, lock: Lock) =>
  publishing({
    ...{ store: memoryStore({ now: () => new Date() }), publication, lock, log: pino({ level: 'silent' }) },
    kafka: { admin: () => ({ connect }) } as unknown as Kafka,
    checkpoints: { load: () => Promise.reject(new Error('not asked')), save: () => Promise.reject(new Error('not asked')) },
    parked: { park: () => Promise.reject(new Error('not asked')), count: () => Promise.reject(new Error('not asked')) },
  });

const held = (release = async () => undefined as void): Held => ({ lost: new AbortController().signal, release });

/** Until the signal ends the wait. */
const never = (signal: AbortSignal) => new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));

describe('a publisher that failed', () => {
  it('says so while it is its turn, and no more once another process has the lock: that one publishes', async () => {
    const publisherFailing = jest.fn(() => Promise.reject(new Error('This server does not host this topic-partition.')));
    let turns = 0;
    let standBy = (): void => undefined;
    const lock: Lock = {
      acquire: async (signal, standingBy) => {
        if ((turns += 1) <= 2) return held();
        standBy = () => standingBy?.();
        return never(signal);
      },
    };
    const publisher = publisherWith(publisherFailing, lock);
    await eventually(() => expect(turns).toBe(3));
    expect(publisher.health.troubles).toEqual([expect.stringContaining('This server does not host this topic-partition.')]);
    standBy();
    expect(publisher.health).toEqual({ publishesHere: false, parked: 0, troubles: [] });
    await publisher.stop();
  });
});

describe('a publisher that is told to stop', () => {
  it('stops although it still looks for a broker that is away, and gives the lock to a standby', async () => {
    const connect = jest.fn(() => new Promise<void>(() => undefined));
    const release = jest.fn(async () => undefined);
    const publisher = publisherWith(connect, { acquire: async () => held(release) });
    await eventually(() => expect(connect).toHaveBeenCalled());
    await publisher.stop();
    expect(release).toHaveBeenCalledTimes(1);
    expect(publisher.health).toEqual({ publishesHere: false, parked: 0, troubles: [] });
  });
});
