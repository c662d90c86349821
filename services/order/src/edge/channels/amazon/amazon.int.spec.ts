import { randomUUID } from 'node:crypto';
import { Topics, type ShippingEvent } from '@cartage/contracts';
import { webhookHeaders } from '@cartage/service-kit';
import { AmazonOrder, AmazonSeller, eventually, sampleOf } from '@cartage/testkit';
import { neighbour } from '../../neighbour.fixture';
import { startOrdersWith, type OrderSystem } from '../../order-system.fixture';
import { pollTable } from '../poll-table';
import { feedLogContract } from './feed-log.contract';
import { feedLogTable } from './feed-log-table';

jest.setTimeout(120_000);

const secret = Buffer.from('a secret of more than 24 bytes').toString('base64');
const shipping = neighbour('shipping', Topics.shipping);
const seller = new AmazonSeller();
let system: OrderSystem;

const sold = (id: string) =>
  seller.sell(
    new AmazonOrder({ id, changedAt: new Date().toISOString(), lines: [{ id: '1', sku: 'A', quantity: 2, paid: 2_000 }], currency: 'EUR' }),
  );
const polled = sold('305-0000000-0000001');

beforeAll(async () => {
  const { url, token } = await seller.start();
  const settings = {
    CHANNEL_CONNECTORS: `amazon-de=amazon:${secret}`,
    CHANNEL_IN_FLIGHT_MINUTES: '0',
    CHANNEL_OUTLETS: `amazon-de=amazon:${url}#${encodeURIComponent(token)}`,
  };
  system = await startOrdersWith(settings, shipping);
});
afterAll(async () => {
  await system.stop();
  await seller.stop();
});

const notify = (orderId: string) => {
  const body = { NotificationType: 'ORDER_CHANGE', Payload: { OrderChangeNotification: { AmazonOrderId: orderId } } };
  return system.api.call('POST', '/channels/amazon-de/webhooks', body, {
    ...webhookHeaders(secret, randomUUID(), { body: JSON.stringify(body), now: new Date() }),
  });
};
const found = async ({ id }: AmazonOrder) => (await system.api.get(`/channels/amazon-de/orders/${id}`)).body;

/** Channels are looked at every few seconds. */
const patiently = { withinMs: 50_000 };
/** What became of messages about this, by order. */
const messages = async (topic: string) => {
  const { items } = (await system.api.get('/channels/amazon-de/messages?limit=100')).body as {
    readonly items: readonly { readonly topic: string; readonly externalOrderId: string; readonly status: string }[];
  };
  return Object.fromEntries(items.flatMap((each) => (each.topic === topic ? [[each.externalOrderId, each.status]] : [])));
};

