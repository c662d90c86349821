import { Topics, type LineQuantity, type PublicEvent, type Topic } from '@cartage/contracts';
import type { EventStore } from '@cartage/eventsourcing';
import { newId, startAll, type AnyService, type Running } from '@cartage/service-kit';
import { eventually, sampleOf, testDatabase, type TestDatabase } from '@cartage/testkit';
import { inventoryService } from './inventory.module';

jest.setTimeout(120_000);

let database: TestDatabase;
let running: Running;
const outside = new Map<Topic, EventStore>();

/** Stands for the service that speaks on a topic: it publishes what a test puts in its log. */
const speaker = (topic: Topic): AnyService => ({
  name: `outside-${topic}`,
  schema: `outside_${topic.split('.', 1)[0]}`,
  title: topic,
  paths: [],
  area: 'operations',
  port: 0,
  settings: {},
  migrations: [],
  views: [],
  publication: {
    service: 'outside',
    topic,
    translate: new Proxy(
      {},
      {
        get:
          () =>
          ({ type, data }: PublicEvent) => ({ type, data }),
        has: () => true,
      },
    ),
  },
  compose: ({ store }) => {
    outside.set(topic, store);
    return { controllers: [], providers: [], listeners: [] };
  },
});

/** An order's events as the other services tell them; counted by topic, as they are. */
const told = new Map<string, number>();
const tell = async (topic: Topic, orderId: string, event: PublicEvent): Promise<void> => {
  const stream = `told-${orderId}`;
  const sequence = (told.get(`${topic} ${orderId}`) ?? 0) + 1;
  told.set(`${topic} ${orderId}`, sequence);
  const meta = { commandId: newId(), correlationId: orderId, actor: 'test', sequence };
  await outside.get(topic)?.appendMany([{ stream, expected: sequence - 1, events: [{ ...event, id: newId(), meta }] }]);
};

beforeAll(async () => {
  database = await testDatabase();
  const environment = { DATABASE_URL: database.url, MASTER_KEY: Buffer.alloc(32, 5).toString('base64'), PORT: '0', LOG_LEVEL: 'fatal' };
  const others = [Topics.order, Topics.fulfillment, Topics.shipping, Topics.returns].map(speaker);
  running = await startAll([inventoryService, ...others], { environment });
});

afterAll(async () => {
  await running.close();
  await database.drop();
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> => {
  const init = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } } : { headers };
  const response = await fetch(`${running.url}/inventory/${path}`, { method, ...init });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
};
const key = (value = newId()): Record<string, string> => ({ 'Idempotency-Key': value });

const london = { name: 'London', kind: 'warehouse', country: 'GB', latitude: 51.5, longitude: -0.14, active: true };
const open = (code: string): Promise<Answer> => ask('PUT', `locations/${code}`, london);
const stock = async (location: string, sku: string, quantity: number): Promise<Answer> => {
  await open(location);
  return ask('POST', 'receipts', { location, lines: [{ sku, quantity }] }, key());
};

describe('locations over HTTP', () => {
  it('are made, changed from the version that is meant, and listed', async () => {
    const made = await open('LDN-1');
    expect(made).toMatchObject({ status: 200, body: { ...london, code: 'LDN-1', revision: 1 } });
    expect(made.headers.get('etag')).toBe('"1"');
    expect(made.headers.get('cartage-position')).toBeTruthy();
    expect((await ask('PUT', 'locations/LDN-1', { ...london, name: 'X' }, { 'If-Match': '"9"' })).status).toBe(412);
    expect(await ask('GET', 'locations/LDN-1')).toMatchObject({ status: 200, body: { name: 'London' } });
    expect(await ask('GET', 'locations/NONE')).toMatchObject({ status: 404, body: { code: 'LOCATION_UNKNOWN' } });
    await open('LDN-2');
    const page = await ask('GET', 'locations?limit=1');
    expect(page.body).toMatchObject({ items: [{ code: 'LDN-1' }], next: expect.any(String) });
    expect((await ask('GET', `locations?limit=1&cursor=${String(page.body['next'])}`)).body).toMatchObject({ items: [{ code: 'LDN-2' }] });
  });

  it.each([
    ['kind', { ...london, kind: 'moon' }],
    ['country', { ...london, country: 'gb' }],
    ['latitude', { ...london, latitude: '51' }],
    [
      'calendar.hours.monday.opens',
      { ...london, calendar: { timeZone: 'Europe/London', hours: { monday: { opens: '8', closes: '18:00' } }, closedOn: [] } },
    ],
    [
      'calendar.cutOffs[0].until',
      { ...london, calendar: { timeZone: 'Europe/London', hours: {}, closedOn: [], cutOffs: [{ until: 'noon' }] } },
    ],
    ['name', { ...london, name: 'Lon\u0000don' }],
    ['dailyCapacity', { ...london, dailyCapacity: -1 }],
    ['colour', { ...london, colour: 'red' }],
  ])('are refused with a wrong %s, by its name', async (field, body) => {
    const answer = await ask('PUT', 'locations/BAD', body);
    expect(answer).toMatchObject({ status: 422, body: { errors: expect.arrayContaining([expect.objectContaining({ field })]) } });
    expect((await ask('GET', 'locations/BAD')).status).toBe(404);
  });
});

