import { newId } from '@cartage/service-kit';
import { driftIn, inventoryForTests, lineOf, metaFor, place, stocked, type InventoryForTests, type Process } from './inventory.fixture';
import { postgresStockListing } from './postgres-stock-listing';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;
let other: Process;

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one, other] = inventory.processes;
  await one.locations.change('LDN', place, metaFor());
});
afterEach(async () => expect(await driftIn(one)).toEqual([]));
afterAll(() => inventory.close());

const figures = async (sku: string) => (await one.availabilities.of([sku])).items[0];
const reserve = (sku: string, quantity: number) =>
  one.reservations.reserve({ orderId: newId(), lines: [lineOf(sku, quantity)] }, metaFor());

describe('receiving', () => {
  it('books ten thousand lines at once, one fact for each SKU', async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => ({ sku: `BULK-${i % 9_000}`, quantity: 1 + (i % 3) }));
    const { answer, position } = await one.stocks.receive({ location: 'LDN', reference: 'PO-1', lines }, metaFor());
    expect(answer).toEqual({ location: 'LDN', skus: 9_000, units: 19_999 });
    expect(position).not.toBe('');
    const [stream] = await one.store.readMany(['stock-LDN/BULK-0']);
    expect(stream?.events).toMatchObject([
      {
        type: 'StockReceived',
        data: { quantity: 2, reference: 'PO-1', levels: [{ onHand: 2, available: 2, revision: 1 }] },
        meta: { sequence: 1 },
      },
    ]);
  });

  it('happens once, however often and wherever it is asked; a key is good for one request only', async () => {
    const receipt = { location: 'LDN', lines: [{ sku: 'ONCE', quantity: 7 }] };
    const meta = { ...metaFor(), fingerprint: 'a' };
    const answers = await Promise.all([one, other, one, other].map(({ stocks }) => stocks.receive(receipt, meta)));
    expect(answers.map(({ repeated }) => repeated).sort()).toEqual([false, true, true, true]);
    expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
    expect(await figures('ONCE')).toMatchObject({ onHand: 7, atp: 7 });
    await expect(one.stocks.receive(receipt, { ...meta, fingerprint: 'b' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('books nothing at a location that is not there', async () => {
    const asked = one.stocks.receive({ location: 'NOWHERE', lines: [{ sku: 'LOST', quantity: 1 }] }, metaFor());
    await expect(asked).rejects.toMatchObject({ code: 'LOCATION_UNKNOWN', kind: 'invalid', errors: [{ field: 'location' }] });
    expect(await figures('LOST')).toMatchObject({ onHand: 0, locations: [] });
  });
});

describe('safety stock and losses', () => {
  it('holds back what is there, gives it up to a loss, and never to an order', async () => {
    await stocked(one, 'SAFE', { SAFE: 10 });
    await one.stocks.holdBack({ sku: 'SAFE', location: 'SAFE', safetyStock: 4 }, metaFor());
    expect((await reserve('SAFE', 7)).events).toMatchObject([{ type: 'StockShort', data: { short: [{ available: 6 }] } }]);
    await reserve('SAFE', 6);
    await one.stocks.adjust({ sku: 'SAFE', location: 'SAFE', quantity: -3, cause: 'damage' }, metaFor());
    expect(await figures('SAFE')).toMatchObject({ onHand: 7, reserved: 6, safetyStock: 4, atp: -3 });
    await one.stocks.adjust({ sku: 'SAFE', location: 'SAFE', quantity: -2, cause: 'damage' }, metaFor());
    expect(await figures('SAFE')).toMatchObject({ onHand: 5, reserved: 5 });
  });

  it('books a rejected fulfilment even when its location should hold units back again', async () => {
    await stocked(one, 'TIGHT', { TIGHT: 10 });
    const [orderId, fulfillmentId] = [newId(), newId()];
    const lines = [lineOf('TIGHT', 7)];
    await one.reservations.reserve({ orderId, lines }, metaFor());
    await one.reservations.allocate({ orderId, fulfillmentId, location: 'TIGHT', lines }, metaFor());
    await one.stocks.holdBack({ sku: 'TIGHT', location: 'TIGHT', safetyStock: 3 }, metaFor());
    await one.stocks.adjust({ sku: 'TIGHT', location: 'TIGHT', quantity: -3, cause: 'damage' }, metaFor());
    await one.reservations.releaseAllocation({ orderId, fulfillmentId, reason: { code: 'not-found-on-shelf', by: 'operator' } }, metaFor());
    expect(await figures('TIGHT')).toMatchObject({ onHand: 7, reserved: 7, allocated: 0, safetyStock: 3, atp: -3 });
  });
});

describe('a location', () => {
  it('cannot close while orders have a claim on its stock', async () => {
    await stocked(one, 'BUSY', { BUSY: 2 });
    await reserve('BUSY', 1);
    await expect(one.locations.change('BUSY', { ...place, active: false }, metaFor())).rejects.toMatchObject({ code: 'LOCATION_CLAIMED' });
    expect(await one.locations.get('BUSY')).toMatchObject({ active: true, revision: 1 });
    const [stream] = await one.store.readMany(['location-BUSY']);
    expect(stream?.version).toBe(1);
  });

  it('is kept as it was said, changes with a revision, and only from the version that was meant', async () => {
    const profile = {
      ...place,
      postalCode: 'E16 2AB',
      dailyCapacity: 5,
      address: { lines: ['1 Dock Road'], city: 'London' },
      calendar: {
        timeZone: 'Europe/London',
        hours: { monday: { opens: '08:00', closes: '18:00' } },
        closedOn: ['2026-12-25'],
        cutOffs: [{ until: '14:00' }, { service: 'next-day', until: '16:30' }],
      },
    };
    await one.locations.change('KEPT', profile, metaFor());
    expect(await one.locations.get('KEPT')).toEqual({ ...profile, code: 'KEPT', revision: 1 });
    await expect(one.locations.change('KEPT', place, metaFor(), 7)).rejects.toMatchObject({ kind: 'stale' });
    const same = { ...metaFor(), fingerprint: 'said again' };
    expect(await one.locations.change('KEPT', profile, same)).toMatchObject({ version: 1, events: [] });
    expect(await one.locations.change('KEPT', place, metaFor(), 1)).toMatchObject({ version: 2 });
    expect(await one.locations.change('KEPT', profile, same)).toMatchObject({ version: 1, repeated: true });
    expect(await one.locations.get('KEPT')).toEqual({ ...place, code: 'KEPT', revision: 2 });
    expect((await one.locations.list({ after: 'BUSY', limit: 1 })).map(({ code }) => code)).toEqual(['KEPT']);
  });

  it('that is closed keeps stock that nobody is promised', async () => {
    await one.locations.change('STORE', { ...place, active: false }, metaFor());
    await one.stocks.receive({ location: 'STORE', lines: [{ sku: 'ATTIC', quantity: 3 }] }, metaFor());
    expect(await figures('ATTIC')).toMatchObject({
      onHand: 0,
      atp: 0,
      locations: [{ location: 'STORE', active: false, onHand: 3, atp: 0 }],
    });
    await one.locations.change('STORE', place, metaFor());
    expect(await figures('ATTIC')).toMatchObject({ onHand: 3, atp: 3 });
  });
});

describe('the list of what is where', () => {
  const listed = (query: object) => postgresStockListing(one.pool)({ limit: 9, ...query });
  const wheres = async (query: object) => (await listed(query)).map(({ sku, location }) => `${sku} at ${location}`);

  beforeAll(async () => {
    await stocked(one, 'LIST-1', { 'LIST-A': 5, 'LIST-B': 2 });
    await stocked(one, 'LIST-2', { 'LIST-A': 3 });
    await one.items.describe('LIST-A', { title: 'A lamp', status: 'active', returnable: true }, metaFor());
  });

  it('says of each SKU what each location has of it, by SKU and location, page after page', async () => {
    const first = {
      ...{ sku: 'LIST-A', title: 'A lamp', location: 'LIST-1', active: true, onHand: 5, allocated: 0, safetyStock: 0, unavailable: 0 },
      ...{ atp: 5, alerts: [] },
    };
    expect(await listed({ q: 'LIST-', limit: 1 })).toEqual([first]);
    expect(await wheres({ q: 'LIST-', after: ['LIST-A', 'LIST-1'] })).toEqual(['LIST-A at LIST-2', 'LIST-B at LIST-1']);
    expect(await wheres({ q: 'list-b' })).toEqual(['LIST-B at LIST-1']);
    expect(await wheres({ q: 'IST' })).toEqual([]);
    expect(await wheres({ q: 'L_ST' })).toEqual([]);
    expect(await wheres({ q: 'lámp', location: 'LIST-2' })).toEqual(['LIST-A at LIST-2']);
    expect(await wheres({ q: 'lamp', after: ['LIST-A', 'LIST-2'] })).toEqual([]);
    expect(await wheres({ location: 'LIST-2' })).toEqual(['LIST-A at LIST-2']);
  });

  it('is narrowed to what cannot be sold, and to what a person should look at', async () => {
    await one.watching.setThreshold({ sku: 'LIST-B', atpBelow: 4 }, metaFor());
    await one.feed.catchUp(new AbortController().signal);
    expect(await listed({ q: 'LIST-', concern: 'low' })).toMatchObject([{ sku: 'LIST-B', alerts: ['low'] }]);
    expect(await wheres({ q: 'LIST-', concern: 'negative' })).toEqual([]);
    await one.stocks.adjust({ location: 'LIST-2', sku: 'LIST-A', quantity: -3, cause: 'loss' }, metaFor());
    await one.locations.change('LIST-1', { ...place, active: false }, metaFor());
    expect(await wheres({ q: 'LIST-A', concern: 'out' })).toEqual(['LIST-A at LIST-1', 'LIST-A at LIST-2']);
    await one.locations.change('LIST-1', place, metaFor());
    expect(await wheres({ q: 'LIST-A', concern: 'out' })).toEqual(['LIST-A at LIST-2']);
    expect(await wheres({ q: 'LIST-', concern: 'unavailable' })).toEqual([]);
  });
});
