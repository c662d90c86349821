import { Topics, type LineQuantity, type PublicEvent } from '@cartage/contracts';
import { newId } from '@cartage/service-kit';
import { eventually, sampleOf } from '@cartage/testkit';
import { startOutside, type Outside } from './edge/outside.fixture';

/** As long as `eventually` may need on a busy machine. */
jest.setTimeout(60_000);

const at = '2026-11-23T10:00:00.000Z';
let outside: Outside;
beforeAll(async () => {
  outside = await startOutside();
  for (const [location, latitude] of [
    ['LDN', 51.5],
    ['MAN', 53.5],
  ] as const)
    await outside.tell(Topics.inventory, `location-${location}`, {
      type: 'LocationChanged',
      data: {
        ...{ location, name: location, kind: 'store', country: 'GB', latitude, longitude: 0 },
        ...{ active: true, revision: 1, changedAt: at },
      },
    });
});
afterAll(() => outside.close());

const level = (location: string, sku: string, onHand: number) => ({
  ...{ sku, location, revision: 1, onHand, allocated: 0, safetyStock: 0, available: onHand },
});
const lines: readonly LineQuantity[] = [
  { lineId: '1', sku: 'MUG', quantity: 1 },
  { lineId: '2', sku: 'TEE', quantity: 2 },
];

/** An order of two lines that the nearest location is to ship, or that is fetched there. */
const brokered = async (method = 'ship') => {
  const skus = new Map(lines.map(({ sku }) => [sku, `${sku}-${newId()}`]));
  const own = lines.map((line) => ({ ...line, sku: skus.get(line.sku) ?? '' }));
  const mug = { ...sampleOf('ItemChanged'), sku: own[0]?.sku ?? '', weightGrams: 700 };
  await outside.tell(Topics.inventory, `item-${mug.sku}`, { type: 'ItemChanged', data: mug });
  for (const location of ['LDN', 'MAN'])
    for (const sku of skus.values())
      await outside.tell(Topics.inventory, `stock-${location}/${sku}`, {
        type: 'StockReceived',
        data: { sku, location, quantity: 9, levels: [level(location, sku, 9)], receivedAt: at },
      });
  await eventually(async () => {
    const asked = { lines: own.map(({ sku, quantity }) => ({ sku, quantity })), destination: { country: 'GB' } };
    const { body } = await outside.ask('POST', 'preview', asked);
    expect(body).toMatchObject({ weights: [700, null], candidates: [{ available: [9, 9] }, { available: [9, 9] }] });
  });
  const orderId = newId();
  const destination = { country: 'GB', latitude: 51.6, longitude: 0 };
  const shipGroups = [{ shipGroupId: '1', method, ...(method === 'pickup' ? { pickupLocation: 'LDN' } : { destination }) }];
  const data = { ...sampleOf('OrderConfirmed'), orderId, lines: own.map((line) => ({ ...line, shipGroupId: '1' })), shipGroups };
  await outside.tell(Topics.order, `order-${orderId}`, { type: 'OrderConfirmed', data });
  const fulfillments = (wanted: readonly object[]) =>
    eventually(async () => {
      const { body } = await outside.ask('GET', `orders/${orderId}`);
      expect(body).toMatchObject({ fulfillments: wanted });
      return body['fulfillments'] as readonly { readonly fulfillmentId: string }[];
    });
  const [{ fulfillmentId } = { fulfillmentId: '' }] = await fulfillments([{ location: 'LDN', status: 'brokered' }]);
  const step = (name: string, body?: object, key?: string) => outside.ask('POST', `fulfillments/${fulfillmentId}/${name}`, body, key);
  const stopped = (): Promise<void> =>
    outside.tell(Topics.shipping, `shipment-${fulfillmentId}`, {
      type: 'ShipmentCancelled',
      data: { ...sampleOf('ShipmentCancelled'), orderId, fulfillmentId, lines: own },
    });
  const packed = (): Promise<void> =>
    outside.tell(Topics.shipping, `shipment-${fulfillmentId}`, {
      type: 'ShipmentPacked',
      data: { ...sampleOf('ShipmentPacked'), orderId, fulfillmentId, lines: own },
    });
  return { orderId, fulfillmentId, own, fulfillments, step, stopped, packed };
};

it('is accepted once, however often it is said', async () => {
  const { fulfillments, step } = await brokered();
  expect((await step('accept', undefined, 'accept-1')).status).toBe(200);
  expect((await step('accept', undefined, 'accept-1')).headers.get('cartage-repeated')).toBe('true');
  await fulfillments([{ status: 'brokered', acceptedAt: expect.any(String) as string }]);
  await eventually(async () =>
    expect((await outside.ask('GET', 'fulfillments?overdue=false')).body).toMatchObject({
      items: [{ acceptedAt: expect.any(String) as string }],
    }),
  );
  expect((await outside.ask('GET', 'fulfillments?overdue=true')).body).toMatchObject({ items: [] });
});

