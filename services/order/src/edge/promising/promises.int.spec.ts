import { randomUUID } from 'node:crypto';
import { Topics } from '@cartage/contracts';
import { eventually } from '@cartage/testkit';
import { tableOf } from '@cartage/views';
import { neighbour } from '../neighbour.fixture';
import { facts } from '../../domain/facts.fixture';
import { backorderedTo } from '../../domain/trouble.fixture';
import { transitShelf } from '../../app/promising/transit-shelf';
import { transitTime } from '../../app/views/transit-time';
import { transitLog } from './postgres-transit';
import { body, lines, startOrders, type OrderSystem } from '../order-system.fixture';

const inventory = neighbour('inventory', Topics.inventory);
const shipping = neighbour('shipping', Topics.shipping);
let system: OrderSystem;

beforeAll(async () => {
  system = await startOrders(inventory, shipping);
});
afterAll(() => system.stop());

const standard = {
  country: 'GB',
  timeZone: 'Europe/London',
  cutOff: '14:00',
  processingDays: 1,
  transitDays: { least: 1, most: 2 },
  active: true,
};
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const put = (path: string, body: unknown) => system.api.put(`/promises/${path}`, body);
const quote = (more: object = {}) =>
  system.api.call('POST', '/promises/quote', { destination: { country: 'GB' }, at: '2026-11-23T10:00:00Z', ...more });

describe('what promises are made from', () => {
  it('is set, kept in revisions, listed, and read as it was', async () => {
    expect(await put('calendars/GB', { weekdays, closedOn: ['2026-12-25'] })).toMatchObject({
      status: 200,
      body: { calendar: 'GB', revision: 1 },
    });
    expect(await put('policies/kept', standard)).toMatchObject({ status: 200, body: { policy: 'kept', revision: 1, cutOff: '14:00' } });
    expect(await put('policies/kept', standard)).toMatchObject({ status: 200, body: { revision: 1 } });
    const second = await put('policies/kept', { ...standard, cutOff: '15:30', carrierCalendar: 'GB' });
    expect(second).toMatchObject({ status: 200, body: { revision: 2 } });
    const position = encodeURIComponent(second.headers.get('cartage-position') ?? '');
    expect((await system.api.get(`/promises/policies?minPosition=${position}`)).body).toMatchObject({
      items: [{ policy: 'kept', revision: 2 }],
    });
    expect((await system.api.get(`/promises/calendars?minPosition=${position}`)).body).toMatchObject({
      items: [{ calendar: 'GB', weekdays }],
    });
    expect((await system.api.get('/promises/policies/kept?revision=1')).body).toMatchObject({ revision: 1, cutOff: '14:00' });
    expect((await system.api.get('/promises/calendars/GB')).body).toMatchObject({ closedOn: ['2026-12-25'] });
    const stale = await system.api.call('PUT', '/promises/policies/kept', standard, { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
    expect(await put('policies/kept', { ...standard, active: false })).toMatchObject({ status: 200 });
    const counted = `select stream, sequence::int from events where type in ('PromisePolicyChanged', 'PromiseCalendarChanged') order by position`;
    expect((await system.pool.query(counted)).rows).toEqual([
      { stream: 'calendar-GB', sequence: 1 },
      ...[1, 2, 3].map((sequence) => ({ stream: 'policy-kept', sequence })),
    ]);
  });

  it.each([
    ['policies/bad', { ...standard, cutOff: '25:00' }, 'cutOff'],
    ['policies/bad', { ...standard, timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['policies/bad', { ...standard, transitDays: { least: 2, most: 1 } }, 'transitDays.most'],
    ['policies/bad', { ...standard, carrierCalendar: 'nowhere' }, 'carrierCalendar'],
    ['calendars/bad', { weekdays: [], closedOn: [] }, 'weekdays'],
    ['calendars/bad', { weekdays: ['someday'], closedOn: [] }, 'weekdays'],
    ['calendars/bad', { weekdays, closedOn: ['2026-02-30'] }, 'closedOn'],
  ])('refuses %s by the name of the field: %j', async (path, body, field) => {
    const answer = await put(path, body);
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body['errors'])).toContain(`"${field}`);
  });

  it('is unknown where nobody set it', async () => {
    expect((await system.api.get('/promises/policies/nobody')).status).toBe(404);
    expect((await system.api.get('/promises/calendars/GB?revision=9')).status).toBe(404);
  });
});

describe('a quote', () => {
  it('is what would be promised, with what it follows from; the most specific policy says', async () => {
    await put('policies/standard', standard);
    await put('policies/next-day', { ...standard, service: 'next-day', processingDays: 0, transitDays: { least: 1, most: 1 } });
    expect((await quote()).body).toEqual({
      at: '2026-11-23T10:00:00.000Z',
      promise: {
        shipBy: '2026-11-24T23:59:59.999Z',
        deliverFrom: '2026-11-25T23:59:59.999Z',
        deliverBy: '2026-11-26T23:59:59.999Z',
        basis: { policy: 'standard@1', cutOff: '2026-11-23T14:00:00.000Z', processingDays: 1, transitDays: 2 },
      },
    });
    expect((await quote({ service: 'next-day' })).body).toMatchObject({ promise: { deliverBy: '2026-11-24T23:59:59.999Z' } });
  });

  it('is none where no policy speaks of it', async () =>
    expect((await quote({ destination: { country: 'FR' } })).body).toEqual({ at: '2026-11-23T10:00:00.000Z' }));

  it('follows the days and the cut-off that the location tells', async () => {
    const hours = { opens: '08:00', closes: '17:00' };
    await put('policies/store', {
      ...standard,
      service: 'same-day',
      location: 'STORE-1',
      processingDays: 0,
      transitDays: { least: 0, most: 0 },
    });
    await inventory.tell('STORE-1', {
      type: 'LocationChanged',
      data: {
        ...{
          location: 'STORE-1',
          name: 'High Street',
          kind: 'store',
          country: 'GB',
          latitude: 51,
          longitude: 0,
          active: true,
          revision: 1,
        },
        ...{ timeZone: 'Europe/London', changedAt: '2026-11-23T10:00:00.000Z' },
        calendar: { hours: { monday: hours, saturday: hours }, closedOn: [], cutOffs: [{ until: '11:00' }] },
      },
    });
    await eventually(async () =>
      expect((await quote({ service: 'same-day', at: '2026-11-23T11:00:00Z' })).body).toMatchObject({
        promise: { shipBy: '2026-11-28T17:00:00.000Z', basis: { calendar: 'STORE-1' } },
      }),
    );
  });

  it.each([
    [{ destination: {} }, 'destination.country'],
    [{ at: 'soon' }, 'at'],
    [{ service: 7 }, 'service'],
  ])('is refused by the name of the field: %j', async (more, field) => {
    const answer = await quote(more);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ field }] });
  });
});

