import { Topics, type Envelope } from '@cartage/contracts';
import type { OrderCard } from '../domain/order-card';
import type { Occasion } from '../domain/occasions';
import { sampleOf } from '@cartage/testkit';
import { listenersOf } from './listeners';

const nothing = (): Promise<void> => Promise.resolve();

const envelopeOf = (type: string, data: { readonly orderId: string }): Envelope => ({
  ...{ id: data.orderId, type, version: 1, topic: Topics.order, source: '/cartage/order', subject: data.orderId, key: data.orderId },
  ...{ time: '2026-11-27T09:00:00.000Z', sequence: 1, correlationId: data.orderId, replay: false, data },
});

const hearing = (kept: OrderCard[], planned: Occasion[]): Parameters<typeof listenersOf>[0] => ({
  cards: { keep: async (card) => void kept.push(card), find: () => Promise.resolve(undefined), change: nothing, keepTracking: nothing },
  plan: async (occasion) => void planned.push(occasion),
  withdraw: nothing,
  followUps: { completed: nothing, sentBack: nothing, due: nothing },
});

/** What is kept and planned once an order has told this. */
const told = async (
  type: 'OrderPlaced' | 'OrderImported',
): Promise<{ readonly kept: readonly OrderCard[]; readonly planned: readonly Occasion[] }> => {
  const kept: OrderCard[] = [];
  const planned: Occasion[] = [];
  const listeners = listenersOf(hearing(kept, planned));
  const handler = listeners.find(({ topic }) => topic === Topics.order)?.on[type];
  if (typeof handler !== 'function') throw new Error(`Nobody hears ${type}.`);
  const data = sampleOf(type);
  await handler(data, { commandId: data.orderId, correlationId: data.orderId, actor: 'spec' }, envelopeOf(type, data));
  return { kept, planned };
};

describe('what notifications hears of an order', () => {
  it('that was placed is kept, and confirmed to its customer', async () => {
    const { kept, planned } = await told('OrderPlaced');
    expect(kept.map(({ orderId }) => orderId)).toEqual([sampleOf('OrderPlaced').orderId]);
    expect(planned.map(({ kind }) => kind)).toEqual(['order-confirmation']);
  });

  it('that was imported is kept, so that what comes later reaches its customer, who knows how it ended', async () => {
    const { kept, planned } = await told('OrderImported');
    const { orderId, personal } = sampleOf('OrderImported');
    expect(kept).toMatchObject([{ orderId, personal }]);
    expect(planned).toEqual([]);
  });

  it('and of no delay twice: what stock says of late goods, the promise of the order says', () =>
    expect(listenersOf(hearing([], [])).map(({ topic }) => topic)).not.toContain(Topics.inventory));
});
