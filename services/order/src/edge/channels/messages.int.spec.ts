import { createHash, createHmac } from 'node:crypto';
import { systemClock } from '@cartage/eventsourcing';
import { forgetOld, newId } from '@cartage/service-kit';
import { startOrdersWith, type Answer, type OrderSystem } from '../order-system.fixture';
import { messageTable } from './message-table';
import { shopifyOrderOf } from './shopify/shopify.fixture';
import { forgettingUpdates } from './update-table';

jest.setTimeout(120_000);

let system: OrderSystem;
beforeAll(async () => {
  const CHANNEL_CONNECTORS = 'shop=shopify:new-secret, shop=shopify:old-secret, careful=shopify:other';
  system = await startOrdersWith({ CHANNEL_CONNECTORS, ORDER_ADMISSION_POLICY: 'careful:park' });
});
afterAll(() => system.stop());

interface Sending {
  readonly channel?: string;
  readonly secret?: string;
  readonly topic?: string;
}

const send = (payload: unknown, { channel = 'shop', secret = 'new-secret', topic = 'orders/updated' }: Sending = {}): Promise<Answer> => {
  const signature = createHmac('sha256', secret).update(JSON.stringify(payload)).digest('base64');
  const named = { 'x-shopify-topic': topic, 'x-shopify-event-id': newId(), 'x-shopify-hmac-sha256': signature };
  return system.api.call('POST', `/channels/${channel}/webhooks`, payload, named);
};

/** What is signed is its name, and nothing that stands beside it. */
const idOf = (payload: unknown, kind = 'orders'): string =>
  `${kind}.${createHash('sha256').update(JSON.stringify(payload)).digest('hex').slice(0, 32)}`;

/** Each test has an order of its own; the channel's clock goes on with every word. */
let orders = 0;
const shopOrder = () => {
  const id = (orders += 1);
  let minute = 0;
  const [lantern] = shopifyOrderOf().line_items;
  return {
    path: `/channels/shop/orders/${id}`,
    at: (more: object = {}) => shopifyOrderOf({ id, updated_at: `2026-11-20T11:${String((minute += 1)).padStart(2, '0')}:00Z`, ...more }),
    line: (more: object) => ({ ...lantern, ...more }),
  };
};
const order = async (path: string) => (await system.api.get(path)).body;