describe('an order', () => {
  const days = {
    timeZone: 'UTC',
    cutOff: '23:59',
    processingDays: 3,
    transitDays: { least: 3, most: 4 },
    channel: 'promising',
    country: 'GB',
    active: true,
  };
  const order = { ...body, placedAt: undefined, channel: 'promising' };
  const shown = async (orderId: string) => (await system.api.get(`/orders/${orderId}`)).body;

  it('that is sold under a policy has its days at once, and keeps them and its version when the policy changes', async () => {
    await put('policies/sold', days);
    const { orderId } = (await system.api.post(order)).body as { readonly orderId: string };
    const first = await shown(orderId);
    expect(first).toMatchObject({
      policies: { promise: 'sold@1' },
      shipGroups: [{ shipBy: expect.stringContaining('T23:59:59.999Z'), deliverBy: expect.stringContaining('T23:59:59.999Z') }],
    });
    await put('policies/sold', { ...days, transitDays: { least: 9, most: 9 } });
    const { orderId: later } = (await system.api.post(order)).body as { readonly orderId: string };
    expect(await shown(later)).toMatchObject({ policies: { promise: 'sold@2' } });
    expect((await shown(orderId))['shipGroups']).toEqual(first['shipGroups']);
    const timeline = (await system.api.get(`/orders/${orderId}/timeline`)).body['items'] as readonly { readonly step: string }[];
    expect(timeline.map(({ step }) => step)).toEqual(['placed', 'promised']);
  });

  it('is promised other days when its goods come later, and the one that was sold says so', async () => {
    await put('policies/sold', days);
    const { orderId } = (await system.api.post(order)).body as { readonly orderId: string };
    const promisedAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
    await inventory.tell(
      orderId,
      { type: 'StockShort', data: { ...facts.short.data, orderId, decidedAt: new Date().toISOString() } },
      { type: 'StockBackordered', data: { ...backorderedTo(promisedAt).data, orderId } },
    );
    await eventually(async () => {
      const { items } = (await system.api.get(`/orders/${orderId}/timeline`)).body as {
        readonly items: readonly { readonly step: string }[];
      };
      expect(items.map(({ step }) => step)).toContain('promise-moved');
    });
    const [group] = (await shown(orderId))['shipGroups'] as readonly { readonly shipBy: string }[];
    expect(Date.parse(group?.shipBy ?? '')).toBeGreaterThan(Date.parse(promisedAt));
  });

  it('that the channel promised something is promised nothing else', async () => {
    const deliverBy = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const { orderId } = (await system.api.post({ ...order, shipping: { amount: 0, deliverBy } })).body as { readonly orderId: string };
    const { policies, shipGroups } = await shown(orderId);
    expect(policies).not.toHaveProperty('promise');
    expect(shipGroups).toMatchObject([{ deliverBy }]);
  });
});

