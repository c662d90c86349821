import { Topics } from '@cartage/contracts';
import { eventually } from '@cartage/testkit';
import { facts } from '../domain/facts.fixture';
import { neighbour } from './neighbour.fixture';
import { body, startOrders, type OrderSystem } from './order-system.fixture';

const inventory = neighbour('inventory', Topics.inventory);
let system: OrderSystem;

beforeAll(async () => {
  system = await startOrders(inventory);
});
afterAll(() => system.stop());

const seconds = (n: number): string => new Date(Date.now() + n * 1_000).toISOString();
const listed = async (query: string) => (await system.api.get(`/orders?${query}`)).body['items'];

describe('dates that a customer was promised', () => {
  it('are warned of and missed by the clock, and the list finds the orders', async () => {
    const { orderId } = (await system.api.post({ ...body, placedAt: undefined, shipping: { amount: 0, shipBy: seconds(3) } })).body;
    await eventually(async () => expect(await listed('atRisk=true')).toMatchObject([{ orderId, atRisk: true, late: false }]));
    await eventually(async () => expect(await listed('late=true')).toMatchObject([{ orderId, atRisk: false, late: true }]));
    expect(await listed('late=false')).toEqual([]);
    const timeline = (await system.api.get(`/orders/${String(orderId)}/timeline`)).body['items'] as readonly { readonly step: string }[];
    expect(timeline.map(({ step }) => step)).toEqual(['placed', 'at-risk', 'late']);
    const cancelled = { reason: { code: 'too-late' } };
    const path = `/orders/${String(orderId)}/cancellations`;
    expect((await system.api.call('POST', path, cancelled, { 'idempotency-key': 'late' })).status).toBe(200);
    await eventually(async () => expect(await listed('late=true')).toEqual([]));
  });

  it('move with goods that are on order', async () => {
    const { orderId } = (await system.api.post(body)).body as { orderId: string };
    const promisedAt = seconds(86_400);
    await inventory.tell(
      orderId,
      { type: 'StockShort', data: { ...facts.short.data, orderId, decidedAt: seconds(0) } },
      { type: 'StockBackordered', data: { ...facts.backordered.data, orderId, promisedAt } },
    );
    await eventually(async () =>
      expect((await system.api.get(`/orders/${orderId}`)).body).toMatchObject({ shipGroups: [{ shipBy: promisedAt }] }),
    );
  });

  it('cannot be asked for in other words', async () => expect((await system.api.get('/orders?late=yes')).status).toBe(422));
});
