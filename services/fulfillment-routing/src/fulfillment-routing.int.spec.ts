import { Topics, type LineQuantity, type PublicEvent } from '@cartage/contracts';
import { newId } from '@cartage/service-kit';
import { eventually, sampleOf } from '@cartage/testkit';
import { startOutside, type Outside } from './edge/outside.fixture';

/** As long as `eventually` may need on a busy machine. */
jest.setTimeout(60_000);

const at = '2026-11-23T10:00:00.000Z';
const places = {
  LDN: { latitude: 51.5, longitude: -0.1 },
  MAN: { latitude: 53.5, longitude: -2.2 },
  GLA: { latitude: 55.9, longitude: -4.3 },
};
type Place = keyof typeof places;

let outside: Outside;
beforeAll(async () => {
  outside = await startOutside();
  for (const location of Object.keys(places) as Place[]) await openLocation(location);
});
afterAll(() => outside.close());

const openLocation = (location: Place): Promise<void> =>
  outside.tell(Topics.inventory, `location-${location}`, {
    type: 'LocationChanged',
    data: { location, name: location, kind: 'warehouse', country: 'GB', ...places[location], active: true, revision: 1, changedAt: at },
  });
let revision = 0;
const level = (location: Place, sku: string, onHand: number) => ({
  ...{ sku, location, revision: (revision += 1), onHand, allocated: 0, safetyStock: 0, available: onHand },
});
const receive = (location: Place, sku: string, quantity: number): Promise<void> =>
  outside.tell(Topics.inventory, `stock-${location}/${sku}`, {
    type: 'StockReceived',
    data: { sku, location, quantity, levels: [level(location, sku, quantity)], receivedAt: at },
  });
/** Until routing has heard that these locations have the SKU: topics are heard independently. */
const heardOf = (of: string, ...locations: readonly Place[]): Promise<void> =>
  eventually(async () => {
    const { body } = await outside.ask('POST', 'preview', { lines: [{ sku: of, quantity: 1 }], destination: { country: 'GB' } });
    const known = (body['candidates'] as readonly { location: string }[] | undefined)?.map(({ location }) => location) ?? [];
    expect([...known].sort()).toEqual([...locations].sort());
  });
const confirm = async (lines: readonly LineQuantity[]): Promise<string> => {
  const orderId = newId();
  const shipGroups = [{ shipGroupId: '1', method: 'ship', destination: { country: 'GB', latitude: 51.6, longitude: 0 } }];
  const grouped = lines.map((each) => ({ ...each, shipGroupId: '1' }));
  await outside.tell(Topics.order, `order-${orderId}`, {
    type: 'OrderConfirmed',
    data: { ...sampleOf('OrderConfirmed'), orderId, lines: grouped, shipGroups },
  });
  return orderId;
};
/** SKUs of a test's own. */
const sku = (): string => `SKU-${newId()}`;
const line = (id: string, of: string, quantity = 1): LineQuantity => ({ lineId: id, sku: of, quantity });

interface Shown {
  readonly fulfillmentId: string;
  readonly location: string;
  readonly status: string;
  readonly decisionId: string;
}
const fulfillments = (orderId: string, wanted: readonly Partial<Shown>[]): Promise<readonly Shown[]> =>
  eventually(async () => {
    const { body } = await outside.ask('GET', `orders/${orderId}`);
    expect(body).toMatchObject({ orderId, fulfillments: wanted });
    return body['fulfillments'] as readonly Shown[];
  });
const one = async (orderId: string, wanted: Partial<Shown>): Promise<Shown> => (await fulfillments(orderId, [wanted]))[0] as Shown;

