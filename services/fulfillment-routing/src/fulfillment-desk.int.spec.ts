import { Topics, type LineQuantity } from '@cartage/contracts';
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

/** An order of two lines that the nearest location is to ship. */
const brokered = async () => {
  const skus = new Map(lines.map(({ sku }) => [sku, `${sku}-${newId()}`]));
  const own = lines.map((line) => ({ ...line, sku: skus.get(line.sku) ?? '' }));
  for (const location of ['LDN', 'MAN'])
    for (const sku of skus.values())
      await outside.tell(Topics.inventory, `stock-${location}/${sku}`, {
        type: 'StockReceived',
        data: { sku, location, quantity: 9, levels: [level(location, sku, 9)], receivedAt: at },
      });
  await eventually(async () => {
    const asked = { lines: own.map(({ sku, quantity }) => ({ sku, quantity })), destination: { country: 'GB' } };
    const { body } = await outside.ask('POST', 'preview', asked);
    expect(body['candidates']).toMatchObject([{ available: [9, 9] }, { available: [9, 9] }]);
  });
  const orderId = newId();
  const shipGroups = [{ shipGroupId: '1', method: 'ship', destination: { country: 'GB', latitude: 51.6, longitude: 0 } }];
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
  return { orderId, fulfillmentId, fulfillments, step, stopped };
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

it('previews what would be asked, and asks nothing', async () => {
  const { fulfillmentId, fulfillments } = await brokered();
  const body = { location: 'MAN', reason: 'too-busy' };
  const preview = await outside.ask('POST', `fulfillments/${fulfillmentId}/move?preview=true`, body);
  expect(preview).toMatchObject({ status: 200, body: { events: [{ type: 'FulfillmentRejectionRequested' }] } });
  await fulfillments([{ location: 'LDN', status: 'brokered' }]);
});
