import { fold, specFor } from '@cartage/eventsourcing';
import { facts } from './facts.fixture';
import type { Fact } from './facts';
import { order } from './order';
import { everything, id, orderId, placed, recording } from './order.fixture';
import type { OrderEvent } from './events';
import { statusOf } from './state';

const { given } = specFor(order);
const [lantern, mug] = everything;

const after = (...told: readonly Fact[]): readonly OrderEvent[] =>
  told.reduce<readonly OrderEvent[]>(
    (events, fact, n) => [...events, ...order.decide(recording(fact, id(900 + n)), fold(order, events))],
    [placed],
  );
const atCounter = after(facts.reserved, facts.authorized, facts.allocated, facts.packed, facts.readyForPickup);
const asked = (cancellationId: string, lines: readonly object[], code: string) =>
  expect.objectContaining({
    type: 'CancellationRequested',
    data: expect.objectContaining({ orderId, cancellationId, lines, reason: expect.objectContaining({ code }) }),
  });
const decisionsAfter = (past: readonly OrderEvent[], fact: Fact): readonly OrderEvent[] =>
  order.decide(recording(fact, id(990)), fold(order, past));
const cancelled = (cancellationId: string, lines: readonly (typeof everything)[number][]): Fact => ({
  type: 'FulfillmentCancelled',
  data: { orderId, cancellationId, lines, reason: { code: 'x', by: 'policy' }, cancelledAt: '2026-12-01T00:00:01.000Z' },
});

describe('what waits at a counter', () => {
  it('is asked back of whoever holds it when nobody fetched it in time, once', () => {
    const events = decisionsAfter(atCounter, facts.notCollected);
    expect(events).toEqual([expect.objectContaining({ type: 'PickupExpired' }), asked(id(84), [...everything], 'not-collected')]);
    const again = decisionsAfter([...atCounter, ...events], facts.packed);
    expect(again.map(({ type }) => type)).not.toContain('CancellationRequested');
  });

  it('ends the order when nothing of it was fetched', () => {
    const expired = [...atCounter, ...decisionsAfter(atCounter, facts.notCollected)];
    const ended = [...expired, ...decisionsAfter(expired, cancelled(id(84), [lantern, mug]))];
    expect(ended.slice(-3).map(({ type }) => type)).toEqual(['FulfillmentCancelled', 'LineCancelled', 'OrderCancelled']);
  });

  it('is asked back of what was refused at the counter, and the order completes with what was taken', () => {
    const handed = [...atCounter, ...decisionsAfter(atCounter, facts.collected)];
    expect(handed.slice(-1)).toEqual([asked(id(83), [mug], 'declined-at-counter')]);
    expect(fold(order, handed)?.progress.get('2')).toMatchObject({ allocated: 0 });
    const left = [...handed, ...decisionsAfter(handed, cancelled(id(83), [mug]))];
    const gone = [
      ...left,
      ...decisionsAfter(left, { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, carrier: 'counter', lines: [lantern] } }),
    ];
    const done = decisionsAfter(gone, {
      type: 'ShipmentDelivered',
      data: { ...facts.delivered.data, carrier: 'counter', lines: [lantern] },
    });
    const state = fold(order, [...gone, ...done]);
    expect(state && statusOf(state)).toBe('completed');
  });

  it('of which all was taken asks nothing back', () =>
    given(...atCounter)
      .when(recording({ type: 'HandedOver', data: { ...facts.collected.data, lines: everything, declined: [] } }, id(990)))
      .then({ type: 'HandedOver', data: { ...facts.collected.data, lines: everything, declined: [] } }));
});
