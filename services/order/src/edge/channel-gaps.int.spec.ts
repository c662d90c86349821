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

  it('refuses an empty list by its name', async () => {
    const { status, body: problem } = await gaps('web', []);
    expect([status, problem['errors']]).toEqual([422, [expect.objectContaining({ field: 'externalOrderIds' })]]);
  });
});