it('is accepted, or rejected in part, by whoever fulfils for its location, as by the location itself; late, nothing follows', async () => {
  const { orderId, fulfillmentId, own, fulfillments, stopped } = await brokered();
  const says = (type: 'ShipmentAccepted' | 'ShipmentRejected', of: object = {}) =>
    outside.tell(Topics.shipping, `shipment-${fulfillmentId}`, {
      type,
      data: { ...sampleOf(type), orderId, fulfillmentId, ...of },
    } as PublicEvent);
  await says('ShipmentAccepted');
  await fulfillments([{ status: 'brokered', acceptedAt: expect.any(String) as string }]);
  await says('ShipmentRejected', { lines: own.slice(0, 1) });
  await fulfillments([{ status: 'rejecting' }]);
  await stopped();
  const there = [{ status: 'rejected' }, { location: 'LDN', lines: own.slice(1) }, { location: 'MAN', lines: own.slice(0, 1) }];
  await fulfillments(there);
  for (const type of ['ShipmentRejected', 'ShipmentAccepted'] as const) await says(type);
  await fulfillments(there);
});

it('is moved to the location that is named, once whoever holds the goods agrees', async () => {
  const { fulfillments, step, stopped } = await brokered();
  expect(await step('move', { location: 'LDN', reason: 'too-busy' })).toMatchObject({ status: 409, body: { code: 'ALREADY_THERE' } });
  expect(await step('move', { location: 'NOWHERE', reason: 'too-busy' })).toMatchObject({ status: 409, body: { code: 'LOCATION_UNFIT' } });
  expect((await step('move', { location: 'MAN', reason: 'too-busy' })).status).toBe(200);
  await stopped();
  await fulfillments([
    { location: 'LDN', status: 'rejected' },
    { location: 'MAN', status: 'brokered', attempt: 1 },
  ]);
});

it('is split: some units go apart, the others stay', async () => {
  const { fulfillments, step, stopped } = await brokered();
  expect(await step('split', { lines: [{ lineId: '9', quantity: 1 }], reason: 'heavy' })).toMatchObject({
    status: 422,
    body: { code: 'UNITS_NOT_IN_FULFILLMENT', errors: [{ field: 'lines' }] },
  });
  expect((await step('split', { lines: [{ lineId: '2', quantity: 1 }], location: 'MAN', reason: 'heavy' })).status).toBe(200);
  await stopped();
  await fulfillments([
    { location: 'LDN', status: 'rejected' },
    { location: 'LDN', lines: [{ lineId: '1' }, { lineId: '2', quantity: 1 }] },
    { location: 'MAN', lines: [{ lineId: '2', quantity: 1 }] },
  ]);
});

it('is rejected by line, with what that says of the stock', async () => {
  const { fulfillments, step, stopped } = await brokered();
  expect(await step('reject', { reason: 'damaged', stockEffect: 'gone' })).toMatchObject({ status: 422 });
  expect((await step('reject', { reason: 'damaged', lines: [{ lineId: '1', quantity: 1 }] })).status).toBe(200);
  await fulfillments([{ status: 'rejecting', rejection: { stockEffect: 'minus', apart: { lines: [{ lineId: '1' }] } } }]);
  await stopped();
  await fulfillments([
    { status: 'rejected' },
    { location: 'LDN', lines: [{ lineId: '2' }], attempt: 1 },
    { location: 'MAN', lines: [{ lineId: '1' }], attempt: 2 },
  ]);
});

it('is picked short: what is not there goes from elsewhere, and what is there stays', async () => {
  const { orderId, fulfillmentId, fulfillments, own } = await brokered();
  const short = own
    .slice(0, 1)
    .map((line) => ({ ...line, missing: [{ sku: line.sku, quantity: 1 }], reason: { code: 'not-found', by: 'operator' } }));
  const picked = { ...sampleOf('ShipmentPicked'), orderId, fulfillmentId, location: 'LDN', lines: own.slice(1), short };
  await outside.tell(Topics.shipping, `shipment-${fulfillmentId}`, { type: 'ShipmentPicked', data: picked });
  await fulfillments([
    { location: 'LDN', status: 'brokered', lines: [{ lineId: '2' }], short: [{ lineId: '1' }] },
    { location: 'MAN', lines: [{ lineId: '1', quantity: 1 }], attempt: 2 },
  ]);
});

