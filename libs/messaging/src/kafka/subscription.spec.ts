import { getEventListeners } from 'node:events';
import { systemClock, type Clock } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import { KafkaJSNonRetriableError, type Consumer, type Kafka } from 'kafkajs';
import pino from 'pino';
import { publication } from '../fixture';
import { MemoryDeadLetters } from '../memory-dead-letters';
import { usualPolicy } from '../transport';
import { KafkaSubscription } from './subscription';
import { usualShape } from './topics';

const { topic } = publication;

/** Brokers that know the topic, and members as `more` says. */
const kafkaWith = (more: Partial<Consumer>): Kafka => {
  const done = async (): Promise<void> => undefined;
  const admin = { connect: done, disconnect: done, listTopics: async () => [topic] };
  const events = { GROUP_JOIN: 'join', REBALANCING: 'rebalancing', CRASH: 'crash' };
  const consumer = {
    events,
    on: () => () => undefined,
    connect: done,
    subscribe: done,
    run: done,
    pause: () => undefined,
    disconnect: done,
    ...more,
  };
  return { admin: () => admin, consumer: () => consumer } as unknown as Kafka;
};

const subscriptionTo = (kafka: Kafka, clock: Clock = systemClock): KafkaSubscription =>
  new KafkaSubscription({
    kafka,
    listener: { group: 'suite', topic, on: {} },
    deadLetters: new MemoryDeadLetters(),
    retry: usualPolicy,
    window: 10,
    commitEveryMs: 1_000,
    gatherMs: 0,
    sessionTimeoutMs: 20_000,
    shape: usualShape,
    clock,
    log: pino({ level: 'silent' }),
  });

describe('a member of a group that is told to stop', () => {
  it('stops although Kafka lost it in that very moment', async () => {
    const run = jest.fn(async () => undefined);
    const disconnect = jest.fn(async () => undefined);
    const pause = (): never => {
      throw new KafkaJSNonRetriableError('Consumer group was not initialized, consumer#run must be called first');
    };
    const subscription = subscriptionTo(kafkaWith({ run, pause, disconnect }));
    subscription.start();
    await eventually(() => expect(run).toHaveBeenCalled());
    await subscription.stop();
    expect(disconnect).toHaveBeenCalled();
  });

  it('stops although it still looks for a broker that is away', async () => {
    const connect = jest.fn(() => new Promise<void>(() => undefined));
    const kafka = { admin: () => ({ connect }) } as unknown as Kafka;
    const subscription = subscriptionTo(kafka);
    subscription.start();
    await eventually(() => expect(connect).toHaveBeenCalled());
    await subscription.stop();
    expect(connect).toHaveBeenCalledTimes(1);
  });

  it('says what else keeps it from stopping', async () => {
    const run = jest.fn(async () => undefined);
    const pause = (): never => {
      throw new Error('out of memory');
    };
    const subscription = subscriptionTo(kafkaWith({ run, pause }));
    subscription.start();
    await eventually(() => expect(run).toHaveBeenCalled());
    await expect(subscription.stop()).rejects.toThrow('out of memory');
  });
});

describe('a member of a group', () => {
  it('leaves nothing behind however often it is lost and joins again', async () => {
    const listening = jest.spyOn(AbortSignal.prototype, 'addEventListener');
    let lost = 0;
    const losing: Consumer['on'] = (event: unknown, tell: (event: never) => void) => {
      const crash = { payload: { error: new Error('Torn by the suite.') } };
      if (event === 'crash' && (lost += 1) <= 50) queueMicrotask(() => tell(crash as never));
      return () => undefined;
    };
    const atOnce = { ...systemClock, pause: async () => undefined };
    const subscription = subscriptionTo(kafkaWith({ on: losing }), atOnce);
    subscription.start();
    await eventually(() => expect(lost).toBe(51));
    const signals = new Set(listening.mock.contexts.filter((each) => each instanceof AbortSignal));
    const left = [...signals].map((signal) => getEventListeners(signal, 'abort').length);
    expect(Math.max(...left)).toBeLessThan(5);
    await subscription.stop();
  });
});
