import { Topics, type PublicEvent } from '@cartage/contracts';
import { eventually } from '@cartage/testkit';
import { neighbour } from './neighbour.fixture';
import { body, startOrdersWith, type Answer, type OrderSystem } from './order-system.fixture';

jest.setTimeout(120_000);

const inventory = neighbour('inventory', Topics.inventory);
const changedAt = '2026-11-23T09:15:30.000Z';
const item = (sku: string, revision = 1, status = 'active'): PublicEvent => ({
  type: 'ItemChanged',
  data: { sku, title: sku, status, returnable: true, revision, changedAt },
});
const prices = (unitPrice: number, revision: number): PublicEvent => ({
  type: 'PriceListChanged',
  data: {
    list: 'base',
    currency: 'GBP',
    taxIncluded: false,
    validFrom: '2026-01-01T00:00:00.000Z',
    prices: [{ sku: 'LANTERN', unitPrice }],
    revision,
    changedAt,
  },
});

let system: OrderSystem;
beforeAll(async () => {
  system = await startOrdersWith({ ORDER_ADMISSION_POLICY: 'strict:refuse,careful:park,noting:accept' }, inventory);
  await inventory.tell('LANTERN', item('LANTERN'));
  await inventory.tell('base', prices(339, 1));
  await eventually(async () => {
    const { rows } = await system.pool.query('select 1 from known_item, known_price');
    expect(rows).toHaveLength(1);
  });
});
afterAll(() => system.stop());

const order = (sku: string, unitPrice = 339) => ({ ...body, lines: [{ sku, quantity: 2, unitPrice }] });
const place = (channel: string, id: string, sent: object): Promise<Answer> => system.api.put(`/channels/${channel}/orders/${id}`, sent);
const parked = async (): Promise<readonly Record<string, unknown>[]> =>
  (await system.api.get('/channels/careful/parked')).body['items'] as readonly Record<string, unknown>[];
const heard = (unitPrice: number): Promise<void> =>
  eventually(async () => {
    const { rows } = await system.pool.query('select unit_price::integer as price from known_price');
    expect(rows).toEqual([{ price: unitPrice }]);
  });
let keys = 0;
const resubmit = (orderId: unknown, sent: object = {}): Promise<Answer> =>
  system.api.call('POST', `/channels/careful/parked/${String(orderId)}/resubmit`, sent, { 'idempotency-key': `again-${(keys += 1)}` });