it('previews what would be asked, and asks nothing', async () => {
  const { fulfillmentId, fulfillments } = await brokered();
  const body = { location: 'MAN', reason: 'too-busy' };
  const preview = await outside.ask('POST', `fulfillments/${fulfillmentId}/move?preview=true`, body);
  expect(preview).toMatchObject({ status: 200, body: { events: [{ type: 'FulfillmentRejectionRequested' }] } });
  await fulfillments([{ location: 'LDN', status: 'brokered' }]);
});

it('a fulfilment says to its packers what the order said last of its ship group', async () => {
  const { orderId, fulfillmentId, fulfillments } = await brokered();
  const say = (instructions?: string) => {
    const group = { shipGroupId: '1', method: 'ship', destination: { country: 'GB' }, charge: 0, taxLines: [] };
    const after = { ...group, ...(instructions === undefined ? {} : { instructions }) };
    const data = { ...sampleOf('OrderEdited'), orderId, editId: newId(), lines: [], shipGroups: [{ shipGroupId: '1', after }] };
    return outside.tell(Topics.order, `order-${orderId}`, { type: 'OrderEdited', data });
  };
  const listed = (instructions: string | null) =>
    eventually(async () => {
      const { body } = await outside.ask('GET', 'fulfillments?limit=100');
      expect(body['items']).toEqual(expect.arrayContaining([expect.objectContaining({ fulfillmentId, instructions })]));
    });
  await listed(null);
  await say('Gift wrap.');
  await fulfillments([{ instructions: 'Gift wrap.' }]);
  await listed('Gift wrap.');
  await say();
  await listed(null);
});

