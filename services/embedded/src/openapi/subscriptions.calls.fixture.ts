import { eventually } from '@cartage/testkit';
import type { Calls } from './calls.fixture';

/** What happened is posted there once more. */
const replayCalls = async ({ get, post, itemsOf }: Pick<Calls, 'get' | 'post' | 'itemsOf'>, endpointId: unknown): Promise<void> => {
  const list = '/subscriptions/replays';
  const { replayId } = await post(list, { endpointId, from: '2026-01-01T00:00:00Z', type: ['OrderPlaced'], rate: 500, note: 'A restore.' });
  expect(await itemsOf(`${list}?endpointId=${String(endpointId)}`)).toMatchObject([{ replayId, status: 'running' }]);
  expect(await get(`${list}/${String(replayId)}`)).toMatchObject({ endpointId, note: 'A restore.' });
  expect(await post(`${list}/${String(replayId)}/cancel`)).toMatchObject({ status: 'cancelled' });
  expect(await post(list, { endpointId, after: '2', upTo: '1' })).toMatchObject({ code: 'REPLAY_RANGE_INVALID' });
  expect(await post(list, { topic: 'replays.erp' })).toMatchObject({ code: 'REPLAY_TOPIC_INVALID' });
  expect(await get(`${list}/${String(endpointId)}`)).toMatchObject({ code: 'REPLAY_UNKNOWN' });
};

/** Events of this process are posted to where nobody is. */
const webhookCalls = async ({ ask, get, post, put, itemsOf, once }: Calls): Promise<void> => {
  const list = '/subscriptions/webhook-endpoints';
  const address = { url: 'https://127.0.0.1:1/hooks', note: 'The ERP.', type: ['OrderPlaced'] };
  const { endpointId, secret } = await post(list, { ...address, after: '0' });
  expect(secret).toMatch(/^whsec_/);
  const endpoint = `${list}/${String(endpointId)}`;
  expect(await itemsOf(list)).toMatchObject([{ endpointId, status: 'active', note: 'The ERP.' }]);
  expect(await post(`${endpoint}/test`)).toMatchObject({ failure: 'ECONNREFUSED' });
  // The first of them are tried; then the circuit breaker opens.
  const delivery = await eventually(async () => {
    const tried = (await itemsOf(`${endpoint}/deliveries?status=waiting&limit=200`)).find(({ attempts }) => Number(attempts) > 0);
    expect(tried).toMatchObject({ type: 'OrderPlaced' });
    return tried;
  });
  const shown = `${endpoint}/deliveries/${String(delivery?.['deliveryId'])}`;
  await once(shown, {
    event: { type: 'OrderPlaced' },
    attemptLog: expect.arrayContaining([expect.objectContaining({ failure: 'ECONNREFUSED' })]),
  });
  expect(await post(`${shown}/redelivery`)).toMatchObject({ status: 'waiting' });
  expect(await post(`${endpoint}/redeliveries`, { since: '2026-01-01T00:00:00Z' })).toEqual({ count: 0 });
  expect(await put(endpoint, { url: address.url })).toMatchObject({ type: null, note: null });
  expect(await post(`${endpoint}/pause`, { reason: 'They move house.' })).toMatchObject({ status: 'paused' });
  expect(await get(endpoint)).toMatchObject({ pause: { cause: 'by-hand' } });
  expect(await post(`${endpoint}/resume`)).toMatchObject({ pause: null });
  expect(await post(`${endpoint}/secret`, { keepHours: 1 })).toMatchObject({ secret: expect.stringMatching(/^whsec_/) });
  expect(await post(list, { url: 'https://10.0.0.1/hooks' })).toMatchObject({ code: 'WEBHOOK_URL_INVALID' });
  expect(await post(list, { ...address, after: '999999999' })).toMatchObject({ code: 'POSITION_UNKNOWN' });
  await replayCalls({ get, post, itemsOf }, endpointId);
  expect(await ask('DELETE', endpoint)).toEqual({ endpointId });
  expect(await get(endpoint)).toMatchObject({ code: 'WEBHOOK_ENDPOINT_UNKNOWN' });
};

/** Everything that happened to an order. */
const journalCalls = async ({ ask, get, itemsOf }: Calls): Promise<void> => {
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

/** What other systems follow, and are sent. */
export const subscriptionCalls = async (calls: Calls): Promise<void> => {
  await journalCalls(calls);
  await webhookCalls(calls);
};
