import type { Envelope } from '@cartage/contracts';
import { memoryTracing, Refused, type Meta } from '@cartage/eventsourcing';
import pino from 'pino';
import { workFor, type AnyListener } from './listener';

const log = pino({ level: 'silent' });
const event = (type: string, more: Partial<Envelope> = {}): Envelope => ({
  id: 'e-1',
  type,
  version: 1,
  topic: 'order.events',
  source: '/cartage/order',
  subject: 's-1',
  key: 'o-1',
  time: '2026-01-02T03:04:05.678Z',
  sequence: 1,
  correlationId: 'c-1',
  replay: false,
  data: {},
  ...more,
});
const listenerOn = (on: AnyListener['on']): AnyListener => ({ group: 'suite', topic: 'order.events', on });
const listener = listenerOn({ OrderPlaced: async () => 'one' });

describe('what a listener has to do about an event', () => {
  it('is something for a type it listens to', () => expect(workFor(listener, log, event('OrderPlaced'))).toBeDefined());

  it.each(['OrderCompleted', 'constructor', '__proto__', 'toString'])('is nothing for the type %s, to which it does not listen', (type) =>
    expect(workFor(listener, log, event(type))).toBeUndefined(),
  );

  it('is nothing for a replay, unless it has said that replays are harmless', () => {
    expect(workFor(listener, log, event('OrderPlaced', { replay: true }))).toBeUndefined();
    expect(workFor({ ...listener, replays: true }, log, event('OrderPlaced', { replay: true }))).toBeDefined();
  });

  it.each<[string, AnyListener['on'][string], Partial<Envelope>]>([
    ['version 1 by a plain handler', async () => 'one', { version: 1 }],
    ['version 1 by a plain handler, also where there is a newer one', async () => 'one', { version: 1, versions: [1, 2] }],
    ['the version that it names', { 2: async () => 'two' }, { version: 2 }],
    ['the newest that it names', { 1: async () => 'one', 2: async () => 'two' }, { version: 2, versions: [1, 2, 3] }],
  ])('is to take %s', async (_, handler, more) => {
    const work = workFor(listenerOn({ OrderPlaced: handler }), log, event('OrderPlaced', more));
    await expect(work?.()).resolves.toBeUndefined();
  });

  it.each<[string, AnyListener['on'][string], Partial<Envelope>]>([
    ['an older version than the one it takes', { 1: async () => 'one', 2: async () => 'two' }, { version: 1, versions: [1, 2] }],
    ['a newer one where it takes the older', async () => 'one', { version: 2, versions: [1, 2] }],
  ])('is nothing about %s', (_, handler, more) =>
    expect(workFor(listenerOn({ OrderPlaced: handler }), log, event('OrderPlaced', more))).toBeUndefined(),
  );

  it.each<[string, AnyListener['on'][string], Partial<Envelope>]>([
    ['by a plain handler', async () => 'one', { version: 2 }],
    ['by handlers of others', { 1: async () => 'one' }, { version: 2, versions: [2, 3] }],
  ])('cannot be done %s', async (_, handler, more) => {
    const work = workFor(listenerOn({ OrderPlaced: handler }), log, event('OrderPlaced', more));
    await expect(work?.()).rejects.toMatchObject({ name: 'Unacceptable', message: 'Version 2 of OrderPlaced is not known here.' });
  });

  it('says at warn what was refused for good, with code, key and event', async () => {
    const lines: string[] = [];
    const warning = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const refusing = listenerOn({ OrderPlaced: () => Promise.reject(new Refused('ORDER_CLOSED', 'It was closed.')) });
    await workFor(refusing, warning, event('OrderPlaced'))?.();
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { code: 'ORDER_CLOSED', key: 'o-1', eventId: 'e-1', group: 'suite' },
    ]);
  });
});

describe('an event whose handling is traced', () => {
  const parent = `00-${'b'.repeat(32)}-${'c'.repeat(16)}-01`;
  const taking = (handler: AnyListener['on'][string], more: Partial<Envelope> = {}) => {
    const tracing = memoryTracing();
    const work = workFor(listenerOn({ OrderPlaced: handler }), log, event('OrderPlaced', { traceparent: parent, ...more }), {
      tracing,
      system: 'kafka',
    });
    return { tracing, work: work ?? (() => Promise.reject(new Error('nothing to do'))) };
  };

  it('is a span of the trace of its command, and what the handler does follows from it', async () => {
    const metas: Meta[] = [];
    const { tracing, work } = taking(async (_: unknown, meta: Meta) => metas.push(meta));
    await work();
    expect(tracing.spans).toMatchObject([{ name: 'process order.events', kind: 'consumer', parent, end: 'ok' }]);
    expect(tracing.spans[0]?.attributes).toMatchObject({
      'messaging.system': 'kafka',
      'messaging.destination.name': 'order.events',
      'messaging.consumer.group.name': 'suite',
      'messaging.operation.type': 'process',
      'messaging.message.id': 'e-1',
      'cloudevents.event_type': 'OrderPlaced',
    });
    expect(metas).toMatchObject([{ commandId: 'e-1', traceparent: tracing.spans[0]?.traceparent }]);
  });

  it('tells its key only where that is an id that Cartage made', async () => {
    const key = '0190a1b2-0000-7000-8000-00000000abcd';
    const keysOf = async (more: Partial<Envelope>) => {
      const { tracing, work } = taking(async () => undefined, more);
      await work();
      return tracing.spans.map(({ attributes }) => attributes['messaging.kafka.message.key']);
    };
    expect(await keysOf({ key })).toEqual([key]);
    expect(await keysOf({ key: 'ada@example.com' })).toEqual([undefined]);
  });

  it('fails with the kind of its failure, each try by itself', async () => {
    const { tracing, work } = taking(() => Promise.reject(new TypeError('of Ada')));
    await expect(work()).rejects.toThrow('of Ada');
    await expect(work()).rejects.toThrow('of Ada');
    expect(tracing.spans.map(({ end }) => end)).toEqual(['TypeError', 'TypeError']);
  });
});
