import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fold, type StoredEvent } from '@cartage/eventsourcing';
import type { OrderEvent } from '../domain/events';
import type { Fact } from '../domain/facts';
import { order } from '../domain/order';
import { facts } from '../domain/facts.fixture';
import { placed, recording } from '../domain/order.fixture';
import { timelineOf, type TimelineEntry } from './timeline';
import { eventTypes, wordsOf } from './timeline-words';

const stored = (events: readonly OrderEvent[]): readonly StoredEvent<OrderEvent>[] =>
  events.map((event, i) => ({
    ...event,
    id: `e${i}`,
    stream: 'order-1',
    version: i + 1,
    position: String(i + 1),
    recordedAt: '2026-11-23T12:00:00.000Z',
    meta: { commandId: `c${i}`, correlationId: 'c', actor: 'spec' },
  }));

const timelineAfter = (...told: readonly Fact[]): readonly TimelineEntry[] => {
  const events = stored(
    told.reduce<readonly OrderEvent[]>((before, fact) => [...before, ...order.decide(recording(fact), fold(order, before))], [placed]),
  );
  const state = fold(order, events);
  if (!state) throw new Error('It was placed.');
  return timelineOf({ order: state, events, version: events.length });
};

describe('the timeline of an order', () => {
  it('has a word for everything that can happen to it, and the time at which it happened', () => {
    for (const type of eventTypes) {
      const data = JSON.parse(readFileSync(join(__dirname, `../domain/golden/${type}.v1.json`), 'utf8')) as unknown;
      const { step, at } = wordsOf({ type, data } as OrderEvent);
      expect([type, step, Number.isNaN(Date.parse(at))]).toEqual([type, expect.stringMatching(/^[a-z-]+$/), false]);
    }
  });

  it('says how the lines stood right after each entry, not how they stand now', () => {
    const statuses = timelineAfter(facts.reserved, facts.authorized, facts.allocated, facts.packed, facts.handedOver, facts.delivered)
      .filter(({ lines }) => lines)
      .map(({ step, lines }) => [step, lines?.[0]?.status]);
    expect(statuses).toEqual([
      ['reserved', 'placed'],
      ['allocated', 'allocated'],
      ['packed', 'packed'],
      ['handed-over', 'shipped'],
      ['delivered', 'delivered'],
    ]);
  });

  it('says whose decision it was, and why', () =>
    expect(timelineAfter(facts.declined).slice(-3)).toMatchObject([
      { step: 'payment-declined', detail: 'by provider: insufficient-funds (The bank declined it.)' },
      { step: 'line-cancelled', detail: 'by provider: payment-declined (The bank declined it.)' },
      { step: 'cancelled', detail: 'by provider: payment-declined (The bank declined it.)' },
    ]));
});