describe('an order', () => {
  it('goes to the nearest location that has everything, and anyone can read why', async () => {
    const mug = sku();
    await Promise.all([receive('LDN', mug, 5), receive('GLA', mug, 5)]);
    await heardOf(mug, 'LDN', 'GLA');
    const orderId = await confirm([line('1', mug, 2)]);
    const { decisionId } = await one(orderId, { location: 'LDN', status: 'brokered' });
    const { body } = await eventually(async () => {
      const found = await outside.ask('GET', `decisions/${decisionId}`);
      expect(found.status).toBe(200);
      return found;
    });
    expect(body).toMatchObject({ orderId, cause: 'confirmed', destination: { locatedBy: 'coordinates' }, unfilled: [] });
    expect((body['why'] as readonly string[])[0]).toMatch(/^LDN ships 2 unit\(s\) of 1 line\(s\): score \d/);
    expect((body['why'] as readonly string[])[1]).toMatch(/^GLA was not needed: score .* km away\.$/);
    expect(body).not.toHaveProperty('personal');
    expect((await outside.ask('GET', `orders/${orderId}/decisions`)).body).toMatchObject({ items: [{ decisionId }] });
  });

  it('confirmed before any stock was heard of is brokered once it is', async () => {
    const early = sku();
    const orderId = await confirm([line('1', early)]);
    expect((await outside.ask('GET', `orders/${orderId}`)).status).toBe(404);
    await receive('MAN', early, 1);
    await one(orderId, { location: 'MAN' });
  });

  it('is split when it must be', async () => {
    const [mug, tee] = [sku(), sku()];
    await Promise.all([receive('LDN', mug, 1), receive('GLA', tee, 1), receive('LDN', tee, 0)]);
    await Promise.all([heardOf(mug, 'LDN'), heardOf(tee, 'GLA', 'LDN')]);
    const orderId = await confirm([line('1', mug), line('2', tee)]);
    await fulfillments(orderId, [{ location: 'LDN' }, { location: 'GLA' }]);
  });
});

describe('a fulfilment that comes to nothing', () => {
  it('is brokered elsewhere when inventory, the referee, refuses the stock', async () => {
    const mug = sku();
    await Promise.all([receive('LDN', mug, 1), receive('GLA', mug, 1)]);
    await heardOf(mug, 'LDN', 'GLA');
    const orderId = await confirm([line('1', mug)]);
    const { fulfillmentId } = await one(orderId, { location: 'LDN' });
    await outside.tell(Topics.inventory, `reservation-${orderId}`, {
      type: 'AllocationRefused',
      data: { orderId, fulfillmentId, location: 'LDN', short: [], levels: [level('LDN', mug, 0)], refusedAt: at },
    });
    await fulfillments(orderId, [
      { location: 'LDN', status: 'refused' },
      { location: 'GLA', status: 'brokered' },
    ]);
  });

  const rejectable = async () => {
    const mug = sku();
    await Promise.all([receive('LDN', mug, 1), receive('MAN', mug, 1)]);
    await heardOf(mug, 'LDN', 'MAN');
    const orderId = await confirm([line('1', mug)]);
    const { fulfillmentId } = await one(orderId, { location: 'LDN' });
    const reject = (key?: string) => outside.ask('POST', `fulfillments/${fulfillmentId}/reject`, { reason: 'damaged' }, key);
    const asked = await reject(`reject-${orderId}`);
    expect(asked.status).toBe(200);
    const answer = (event: PublicEvent): Promise<void> => outside.tell(Topics.shipping, `shipment-${fulfillmentId}`, event);
    return { orderId, fulfillmentId, asked, reject, answer, lines: [line('1', mug)] };
  };

  it('is brokered elsewhere when shipping says that nothing goes out; twice the same request is one', async () => {
    const { orderId, fulfillmentId, asked, reject, answer, lines } = await rejectable();
    expect(asked.headers.get('cartage-position')).toBeTruthy();
    expect((await reject(`reject-${orderId}`)).headers.get('cartage-repeated')).toBe('true');
    await fulfillments(orderId, [{ location: 'LDN', status: 'rejecting' }]);
    await answer({ type: 'ShipmentCancelled', data: { ...sampleOf('ShipmentCancelled'), orderId, fulfillmentId, lines } });
    await fulfillments(orderId, [{ status: 'rejected' }, { location: 'MAN', status: 'brokered' }]);
  });

  it('stays where it is when the goods have left, and cannot be rejected any more', async () => {
    const { orderId, fulfillmentId, reject, answer } = await rejectable();
    await answer({ type: 'CancellationRefused', data: { ...sampleOf('CancellationRefused'), orderId, fulfillmentId } });
    await fulfillments(orderId, [{ location: 'LDN', status: 'closed' }]);
    expect(await reject()).toMatchObject({ status: 409, body: { code: 'FULFILLMENT_CLOSED' } });
  });

  const asked = async () => {
    const [mug, tee] = [sku(), sku()];
    await Promise.all([receive('LDN', mug, 1), receive('LDN', tee, 1)]);
    await Promise.all([heardOf(mug, 'LDN'), heardOf(tee, 'LDN')]);
    const orderId = await confirm([line('1', mug), line('2', tee)]);
    const { fulfillmentId } = await one(orderId, { location: 'LDN' });
    const request = { ...sampleOf('CancellationRequested'), orderId, lines: [line('1', mug)] };
    await outside.tell(Topics.order, `order-${orderId}`, { type: 'CancellationRequested', data: request });
    await fulfillments(orderId, [{ status: 'cancelling' }]);
    const answer = (event: PublicEvent): Promise<void> => outside.tell(Topics.shipping, `shipment-${fulfillmentId}`, event);
    return { orderId, fulfillmentId, answer, lines: [line('2', tee)] };
  };

  it('ends when the order cancels a line of it; the other line goes on from where it is', async () => {
    const { orderId, fulfillmentId, answer, lines } = await asked();
    await answer({ type: 'ShipmentCancelled', data: { ...sampleOf('ShipmentCancelled'), orderId, fulfillmentId, lines } });
    await fulfillments(orderId, [{ status: 'cancelled' }, { location: 'LDN', status: 'brokered' }]);
    await eventually(async () => {
      const { body } = await outside.ask('GET', 'fulfillments?status=cancelled');
      expect(body).toMatchObject({ items: [{ orderId, fulfillmentId }] });
    });
  });

  it('goes on when the order wanted to cancel a line of it, and the goods had left', async () => {
    const { orderId, fulfillmentId, answer } = await asked();
    await answer({ type: 'CancellationRefused', data: { ...sampleOf('CancellationRefused'), orderId, fulfillmentId } });
    await fulfillments(orderId, [{ status: 'closed' }]);
  });

  it('is unfillable when nobody is left, and brokered by itself as soon as it is heard that stock has come', async () => {
    const mug = sku();
    await receive('LDN', mug, 0);
    const orderId = await confirm([line('1', mug)]);
    await eventually(async () =>
      expect((await outside.ask('GET', `orders/${orderId}`)).body).toMatchObject({ unfilled: [{ sku: mug, forStock: { attempt: 1 } }] }),
    );
    expect(await outside.ask('POST', `orders/${orderId}/broker`)).toMatchObject({ status: 409, body: { code: 'STILL_UNFILLABLE' } });
    await receive('MAN', mug, 4);
    await one(orderId, { location: 'MAN', status: 'brokered' });
    expect((await outside.ask('GET', `orders/${orderId}/decisions`)).body).toMatchObject({
      items: [{ because: 'short' }, { cause: 'stock-arrived', request: { arrivedAt: ['MAN'], attempt: 1 } }],
    });
    expect(await outside.ask('POST', `orders/${orderId}/broker`)).toMatchObject({ status: 200 });
  });
});

