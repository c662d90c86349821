import { getEventListeners } from 'node:events';
import { systemClock, type Clock } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import { KafkaJSNonRetriableError, type Consumer, type ConsumerRunConfig, type EachBatchPayload, type Kafka } from 'kafkajs';
import pino from 'pino';
import { publication } from '../fixture';
import { MemoryDeadLetters } from '../memory-dead-letters';
import { usualPolicy } from '../transport';
import { KafkaSubscription } from './subscription';
import { usualShape } from './topics';

const { topic } = publication;
const SESSION_MS = 20_000;

/** Brokers that know the topic, and members as `more` says. */
const kafkaWith = (more: Partial<Consumer>): Kafka => {
  const done = async (): Promise<void> => undefined;
  const admin = { connect: done, disconnect: done, listTopics: async () => [topic] };
  const events = { GROUP_JOIN: 'join', HEARTBEAT: 'beat', REBALANCING: 'rebalancing', CRASH: 'crash' };
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
  return { admin: () => admin, consumer: () => ({ ...consumer }) } as unknown as Kafka;
};

const subscriptionTo = (kafka: Kafka, clock: Clock = systemClock): KafkaSubscription =>
  new KafkaSubscription({
    kafka,
    listener: { group: 'suite', topic, on: {} },
    deadLetters: new MemoryDeadLetters(),
    retry: usualPolicy,
    window: 10,
    windowBytes: 1_000_000,
    commitEveryMs: 1_000,
    gatherMs: 0,
    sessionTimeoutMs: SESSION_MS,
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

/** Rests between tries are over at once; nobody looks for signs of life. */
const restingOnly: Clock = { ...systemClock, pause: (ms, signal) => (ms < SESSION_MS ? Promise.resolve() : systemClock.pause(ms, signal)) };

/** Time goes on by itself while somebody looks for signs of life, and only then. */
const looking = (look: () => void): Clock => ({
  ...systemClock,
  pause: async (ms, signal) => {
    if (ms !== SESSION_MS) return systemClock.pause(0, signal);
    look();
    await systemClock.pause(1, signal);
  },
});

describe('a member of a group', () => {
  it('is succeeded by another one when nothing is heard of it any more, even if it never ends', async () => {
    const run = jest.fn(async () => undefined);
    const disconnect = jest.fn(() => new Promise<void>(() => undefined));
    const subscription = subscriptionTo(
      kafkaWith({ run, disconnect }),
      looking(() => undefined),
    );
    subscription.start();
    await eventually(() => expect(run.mock.calls.length).toBeGreaterThan(2));
    expect(disconnect.mock.calls.length).toBeGreaterThan(1);
    disconnect.mockResolvedValue(undefined);
    await subscription.stop();
  });

  it('is succeeded by another one when it hangs while it joins', async () => {
    const run = jest.fn(() => new Promise<void>(() => undefined));
    const subscription = subscriptionTo(
      kafkaWith({ run }),
      looking(() => undefined),
    );
    subscription.start();
    await eventually(() => expect(run.mock.calls.length).toBeGreaterThan(2));
    await subscription.stop();
  });

  it('stays for as long as its heart beats', async () => {
    const run = jest.fn(async () => undefined);
    const beats: (() => void)[] = [];
    const on: Consumer['on'] = (event: unknown, tell: (event: never) => void) => {
      if (event === 'beat') beats.push(() => tell({} as never));
      return () => undefined;
    };
    let looks = 0;
    const beating = looking(() => {
      looks += 1;
      beats.forEach((beat) => beat());
    });
    const subscription = subscriptionTo(kafkaWith({ run, on }), beating);
    subscription.start();
    await eventually(() => expect(looks).toBeGreaterThan(100));
    expect(run).toHaveBeenCalledTimes(1);
    await subscription.stop();
  });

  it('takes nothing any more once another one has joined in its place', async () => {
    const takers: ConsumerRunConfig['eachBatch'][] = [];
    const run = jest.fn(async (config?: ConsumerRunConfig) => void takers.push(config?.eachBatch));
    const asked = jest.fn(() => 0);
    const payload = {
      batch: Object.defineProperty({ messages: [], highWatermark: '1' }, 'partition', { get: asked }),
    } as unknown as EachBatchPayload;
    const subscription = subscriptionTo(
      kafkaWith({ run }),
      looking(() => undefined),
    );
    subscription.start();
    await eventually(() => expect(takers.length).toBeGreaterThan(1));
    await takers[0]?.(payload);
    expect(asked).not.toHaveBeenCalled();
    await subscription.stop();
  });

  it('leaves nothing behind however often it is lost and joins again', async () => {
    const listening = jest.spyOn(AbortSignal.prototype, 'addEventListener');
    let lost = 0;
    const losing: Consumer['on'] = (event: unknown, tell: (event: never) => void) => {
      const crash = { payload: { error: new Error('Torn by the suite.') } };
      if (event === 'crash' && (lost += 1) <= 50) queueMicrotask(() => tell(crash as never));
      return () => undefined;
    };
    const subscription = subscriptionTo(kafkaWith({ on: losing }), restingOnly);
    subscription.start();
    await eventually(() => expect(lost).toBe(51));
    const signals = new Set(listening.mock.contexts.filter((each) => each instanceof AbortSignal));
    const left = [...signals].map((signal) => getEventListeners(signal, 'abort').length);
    expect(Math.max(...left)).toBeLessThan(5);
    await subscription.stop();
  });
});