describe('stock over HTTP', () => {
  it('is received once for a key, and shown with its parts and its freshness', async () => {
    await open('LDN-3');
    const body = {
      location: 'LDN-3',
      reference: 'PO-7',
      lines: [
        { sku: 'TEA', quantity: 5 },
        { sku: 'TEA', quantity: 4 },
      ],
    };
    const headers = key();
    const first = await ask('POST', 'receipts', body, headers);
    const again = await ask('POST', 'receipts', body, headers);
    expect(first).toMatchObject({ status: 201, body: { location: 'LDN-3', skus: 1, units: 9 } });
    expect([again.body, again.headers.get('cartage-repeated')]).toEqual([first.body, 'true']);
    expect((await ask('PUT', 'items/TEA/safety-stock/LDN-3', { safetyStock: 2 })).status).toBe(200);
    const shown = await ask('GET', 'availability?sku=TEA&sku=NONE&location=LDN-3');
    expect(shown.body).toMatchObject({
      items: [
        { sku: 'TEA', onHand: 9, reserved: 0, allocated: 0, safetyStock: 2, atp: 7, locations: [{ location: 'LDN-3', atp: 7 }] },
        { sku: 'NONE', atp: 0, locations: [] },
      ],
    });
    expect(Date.now() - Date.parse(String(shown.body['asOf']))).toBeLessThan(60_000);
    expect((await ask('POST', 'availability/check', { lines: [{ sku: 'TEA', quantity: 8 }] })).body).toMatchObject({
      promisable: false,
      lines: [{ sku: 'TEA', requested: 8, available: 7, promisable: false }],
    });
  });

  it('is recounted on demand', async () =>
    expect(await ask('GET', 'verify')).toMatchObject({ status: 200, body: { asOf: expect.any(String), drifts: [] } }));

  it('takes null for what is not said', async () => {
    expect((await ask('PUT', 'locations/NULL', { ...london, postalCode: null, calendar: null })).body).toEqual({
      ...london,
      code: 'NULL',
      revision: 1,
    });
    const body = { location: 'NULL', reference: null, lines: [{ sku: 'NIL', quantity: 1 }] };
    expect((await ask('POST', 'receipts', body, key())).status).toBe(201);
    expect((await ask('GET', 'items/NIL/movements')).body['items']).toMatchObject([{ reference: null }]);
  });

  it('tells why it is what it is, page by page', async () => {
    await stock('LDN-4', 'JAM', 5);
    await ask('POST', 'adjustments', { location: 'LDN-4', sku: 'JAM', quantity: -1, cause: 'damage' }, key());
    const page = await ask('GET', 'items/JAM/movements?limit=1');
    expect(page.body['items']).toMatchObject([{ kind: 'StockAdjusted', reason: 'damage', onHand: -1, atp: 4 }]);
    const rest = await ask('GET', `items/JAM/movements?cursor=${String(page.body['next'])}`);
    expect(rest.body).toMatchObject({ items: [{ kind: 'StockReceived', onHand: 5, atp: 5 }], next: null });
  });

  const line = { sku: 'A', quantity: 1 };
  it.each([
    { what: 'a receipt at no location', path: 'receipts', body: { location: 'NONE', lines: [line] }, field: 'location' },
    { what: 'half a unit', path: 'receipts', body: { location: 'LDN-1', lines: [{ ...line, quantity: 0.5 }] }, field: 'lines[0].quantity' },
    { what: 'an empty receipt', path: 'receipts', body: { location: 'LDN-1', lines: [] }, field: 'lines' },
    {
      what: 'a change of nothing',
      path: 'adjustments',
      body: { ...line, location: 'LDN-1', quantity: 0, cause: 'count' },
      field: 'quantity',
    },
  ])('refuses $what, and says where it is wrong', async ({ path, body, field }) =>
    expect(await ask('POST', path, body, key())).toMatchObject({
      status: 422,
      body: { errors: expect.arrayContaining([expect.objectContaining({ field })]) },
    }),
  );

  it('demands a key of a receipt, so that a retry cannot book it twice', async () =>
    expect(await ask('POST', 'receipts', { location: 'LDN-1', lines: [line] })).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REQUIRED' },
    }));

  it('is described for whoever wants to call it', async () => {
    const document = (await (await fetch(`${running.url}/docs-json`)).json()) as { readonly paths: object };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/inventory/receipts', '/inventory/availability', '/inventory/locations/{code}']),
    );
  });

  it.each(['cursor=nonsense', `cursor=${Buffer.from('["x"]').toString('base64url')}`])(
    'refuses a cursor that no page answered with: %s',
    async (query) =>
      expect(await ask('GET', `items/JAM/movements?${query}`)).toMatchObject({ status: 422, body: { code: 'CURSOR_INVALID' } }),
  );

  it('refuses to lose what is not there', async () => {
    await stock('LDN-5', 'INK', 1);
    const answer = await ask('POST', 'adjustments', { location: 'LDN-5', sku: 'INK', quantity: -2, cause: 'loss' }, key());
    expect(answer).toMatchObject({ status: 409, body: { code: 'STOCK_INSUFFICIENT' } });
  });
});

