import { createHmac, randomUUID } from 'node:crypto';
import { Topics, type InventoryEvent, type PaymentEvent, type ReturnEvent, type ShippingEvent } from '@cartage/contracts';
import { eventually, sampleOf, ShopifyOrder, ShopifyShop, WebhookChannel } from '@cartage/testkit';
import { neighbour } from '../neighbour.fixture';
import { body, startOrdersWith, type Answer, type OrderSystem } from '../order-system.fixture';
import { csvOf, said } from './files.fixture';
import { shopifyOrderOf } from './shopify/shopify.fixture';
import { idFor, webhookHeaders } from '@cartage/service-kit';

jest.setTimeout(120_000);

const [shipping, payment, inventory, returns] = [
  neighbour('shipping', Topics.shipping),
  neighbour('payment', Topics.payment),
  neighbour('inventory', Topics.inventory),
  neighbour('returns', Topics.returns),
];
const shop = new ShopifyShop();
const market = { channel: new WebhookChannel(), token: '' };
let system: OrderSystem;

beforeAll(async () => {
  const { url, token } = await shop.start();
  const hook = await market.channel.start();
  market.token = hook.token;
  const settings = {
    CHANNEL_CONNECTORS: `shop=shopify:secret, market=webhook:${market.token}, erp=webhook:${market.token}`,
    CHANNEL_OUTLETS: `shop=shopify:${url}#${token}, market=webhook:${hook.url}#${market.token}, elsewhere=shopify:http://127.0.0.1:1#nobody, erp=feed`,
    CHANNEL_LOCATIONS: 'shop/LDN=77',
  };
  system = await startOrdersWith(settings, shipping, payment, inventory, returns);
});
afterAll(async () => {
  await system.stop();
  await shop.stop();
  await market.channel.stop();
});

let events = 0;
const send = (payload: unknown, topic = 'orders/updated'): Promise<Answer> => {
  const signature = createHmac('sha256', 'secret').update(JSON.stringify(payload)).digest('base64');
  const named = { 'x-shopify-topic': topic, 'x-shopify-event-id': `e-${(events += 1)}`, 'x-shopify-hmac-sha256': signature };
  return system.api.call('POST', '/channels/shop/webhooks', payload, named);
};
const key = () => ({ 'idempotency-key': `key-${(events += 1)}` });
const post = async (path: string, sent: object) => (await system.api.call('POST', path, sent, key())).body;
const itemsOf = async (path: string) => (await system.api.get(path)).body['items'] as readonly Record<string, unknown>[];
const lists = (path: string, expected: readonly object[]): Promise<void> =>
  eventually(async () => expect(await itemsOf(path)).toMatchObject(expected));

/** Each test has an order of its own: three lanterns, 58.90 EUR. */
let orders = 0;
const shopOrder = async () => {
  const id = String((orders += 1));
  let minute = 0;
  const [lantern] = shopifyOrderOf().line_items;
  const at = (more: object = {}) =>
    shopifyOrderOf({ id: Number(id), updated_at: `2026-11-20T11:${String((minute += 1)).padStart(2, '0')}:00Z`, ...more });
  const there = shop.sell(new ShopifyOrder({ id, lines: [{ id: '111', units: { 77: 3 } }], currency: 'EUR', paid: [5_890] }));
  const place = async () => (await send(at())).body['orderId'] as string;
  const left = (current_quantity: number) => at({ line_items: [{ ...lantern, current_quantity }] });
  return { id, at, there, place, left, path: `/channels/shop/orders/${id}` };
};

const lineOf = (quantity: number) => ({ lineId: '111', sku: 'LANTERN', quantity });
const dispatched = (orderId: string, trackingNumber: string, quantity: number): ShippingEvent => {
  const data = sampleOf('ShipmentDispatched');
  const lines = [lineOf(quantity)];
  return {
    type: 'ShipmentDispatched',
    data: { ...data, orderId, shipmentId: randomUUID(), lines, parcels: [{ parcelId: '1', trackingNumber, lines }] },
  };
};
const updatesOf = async (id: string) =>
  (await itemsOf('/channels/shop/updates?limit=200')).filter(({ externalOrderId }) => externalOrderId === id);

