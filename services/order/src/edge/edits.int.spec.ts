import { Topics, type LineQuantity } from '@cartage/contracts';
import { eventually } from '@cartage/testkit';
import { facts } from '../domain/facts.fixture';
import { neighbour } from './neighbour.fixture';
import { body, lines, startOrders, type Answer, type OrderSystem } from './order-system.fixture';

const [inventory, payment, routing] = [
  neighbour('inventory', Topics.inventory),
  neighbour('payment', Topics.payment),
  neighbour('fulfillment', Topics.fulfillment),
];
let system: OrderSystem;
let keys = 0;

beforeAll(async () => {
  system = await startOrders(inventory, payment, routing);
});
afterAll(() => system.stop());

const reason = { code: 'asked-for' };
const post = (path: string, sent: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  system.api.call('POST', path, { reason, ...sent }, { 'idempotency-key': `edit-${(keys += 1)}`, 'cartage-actor': 'user-17', ...headers });
const place = async (): Promise<string> => (await system.api.post(body)).body['orderId'] as string;
const get = async (path: string) => (await system.api.get(path)).body;
const rowsOf = async (orderId: string) =>
  (
    await system.pool.query(
      'select line_id, sku, quantity, status, total_amount from order_line where order_id = $1 order by line_number',
      [orderId],
    )
  ).rows;

const confirm = async (orderId: string): Promise<void> => {
  const [paid] = (await get(`/orders/${orderId}`))['payments'] as readonly { readonly paymentId: string }[];
  const { data } = facts.authorized;
  await payment.tell(orderId, { type: 'PaymentAuthorized', data: { ...data, orderId, paymentId: paid?.paymentId ?? '', amount: 1428 } });
  await inventory.tell(orderId, { type: 'StockReserved', data: { ...facts.reserved.data, orderId, lines } });
  await eventually(async () => expect(await get(`/orders/${orderId}`)).toMatchObject({ status: 'confirmed' }));
};

describe('editing over HTTP', () => {
  it('changes what it names, says what it costs, and keeps every version to be compared', async () => {
    const orderId = await place();
    const edited = await post(`/orders/${orderId}/edits`, {
      add: [{ sku: 'CUP', quantity: 2, unitPrice: 100 }],
      change: [{ lineId: '2', quantity: 1 }],
      remove: ['3'],
      priority: 'expedited',
      by: 'customer',
    });
    expect([edited.status, edited.body]).toMatchObject([
      200,
      { status: 'edited', orderVersion: 2, totals: { total: 678 + 250 + 200 }, due: 1128, holds: [] },
    ]);
    expect(await get(`/orders/${orderId}`)).toMatchObject({
      priority: 'expedited',
      lines: [{ lineId: '1' }, { lineId: '2', quantity: 1 }, { lineId: '4', sku: 'CUP' }],
    });
    expect(await get(`/orders/${orderId}/versions`)).toMatchObject({
      items: [
        { orderVersion: 1, totals: { total: 1428 } },
        { orderVersion: 2, reason: { ...reason, by: 'customer', actor: 'user-17' } },
      ],
    });
    expect(await get(`/orders/${orderId}/versions/compare?from=1&to=2`)).toMatchObject({
      lines: [
        { lineId: '2', before: { quantity: 3 }, after: { quantity: 1 } },
        { lineId: '3', before: { sku: 'MUG' } },
        { lineId: '4', after: { sku: 'CUP' } },
      ],
      priority: { before: 'standard', after: 'expedited' },
    });
    expect(await get(`/orders/${orderId}/versions/compare?from=1&to=9`)).toMatchObject({ status: 404, code: 'VERSION_UNKNOWN' });
    const position = edited.headers.get('cartage-position');
    const list = await get(`/orders?sku=CUP&priority=expedited&minPosition=${position}`);
    expect(list['items']).toMatchObject([{ orderId, total: 1128, lineCount: 3, priority: 'expedited' }]);
    expect(await rowsOf(orderId)).toEqual([
      { line_id: '1', sku: 'LANTERN', quantity: '2', status: 'placed', total_amount: '678' },
      { line_id: '2', sku: 'MUG', quantity: '1', status: 'placed', total_amount: '250' },
      { line_id: '3', sku: 'MUG', quantity: '0', status: 'cancelled', total_amount: '0' },
      { line_id: '4', sku: 'CUP', quantity: '2', status: 'placed', total_amount: '200' },
    ]);
  });

  it('asks first for confirmed units, and says so', async () => {
    const orderId = await place();
    await confirm(orderId);
    const asked = await post(`/orders/${orderId}/edits`, { change: [{ lineId: '2', quantity: 1 }] });
    const units: readonly LineQuantity[] = [{ lineId: '2', sku: 'MUG', quantity: 2 }];
    expect(asked.body).toMatchObject({ status: 'requested', requested: units, orderVersion: 1, due: 1428 });
    const { data } = facts.fulfillmentCancelled;
    const cancellationId = asked.body['editId'] as string;
    await routing.tell(orderId, { type: 'FulfillmentCancelled', data: { ...data, orderId, cancellationId, lines: units } });
    await eventually(async () =>
      expect(await get(`/orders/${orderId}`)).toMatchObject({ totals: { total: 928 }, lines: [{}, { quantity: 1 }, {}] }),
    );
    expect(await get(`/orders/${orderId}/cancellations`)).toEqual({ items: [] });
    const { rows } = await system.pool.query(`select data from events where type = 'CancellationRequested'`);
    expect(rows).toMatchObject([{ data: { edit: { editId: cancellationId } } }]);
  });

  it('refuses what is stale or wrong, and names the field', async () => {
    const orderId = await place();
    const etag = (await system.api.get(`/orders/${orderId}`)).headers.get('etag') ?? '';
    expect((await post(`/orders/${orderId}/edits`, { priority: 'expedited' }, { 'if-match': etag })).status).toBe(200);
    expect((await post(`/orders/${orderId}/edits`, { priority: 'standard' }, { 'if-match': etag })).status).toBe(412);
    expect(await post(`/orders/${orderId}/edits`, { change: [{ lineId: '1', quantity: -1 }] })).toMatchObject({
      status: 422,
      body: { code: 'EDIT_INVALID', errors: [{ field: 'change[0].quantity' }] },
    });
    expect((await post(`/orders/${orderId}/edits`, { remove: ['1', '2', '3'] })).body).toMatchObject({ code: 'EDIT_EMPTIES_ORDER' });
  });
});

describe('sending an order elsewhere over HTTP', () => {
  it('keeps the person sealed, and shows where it goes', async () => {
    const orderId = await place();
    const shipTo = { lines: ['2 Rue Neuve'], city: 'Paris', postalCode: '75001', country: 'FR' };
    const sent = await post(`/orders/${orderId}/destination`, { shipTo, recipient: { name: 'Charles Babbage' } });
    expect([sent.status, await get(`/orders/${orderId}`)]).toMatchObject([200, { shipGroups: [{ destination: { country: 'FR' } }] }]);
    expect(await get(`/orders/${orderId}/personal`)).toMatchObject({
      ...{ name: 'Ada Miller', address: { city: 'London' } },
      shipGroups: [{ shipGroupId: '1', name: 'Charles Babbage', address: { city: 'Paris' } }],
    });
    const { rows } = await system.pool.query(`select 1 from events e where e::text ~ 'Babbage|Rue Neuve'`);
    expect(rows).toEqual([]);
    const wrong = await post(`/orders/${orderId}/destination`, { shipTo: { ...shipTo, country: 'XX' } });
    expect([wrong.status, wrong.body]).toMatchObject([422, { code: 'DESTINATION_INVALID', errors: [{ field: 'shipTo.country' }] }]);
    const list = await get(`/orders?minPosition=${sent.headers.get('cartage-position')}`);
    expect(list['items']).toEqual(expect.arrayContaining([expect.objectContaining({ orderId, country: 'FR' })]));
  });

  it('offers a substitute for what is not in stock', async () => {
    const orderId = await place();
    await inventory.tell(orderId, {
      type: 'StockShort',
      data: { orderId, short: [{ lineId: '1', sku: 'LANTERN', requested: 2, available: 0 }], decidedAt: new Date().toISOString() },
    });
    await eventually(async () => expect(await get(`/orders/${orderId}`)).toMatchObject({ holds: [{ type: 'stock-short' }] }));
    const chosen = await post(`/orders/${orderId}/shortages/1`, { choice: 'substitute', substitute: { sku: 'LAMP', unitPrice: 300 } });
    expect([chosen.status, chosen.body]).toMatchObject([200, { status: 'placed', holds: [] }]);
    expect(await get(`/orders/${orderId}`)).toMatchObject({
      totals: { total: 1350 },
      lines: [{}, {}, { sku: 'LAMP', quantity: 2, total: 600 }],
    });
  });
});

describe('the page of an order for its customer, over HTTP', () => {
  const browse = (path: string, form?: Readonly<Record<string, string>>) =>
    fetch(`${system.api.url}${path}`, {
      redirect: 'manual',
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
  const hiddenIn = (html: string): Record<string, string> =>
    Object.fromEntries([...html.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]));

  it('cancels once by the link, after it has shown what that comes to, and shows it', async () => {
    const orderId = await place();
    const { body: made } = await system.api.call('POST', `/orders/${orderId}/links`, {});
    const page = String(made['path']);
    const shown = await browse(`${page}?lang=en`);
    expect([shown.headers.get('cache-control'), shown.headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
    expect(shown.headers.get('content-security-policy')).not.toMatch(/unsafe|script-src/);
    const html = await shown.text();
    for (const says of ['1 High Street', 'a•••@example.org']) expect(html).toContain(says);
    const choose = hiddenIn(await (await browse(`${page}?lang=en&view=cancel`)).text());
    const check = await (await browse(`${page}?lang=en`, { ...choose, 'units/2': '2' })).text();
    expect(check).toContain('£5.00');
    for (const _ of [1, 2]) {
      const done = await browse(`${page}?lang=en`, hiddenIn(check));
      expect([done.status, done.headers.get('location')]).toEqual([303, '?lang=en&said=cancelled']);
    }
    expect(await (await browse(`${page}?lang=en&said=cancelled`)).text()).toContain('2 × Cancelled');
    expect(await get(`/orders/${orderId}/cancellations`)).toMatchObject({
      items: [{ status: 'cancelled', cancelled: [{ lineId: '2', quantity: 2 }], reason: { by: 'customer', actor: 'order-link' } }],
    });
  });

  it('sends it elsewhere by the link, with the person sealed as ever, and says of a link of something else that it opens nothing', async () => {
    const orderId = await place();
    const { body: made } = await system.api.call('POST', `/orders/${orderId}/links`, { days: 1 });
    const page = String(made['path']);
    const form = hiddenIn(await (await browse(`${page}?view=address`)).text());
    const to = { 'address/lines': '3 Mill Lane', 'address/city': 'Leeds', 'address/postalCode': 'LS1 1AA' };
    expect((await browse(page, { ...form, ...to })).status).toBe(303);
    expect(await get(`/orders/${orderId}/personal`)).toMatchObject({ shipGroups: [{ name: 'Ada Miller', address: { city: 'Leeds' } }] });
    expect((await system.pool.query(`select 1 from events e where e::text ~ 'Mill Lane'`)).rows).toEqual([]);
    const html = await (await browse(page)).text();
    const [, returns = ''] = /returns\/links\/([^/]+)\//.exec(html) ?? [];
    expect(html).toContain('3 Mill Lane');
    expect(await (await browse(`/orders/links/${returns || 'x'}/page`)).text()).toContain('nothing behind this link');
  });

  it('ends with its link: who made it, whether it was used, and all of them at once', async () => {
    const orderId = await place();
    const links = `/orders/${orderId}/links`;
    const make = async () => (await system.api.call('POST', links, {})).body;
    const listed = async (query = '') => (await system.api.get(`${links}${query}`)).body;
    const opens = async ({ path }: Readonly<Record<string, unknown>>) =>
      !(await (await browse(`${String(path)}?lang=en`)).text()).includes('This link is too old');
    const first = await make();
    expect(await opens(first)).toBe(true);
    expect(await listed()).toMatchObject({
      items: [{ linkId: first['linkId'], madeBy: 'api', lastUsedAt: expect.any(String) }],
      next: null,
    });
    const one = `${links}/${String(first['linkId'])}`;
    expect(await system.api.call('DELETE', one)).toMatchObject({ status: 200, body: { revokedBy: 'api' } });
    expect(await opens(first)).toBe(false);
    const second = await make();
    expect(second['path']).not.toBe(first['path']);
    expect((await listed('?limit=1'))['next']).toEqual(expect.any(String));
    expect(await system.api.call('DELETE', links)).toMatchObject({ status: 200, body: { revoked: 1 } });
    expect(await opens(second)).toBe(false);
    expect(await opens(await make())).toBe(true);
    expect(await system.api.call('DELETE', `${links}/0196f0a0-0000-7000-8000-000000000001`)).toMatchObject({ status: 404 });
  });
});
