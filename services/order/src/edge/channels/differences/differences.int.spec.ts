import { randomUUID } from 'node:crypto';
import { Topics, type InventoryEvent, type ShippingEvent } from '@cartage/contracts';
import { eventually, sampleOf, ShopifyOrder, ShopifyShop } from '@cartage/testkit';
import { neighbour } from '../../neighbour.fixture';
import { startOrdersWith, type OrderSystem } from '../../order-system.fixture';
import { said } from '../files.fixture';
import { shopifyOrderOf } from '../shopify/shopify.fixture';

jest.setTimeout(120_000);

const [shipping, inventory] = [neighbour('shipping', Topics.shipping), neighbour('inventory', Topics.inventory)];
const shop = new ShopifyShop();
let system: OrderSystem;

beforeAll(async () => {
  const { url, token } = await shop.start();
  const settings = {
    CHANNEL_CONNECTORS: 'erp=webhook:YQ==, shop=shopify:secret',
    CHANNEL_OUTLETS: `erp=feed, shop=shopify:${url}#${token}`,
    CHANNEL_IN_FLIGHT_MINUTES: '0',
    CHANNEL_LOCATIONS: 'shop/*=77',
  };
  system = await startOrdersWith(settings, shipping, inventory);
});
afterAll(async () => {
  await system.stop();
  await shop.stop();
});