describe('what a connected channel is told of an order', () => {
  it('is that it was taken over, its parcels with their numbers, and money that goes back', async () => {
    const { id, there, place, path } = await shopOrder();
    const orderId = await place();
    await shipping.tell(`s-${id}`, dispatched(orderId, 'T-1', 2), dispatched(orderId, 'T-2', 1));
    const { payments } = (await system.api.get(path)).body as { payments: readonly { paymentId: string }[] };
    const paid = { orderId, paymentId: payments[0]?.paymentId ?? '', amount: 1_000, currency: 'EUR' } as const;
    const asked: PaymentEvent = { type: 'ChannelRefundRequested', data: { ...sampleOf('ChannelRefundRequested'), ...paid } };
    const voided: PaymentEvent = { type: 'PaymentVoided', data: { ...sampleOf('PaymentVoided'), ...paid, amount: 500 } };
    await payment.tell(`p-${id}`, asked, voided);
    await eventually(async () =>
      expect((await updatesOf(id)).map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'told')),
    );
    expect([...there.tags]).toEqual(['cartage-accepted']);
    expect(there.fulfilments).toMatchObject([
      { number: 'T-1', lines: [{ id: '111', quantity: 2 }] },
      { number: 'T-2', lines: [{ id: '111', quantity: 1 }] },
    ]);
    expect(there.givenBack).toMatchObject([{ amount: 1_000 }, { amount: 500 }]);
    const entries = (await itemsOf(`/orders/${orderId}/timeline`)) as readonly { step: string }[];
    expect(entries.filter(({ step }) => step === 'refunded-by-channel')).toHaveLength(2);
  });

  it('is units that will not ship; when it says so itself then, that is no new wish', async () => {
    const { id, there, place, left, path } = await shopOrder();
    await place();
    await post(`${path}/cancellations`, { lines: [{ lineId: '111', quantity: 1 }], reason: { code: 'stock-short' } });
    await eventually(() => expect(there.removed).toEqual([{ id: '111', quantity: 1 }]));
    await eventually(async () => expect((await updatesOf(id)).map(({ status }) => status)).toEqual(['told', 'told']));
    expect((await send(left(2))).body).toMatchObject({ status: 'ignored' });
    expect((await send(left(1))).body).toMatchObject({ status: 'taken' });
    expect((await system.api.get(path)).body).toMatchObject({ lines: [{ progress: { cancelled: 2 } }] });
    expect(there.removed).toHaveLength(1);
  });

  it('is that nothing of it will ship; not where it said so itself', async () => {
    const [ours, theirs] = [await shopOrder(), await shopOrder()];
    for (const { place } of [ours, theirs]) await place();
    const gone = { cancelled_at: '2026-11-21T00:00:00Z', cancel_reason: 'customer' };
    await send(theirs.at(gone));
    await post(`${ours.path}/cancellations`, { reason: { code: 'stock-short' } });
    await eventually(() => expect(ours.there.cancellations).toBe(1));
    expect((await send(ours.at(gone))).body).toMatchObject({ status: 'ignored' });
    await eventually(async () =>
      expect((await updatesOf(theirs.id)).map(({ kind, status }) => [kind, status])).toEqual([['accepted', 'told']]),
    );
  });

  it('is that it cannot be taken over, until it is mended', async () => {
    const { id, at, there, place } = await shopOrder();
    const [lantern] = shopifyOrderOf().line_items;
    await send(at({ line_items: [{ ...lantern, sku: null }] }));
    await eventually(() => expect([...there.tags]).toEqual(['cartage-rejected']));
    await place();
    await eventually(() => expect([...there.tags]).toEqual(['cartage-accepted']));
    expect(await updatesOf(id)).toMatchObject([{ kind: 'rejected' }, { kind: 'accepted' }]);
  });

  it('is what becomes of a return that it opened, and that it is over', async () => {
    const { id, place } = await shopOrder();
    const orderId = await place();
    const channelReturnId = `71${id}`;
    shop.returns.set(channelReturnId, 'REQUESTED');
    const line = { quantity: 1, return_reason: 'defective', fulfillment_line_item: { line_item: { id: 111 } } };
    const payload = { id: channelReturnId, order: { id }, return_line_items: [line], updated_at: '2026-11-23T10:00:00Z' };
    expect((await send(payload, 'returns/request')).body).toMatchObject({ status: 'taken' });
    const rma = { orderId, returnId: idFor('channel-return', 'shop', channelReturnId) };
    const authorized: ReturnEvent = { type: 'ReturnAuthorized', data: { ...sampleOf('ReturnAuthorized'), ...rma, by: 'policy' } };
    await returns.tell(`r-${id}`, authorized, { type: 'ReturnClosed', data: { ...sampleOf('ReturnClosed'), ...rma } });
    await eventually(() => expect(shop.returns.get(channelReturnId)).toBe('CLOSED'));
    // That it was taken over may be planned before or after what became of its return.
    await eventually(async () => {
      const told = (await updatesOf(id)).map(({ kind, status }) => `${String(kind)} ${String(status)}`);
      expect(told).toContain('accepted told');
      expect(told.filter((each) => !each.startsWith('accepted'))).toEqual(['return-approved told', 'return-closed told']);
    });
  });

  it('waits with its own words when it is refused, and keeps nothing else; it is told again mended, or dropped with a reason', async () => {
    const { id, there, place } = await shopOrder();
    const orderId = await place();
    const unknown = dispatched(orderId, 'T-1', 1);
    const parcel = (lineId: string): ShippingEvent => {
      const lines = [{ ...lineOf(1), lineId }];
      return { ...unknown, data: { ...unknown.data, parcels: [{ parcelId: '1', trackingNumber: 'T-1', lines }] } } as ShippingEvent;
    };
    // That it was taken over may be planned before or after.
    const parcels = async () => (await updatesOf(id)).filter(({ kind }) => kind === 'dispatched');
    await shipping.tell(`s-${id}`, parcel('ours'));
    await eventually(async () => expect(await parcels()).toMatchObject([{ status: 'refused' }]));
    await shipping.tell(`s-${id}`, parcel('nobodys'), dispatched(orderId, 'T-2', 1));
    await eventually(() => expect(there.fulfilments).toMatchObject([{ number: 'T-2' }]));
    const [first, second] = (await parcels()).filter(({ status }) => status === 'refused');
    expect(first).toMatchObject({ status: 'refused', code: 'CHANNEL_REFUSED', faults: [{ field: 'fulfillmentOrderLineItems.quantity' }] });
    const pathOf = (update: typeof first) => `/channels/shop/updates/${String(update?.['updateId'])}`;
    await post(`${pathOf(first)}/resubmit`, { lines: [{ lineId: 'ours', channelLineId: '111' }] });
    await eventually(() => expect(there.fulfilments).toMatchObject([{ number: 'T-2' }, { number: 'T-1' }]));
    expect(await parcels()).toContainEqual(expect.objectContaining({ updateId: first?.['updateId'], attempts: 1 }));
    const dropped = { status: 'dropped', detail: expect.stringContaining('Entered by hand.') as string };
    expect(await post(`${pathOf(second)}/drop`, { reason: 'Entered by hand.' })).toMatchObject(dropped);
    expect(await itemsOf('/channels/shop/updates?status=refused')).toEqual([]);
  });

  it('waits while the channel is away, which health tells, and nobody is turned away for it', async () => {
    const { place, there } = await shopOrder();
    shop.strike('broken', 'broken');
    await place();
    await eventually(() => expect(there.tags.size).toBe(1));
    await system.api.put('/channels/elsewhere/orders/1', body);
    const error: unknown = expect.stringMatching(/elsewhere cannot be told since/);
    await eventually(async () =>
      expect((await system.api.get('/health/ready')).body).toMatchObject({
        status: 'degraded',
        checks: { 'order.channels': { ok: false, error } },
      }),
    );
    expect(await itemsOf('/channels/elsewhere/updates')).toMatchObject([{ kind: 'accepted', status: 'waiting' }]);
  });
});