describe('an order, as the other services tell of it', () => {
  const [orderId, fulfillmentId, shipmentId] = [newId(), newId(), newId()];
  const lines: readonly LineQuantity[] = [{ lineId: '1', sku: 'HAT', quantity: 2 }];

  const shows = (figures: object): Promise<void> =>
    eventually(async () => expect((await ask('GET', 'availability?sku=HAT')).body['items']).toMatchObject([figures]));

  it('is reserved, allocated, issued and restocked', async () => {
    await stock('LDN-6', 'HAT', 5);
    const sample = sampleOf('OrderPlaced');
    const placed = { ...sample, orderId, lines: sample.lines.map((line) => ({ ...line, sku: 'HAT', quantity: 2 })) };
    await tell(Topics.order, orderId, { type: 'OrderPlaced', data: placed });
    await shows({ onHand: 5, reserved: 2, allocated: 0, atp: 3 });
    await tell(Topics.fulfillment, fulfillmentId, {
      type: 'FulfillmentBrokered',
      data: { ...sampleOf('FulfillmentBrokered'), orderId, fulfillmentId, location: 'LDN-6', lines },
    });
    await shows({ onHand: 5, reserved: 0, allocated: 2, atp: 3 });
    await tell(Topics.shipping, shipmentId, {
      type: 'ShipmentDispatched',
      data: { ...sampleOf('ShipmentDispatched'), shipmentId, orderId, fulfillmentId, location: 'LDN-6', lines },
    });
    await shows({ onHand: 3, reserved: 0, allocated: 0, atp: 3 });
    await tell(Topics.returns, orderId, {
      type: 'ItemGraded',
      data: { ...sampleOf('ItemGraded'), orderId, sku: 'HAT', quantity: 1, location: 'LDN-6' },
    });
    await shows({ onHand: 4, atp: 4 });
  });

  it('is promised no unit that is held back from the channel it was placed in', async () => {
    await stock('LDN-7', 'CAP', 5);
    const sample = sampleOf('OrderPlaced');
    const place = async (channel: string): Promise<void> => {
      const placing = newId();
      const placed = { ...sample, orderId: placing, channel, lines: sample.lines.map((line) => ({ ...line, sku: 'CAP', quantity: 2 })) };
      await tell(Topics.order, placing, { type: 'OrderPlaced', data: placed });
    };
    await ask('PUT', 'channels/market/safety-stock/CAP', { safetyStock: 4 });
    await place('market');
    await place('web');
    await eventually(async () =>
      expect((await ask('GET', 'items/CAP/movements')).body['items']).toMatchObject([{ kind: 'StockReserved' }, { kind: 'StockReceived' }]),
    );
    expect((await ask('GET', 'channel-availability?sku=CAP')).body['items']).toMatchObject([{ channel: 'market', atp: -1 }]);
  });
});

it('what a partner says is on its shelves is compared when its last part is heard', async () => {
  const location = 'LDN-8';
  await stock(location, 'VASE', 5);
  await stock(location, 'BOWL', 3);
  const asOf = new Date().toISOString();
  const statementId = newId();
  const part = (n: number, sku: string, onHand: number): Promise<void> =>
    tell(Topics.shipping, statementId, {
      type: 'StockStated',
      data: { ...sampleOf('StockStated'), statementId, location, asOf, part: n, parts: 2, lines: [{ sku, onHand }] },
    });
  await part(1, 'VASE', 5);
  await eventually(async () =>
    expect((await ask('GET', `statements?location=${location}`)).body['items']).toMatchObject([{ status: 'open' }]),
  );
  await part(2, 'BOWL', 2);
  await eventually(async () =>
    expect((await ask('GET', `differences?location=${location}`)).body['items']).toMatchObject([
      { source: 'north-3pl', sku: 'BOWL', theirs: 2, ours: 3 },
    ]),
  );
});
