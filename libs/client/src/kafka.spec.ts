import type { Kafka } from 'kafkajs';
import { subscribe } from './kafka';
import { memoryInbox } from './inbox';

interface Crash {
  readonly payload: { readonly restart: boolean; readonly error: Error };
}

/** A consumer that ends for good when it is told to, and cannot leave its group any more. */
const consumerThatDies = () => {
  let crashed: (crash: Crash) => void = () => undefined;
  const consumer = {
    events: { CRASH: 'consumer.crash' },
    on: (_: string, listener: (crash: Crash) => void) => void (crashed = listener),
    connect: async () => undefined,
    subscribe: async () => undefined,
    run: async () => undefined,
    disconnect: () => Promise.reject(new Error('cannot leave')),
  };
  const kafka = { consumer: () => consumer } as unknown as Kafka;
  return { kafka, die: () => crashed({ payload: { restart: false, error: new Error('ended for good') } }) };
};

describe('whoever follows topics', () => {
  it('hears why it has ended, and no process dies of a consumer that cannot even leave', async () => {
    const { kafka, die } = consumerThatDies();
    const subscriber = await subscribe({ kafka, group: 'erp', topics: ['order.events'], inbox: memoryInbox(), on: {} });
    die();
    await expect(subscriber.ended).rejects.toThrow('ended for good');
    await new Promise((resolve) => setImmediate(resolve));
  });
});
