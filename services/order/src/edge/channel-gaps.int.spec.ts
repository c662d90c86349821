import { body, startOrders, type OrderSystem } from './order-system.fixture';

describe('the gap report of a channel', () => {
  let system: OrderSystem;
  beforeAll(async () => {
    system = await startOrders();
  });
  afterAll(() => system.stop());

  const gaps = (channel: string, externalOrderIds: readonly string[]) =>
    system.api.call('POST', `/channels/${channel}/gaps`, { externalOrderIds });

  it('lists the orders that never came, and none that came a moment ago', async () => {
    await system.api.put('/channels/marketplace-x/orders/MX-1', body);
    await system.api.put('/channels/marketplace-x/orders/MX-3', body);
    const { status, body: report } = await gaps('marketplace-x', ['MX-1', 'MX-2', 'MX-3', 'MX-4', 'MX-2']);
    expect([status, report]).toEqual([200, { channel: 'marketplace-x', asked: 4, received: 2, missing: ['MX-2', 'MX-4'] }]);
  });

  it('does not take another channel’s order of the same number for its own', async () => {
    await system.api.put('/channels/web/orders/N-1', body);
    expect((await gaps('pos', ['N-1'])).body).toMatchObject({ missing: ['N-1'] });
  });

  it('takes the long numbers of a marketplace for what they are; a card number is refused where people write', async () => {
    const numbers = ['8144239687123459', '3024123456789011'];
    const path = (number: string): string => `/channels/aliexpress/orders/${number}`;
    for (const number of numbers) {
      expect((await system.api.put(path(number), body)).status).toBe(201);
      expect((await system.api.get(path(number))).body).toMatchObject({ externalOrderId: number });
    }
    expect((await gaps('aliexpress', numbers)).body).toMatchObject({ received: 2, missing: [] });

    const raw = { order_id: 8144239687123459 };
    const carded = await system.api.put(path('1'), { ...body, raw: { ...raw, note: '4111 1111 1111 1111' } });
    expect([carded.status, carded.body]).toEqual([
      422,
      expect.objectContaining({ code: 'CARD_DATA_REFUSED', errors: [expect.objectContaining({ field: 'raw.note' })] }),
    ]);
    expect((await system.api.put(path('1'), { ...body, raw })).status).toBe(201);
  });

  it('knows a number however it is spelt in a path', async () => {
    expect((await system.api.put('/channels/p10/orders/%231001%2F2%20A', body)).status).toBe(201);
    const again = await system.api.put('/channels/p10/orders/%231001%2F2%20A%20', body);
    expect([again.status, again.headers.get('cartage-repeated')]).toEqual([200, 'true']);
    expect((await system.api.get('/channels/p10/orders/%231001%2F2%20A')).body).toMatchObject({ externalOrderId: '#1001/2 A' });
  });

  it('refuses an empty list by its name', async () => {
    const { status, body: problem } = await gaps('web', []);
    expect([status, problem['errors']]).toEqual([422, [expect.objectContaining({ field: 'externalOrderIds' })]]);
  });
});