let keys = 0;
const key = () => ({ 'idempotency-key': `key-${(keys += 1)}` });
const post = (path: string, sent: object = {}) => system.api.call('POST', path, sent, key());
const upload = async (path: string, type: string, body: string) => {
  const response = await fetch(`${system.api.url}${path}`, { method: 'POST', headers: { 'content-type': type, ...key() }, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const ndjson = (path: string, ...records: readonly object[]) =>
  upload(path, 'application/x-ndjson', records.map((record) => `${JSON.stringify(record)}\n`).join(''));
const listed = (...records: readonly object[]) => ndjson('/channels/erp/order-list', ...records);
type Shown = Readonly<Record<string, unknown>>;
const differences = async (channel: string, id: string, more = '') =>
  ((await system.api.get(`/channels/${channel}/differences?limit=200${more}`)).body['items'] as readonly Shown[]).filter(
    ({ externalOrderId }) => externalOrderId === id,
  );
const place = async (id: string) => {
  await ndjson('/channels/erp/messages', said(id, 0, 2));
  return String((await system.api.get(`/channels/erp/orders/${id}`)).body['orderId']);
};
const line = (quantity: number, shipped = 0) => ({ lines: [{ lineId: '1', quantity, shipped }] });
const dispatched = async (orderId: string) => {
  const lines = [{ lineId: '1', sku: 'MUG', quantity: 2 }];
  const data = { ...sampleOf('ShipmentDispatched'), orderId, shipmentId: randomUUID(), lines };
  const event: ShippingEvent = {
    type: 'ShipmentDispatched',
    data: { ...data, parcels: [{ parcelId: '1', trackingNumber: 'T-1', lines }] },
  };
  await shipping.tell(`s-${orderId}`, event);
  await eventually(async () => expect((await system.api.get(`/orders/${orderId}`)).body).toMatchObject({ status: 'shipped' }));
};

describe('what a channel says otherwise of its orders', () => {
  it('is found in its list, filtered, shown as a table, told again, and gone when both agree', async () => {
    const orderId = await place('D-1');
    await dispatched(orderId);
    expect(await listed({ externalOrderId: 'D-1', ...line(2) })).toMatchObject({
      status: 200,
      body: { compared: 1, differing: 1, inFlight: 0 },
    });
    const [found] = await differences('erp', 'D-1', '&status=open&kind=shipped-here');
    expect(found).toMatchObject({
      kind: 'shipped-here',
      here: 2,
      there: 0,
      orderId,
      lines: [{ lineId: '1', here: 2, there: 0 }],
      actions: ['tell-again', 'close'],
    });
    expect(await differences('erp', 'D-1', '&cause=message-refused')).toEqual([]);
    const csv = await (await fetch(`${system.api.url}/channels/erp/differences.csv?status=open`)).text();
    expect(csv).toMatch(/^"?differenceId"?,"?externalOrderId/);
    expect(csv).toContain('D-1');
    const again = await post(`/channels/erp/differences/${String(found?.['differenceId'])}/tell-again`);
    expect(again).toMatchObject({ status: 200, body: { action: 'tell-again', by: expect.any(String), status: 'open' } });
    const theirs = `/channels/erp/differences/${String(found?.['differenceId'])}/take-theirs`;
    expect(await post(theirs)).toMatchObject({ status: 422, body: { errors: [{ field: 'reason' }] } });
    expect(await post(theirs, { reason: 'They are right.' })).toMatchObject({
      status: 409,
      body: { code: 'DIFFERENCE_STAYS' },
    });
    await listed({ externalOrderId: 'D-1', ...line(2, 2) });
    expect(await differences('erp', 'D-1')).toMatchObject([{ status: 'gone' }]);
  });

  it('is taken over from the channel: what it cancelled is cancelled, what it gave back is booked', async () => {
    const orderId = await place('D-2');
    await listed({ externalOrderId: 'D-2', ...line(1), refunded: 100 });
    for (const { differenceId } of await differences('erp', 'D-2'))
      expect(await post(`/channels/erp/differences/${String(differenceId)}/take-theirs`, { reason: 'Agreed.' })).toMatchObject({
        status: 200,
        body: { action: 'take-theirs', reason: 'Agreed.' },
      });
    expect((await system.api.get(`/orders/${orderId}`)).body).toMatchObject({ lines: [{ progress: { cancelled: 1 } }] });
    const { rows } = await system.pool.query(
      `select data->>'amount' as amount from events where stream = $1 and type = 'ChannelRefunded'`,
      [`order-${orderId}`],
    );
    expect(rows).toEqual([{ amount: '100' }]);
    await listed({ externalOrderId: 'D-2', ...line(1), refunded: 100 });
    expect(await differences('erp', 'D-2', '&status=open')).toEqual([]);
    // Its own message comes after all: it is no second wish.
    await ndjson('/channels/erp/messages', said('D-2', 1, 1));
    expect((await system.api.get(`/orders/${orderId}`)).body).toMatchObject({ lines: [{ progress: { cancelled: 1 } }] });
    await listed({ externalOrderId: 'D-2', cancelled: true });
    const [whole] = await differences('erp', 'D-2', '&kind=cancelled-there');
    await post(`/channels/erp/differences/${String(whole?.['differenceId'])}/take-theirs`, { reason: 'Agreed.' });
    expect((await system.api.get(`/orders/${orderId}`)).body).toMatchObject({ status: 'cancelled' });
  });

  it('stays closed with its reason as long as it is the same, and is open again when it is not', async () => {
    const orderId = await place('D-3');
    await dispatched(orderId);
    await listed({ externalOrderId: 'D-3', ...line(2) });
    const [found] = await differences('erp', 'D-3');
    const path = `/channels/erp/differences/${String(found?.['differenceId'])}`;
    expect(await post(`${path}/close`, { reason: '' })).toMatchObject({ status: 422 });
    expect(await post(`${path}/close`, { reason: 'By telephone.' })).toMatchObject({
      status: 200,
      body: { status: 'closed', reason: 'By telephone.' },
    });
    expect(await post(`${path}/close`, { reason: 'Again.' })).toMatchObject({ status: 409, body: { code: 'DIFFERENCE_ENDED' } });
    await listed({ externalOrderId: 'D-3', ...line(2) });
    expect(await differences('erp', 'D-3')).toMatchObject([{ status: 'closed' }]);
    await listed({ externalOrderId: 'D-3', ...line(2, 1) });
    expect(await differences('erp', 'D-3')).toMatchObject([{ status: 'open', there: 1, reason: null, action: null }]);
    expect(await post(`/channels/erp/differences/${randomUUID()}/tell-again`)).toMatchObject({ status: 404 });
  });

  it('is an order that never came, or that it has no more, where its list is of all', async () => {
    await place('D-4');
    await ndjson('/channels/erp/order-list?since=2026-11-20T00:00:00Z', { externalOrderId: 'D-5', ...line(1) });
    expect(await differences('erp', 'D-5')).toMatchObject([{ kind: 'missing-here', orderId: null }]);
    await eventually(async () => {
      await ndjson('/channels/erp/order-list?since=2026-11-20T00:00:00Z', { externalOrderId: 'D-5', cancelled: true });
      expect(await differences('erp', 'D-4')).toMatchObject([{ kind: 'unknown-there', status: 'open' }]);
    });
    expect(await differences('erp', 'D-5')).toMatchObject([{ status: 'gone' }]);
  });

  it('is money: what its customer pays, and in which currency, and then no amount', async () => {
    const orderId = await place('D-8');
    const { currency, totals } = (await system.api.get(`/orders/${orderId}`)).body as { currency: string; totals: { total: number } };
    const money = { charged: totals.total, currency };
    await listed({ externalOrderId: 'D-8', ...line(2), ...money });
    expect(await differences('erp', 'D-8')).toEqual([]);
    await listed({ externalOrderId: 'D-8', ...line(2), ...money, charged: totals.total + 7 });
    expect(await differences('erp', 'D-8')).toMatchObject([
      {
        kind: 'charged',
        here: totals.total,
        there: totals.total + 7,
        currency,
        currencyThere: null,
        cause: 'unexplained',
        actions: ['close'],
      },
    ]);
    await listed({ externalOrderId: 'D-8', ...line(2), refunded: 3, charged: totals.total, currency: 'USD' });
    expect(await differences('erp', 'D-8', '&status=open')).toMatchObject([{ kind: 'currency', currency, currencyThere: 'USD' }]);
    const csv = `externalOrderId,cancelled,charged,currency\nD-8,false,${totals.total},${currency}\n`;
    expect(await upload('/channels/erp/order-list', 'text/csv', csv)).toMatchObject({ status: 200, body: { differing: 0 } });
  });

  it('names the line of a list that is none', async () => {
    expect(await listed({ externalOrderId: 'D-6', lines: [{ quantity: -1 }] })).toMatchObject({
      status: 422,
      body: { code: 'ORDER_LIST_INVALID', errors: [{ field: 'lines[0].lineId' }, { field: 'lines[0].quantity' }] },
    });
    const csv = 'externalOrderId,cancelled,lines\nD-7,false,"[{""lineId"":""1"",""quantity"":1}]"\n';
    expect(await upload('/channels/erp/order-list', 'text/csv', csv)).toMatchObject({ status: 200, body: { compared: 1, differing: 1 } });
    expect(await post('/channels/erp/differences/compare')).toMatchObject({ status: 422, body: { code: 'CHANNEL_NOT_ASKED' } });
  });

  it('is asked for at a channel that can be asked: an order that never came is taken, once', async () => {
    const now = new Date().toISOString();
    shop.sell(new ShopifyOrder({ id: '77', lines: [{ id: '111', units: { 77: 3 } }], currency: 'EUR', paid: [5_890] }));
    shop.rest.set('77', shopifyOrderOf({ id: 77, updated_at: now }));
    const compared = await eventually(async () => {
      const { status, body } = await post('/channels/shop/differences/compare');
      expect(status).toBe(200);
      return body;
    });
    expect(compared).toMatchObject({ compared: 1, differing: 0 });
    expect((await system.api.get('/channels/shop/orders/77')).body).toMatchObject({ externalOrderId: '77' });
    expect((await post('/channels/shop/differences/compare')).body).toMatchObject({ compared: 1, fetched: 0, differing: 0 });
  });
});

describe('what channels say otherwise of stock', () => {
  const published = async (sku: string, atp: number): Promise<void> => {
    const asOf = new Date().toISOString();
    const event: InventoryEvent = { type: 'AvailabilityChanged', data: { sku, atp, locations: [], asOf } };
    await inventory.tell(`availability-${sku}-${atp}`, event);
    for (const channel of ['shop', 'erp'])
      await eventually(async () =>
        expect((await system.api.get(`/channels/${channel}/stock?status=told`)).body['items']).toContainEqual(
          expect.objectContaining({ sku, network: atp }),
        ),
      );
  };
  const report = (type: string, text: string) => upload('/channels/erp/stock-report', type, text);
  const offers = async (query: string) => (await system.api.get(`/channels/stock-differences?${query}`)).body['items'] as readonly Shown[];

  it('is shown by SKU, of each channel beside the others, with the number that it took and why it differs, until it agrees', async () => {
    shop.items.set('SHELF', 'gid://shopify/InventoryItem/SHELF');
    await published('SHELF', 5);
    shop.stock.set('SHELF@77', 9);
    expect(await report('text/csv', 'sku,quantity\nSHELF,3\nNOBODY,-1\n')).toMatchObject({
      status: 200,
      body: { records: 2, changed: 1, rejected: 1, differing: 1, errors: [{ line: 3, field: 'quantity' }] },
    });
    expect(await post('/channels/shop/stock/compare')).toMatchObject({ status: 200, body: { compared: 1, differing: 1 } });
    const offer = { location: null, published: 5, acknowledged: 5, since: expect.any(String) };
    expect(await offers('channel=shop&cause=more-there')).toMatchObject([
      {
        ...{ sku: 'SHELF', apart: 6 },
        channels: [
          { ...offer, channel: 'erp', reported: 3, drift: -2, cause: 'less-there' },
          { ...offer, channel: 'shop', reported: 9, drift: 4, cause: 'more-there' },
        ],
      },
    ]);
    const metrics = async () => (await fetch(`${system.api.url}/metrics`)).text();
    const counted = /cartage_channel_stock_differences\{.*channel="shop".*cause="more-there".*\} 1/;
    await eventually(async () => expect(await metrics()).toMatch(counted), { withinMs: 60_000 });
    expect(await post('/channels/shop/stock/resubmit', { sku: 'SHELF' })).toMatchObject({ status: 200 });
    await eventually(() => expect(shop.stock.get('SHELF@77')).toBe(5));
    await eventually(async () => {
      await post('/channels/shop/stock/compare');
      expect(await offers('channel=shop')).toEqual([]);
    });
    await report('application/x-ndjson', '{"sku":"SHELF","quantity":5}\n');
    expect(await offers('')).toEqual([]);
    expect(await offers('sku=SHELF')).toMatchObject([{ apart: 0, channels: [{ cause: null }, { cause: null }] }]);
    expect(await post('/channels/erp/stock/compare')).toMatchObject({ status: 422, body: { code: 'CHANNEL_NOT_ASKED' } });
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    expect(await upload(`/channels/erp/stock-report?asOf=${ahead}`, 'text/csv', 'sku,quantity\nSHELF,5\n')).toMatchObject({ status: 422 });
  });
});