describe('an order that is not as the catalogue has it', () => {
  it('is taken where no policy names the channel, and refused with its faults where one says so', async () => {
    expect((await place('web', '1', order('NONE'))).status).toBe(201);
    const refused = await place('strict', '1', {
      ...body,
      lines: [
        { sku: 'NONE', quantity: 1, unitPrice: 1 },
        { sku: 'LANTERN', quantity: 1, unitPrice: 1 },
      ],
    });
    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: 'PLACEMENT_REFUSED',
        errors: [
          { field: 'lines[0].sku', code: 'SKU_UNKNOWN' },
          { field: 'lines[1].unitPrice', code: 'PRICE_MISMATCH' },
        ],
      },
    });
    expect((await system.api.get('/channels/strict/orders/1')).status).toBe(404);
  });

  it('says which list its price is from where it is as listed, and is the same order when the list has changed', async () => {
    expect((await place('noting', '1', order('LANTERN'))).status).toBe(201);
    expect((await system.api.get('/channels/noting/orders/1')).body).toMatchObject({ lines: [{ sku: 'LANTERN', priceList: 'base@1' }] });
    expect((await place('noting', '2', order('LANTERN', 1))).status).toBe(201);
    await inventory.tell('base', prices(400, 2));
    await heard(400);
    expect((await place('strict', '2', order('LANTERN'))).status).toBe(422);
    expect((await place('noting', '1', order('LANTERN'))).status).toBe(200);
    await inventory.tell('base', prices(339, 3));
    await heard(339);
    expect((await place('strict', '3', order('LANTERN'))).status).toBe(201);
    const { orderId } = (await system.api.get('/channels/noting/orders/1')).body;
    const edit = { reason: { code: 'asked-for' }, add: [{ sku: 'LANTERN', quantity: 1, unitPrice: 339 }] };
    await system.api.call('POST', `/orders/${String(orderId)}/edits`, edit, { 'idempotency-key': 'one-more' });
    expect((await system.api.get(`/orders/${String(orderId)}`)).body).toMatchObject({
      lines: [{ priceList: 'base@1' }, { unitPrice: 339, priceList: 'base@3' }],
    });
  });

  it('is kept aside, sealed, until the catalogue is mended and it is sent again', async () => {
    const aside = await place('careful', '10', order('LATER'));
    expect(aside).toMatchObject({ status: 202, body: { status: 'parked', externalOrderId: '10' } });
    expect((await place('careful', '10', order('LATER'))).status).toBe(202);
    const { orderId } = aside.body;
    expect(await parked()).toMatchObject([
      { orderId, status: 'parked', attempts: 2, faults: [{ field: 'lines[0].sku', code: 'SKU_UNKNOWN' }] },
    ]);
    const { rows } = await system.pool.query<{ row: string }>('select parked_placement::text as row from parked_placement');
    expect(rows[0]?.row).not.toContain('Miller');
    expect((await resubmit(orderId)).body).toMatchObject({ status: 'parked', attempts: 3 });
    await inventory.tell('LATER', item('LATER'));
    await eventually(async () => expect((await resubmit(orderId)).body).toMatchObject({ status: 'placed' }));
    expect(await parked()).toEqual([]);
    expect((await system.api.get('/channels/careful/orders/10')).body).toMatchObject({ orderId, lines: [{ sku: 'LATER' }] });
    expect((await resubmit(orderId)).body).toMatchObject({ status: 'placed' });
  });

  it('is taken as it is when a person says so; dropped, it is remembered; placed before, it is answered as then', async () => {
    const one = await place('careful', '20', order('LANTERN', 1));
    expect((await resubmit(one.body['orderId'], { asItIs: true })).body).toMatchObject({ status: 'placed' });
    expect((await place('careful', '20', order('LANTERN', 1))).status).toBe(200);
    const two = await place('careful', '21', order('NEVER'));
    const at = `/channels/careful/parked/${String(two.body['orderId'])}`;
    expect((await system.api.call('DELETE', at)).body).toMatchObject({ status: 'dropped' });
    expect((await system.api.call('DELETE', at)).body).toMatchObject({ status: 'dropped' });
    expect(await resubmit(two.body['orderId'])).toMatchObject({ status: 409, body: { code: 'PARKED_DROPPED' } });
    expect((await place('careful', '21', order('NEVER'))).status).toBe(202);
    expect(await system.api.call('DELETE', `/channels/careful/parked/${String(one.body['orderId'])}`)).toMatchObject({ status: 409 });
    expect((await system.api.call('DELETE', `/channels/web/parked/${String(two.body['orderId'])}`)).status).toBe(404);
  });

  it('is placed by sending it mended, and waits no longer', async () => {
    await place('careful', '30', order('TYPO'));
    expect((await place('careful', '30', order('LANTERN'))).status).toBe(201);
    expect((await parked()).filter(({ externalOrderId }) => externalOrderId === '30')).toEqual([]);
  });

  it('may not name what is blocked, whichever word about it comes last', async () => {
    await inventory.tell('LATER', item('LATER', 2, 'blocked'), item('LATER', 1));
    await eventually(async () => {
      const { rows } = await system.pool.query(`select status from known_item where sku = 'LATER'`);
      expect(rows).toEqual([{ status: 'blocked' }]);
    });
    expect((await place('strict', '40', order('LATER'))).body).toMatchObject({ errors: [{ code: 'SKU_BLOCKED' }] });
  });
});