describe('a location with a limit', () => {
  const small = (dailyCapacity: number): Promise<void> =>
    outside.tell(Topics.inventory, 'location-SMALL', {
      type: 'LocationChanged',
      data: {
        ...{ location: 'SMALL', name: 'SMALL', kind: 'store', country: 'GB', latitude: 51.6, longitude: 0 },
        ...{ timeZone: 'Europe/London', dailyCapacity, active: true, revision: 1, changedAt: at },
      },
    });

  it('is given as many of a burst of fifty orders as it can take in a day, and the others go elsewhere', async () => {
    const mug = sku();
    await small(10);
    const full = { ...level('LDN', mug, 100), location: 'SMALL' };
    await outside.tell(Topics.inventory, `stock-SMALL/${mug}`, {
      type: 'StockReceived',
      data: { sku: mug, location: 'SMALL', quantity: 100, levels: [full], receivedAt: at },
    });
    await receive('GLA', mug, 100);
    await eventually(async () => {
      const { body } = await outside.ask('POST', 'preview', { lines: [{ sku: mug, quantity: 1 }], destination: { country: 'GB' } });
      expect(body['candidates']).toHaveLength(2);
    });
    const orders = await Promise.all(Array.from({ length: 50 }, () => confirm([line('1', mug)])));
    const places = await Promise.all(orders.map(async (orderId) => (await one(orderId, { status: 'brokered' })).location));
    expect(places.filter((location) => location === 'SMALL')).toHaveLength(10);
  });
});