describe('a fork of the past', () => {
  interface ShownFork {
    readonly forkId: string;
    readonly result: { readonly difference: { readonly km: number }; readonly same: number };
  }
  const played = async (asked: object, key?: string): Promise<ShownFork> => {
    const { status, body } = await outside.ask('POST', 'forks', asked, key);
    expect([status, body]).toMatchObject([202, { status: expect.stringMatching(/waiting|running|done/) as string }]);
    return eventually(async () => {
      const { body: fork } = await outside.ask('GET', `forks/${String(body['forkId'])}`);
      expect(fork).toMatchObject({ status: 'done' });
      return fork as unknown as ShownFork;
    });
  };

  it('in which nothing is otherwise is what was; with a location closed its orders go from elsewhere', async () => {
    const from = new Date().toISOString();
    const first = await brokered();
    const second = await brokered();
    await second.step('reject', { reason: 'damaged' });
    await second.stopped();
    await second.fulfillments([{ status: 'rejected' }, { location: 'MAN' }]);
    const to = new Date().toISOString();
    const same = await played({ from, to });
    expect(same.result).toMatchObject({ difference: { fulfillments: 0, km: 0, short: 0 } });
    expect((await outside.ask('GET', `forks/${same.forkId}/orders?changed=true`)).body).toMatchObject({ items: [] });

    const fork = await played({ from, to, closed: ['LDN'], note: 'LDN is flooded.' }, 'flooded');
    expect(fork.result.difference.km).toBeGreaterThan(0);
    const { body } = await outside.ask('GET', `forks/${fork.forkId}/orders?changed=true&limit=200`);
    const changed = body['items'] as readonly { readonly orderId: string }[];
    expect(changed.find(({ orderId }) => orderId === first.orderId)).toMatchObject({
      before: { fulfillments: [{ location: 'LDN', units: 3 }] },
      now: { fulfillments: [{ location: 'MAN', units: 3 }] },
    });
    expect(changed.map(({ orderId }) => orderId)).not.toContain(second.orderId);
    const { body: days } = await outside.ask('GET', `forks/${fork.forkId}/capacity`);
    expect(days).toMatchObject({ items: [{ location: 'LDN', now: 0 }, { location: 'MAN' }] });
    expect((await outside.ask('GET', 'forks')).body).toMatchObject({ items: [{ forkId: fork.forkId, note: 'LDN is flooded.' }, {}] });
    await first.fulfillments([{ location: 'LDN', status: 'brokered' }]);

    expect((await outside.ask('POST', 'forks', { from, to, closed: ['LDN'], note: 'LDN is flooded.' }, 'flooded')).body).toMatchObject({
      forkId: fork.forkId,
    });
    expect(await outside.ask('POST', 'forks', { from, to }, 'flooded')).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect((await outside.ask('DELETE', `forks/${fork.forkId}`)).status).toBe(200);
    expect(await outside.ask('GET', `forks/${fork.forkId}/orders`)).toMatchObject({ status: 404, body: { code: 'FORK_UNKNOWN' } });
  });

  it('says what would have been the cheapest, had the orders of some minutes been decided together', async () => {
    const from = new Date().toISOString();
    await brokered();
    const { body } = await outside.ask('GET', 'rules/settings');
    const cost = { currency: 'GBP', halfCost: 500, handling: { store: 50 }, rates: [{ amount: 280, perKg: 60 }] };
    const drafted = await outside.ask('POST', 'rules', { note: 'With costs.', rules: { ...(body['rules'] as object), cost } });
    const fork = await played({ from, rules: drafted.body['version'], hindsightMinutes: 10 });
    const done = { unfilled: 0, fulfillments: 1, cost: 280 + 3 * 60 + 50 };
    expect(fork.result).toMatchObject({ same: 1, hindsight: { currency: 'GBP', batches: 1, exact: 1, orders: 1, now: done, best: done } });
  });

  it.each([
    ['from', 422, { from: '2026-11-24T00:00:00Z', to: '2026-11-23T00:00:00Z' }],
    ['to', 422, { from: '2026-11-23T00:00:00Z', to: '2999-11-23T00:00:00Z' }],
    ['from', 422, { from: '2020-11-23T00:00:00Z', to: '2021-11-23T00:00:00Z' }],
    [
      'stock',
      422,
      {
        from: '2026-11-23T00:00:00Z',
        to: '2026-11-24T00:00:00Z',
        stock: [
          { sku: 'A', location: 'LDN', units: 1 },
          { sku: 'A', location: 'LDN', units: 2 },
        ],
      },
    ],
    ['closed', 422, { from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z', opened: ['LDN'], closed: ['LDN'] }],
    ['hindsightMinutes', 422, { from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z', hindsightMinutes: 10 }],
    ['RULES_UNKNOWN', 404, { from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z', rules: '99' }],
  ])('names what cannot be meant: %s', async (field, status, asked) => {
    const found = await outside.ask('POST', 'forks', asked);
    expect([found.status, JSON.stringify(found.body)]).toEqual([status, expect.stringContaining(field)]);
  });
});

describe('rules', () => {
  it('that come into force are told to others: which, in place of which', async () => {
    const { body: settings } = await outside.ask('GET', 'rules/settings');
    const versions: string[] = [];
    for (const note of ['Tried.', 'Tried too.']) {
      const { body } = await outside.ask('POST', 'rules', { note, rules: settings['rules'] });
      versions.push(String(body['version']));
      expect((await outside.ask('POST', `rules/${String(body['version'])}/activation`, { note })).status).toBe(200);
    }
    const [first, second] = versions;
    await outside.ask('POST', 'rules/rollback', { note: 'Too slow.' });
    await eventually(async () =>
      expect(outside.rulesHeard()).toMatchObject([
        { rulesId: 'routing', version: first },
        { rulesId: 'routing', version: second, replaces: first },
        { rulesId: 'routing', version: first, replaces: second },
      ]),
    );
  });
});

it('what the customer fetches is handed over once, by code or by a person who answers for it', async () => {
  const { fulfillmentId, fulfillments, step, packed } = await brokered('pickup');
  await packed();
  await fulfillments([{ status: 'brokered', pickup: { place: { name: 'LDN' }, wrongCodes: 0 } }]);
  const waiting = async () => (await outside.ask('GET', 'fulfillments?awaitingPickup=true&location=LDN')).body['items'];
  await eventually(async () => expect(await waiting()).toMatchObject([{ fulfillmentId }]));
  const [by, withoutCode] = [{ collectedBy: 'Grace Miller' }, { reason: 'showed-id', detail: 'Passport.' }];
  expect(await step('handovers', by)).toMatchObject({ status: 422, body: { code: 'CODE_OR_REASON' } });
  for (let n = 0; n < 5; n += 1)
    expect(await step('handovers', { ...by, code: 'nobody' })).toMatchObject({ status: 422, body: { code: 'PICKUP_CODE_WRONG' } });
  expect(await step('handovers', { ...by, code: 'nobody' })).toMatchObject({ status: 409, body: { code: 'PICKUP_LOCKED' } });
  const until = new Date(Date.now() + 20 * 86_400_000).toISOString();
  expect((await step('extensions', { until, reason: 'on-holiday', by: 'customer' })).status).toBe(200);
  const handed = await step('handovers', { ...by, withoutCode, declined: [{ lineId: '2', quantity: 1 }] });
  expect(handed.body).toMatchObject({
    fulfillments: [{ status: 'closed', lines: [{ quantity: 1 }, { quantity: 1 }], pickup: { wrongCodes: 5, expiresAt: until } }],
    unfilled: [{ lineId: '2', quantity: 1 }],
  });
  expect(JSON.stringify(handed.body)).not.toContain('Grace');
  expect(await step('handovers', { ...by, withoutCode })).toMatchObject({ status: 409, body: { code: 'PICKUP_HANDED_OVER' } });
});
