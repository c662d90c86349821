import { createHmac, randomUUID } from 'node:crypto';
import { eventually } from '@cartage/testkit';
import type { Answer, Json } from './client';
import { orderOf, PATIENCE, unique, type Shop } from './shop';

/** A channel that posts signed messages, and fetches what it would be told; it has the customer's money. */
const channel = 'e2e-market';
const secret = Buffer.from('a secret of more than 24 bytes').toString('base64');

/** What the system has to be told of it. */
export const channelEnvironment: Readonly<Record<string, string>> = {
  CHANNEL_CONNECTORS: `${channel}=webhook:${secret}`,
  CHANNEL_OUTLETS: `${channel}=feed`,
  PAYMENT_PREPAID_CHANNELS: channel,
  // What it says of an order is compared at once.
  CHANNEL_IN_FLIGHT_MINUTES: '0',
};

const telling =
  ({ ask }: Shop) =>
  async (message: Json): Promise<Answer> => {
    const [id, timestamp, body] = [randomUUID(), String(Math.floor(Date.now() / 1_000)), JSON.stringify(message)];
    const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(`${id}.${timestamp}.${body}`).digest('base64');
    const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
    return ask('POST', `/channels/${channel}/webhooks`, { body, headers });
  };

const fetching =
  ({ bytes }: Shop, externalOrderId: string) =>
  async (): Promise<readonly Json[]> => {
    const lines = (await bytes(`/channels/${channel}/feed.ndjson`)).toString('utf8').split('\n');
    const all = lines.flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Json]));
    return all.filter((message) => message['externalOrderId'] === externalOrderId);
  };

/** It hands over a list in which so many units of the order were sent; answers with what both sides say otherwise of them. */
const comparing =
  ({ ask, get }: Shop, externalOrderId: string) =>
  async (shipped: number): Promise<readonly Json[]> => {
    const body = JSON.stringify({ externalOrderId, lines: [{ lineId: '1', quantity: 2, shipped }] });
    const headers = { 'content-type': 'application/x-ndjson' };
    expect(await ask('POST', `/channels/${channel}/order-list`, { key: randomUUID(), body, headers })).toMatchObject({ status: 200 });
    const open = (await get(`/channels/${channel}/differences?status=open&limit=200`))['items'] as readonly Json[];
    return open.filter((difference) => difference['externalOrderId'] === externalOrderId);
  };

/** An order of a channel from its first word to its closed return: the same on every wiring. */
export const channelsContract = (shop: () => Shop): void => {
  it('an order of a channel is dispatched, told back, returned and refunded, once on both sides', async () => {
    const { stock, deliver, moneyOf, post, get } = shop();
    const [location, sku, externalOrderId] = [unique('LDN'), unique('MUG'), unique('MX')];
    const [tell, fetched] = [telling(shop()), fetching(shop(), externalOrderId)];
    const types = async (): Promise<readonly unknown[]> => (await fetched()).map(({ type }) => type);
    const said = { externalOrderId, changedAt: new Date().toISOString() };
    await stock(location, [{ sku, quantity: 2 }]);
    const order = orderOf([{ sku, quantity: 2, unitPrice: 1_000 }], { payment: { method: 'prepaid' } });
    const taken = await tell({ ...said, order });
    expect(taken).toMatchObject({ status: 200, body: { status: 'taken' } });
    const orderId = String(taken.body['orderId']);
    await deliver(orderId);
    await eventually(async () => expect(await types()).toEqual(['order.accepted', 'order.dispatched']), PATIENCE);

    const compared = comparing(shop(), externalOrderId);
    await eventually(async () => expect(await compared(0)).toMatchObject([{ kind: 'shipped-here', here: 2, there: 0, orderId }]), PATIENCE);
    expect(await compared(2)).toEqual([]);

    const channelReturnId = unique('RT');
    const lines = [{ lineId: '1', quantity: 1, reason: 'too-small' }];
    await tell({ ...said, type: 'return', channelReturnId, standing: 'approved', lines });
    const returnId = await eventually(async () => {
      const [rma] = (await get(`/returns?orderId=${orderId}`))['items'] as readonly Json[];
      expect(rma).toMatchObject({ status: 'authorized' });
      return String(rma?.['returnId']);
    }, PATIENCE);
    await post(`/returns/${returnId}/receive`, randomUUID(), { location, lines: [{ lineId: '1', quantity: 1 }] });
    await post(`/returns/${returnId}/grade`, randomUUID(), { lineId: '1', quantity: 1, grade: 'A' });
    await eventually(async () => expect(await types()).toContain('order.refunded'), PATIENCE);
    expect((await fetched()).at(-1)).toMatchObject({ type: 'order.refunded', amount: 1_000, backInAll: 1_000 });

    const refund = {
      type: 'refund',
      externalOrderId,
      channelRefundId: unique('RF'),
      amount: 1_000,
      currency: 'GBP',
      refundedAt: said.changedAt,
    };
    for (const status of ['taken', 'ignored']) expect(await tell(refund)).toMatchObject({ status: 200, body: { status } });
    await eventually(async () => expect(await get(`/returns/${returnId}`)).toMatchObject({ status: 'closed', refunded: 1_000 }), PATIENCE);
    await eventually(async () => expect((await types()).slice(2)).toEqual(['order.refunded', 'order.return-closed']), PATIENCE);
    expect(await moneyOf(orderId)).toMatchObject({ captured: 2_000, refunded: 1_000, discrepancies: [] });
  }, 90_000);
};
