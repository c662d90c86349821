import type { Envelope } from '@cartage/contracts';
import pino from 'pino';
import { taskOf } from './hearing';
import type { AnyListener } from './listener';

const log = pino({ level: 'silent' });
const bury = async (): Promise<void> => undefined;
const event = (type: string, replay: boolean): Envelope => ({
  id: 'e-1',
  type,
  version: 1,
  topic: 'order.events',
  source: '/cartage/order',
  subject: 'o-1',
  time: '2026-01-02T03:04:05.678Z',
  sequence: 1,
  correlationId: 'c-1',
  replay,
  data: {},
});
const listener: AnyListener = { group: 'suite', topic: 'order.events', on: { OrderPlaced: async () => undefined } };

describe('what a listener has to do about an event', () => {
  it('is something for a type it listens to', () => expect(taskOf({ listener, log }, event('OrderPlaced', false), bury)?.key).toBe('o-1'));

  it('is nothing for a type it does not listen to', () =>
    expect(taskOf({ listener, log }, event('OrderCompleted', false), bury)).toBeUndefined());

  it('is nothing for a replay, unless it has said that replays are harmless', () => {
    expect(taskOf({ listener, log }, event('OrderPlaced', true), bury)).toBeUndefined();
    expect(taskOf({ listener: { ...listener, replays: true }, log }, event('OrderPlaced', true), bury)?.key).toBe('o-1');
  });
});
