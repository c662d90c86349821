import { body, startOrders, type Answer, type OrderSystem } from './order-system.fixture';

let system: OrderSystem;
let keys = 0;

beforeAll(async () => {
  system = await startOrders();
});
afterAll(() => system.stop());

const paris = { lines: ['Rue 1'], city: 'Paris', postalCode: '75001', country: 'FR' };
const lyon = { lines: ['Rue 2'], city: 'Lyon', postalCode: '69001', country: 'FR' };
const [first, second, third] = body.lines;
const several = {
  ...body,
  lines: [
    { ...first, shipGroupId: 'home' },
    { ...second, shipGroupId: 'gift' },
    { ...third, shipGroupId: 'shop' },
  ],
  shipGroups: [
    { shipGroupId: 'home', shipping: { amount: 400, tax: 80 } },
    { shipGroupId: 'gift', shipTo: paris, recipient: { name: 'Ben Ray' }, shipping: { amount: 900 }, instructions: 'Wrap it.' },
    { shipGroupId: 'shop', method: 'pickup', pickupLocation: 'LDN-1' },
  ],
};
const post = (path: string, sent: object): Promise<Answer> =>
  system.api.call('POST', path, { reason: { code: 'asked-for' }, ...sent }, { 'idempotency-key': `groups-${(keys += 1)}` });
const get = async (path: string) => (await system.api.get(path)).body;
const place = async (): Promise<string> => String((await system.api.post(several)).body['orderId']);

describe('an order that goes to several places, over HTTP', () => {
  it('shows its groups to everybody, and who receives them to whoever may see that', async () => {
    const orderId = await place();
    const shown = await get(`/orders/${orderId}`);
    expect(shown).toMatchObject({
      totals: { shipping: 1300, total: 1428 + 1380 },
      lines: [{ shipGroupId: 'home' }, { shipGroupId: 'gift' }, { shipGroupId: 'shop' }],
      shipGroups: [
        { shipGroupId: 'home', destination: { country: 'GB' }, charge: 400 },
        { shipGroupId: 'gift', destination: { country: 'FR' }, charge: 900, instructions: 'Wrap it.' },
        { shipGroupId: 'shop', method: 'pickup', pickupLocation: 'LDN-1', charge: 0 },
      ],
    });
    expect(JSON.stringify(shown)).not.toContain('Ben Ray');
    expect(await get(`/orders/${orderId}/personal`)).toMatchObject({
      name: 'Ada Miller',
      shipGroups: [{ shipGroupId: 'gift', name: 'Ben Ray', address: paris }],
    });
  });

  it('is the same order when it is sent again, and another where somebody else receives it', async () => {
    const path = '/channels/marketplace-x/orders/MX-GROUPS';
    expect([(await system.api.put(path, several)).status, (await system.api.put(path, several)).status]).toEqual([201, 200]);
    const shipGroups = several.shipGroups.map((group) => (group.shipGroupId === 'gift' ? { ...group, recipient: { name: 'Cy' } } : group));
    expect((await system.api.put(path, { ...several, shipGroups })).body).toMatchObject({
      code: 'CHANNEL_ORDER_DIFFERS',
      errors: [{ field: 'shipGroups[1].shipTo' }],
    });
  });

  it('is changed by group: what names none of several is asked which', async () => {
    const orderId = await place();
    const orderPath = `/orders/${orderId}`;
    const cup = { sku: 'CUP', quantity: 1, unitPrice: 100 };
    expect((await post(`${orderPath}/edits`, { add: [cup] })).body).toMatchObject({
      code: 'EDIT_INVALID',
      errors: [{ field: 'add[0].shipGroupId', code: 'SHIP_GROUP_REQUIRED' }],
    });
    expect((await post(`${orderPath}/destination`, { shipTo: lyon })).body).toMatchObject({
      code: 'DESTINATION_INVALID',
      errors: [{ field: 'shipGroupId', code: 'SHIP_GROUP_REQUIRED' }],
    });
    expect((await post(`${orderPath}/destination`, { shipGroupId: 'shop', shipTo: lyon })).body).toMatchObject({
      code: 'DESTINATION_FIXED',
    });
    const edit = { add: [{ ...cup, shipGroupId: 'gift' }], delivery: [{ shipGroupId: 'gift', amount: 950 }] };
    expect((await post(`${orderPath}/edits`, edit)).body).toMatchObject({ totals: { shipping: 1350, total: 1428 + 1380 + 150 } });
    expect((await post(`${orderPath}/destination`, { shipGroupId: 'gift', shipTo: lyon })).status).toBe(200);
    expect(await get(`${orderPath}/personal`)).toMatchObject({ shipGroups: [{ shipGroupId: 'gift', name: 'Ben Ray', address: lyon }] });
    expect(await get(`${orderPath}/versions/compare?from=1&to=2`)).toMatchObject({
      shipGroups: [{ shipGroupId: 'gift', before: { charge: 900 }, after: { charge: 950 } }],
    });
    const cancelled = await post(`${orderPath}/cancellations`, { by: 'customer', lines: [{ lineId: '2' }, { lineId: '4' }] });
    expect(cancelled.body).toMatchObject({ expected: { amount: 750 + 100 + 950 } });
  });
});

describe('goods that nobody ships, over HTTP', () => {
  const line = { sku: 'E-BOOK', quantity: 1, unitPrice: 900, shipGroupId: '1' };
  const digital = { shipGroupId: '1', method: 'digital', reference: 'https://shop.example/7f1c' };
  const { shipTo: _, ...nowhere } = body;
  const sale = (group: object, more: object = {}) => ({ ...nowhere, lines: [line], shipGroups: [group], ...more });

  it('need no address, and their link or key is shown only to whoever may see what is personal', async () => {
    const orderId = String((await system.api.post(sale(digital))).body['orderId']);
    expect(JSON.stringify(await get(`/orders/${orderId}`))).not.toContain('shop.example');
    expect(await get(`/orders/${orderId}/personal`)).toMatchObject({ shipGroups: [{ shipGroupId: '1', reference: digital.reference }] });
    expect(await post(`/orders/${orderId}/ship-groups/1/resend`, {})).toMatchObject({ status: 409, body: { code: 'NOTHING_DELIVERED' } });
    expect(await post(`/orders/${orderId}/ship-groups/9/resend`, {})).toMatchObject({ status: 404, body: { code: 'SHIP_GROUP_UNKNOWN' } });
  });

  it.each<[string, object, string]>([
    ['are carried out of a location', sale({ shipGroupId: '1', method: 'carry-out' }), 'shipGroups[0].pickupLocation'],
    ['go to no address', sale({ ...digital, shipTo: body.shipTo }), 'shipGroups[0].shipTo'],
    [
      'have a link only if they are digital',
      sale({ shipGroupId: '1', method: 'carry-out', pickupLocation: 'L', reference: 'K' }),
      'shipGroups[0].reference',
    ],
    ['are not paid to who brings them', sale(digital, { payment: { method: 'cod' } }), 'payment'],
  ])('%s', async (__, sent, field) => expect(await system.api.post(sent)).toMatchObject({ status: 422, body: { errors: [{ field }] } }));
});