describe('what is learned of carriers', () => {
  const terms = {
    ...{ timeZone: 'UTC', cutOff: '23:59', processingDays: 0, transitDays: { least: 1, most: 2 } },
    ...{ channel: 'learning', country: 'GB', location: 'LON-1', active: true },
  };
  const enough = 20;
  const ask = async () =>
    (await system.api.call('POST', '/promises/quote', { channel: 'learning', destination: { country: 'GB' }, at: '2026-11-23T10:00:00Z' }))
      .body;
  const sell = async (): Promise<string> =>
    ((await system.api.post({ ...body, placedAt: undefined, channel: 'learning' })).body as { readonly orderId: string }).orderId;
  /** Four working days on the way: from a Monday to the Friday. */
  const carry = async (orderId: string): Promise<void> => {
    const of = { orderId, shipmentId: randomUUID(), location: 'LON-1', lines };
    await shipping.tell(
      of.shipmentId,
      { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, ...of, dispatchedAt: '2026-11-02T10:00:00.000Z' } },
      { type: 'ShipmentDelivered', data: { ...facts.delivered.data, ...of, occurredAt: '2026-11-06T10:00:00.000Z' } },
    );
  };

  it('is beside what is promised in shadow, decides where it is switched on, is shown at the order, and compared', async () => {
    await put('policies/learning', { ...terms, learned: { percent: 90, decides: false } });
    const orders: string[] = [];
    for (let n = 0; n < enough; n += 1) orders.push(await sell());
    for (const orderId of orders) await carry(orderId);
    await eventually(async () =>
      expect(await ask()).toMatchObject({
        promise: {
          basis: { transitDays: 2, transit: { decidedBy: 'baseline', learned: { days: 4, level: 'countries', deliveries: enough } } },
        },
      }),
    );
    await put('policies/learning', { ...terms, learned: { percent: 90, decides: true } });
    const orderId = await sell();
    const shown = (await system.api.get(`/orders/${orderId}`)).body;
    expect(shown).toMatchObject({
      policies: { promise: 'learning@2' },
      shipGroups: [
        { transit: { decidedBy: 'learned', percent: 90, baseline: { days: 2 }, learned: { days: 4, method: 'learned by lane' } } },
      ],
    });
    await carry(orderId);
    await eventually(async () =>
      expect((await system.api.get('/promises/compared?by=channel&channel=learning')).body).toMatchObject({
        items: [{ value: 'learning', promised: 1, decidedByLearned: 1, lateAllowed: 0.1, baseline: { late: 0 }, learned: { late: 0 } }],
      }),
    );
    const { body } = await system.api.get('/promises/models/transit');
    const { rows } = await system.pool.query<{ readonly day: string }>(
      `select to_char(min(recorded_at) at time zone 'UTC', 'YYYY-MM-DD') as day from ${tableOf(transitTime)} where delivered_at is not null`,
    );
    expect(body).toMatchObject({ name: 'transit', standing: 'decides', error: [{ measure: 'share late' }, {}, {}] });
    expect(body).toMatchObject({ data: { from: rows[0]?.day, to: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string } });
  });

  it('is the same when it is written down, read again, and learned anew from the log', async () => {
    const log = transitLog(system.pool);
    const [first, second] = [
      transitShelf({ log, now: () => new Date(), forMs: 0 }),
      transitShelf({ log, now: () => new Date(), forMs: 0 }),
    ];
    await first.caughtUp();
    await log.keep(first.model());
    await second.caughtUp();
    expect(await log.kept()).toEqual(first.model());
    expect(second.model()).toEqual(first.model());
    await system.pool.query(`update transit_model set position = '9999999999999999'`);
    expect(await log.kept()).toBeUndefined();
    await log.keep(first.model());
    expect(await log.kept()).toEqual(first.model());
  });
});