describe('what a connected channel may sell', () => {
  const available = (sku: string, atp: number, more: object = {}): InventoryEvent => ({
    type: 'AvailabilityChanged',
    data: {
      sku,
      atp,
      locations: [{ location: 'LDN', atp }],
      asOf: new Date(Date.UTC(2026, 10, 27, 10, 0, (events += 1))).toISOString(),
      ...more,
    },
  });

  it('is told as it is now, however often it changed; below nothing it is nothing', async () => {
    shop.items.set('MUG', 'gid://shopify/InventoryItem/1');
    shop.items.set('LANTERN', 'gid://shopify/InventoryItem/2');
    await inventory.tell('availability/MUG', available('MUG', 9), available('MUG', 8), available('MUG', 7));
    await inventory.tell('availability/LANTERN', available('LANTERN', -2));
    await eventually(() => expect([shop.stock.get('MUG@77'), shop.stock.get('LANTERN@77')]).toEqual([7, 0]));
    await lists('/channels/shop/stock', [
      { sku: 'LANTERN', network: -2, status: 'told' },
      { sku: 'MUG', locations: { LDN: 7 }, status: 'told' },
    ]);
  });

  it('is what is said of the channel itself, once anything is', async () => {
    shop.items.set('LAMP', 'gid://shopify/InventoryItem/3');
    await inventory.tell(
      'availability/LAMP',
      available('LAMP', 9),
      available('LAMP', 3, { channel: 'shop' }),
      available('LAMP', 8),
      available('LAMP', 1, { channel: 'other' }),
    );
    await eventually(() => expect(shop.stock.get('LAMP@77')).toBe(3));
    await eventually(async () =>
      expect((await itemsOf('/channels/shop/stock?status=told')).filter(({ sku }) => sku === 'LAMP')).toMatchObject([{ network: 3 }]),
    );
  });

  it('waits with a person where the channel has no such SKU, and is told when it has', async () => {
    await inventory.tell('availability/NEW', available('NEW', 4));
    await lists('/channels/shop/stock?status=refused', [{ sku: 'NEW', code: 'SKU_UNKNOWN_AT_CHANNEL' }]);
    shop.items.set('NEW', 'gid://shopify/InventoryItem/4');
    expect(await post('/channels/shop/stock/resubmit', { sku: 'NEW' })).toMatchObject({ status: 'waiting' });
    await eventually(() => expect(shop.stock.get('NEW@77')).toBe(4));
    expect(await post('/channels/shop/stock/resubmit', { sku: 'UNHEARD-OF' })).toMatchObject({ code: 'SKU_UNKNOWN' });
  });
});

