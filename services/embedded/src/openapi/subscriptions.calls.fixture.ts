import { eventually } from '@cartage/testkit';
import type { Calls } from './calls.fixture';

/** Everything that happened to an order. */
export const subscriptionCalls = async ({ ask, get, itemsOf }: Calls): Promise<void> => {
  const [order] = await itemsOf('/orders');
  const orderId = String(order?.['orderId']);
  const journal = `/subscriptions/journals/${orderId}`;
  const entry = { orderid: orderId, sequence: 1, type: 'OrderPlaced', topic: 'order.events' };
  await eventually(async () => expect(await get(`${journal}?limit=1`)).toMatchObject({ items: [entry] }), { withinMs: 15_000 });
  const all = await itemsOf(journal);
  expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, i) => i + 1));
  await ask('GET', `/stream?follow=false&lastEventId=0&orderId=${orderId}`, undefined, { accept: 'text/event-stream' });
  expect(await get('/stream')).toMatchObject({ code: 'ACCEPT_INVALID' });
  expect(await get('/subscriptions/journals/0199a3c4-7b1e-7c3d-9f2a-000000000001')).toMatchObject({ code: 'ORDER_UNKNOWN' });
};
