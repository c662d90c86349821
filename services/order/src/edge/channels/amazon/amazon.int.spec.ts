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