describe('a channel that posts our own form, and takes it', () => {
  it('has its order placed, and is told of it', async () => {
    const order = { ...body, lines: [{ lineId: '1', sku: 'MUG', quantity: 2, unitPrice: 250 }], payment: { method: 'prepaid' } };
    const payload = JSON.stringify({ externalOrderId: 'MX-1', changedAt: new Date().toISOString(), order });
    const headers = webhookHeaders(market.token, 'm-1', { body: payload, now: new Date() });
    const posted = await system.api.call('POST', '/channels/market/webhooks', JSON.parse(payload) as unknown, headers);
    expect(posted).toMatchObject({ status: 200, body: { status: 'taken', messageId: 'm-1' } });
    await eventually(() => expect(market.channel.taken).toEqual([{ type: 'order.accepted', externalOrderId: 'MX-1' }]));
    const stale = webhookHeaders(market.token, 'm-2', { body: payload, now: new Date(Date.now() - 301_000) });
    expect(await system.api.call('POST', '/channels/market/webhooks', JSON.parse(payload) as unknown, stale)).toMatchObject({
      status: 401,
    });
  });
});

describe('a channel that neither posts nor is posted to', () => {
  const file = async (content: string, type: string) => {
    const headers = { 'content-type': type, ...key() };
    const response = await fetch(`${system.api.url}/channels/erp/messages`, { method: 'POST', body: content, headers });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const feed = async (query: string) => {
    const response = await fetch(`${system.api.url}/channels/erp/feed.${query}`);
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };
  it('sends files of orders, edits and returns: each is taken as if it had been posted, and a file that comes again changes nothing', async () => {
    const back = {
      type: 'return',
      externalOrderId: 'E-1',
      channelReturnId: 'RT-1',
      standing: 'approved',
      changedAt: '2026-11-21T10:00:00Z',
      lines: [{ lineId: '1', quantity: 1, reason: 'too-small' }],
    };
    const records = [said('E-1', 1, 2), said('E-2', 1, 2), said('E-1', 2, 1), { ...said('E-3', 1, 1), changedAt: 'never' }, back];
    const content = [...records.map((record) => JSON.stringify(record)), 'no JSON'].join('\n');
    const counts = { records: 6, taken: 4, refused: 1, waiting: 0, ignored: 0, parked: 0, unreadable: [{ line: 6, code: 'JSON_INVALID' }] };
    expect(await file(content, 'application/x-ndjson')).toMatchObject({ status: 200, body: counts });
    expect(await file(content, 'application/x-ndjson')).toMatchObject({ status: 200, body: { taken: 4, refused: 1 } });
    expect((await system.api.get('/channels/erp/orders/E-1')).body).toMatchObject({ lines: [{ quantity: 2, progress: { cancelled: 1 } }] });
    expect(await itemsOf('/channels/erp/messages?status=refused')).toMatchObject([
      { messageId: 'E-3.1', faults: [{ field: 'changedAt' }], tries: 2 },
    ]);
    expect(await file(csvOf('E-4'), 'text/csv')).toMatchObject({ status: 200, body: { records: 1, taken: 1 } });
    expect((await system.api.get('/channels/erp/orders/E-4')).body).toMatchObject({ lines: [{ sku: 'MUG', quantity: 2 }] });
  });

  it('fetches what it would be told, in order and on from where it was', async () => {
    await inventory.tell('availability/ERP-1', {
      type: 'AvailabilityChanged',
      data: { sku: 'ERP-1', atp: 5, locations: [], asOf: new Date().toISOString() },
    });
    const fetched = async () =>
      (await feed('ndjson')).text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { number: number; type: string; levels?: readonly { sku: string }[] });
    const ofOrders = async () => (await fetched()).flatMap(({ type }) => (type === 'stock' ? [] : [type]));
    const skus = async () => (await fetched()).flatMap(({ levels = [] }) => levels.map(({ sku }) => sku));
    await eventually(async () =>
      expect((await ofOrders()).toSorted()).toEqual([...Array.from({ length: 3 }, () => 'order.accepted'), 'order.rejected']),
    );
    await eventually(async () => expect(await skus()).toContain('ERP-1'));
    const all = await fetched();
    expect(all.map(({ number }) => number)).toEqual(all.map((_, i) => i + 1));
    const rest = await feed('ndjson?after=2&limit=1');
    expect([rest.type, rest.text.split('\n').length - 1]).toEqual(['application/x-ndjson; charset=utf-8', 1]);
    expect(JSON.parse(rest.text)).toEqual(all[2]);
    expect((await feed(`csv?after=${all.length - 1}`)).text.split('\r\n')).toHaveLength(3);
    expect((await feed('ndjson?after=-1')).status).toBe(422);
    expect((await system.api.get('/channels/message-schemas')).body).toMatchObject({ $defs: { in: { oneOf: [{}, {}, {}] } } });
  });

  it('is refused a file where it speaks a form of its own', async () => {
    const headers = { 'content-type': 'application/x-ndjson', ...key() };
    const response = await fetch(`${system.api.url}/channels/shop/messages`, { method: 'POST', body: '{}\n', headers });
    expect(await response.json()).toMatchObject({ code: 'CHANNEL_TAKES_NO_FILES' });
  });
});
