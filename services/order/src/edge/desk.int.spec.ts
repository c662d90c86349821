import { Topics } from '@cartage/contracts';
import { eventually } from '@cartage/testkit';
import { neighbour } from './neighbour.fixture';
import { body, lines, startOrders, type OrderSystem } from './order-system.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

const inventory = neighbour('inventory', Topics.inventory);

let system: OrderSystem;
let api: OrderSystem['api'];

beforeAll(async () => {
  system = await startOrders(inventory);
  ({ api } = system);
});
afterAll(() => system.stop());

const placed = async (): Promise<string> => String((await api.post(body)).body['orderId']);
const reserved = { reservationId: '0196f0a0-0000-7000-8000-00000000000c', lines, reservedAt: '2026-11-23T10:00:01.000Z' };

interface Shown {
  readonly service: string;
  readonly eventId: string;
  readonly type: string;
}

describe('the audit of an order', () => {
  it('shows the events of all services, who asked, and what led to what', async () => {
    const orderId = await placed();
    await placed();
    await inventory.tell(orderId, { type: 'StockReserved', data: { orderId, ...reserved } });
    const audit = await eventually(async () => {
      const answer = await api.get(`/orders/${orderId}/audit`);
      expect(answer.body['edges']).toHaveLength(1);
      return answer.body;
    });
    const events = audit['events'] as readonly Shown[];
    expect(events.map(({ service, type }) => `${service} ${type}`).sort()).toEqual([
      'inventory StockReserved',
      'order OrderPlaced',
      'order StockReserved',
    ]);
    expect(JSON.stringify(audit)).not.toMatch(/Ada|ada@|High Street/);
    const [{ cause, effect } = { cause: '', effect: '' }] = audit['edges'] as readonly {
      readonly cause: string;
      readonly effect: string;
    }[];
    expect(events.find(({ eventId }) => eventId === cause)).toMatchObject({ service: 'inventory', actor: 'spec' });
    expect(events.find(({ eventId }) => eventId === effect)).toMatchObject({ service: 'order', actor: 'order.inventory' });
    expect(audit).toMatchObject({ missing: [], truncated: false });

    const from = await api.get(`/operations/inventory/events/${cause}/graph`);
    expect((from.body['events'] as readonly Shown[]).map(({ service }) => service).sort()).toEqual(['inventory', 'order']);
    expect(await api.get(`/operations/order/events/${effect}`)).toMatchObject({
      status: 200,
      body: { event: { eventId: effect }, cause: null, effects: [] },
    });
    expect(await api.get(`/operations/order/events/${cause}`)).toMatchObject({ status: 404, body: { code: 'EVENT_UNKNOWN' } });
  });

  it('reads what followed from a request by an index', async () => {
    const client = await system.pool.connect();
    try {
      await client.query('set enable_seqscan = off');
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain select * from events e where e.meta ->> 'correlationId' = 'x' collate "C" and e.position > 0 order by e.position limit 10`,
      );
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('events_by_correlation');
    } finally {
      client.release();
    }
  });
});

describe('the difference between two instants', () => {
  it('is told field by field, from the log', async () => {
    const orderId = await placed();
    await inventory.tell(orderId, { type: 'StockReserved', data: { orderId, ...reserved } });
    const found = await eventually(async () => {
      const answer = await api.get(`/orders/${orderId}/diff?from=1`);
      expect(answer.body).toMatchObject({ from: 1, to: 2 });
      return answer.body;
    });
    expect(found['changes']).toEqual(expect.arrayContaining([{ field: 'lines[lineId=1].progress.reserved', before: 0, after: 2 }]));
    expect((await api.get(`/orders/${orderId}/diff?from=1&to=1`)).body).toEqual({ from: 1, to: 1, changes: [] });
    expect(await api.get(`/orders/${orderId}/diff?from=soon`)).toMatchObject({ status: 422, body: { code: 'AS_OF_INVALID' } });
    expect(await api.get(`/orders/${orderId}/diff?from=2020-01-01T00:00:00Z`)).toMatchObject({ status: 404 });
  });
});

describe('the page of an order', () => {
  it('joins what the order has heard, and says what can be done now', async () => {
    const orderId = await placed();
    await inventory.tell(orderId, { type: 'StockReserved', data: { orderId, ...reserved } });
    await eventually(async () => {
      const { status, body: page } = await api.get(`/orders/${orderId}/desk`);
      expect([status, page]).toMatchObject([
        200,
        {
          order: { orderId, money: { captured: 0 } },
          stock: [{ lineId: '1', reserved: 2 }, {}, {}],
          returns: [],
          latest: expect.any(Array),
          actions: expect.arrayContaining([expect.objectContaining({ action: 'cancel', allowed: true })]),
        },
      ]);
    });
    expect(await api.get('/orders/0196f0a0-0000-7000-8000-000000000001/desk')).toMatchObject({ status: 404 });
  });
});

describe('notes and tasks of an order', () => {
  const say = (path: string, sent: unknown, key: string) =>
    api.call('POST', path, sent, { 'idempotency-key': key, 'cartage-actor': 'ben' });

  it('are kept sealed, shown to people, listed by who has to act, and go when they are done', async () => {
    const orderId = await placed();
    const note = await say(`/orders/${orderId}/notes`, { text: 'Ada asks for a box. @anna can you?' }, 'n-1');
    expect(note).toMatchObject({ status: 201, body: { text: 'Ada asks for a box. @anna can you?', mentions: ['anna'], by: 'ben' } });
    expect(await say(`/orders/${orderId}/notes`, { text: 'Ada asks for a box. @anna can you?' }, 'n-1')).toMatchObject({ body: note.body });
    const dueAt = '2026-01-01T00:00:00.000Z';
    const task = await say(`/orders/${orderId}/tasks`, { title: 'Call Ada, @carl', assignee: 'anna', dueAt }, 't-1');
    expect(task).toMatchObject({ status: 201, body: { assignee: 'anna', overdue: false } });
    const stored = await system.pool.query(`select data::text from events where stream = 'notes-${orderId}'`);
    expect(JSON.stringify(stored.rows)).not.toMatch(/Ada|box\. @/);

    const tasks = (query: string) => api.get(`/tasks?orderId=${orderId}&${query}`);
    await eventually(async () =>
      expect((await tasks('overdue=true')).body).toMatchObject({ items: [{ title: 'Call Ada, @carl', dueAt }] }),
    );
    expect((await tasks('mention=carl&assignee=anna')).body['items']).toHaveLength(1);
    expect((await tasks('assignee=ben')).body['items']).toEqual([]);
    const tasksOf = (actor: string) => api.call('GET', `/tasks?orderId=${orderId}&mine=true`, undefined, { 'cartage-actor': actor });
    for (const [actor, own] of [
      ['anna', 1],
      ['carl', 1],
      ['ben', 0],
    ] as const)
      expect((await tasksOf(actor)).body['items']).toHaveLength(own);

    const path = `/orders/${orderId}/tasks/${String(task.body['taskId'])}`;
    expect(await api.put(`${path}/assignee`, { assignee: 'ben' })).toMatchObject({ status: 200, body: { assignee: 'ben', overdue: true } });
    const done = await say(`${path}/done`, {}, 'd-1');
    expect(done).toMatchObject({ status: 200, body: { doneBy: 'ben' } });
    expect((await tasks(`minPosition=${done.headers.get('cartage-position') ?? ''}`)).body['items']).toEqual([]);
    expect((await api.get(`/orders/${orderId}/notes`)).body).toMatchObject({ notes: [{ by: 'ben' }], tasks: [{ doneBy: 'ben' }] });
    expect(await say('/orders/0196f0a0-0000-7000-8000-000000000001/notes', { text: 'x' }, 'n-2')).toMatchObject({ status: 404 });
  });

  it('are found by the location that ships the order, as orders are', async () => {
    const orderId = await placed();
    await say(`/orders/${orderId}/tasks`, { title: 'Pack it well' }, 't-2');
    const allocated = {
      fulfillmentId: '0196f0a0-0000-7000-8000-00000000000d',
      location: 'LDN-9',
      lines,
      levels: [],
      allocatedAt: reserved.reservedAt,
    };
    await inventory.tell(
      orderId,
      { type: 'StockReserved', data: { orderId, ...reserved } },
      { type: 'StockAllocated', data: { orderId, ...allocated } },
    );
    await eventually(async () => {
      expect((await api.get('/orders?location=LDN-9')).body['items']).toMatchObject([{ orderId }]);
      expect((await api.get('/tasks?location=LDN-9')).body['items']).toMatchObject([{ orderId }]);
    });
    expect((await api.get('/orders?location=LDN-8')).body['items']).toEqual([]);
  });
});