describe('what stands still', () => {
  it('is held by its order, waits without a location, and goes on upon release; a location holds its own', async () => {
    const mug = sku();
    await Promise.all([receive('LDN', mug, 1), receive('MAN', mug, 1)]);
    await heardOf(mug, 'LDN', 'MAN');
    const orderId = await confirm([line('1', mug)]);
    const { fulfillmentId } = await one(orderId, { location: 'LDN' });
    const step = (name: string, body?: object) => outside.ask('POST', `fulfillments/${fulfillmentId}/${name}`, body);
    expect((await step('hold', { reason: 'stocktaking' })).status).toBe(200);
    await fulfillments(orderId, [{ location: 'LDN', hold: { reason: { code: 'stocktaking', by: 'operator' } } } as Partial<Shown>]);
    expect((await step('release')).body).not.toMatchObject({ fulfillments: [{ hold: {} }] });
    const held = { ...sampleOf('HoldApplied'), orderId, type: 'operator', lines: [line('1', mug)], shipGroupId: '1' };
    await outside.tell(Topics.order, `order-${orderId}`, { type: 'HoldApplied', data: held });
    const { holdId } = held;
    // A second fact of the same topic tells that the hold was heard.
    const request = { ...sampleOf('CancellationRequested'), orderId, lines: [] };
    await outside.tell(Topics.order, `order-${orderId}`, { type: 'CancellationRequested', data: request });
    await eventually(async () => expect((await outside.ask('GET', `orders/${orderId}`)).body['version']).toBeGreaterThanOrEqual(6));
    await outside.tell(Topics.shipping, `shipment-${fulfillmentId}`, {
      type: 'ShipmentCancelled',
      data: { ...sampleOf('ShipmentCancelled'), orderId, fulfillmentId, lines: [line('1', mug)] },
    });
    await eventually(async () =>
      expect((await outside.ask('GET', `orders/${orderId}`)).body).toMatchObject({
        fulfillments: [{ status: 'rejected' }],
        held: [{ sku: mug }],
      }),
    );
    const released = { ...sampleOf('HoldReleased'), orderId, holdId, type: 'operator' };
    await outside.tell(Topics.order, `order-${orderId}`, { type: 'HoldReleased', data: released });
    await fulfillments(orderId, [{ status: 'rejected' }, { location: 'MAN', status: 'brokered' }]);
  });
});

describe('fulfilments', () => {
  it('are listed by location and status, newest first, page by page', async () => {
    const mug = sku();
    await receive('GLA', mug, 9);
    const orders: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const orderId = await confirm([line('1', mug)]);
      await one(orderId, { location: 'GLA' });
      orders.unshift(orderId);
    }
    const pageAfter = async (cursor: string) =>
      (await outside.ask('GET', `fulfillments?location=GLA&status=brokered&limit=2${cursor}`)).body as {
        items: { orderId: string }[];
        next: string;
      };
    const first = await eventually(async () => {
      const page = await pageAfter('');
      expect(page.items.map(({ orderId }) => orderId)).toEqual(orders.slice(0, 2));
      return page;
    });
    expect((await pageAfter(`&cursor=${first.next}`)).items[0]?.orderId).toBe(orders[2]);
  });

  it.each([
    ['status=lost', 422, 'status'],
    ['brokeredFrom=yesterday', 422, 'brokeredFrom'],
    ['cursor=WzEsMl0', 422, 'cursor'],
  ])('?%s is refused by name', async (query, status, field) => {
    const found = await outside.ask('GET', `fulfillments?${query}`);
    expect([found.status, JSON.stringify(found.body)]).toEqual([status, expect.stringContaining(field)]);
  });
});

describe('a preview', () => {
  it('tells how lines would be brokered, and writes nothing', async () => {
    const mug = sku();
    await receive('MAN', mug, 2);
    const asked = { lines: [{ sku: mug, quantity: 2 }], destination: { country: 'GB' } };
    await eventually(async () =>
      expect(await outside.ask('POST', 'preview', asked)).toMatchObject({
        status: 200,
        body: {
          assignments: [{ location: 'MAN' }],
          destination: { locatedBy: 'country' },
          rules: 'nearest-of-fewest-1/split-2/attempts-5',
        },
      }),
    );
    expect((await outside.ask('GET', 'fulfillments?location=MAN')).body).not.toMatchObject({ items: [{ lines: [{ sku: mug }] }] });
  });

  it.each([
    ['lines', { lines: [], destination: { country: 'GB' } }],
    ['quantity', { lines: [{ sku: 'A', quantity: 0 }], destination: { country: 'GB' } }],
    ['country', { lines: [{ sku: 'A', quantity: 1 }], destination: { country: 'XX' } }],
    ['destination', { lines: [{ sku: 'A', quantity: 1 }] }],
  ])('names the field that is wrong: %s', async (field, body) => {
    const found = await outside.ask('POST', 'preview', body);
    expect([found.status, JSON.stringify(found.body)]).toEqual([422, expect.stringContaining(field)]);
  });
});