describe('a seller at Amazon', () => {
  it('is asked for its orders, and told of their parcels', async () => {
    const { orderId } = await eventually(async () => {
      const order = await found(polled);
      expect(order).toMatchObject({ externalOrderId: polled.id, lines: [{ lineId: '1', sku: 'A', quantity: 2 }] });
      return order as { readonly orderId: string };
    });
    const lines = [{ lineId: '1', sku: 'A', quantity: 2 }];
    const data = { ...sampleOf('ShipmentDispatched'), orderId, shipmentId: randomUUID(), carrier: 'DHL', lines };
    const dispatched: ShippingEvent = {
      type: 'ShipmentDispatched',
      data: { ...data, parcels: [{ parcelId: '1', trackingNumber: 'T-1', lines }] },
    };
    await shipping.tell('s-1', dispatched);
    await eventually(() => expect([...polled.packages.values()]).toMatchObject([{ trackingNumber: 'T-1' }]));
  });

  it('is asked for an order that it says has changed; what its buyer wants cancelled is cancelled, and told by a feed', async () => {
    const order = sold('305-0000000-0000002');
    expect(await notify(order.id)).toMatchObject({ status: 200, body: { status: 'taken', externalOrderId: order.id } });
    order.askToCancel('1');
    order.changedAt = new Date(Date.now() + 1_000).toISOString();
    expect(await notify(order.id)).toMatchObject({ status: 200, body: { status: 'taken' } });
    await eventually(() => expect(order.cancellations).toBe(1));
    expect(await found(order)).toMatchObject({ status: 'cancelled' });
    expect(await notify('nowhere')).toMatchObject({ status: 200, body: { status: 'ignored' } });
  });

  it('is asked for its returns and for what it gave back, each taken over once; of what others sold and sent there is nothing', async () => {
    const [order, foreign] = [sold('305-0000000-0000003'), sold('305-0000000-0000004')];
    const items = [{ orderItemId: '1', quantity: 2 }];
    foreign.confirm({ packageReferenceId: '1', trackingNumber: 'T-9', items });
    await notify(order.id);
    const row = {
      'Order ID': order.id,
      'Amazon RMA ID': 'RMA-1',
      'Return request date': '2026-11-14',
      'Return request status': 'Approved',
    };
    const item = { 'Merchant SKU': 'A', 'Return quantity': '1', 'Return Reason': 'CR-TOO_SMALL' };
    seller.reports.rows.push({ ...row, ...item }, { ...row, ...item, 'Amazon RMA ID': 'RMA-2', 'Order ID': foreign.id });
    await eventually(async () => {
      await system.pool.query(
        `update channel_poll set next_at = now(), asked_to = now() - interval '2 hours' where channel like 'amazon-de#re%' and not in_turn`,
      );
      const found = await messages('return-report');
      expect(found).toMatchObject({ [order.id]: 'taken', [foreign.id]: 'ignored' });
    }, patiently);
    order.givenBack.push({ itemId: '1', amount: 1_000, quantity: 1, at: new Date(Date.now() - 600_000).toISOString() });
    await eventually(async () => {
      await system.pool.query(`update channel_poll set next_at = now() where channel = 'amazon-de#refunds' and not in_turn`);
      expect(await messages('order-refunds')).toMatchObject({ [order.id]: 'taken' });
    }, patiently);
    const { rows } = await system.pool.query<{ type: string; data: object }>(
      `select type, data from events where type like 'Channel%' and data->>'channelReturnId' is not null or type = 'ChannelRefunded' order by position`,
    );
    expect(rows).toMatchObject([
      {
        type: 'ChannelReturnOpened',
        data: { channelReturnId: 'RMA-1', standing: 'approved', lines: [{ lineId: '1', sku: 'A', quantity: 1 }] },
      },
      { type: 'ChannelRefunded', data: { amount: 1_000, lines: [{ lineId: '1', quantity: 1, goods: 'returned' }] } },
    ]);
  });

  it('has refunds that never add up listed with their age, and settled by hand with a reason, or by taking over what it gave', async () => {
    const [closed, taken] = [sold('305-0000000-0000005'), sold('305-0000000-0000006')];
    for (const order of [closed, taken]) {
      await notify(order.id);
      const at = new Date(Date.now() - 600_000).toISOString();
      order.givenBack.push({ itemId: '1', amount: 500, at }, { itemId: '1', amount: -100, at });
    }
    const listed = async ({ id }: AmazonOrder) => {
      const { items } = (await system.api.get('/channels/amazon-de/differences?kind=refunded&limit=200')).body as {
        readonly items: readonly { readonly externalOrderId: string; readonly differenceId: string; readonly status: string }[];
      };
      return items.filter(({ externalOrderId }) => externalOrderId === id);
    };
    for (const order of [closed, taken])
      await eventually(async () => {
        await system.pool.query(`update channel_poll set next_at = now() where channel = 'amazon-de#refunds' and not in_turn`);
        expect(await listed(order)).toMatchObject([
          { here: 0, there: 400, currency: 'EUR', status: 'open', cause: 'unexplained', since: expect.any(String) },
        ]);
      }, patiently);
    const metrics = async () => (await fetch(`${system.api.url}/metrics`)).text();
    await eventually(async () =>
      expect(await metrics()).toMatch(/cartage_channel_refunds_differing_seconds\{.*channel="amazon-de".*\} (?!0\b)\d/),
    );
    const act = async (order: AmazonOrder, action: string, sent: object) => {
      const path = `/channels/amazon-de/differences/${(await listed(order))[0]?.differenceId}/${action}`;
      return system.api.call('POST', path, sent, { 'idempotency-key': randomUUID() });
    };
    expect(await act(closed, 'close', { reason: 'Amazon took it back by telephone.' })).toMatchObject({ status: 200 });
    expect(await act(taken, 'take-theirs', { reason: 'Amazon gave it.' })).toMatchObject({ status: 200 });
    await eventually(async () => {
      await system.api.call('POST', '/channels/amazon-de/differences/compare', {}, { 'idempotency-key': randomUUID() });
      expect(await listed(taken)).toMatchObject([{ status: 'gone' }]);
    }, patiently);
    expect(await listed(closed)).toMatchObject([{ status: 'closed', reason: 'Amazon took it back by telephone.' }]);
    const { rows } = await system.pool.query(
      `select data->>'amount' as amount from events where type = 'ChannelRefunded' and stream = $1`,
      [`order-${String((await found(taken))['orderId'])}`],
    );
    expect(rows).toEqual([{ amount: '400' }]);
  });

  it('is asked by one process at a time, from where it was asked last', async () => {
    const log = pollTable(system.pool);
    const channel = `other-${randomUUID()}`;
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 27, 10, minute));
    expect(await log.take(channel, { now: at(0), until: at(15) })).toBe(at(0).toISOString());
    expect(await log.take(channel, { now: at(14), until: at(29) })).toBeUndefined();
    await log.keep(channel, at(20));
    expect(await log.take(channel, { now: at(16), until: at(31) })).toBeUndefined();
    await log.end(channel, { at: at(3), askedTo: at(2).toISOString() });
    expect(await log.take(channel, { now: at(3), until: at(18) })).toBe(at(2).toISOString());
    await log.end(channel, { at: at(4) });
    expect(await log.take(channel, { now: at(4), until: at(19) })).toBe(at(2).toISOString());
  });
});

feedLogContract('Postgres', () => feedLogTable(system.pool));