describe('messages of a connected channel', () => {
  it('place an order once, however often and under whatever topic it is told, and keep what the channel sent', async () => {
    const { at, path } = shopOrder();
    const payload = at();
    expect(await send(payload, { topic: 'orders/create' })).toMatchObject({
      status: 200,
      body: { status: 'taken', messageId: idOf(payload), faults: [], tries: 1 },
    });
    expect((await send(payload, { topic: 'orders/create' })).body).toMatchObject({ status: 'taken', tries: 1 });
    expect((await send(payload, { topic: 'orders/paid', secret: 'old-secret' })).body).toMatchObject({ status: 'taken', tries: 1 });
    expect((await send(at(), { topic: 'orders/paid' })).body).toMatchObject({ status: 'ignored' });
    expect(await order(path)).toMatchObject({ channel: 'shop', currency: 'EUR', lines: [{ lineId: '111', quantity: 3 }] });
    const { orderId } = await order(path);
    expect((await system.api.get(`/orders/${String(orderId)}/personal`)).body).toMatchObject({
      name: 'Zoë Ångström',
      raw: { name: '#1042' },
    });
  });

  it('are remembered as taken, delivered several times at once', async () => {
    const payload = shopOrder().at();
    await Promise.all(Array.from({ length: 5 }, () => send(payload)));
    expect((await send(payload)).body).toMatchObject({ status: 'taken' });
  });

  it('are believed by their signature only, and only where something is connected', async () => {
    const payload = shopOrder().at();
    expect(await send(payload, { secret: 'stranger' })).toMatchObject({ status: 401, body: { code: 'SIGNATURE_INVALID' } });
    expect(await send(payload, { channel: 'nobody' })).toMatchObject({ status: 404, body: { code: 'CHANNEL_UNKNOWN' } });
  });

  it('wait for money that is not there, and take the order when the channel tells that it is', async () => {
    const { at, path } = shopOrder();
    expect((await send(at({ financial_status: 'pending' }), { topic: 'orders/create' })).body).toMatchObject({
      status: 'waiting',
      orderId: null,
    });
    expect((await system.api.get(path)).status).toBe(404);
    expect((await send(at(), { topic: 'orders/paid' })).body).toMatchObject({ status: 'taken' });
    expect((await system.api.get(path)).status).toBe(200);
  });

  it('take units away and bring lines and units, once, and never by an older word', async () => {
    const { at, line, path } = shopOrder();
    const [first, later] = [
      at(),
      at({ line_items: [line({ current_quantity: 1 }), line({ id: 112, sku: 'MUG', quantity: 2, current_quantity: 2 })] }),
    ];
    await send(first);
    expect((await send(later)).body).toMatchObject({ status: 'taken' });
    await send(later);
    expect((await send(first, { topic: 'orders/cancelled' })).body).toMatchObject({ status: 'taken', tries: 1 });
    expect((await send({ ...first, note: 'told late' })).body).toMatchObject({ status: 'ignored' });
    expect(await order(path)).toMatchObject({
      lines: [
        { lineId: '111', quantity: 3, progress: { cancelled: 2 } },
        { lineId: '112', sku: 'MUG', quantity: 2, progress: { cancelled: 0 } },
      ],
    });
    await send(at({ line_items: [line({ current_quantity: 2 }), line({ id: 112, sku: 'MUG', quantity: 2, current_quantity: 2 })] }));
    expect(await order(path)).toMatchObject({ lines: [{ lineId: '111', quantity: 4, progress: { cancelled: 2 } }, {}] });
  });

  it('take a line away that they name no more, once', async () => {
    const { at, line, path } = shopOrder();
    await send(at());
    await send(at({ line_items: [line({}), line({ id: 112, sku: 'MUG', quantity: 2, current_quantity: 2 })] }));
    expect((await send(at())).body).toMatchObject({ status: 'taken' });
    expect((await send(at({ note: 'again' }))).body).toMatchObject({ status: 'ignored' });
    expect(await order(path)).toMatchObject({ lines: [{ progress: { cancelled: 0 } }, { sku: 'MUG', progress: { cancelled: 2 } }] });
  });

  it('do not undo what was cancelled here meanwhile', async () => {
    const { at, path } = shopOrder();
    await send(at());
    const cancel = { lines: [{ lineId: '111', quantity: 1 }], reason: { code: 'changed-mind' } };
    expect((await system.api.call('POST', `${path}/cancellations`, cancel, { 'idempotency-key': path })).status).toBeLessThan(300);
    expect((await send(at({ note: 'another note' }))).body).toMatchObject({ status: 'ignored' });
    expect(await order(path)).toMatchObject({ lines: [{ quantity: 3, progress: { cancelled: 1 } }] });
  });

  it('send it elsewhere when the address changes, and not otherwise', async () => {
    const { at, path } = shopOrder();
    await send(at());
    const shipping_address = { ...shopifyOrderOf().shipping_address, address1: 'Nebenstraße 7', zip: '10117' };
    expect((await send(at({ shipping_address }))).body).toMatchObject({ status: 'taken', detail: 'It goes elsewhere.' });
    expect((await send(at({ shipping_address }))).body).toMatchObject({ status: 'ignored' });
    const { orderId } = await order(path);
    expect((await system.api.get(`/orders/${String(orderId)}/personal`)).body).toMatchObject({
      shipGroups: [{ address: { lines: ['Nebenstraße 7'], postalCode: '10117' } }],
    });
  });

  it('cancel the whole, once; what was cancelled before it came is not placed', async () => {
    const { at, path } = shopOrder();
    const gone = { cancelled_at: '2026-11-21T00:00:00Z', cancel_reason: 'customer' };
    await send(at());
    expect((await send(at(gone), { topic: 'orders/cancelled' })).body).toMatchObject({ status: 'taken' });
    expect((await send(at(gone))).body).toMatchObject({ status: 'ignored' });
    expect(await order(path)).toMatchObject({ status: 'cancelled' });
    const early = shopOrder();
    expect((await send(early.at(gone))).body).toMatchObject({ status: 'ignored' });
    expect((await system.api.get(early.path)).status).toBe(404);
  });

  it('are one at a time for an order, whoever takes them: told at once in many words, it ends as the last one says', async () => {
    const { at, line, path } = shopOrder();
    const words = [3, 2, 1].map((current_quantity) => at({ line_items: [line({ current_quantity })] }));
    // Placed by its first word: the sums of the others are those of an order that was edited.
    await send(words[0]);
    const answers = await Promise.all([...words, ...words].map((payload) => send(payload)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const { lines } = (await order(path)) as { lines: readonly { quantity: number; progress: { cancelled: number } }[] };
    expect(lines.map(({ quantity, progress }) => quantity - progress.cancelled)).toEqual([1]);
  });

  it('are refused with the fields that are wrong, kept sealed, and taken when they are mended', async () => {
    const { at, line, path } = shopOrder();
    const payload = at({ line_items: [line({ sku: null })] });
    const refused = await send(payload);
    expect(refused).toMatchObject({
      status: 200,
      body: { status: 'refused', code: 'MESSAGE_INVALID', faults: [{ field: 'line_items[0].sku' }] },
    });
    const listed = (await system.api.get('/channels/shop/messages?status=refused')).body['items'];
    expect(listed).toMatchObject([{ messageId: idOf(payload) }]);
    const { rows } = await system.pool.query<{ row: string }>('select channel_message::text as row from channel_message');
    expect(rows.map(({ row }) => row).join()).not.toMatch(/Zoë|Ångström|Hauptstraße/);
    const again = (sent: object, key: string) =>
      system.api.call('POST', `/channels/shop/messages/${idOf(payload)}/resubmit`, sent, { 'idempotency-key': key });
    expect((await again({}, 'a')).body).toMatchObject({ status: 'refused', tries: 2 });
    expect((await again({ payload: { ...payload, line_items: [line({ sku: 'LANTERN' })] } }, 'b')).body).toMatchObject({ status: 'taken' });
    expect((await again({}, 'c')).body).toMatchObject({ status: 'taken', tries: 3 });
    expect((await system.api.get(path)).status).toBe(200);
  });

  it('are refused where the order cannot be as they say, and dropped by a person', async () => {
    const { at } = shopOrder();
    const payload = at({ total_price_set: undefined, total_price: '1.00' });
    const refused = await send(payload);
    expect(refused.body).toMatchObject({ status: 'refused', code: 'ORDER_TOTAL_MISMATCH' });
    const path = `/channels/shop/messages/${idOf(payload)}`;
    expect((await system.api.call('DELETE', path)).body).toMatchObject({ status: 'ignored' });
    expect((await system.api.call('DELETE', '/channels/shop/messages/none')).status).toBe(404);
    expect((await system.api.get('/channels/shop/messages?limit=2')).body).toMatchObject({ items: [{}, {}], next: expect.any(String) });
  });

  it('are about nothing that is taken over where they are no orders; one that is not as the catalogue has it is kept aside', async () => {
    expect((await send({ id: 1 }, { topic: 'products/update' })).body).toMatchObject({ status: 'ignored' });
    expect((await send(shopOrder().at({ test: true }))).body).toMatchObject({ status: 'ignored' });
    const parked = await send(shopOrder().at(), { channel: 'careful', secret: 'other' });
    expect(parked.body).toMatchObject({ status: 'parked' });
    expect((await system.api.get('/channels/careful/parked')).body).toMatchObject({ items: [{ orderId: parked.body['orderId'] }] });
  });

  const refundOf = (orderNumber: string, more: object = {}) => ({
    ...{ id: Number(`${orderNumber}77`), order_id: orderNumber, created_at: '2026-11-22T10:00:00Z', note: null },
    refund_line_items: [{ line_item_id: 111, quantity: 1, restock_type: 'return' }],
    transactions: [{ kind: 'refund', status: 'success', amount: '5.00', currency: 'EUR' }],
    ...more,
  });

  it('tell what the channel did after it had sold it, once; what comes before its order waits for it, and is kept sealed', async () => {
    const { at, path } = shopOrder();
    const number = path.split('/').at(-1) ?? '';
    const refund = refundOf(number, { note: 'Zoë Ångström was angry' });
    expect((await send(refund, { topic: 'refunds/create' })).body).toMatchObject({
      status: 'waiting',
      externalOrderId: number,
    });
    const { rows } = await system.pool.query<{ row: string }>(
      `select channel_message::text as row from channel_message where message_id = $1`,
      [idOf(refund, 'refunds.create')],
    );
    expect(rows[0]?.row).not.toMatch(/Zoë/);
    await send(at());
    const listed = (await system.api.get('/channels/shop/messages?limit=200')).body['items'] as readonly { messageId: string }[];
    expect(listed.find(({ messageId }) => messageId === idOf(refund, 'refunds.create'))).toMatchObject({ status: 'taken', tries: 2 });
    expect((await send(refund, { topic: 'refunds/create' })).body).toMatchObject({ status: 'taken', tries: 2 });
    expect((await send({ ...refund, note: null }, { topic: 'refunds/create' })).body).toMatchObject({ status: 'ignored' });
    const { orderId } = await order(path);
    expect((await system.api.get(`/orders/${String(orderId)}/timeline`)).body['items']).toEqual(
      expect.arrayContaining([expect.objectContaining({ step: 'refunded-by-channel' })]),
    );
  });

  it('for units that were cancelled with it waits until the order says so', async () => {
    const { at, line, path } = shopOrder();
    const number = path.split('/').at(-1) ?? '';
    await send(at());
    const refund = refundOf(number, { refund_line_items: [{ line_item_id: 111, quantity: 2, restock_type: 'cancel' }] });
    expect((await send(refund, { topic: 'refunds/create' })).body).toMatchObject({ status: 'waiting' });
    await send(at({ line_items: [line({ current_quantity: 1 })] }));
    expect((await send(refund, { topic: 'refunds/create' })).body).toMatchObject({ status: 'taken' });
  });

  it('open, allow and end returns; one that names no line of the order is refused with its field', async () => {
    const { at, path } = shopOrder();
    const number = path.split('/').at(-1) ?? '';
    await send(at());
    const returnOf = (lineId: number) => ({
      ...{ id: 9_000 + Number(number), order: { id: Number(number) }, updated_at: '2026-11-23T10:00:00Z' },
      return_line_items: [{ quantity: 1, return_reason: 'size_too_small', fulfillment_line_item: { line_item: { id: lineId } } }],
    });
    const tell = async (topic: string, lineId = 111) => (await send(returnOf(lineId), { topic })).body['status'];
    expect([
      await tell('returns/request'),
      await tell('returns/request'),
      await tell('returns/approve'),
      await tell('returns/close'),
    ]).toEqual(['taken', 'taken', 'taken', 'taken']);
    const stranger = { ...returnOf(999), id: 1 };
    expect((await send(stranger, { topic: 'returns/request' })).body).toMatchObject({
      ...{ status: 'refused', code: 'AFTER_SALE_INVALID' },
      faults: [{ field: 'return_line_items[0].fulfillment_line_item.line_item.id' }],
    });
    expect((await system.api.call('DELETE', `/channels/shop/messages/${idOf(stranger, 'returns.request')}`)).body).toMatchObject({
      status: 'ignored',
    });
  });

  it('are forgotten once they are answered and old enough; what was refused stays until somebody has dealt with it', async () => {
    const table = messageTable(system.pool, { clock: systemClock, newId });
    const forget = () => forgetOld({ what: 'messages', days: 90, forget: table.forget }, () => new Date());
    const { at, line } = shopOrder();
    const all = [at({ line_items: [line({ sku: '' })] }), shopOrder().at(), shopOrder().at()];
    for (const payload of all) await send(payload);
    const ours = all.map((payload) => idOf(payload));
    const left = async () => (await Promise.all(ours.map((id) => table.find('shop', id)))).map((found) => found?.message.status);
    const age = `update channel_message set received_at = now() - interval '91 days' where message_id = any($1)`;
    await system.pool.query(age, [ours.slice(0, 2)]);
    await forget();
    expect(await left()).toEqual(['refused', undefined, 'taken']);
    expect((await system.api.call('DELETE', `/channels/shop/messages/${ours[0]}`)).status).toBe(200);
    await forget();
    expect(await left()).toEqual([undefined, undefined, 'taken']);
  });
});

it('what a channel was told is forgotten when it is old enough; what waits, is refused, or is reckoned with later stays', async () => {
  const rows = [
    ['told', 'dispatched', 91],
    ['told', 'dispatched', 89],
    ['dropped', 'dispatched', 91],
    ['told', 'refunded', 91],
    ['told', 'units-cancelled', 91],
    ['refused', 'dispatched', 91],
    ['waiting', 'dispatched', null],
  ] as const;
  for (const [status, kind, days] of rows)
    await system.pool.query(
      `insert into channel_update (update_id, channel, external_order_id, order_id, content, status, planned_at, next_at, ended_at)
       values (gen_random_uuid(), 'old', 'x', gen_random_uuid(), json_build_object('kind', $2::text), $1, now(), now(), now() - make_interval(days => $3))`,
      [status, kind, days],
    );
  await forgetOld({ what: 'updates', days: 90, forget: forgettingUpdates(system.pool) }, () => new Date());
  const left = await system.pool.query<{ told: string }>(
    `select concat_ws(' ', status, content->>'kind') as told from channel_update where channel = 'old' order by place`,
  );
  expect(left.rows.map(({ told }) => told)).toEqual([
    'told dispatched',
    'told refunded',
    'told units-cancelled',
    'refused dispatched',
    'waiting dispatched',
  ]);
});
