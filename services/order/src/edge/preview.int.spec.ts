import { contentsOf } from '@cartage/testkit';
import { body, startOrdersWith, type OrderSystem } from './order-system.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let system: OrderSystem;

beforeAll(async () => {
  // Follows nothing, so that whatever is written is written by a request.
  system = await startOrdersWith({ ROLE: 'api' });
});
afterAll(() => system.stop());

const sentOrder = { ...body, externalOrderId: 'W-1', channel: 'web' };

/** Asks for a preview, and makes sure that every table is as it was: log, views, and the data keys of people. */
const previewOf = async (sent: unknown) => {
  const before = await contentsOf(system.databaseUrl);
  const answer = await system.api.call('POST', '/orders?preview=true', sent);
  expect(await contentsOf(system.databaseUrl)).toEqual(before);
  return answer;
};

describe('a preview of an order', () => {
  it('tells what would be placed, nothing personal in it, and what it comes to; then the order is placed so', async () => {
    const preview = await previewOf(sentOrder);
    expect(preview).toMatchObject({
      status: 200,
      body: {
        events: [{ type: 'OrderPlaced', published: true, data: { channel: 'web', personal: { key: 'c-1', box: '' } } }],
        effect: { money: [{ kind: 'due', currency: 'GBP' }], stock: [{ kind: 'wanted', sku: 'LANTERN', quantity: 2 }, {}, {}] },
      },
    });
    expect(JSON.stringify(preview.body)).not.toMatch(/Ada|ada@|High Street|EC1A 1BB|tok_visa/);
    const placed = await system.api.post(sentOrder);
    expect(placed.status).toBe(201);
    const [event] = preview.body['events'] as readonly { readonly data: Record<string, unknown> }[];
    expect(event?.data).toMatchObject({
      orderId: placed.body['orderId'],
      totals: placed.body['totals'],
      placedAt: placed.body['placedAt'],
    });
  });

  it('of one that is there shows nothing new, and is refused where it differs, also in what is sealed', async () => {
    expect(await previewOf(sentOrder)).toMatchObject({ status: 200, body: { events: [] } });
    const other = { ...sentOrder, customer: { ...body.customer, name: 'Bob' } };
    expect(await previewOf(other)).toMatchObject({ status: 409, body: { code: 'CHANNEL_ORDER_DIFFERS' } });
  });

  it('of a batch tells of each order by itself what it would be, and places none', async () => {
    const { channel: _, ...one } = sentOrder;
    const orders = [{ ...one, externalOrderId: 'W-2' }, one, { ...one, externalOrderId: 'W-3', lines: [] }];
    const before = await contentsOf(system.databaseUrl);
    const answer = await system.api.call('POST', '/channels/web/orders/batch?preview=true', { orders });
    expect(await contentsOf(system.databaseUrl)).toEqual(before);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        preview: true,
        items: [
          { externalOrderId: 'W-2', status: 200, preview: { events: [{ type: 'OrderPlaced' }], repeated: false } },
          { externalOrderId: 'W-1', status: 200, preview: { events: [], repeated: true } },
          { externalOrderId: 'W-3', problem: { errors: [{ field: 'lines' }] } },
        ],
      },
    });
  });

  it('stands in the OpenAPI document of every command that has one', async () => {
    const { body: document } = await system.api.get('/docs-json');
    const paths = document['paths'] as Record<string, Record<string, { readonly parameters?: readonly { readonly name: string }[] }>>;
    const parametersOf = (path: string) => (paths[path]?.['post']?.parameters ?? []).map(({ name }) => name);
    expect(parametersOf('/orders')).toContain('preview');
    expect(parametersOf('/channels/{channel}/orders/batch')).toContain('preview');
    expect(parametersOf('/channels/{channel}/parked/{orderId}/resubmit')).not.toContain('preview');
    expect(JSON.stringify(paths['/orders']?.['post'])).toContain('#/components/schemas/Preview');
  });
});
