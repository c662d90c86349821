import { memoryStore } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import type { Kafka } from 'kafkajs';
import pino from 'pino';
import { publication } from '../fixture';
import { publishing } from './publisher';

describe('a publisher that is told to stop', () => {
  it('stops although it still looks for a broker that is away, and gives the lock to a standby', async () => {
    const connect = jest.fn(() => new Promise<void>(() => undefined));
    const release = jest.fn(async () => undefined);
    const publisher = publishing({
      ...{ store: memoryStore({ now: () => new Date() }), publication, log: pino({ level: 'silent' }) },
      kafka: { admin: () => ({ connect }) } as unknown as Kafka,
      checkpoints: { load: () => Promise.reject(new Error('not asked')), save: () => Promise.reject(new Error('not asked')) },
      parked: { park: () => Promise.reject(new Error('not asked')), count: () => Promise.reject(new Error('not asked')) },
      lock: { acquire: async () => ({ lost: new AbortController().signal, release }) },
    });
    await eventually(() => expect(connect).toHaveBeenCalled());
    await publisher.stop();
    expect(release).toHaveBeenCalledTimes(1);
    expect(publisher.health).toEqual({ publishesHere: false, parked: 0, troubles: [] });
  });
});
