import { newId } from '@cartage/service-kit';
import { postgresAnalysis } from '../analysis/postgres-analysis';
import { driftIn, inventoryForTests, lineOf, metaFor, place, stocked, type InventoryForTests, type Process } from '../inventory.fixture';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one] = inventory.processes;
});
afterAll(() => inventory.close());

const follow = (): Promise<void> => one.feed.catchUp(new AbortController().signal);
const alertsOf = (sku: string) => one.watching.alerts({ sku, after: undefined, limit: 10 });
const eventsOf = async (alertId: string): Promise<readonly string[]> =>
  ((await one.store.readMany([`alert-${alertId}`]))[0]?.events ?? []).map(({ type }) => type);
const reserve = async (sku: string, quantity: number): Promise<string> => {
  const orderId = newId();
  await one.reservations.reserve({ orderId, lines: [lineOf(sku, quantity)] }, metaFor());
  return orderId;
};
const end = (orderId: string) => one.reservations.end({ orderId, reason: { code: 'changed-mind', by: 'customer' } }, metaFor());

it('fewer units than are enough raise an alert once, which ends when there are enough', async () => {
  await stocked(one, 'LOW', { LOW: 5 });
  await one.watching.setThreshold({ sku: 'LOW', atpBelow: 4 }, metaFor());
  await follow();
  expect(await alertsOf('LOW')).toEqual([]);
  const orders = [await reserve('LOW', 2)];
  await follow();
  orders.push(await reserve('LOW', 1));
  await follow();
  const [alert, ...others] = await alertsOf('LOW');
  expect([alert, others]).toMatchObject([{ kind: 'low', value: 3, threshold: 4, channel: null, location: null, endedAt: null }, []]);
  for (const order of orders) await end(order);
  await follow();
  expect(await alertsOf('LOW')).toMatchObject([{ alertId: alert?.alertId, endedAt: expect.any(String) }]);
  expect(await eventsOf(alert?.alertId ?? '')).toEqual(['StockAlertRaised', 'StockAlertEnded']);
  await reserve('LOW', 5);
  await follow();
  expect(await alertsOf('LOW')).toHaveLength(2);
});

it('what was promised beyond what is held back raises an alert without anybody having asked for it', async () => {
  await stocked(one, 'NEG', { NEG: 3 });
  await reserve('NEG', 3);
  await one.stocks.holdBack({ sku: 'NEG', location: 'NEG', safetyStock: 2 }, metaFor());
  await follow();
  expect(await alertsOf('NEG')).toMatchObject([{ kind: 'negative', value: -2, endedAt: null }]);
  await one.stocks.receive({ location: 'NEG', lines: [{ sku: 'NEG', quantity: 2 }] }, metaFor());
  await follow();
  expect(await alertsOf('NEG')).toMatchObject([{ endedAt: expect.any(String) }]);
});

it('a reorder point that is reached suggests how much to order, until it has come or is watched no more', async () => {
  await stocked(one, 'ORDER', { ORDER: 10 });
  await one.watching.setReorderPoint({ sku: 'ORDER', location: 'ORDER', reorderPoint: 4, orderUpTo: 12 }, metaFor());
  const orderId = await reserve('ORDER', 7);
  await one.reservations.allocate({ orderId, fulfillmentId: newId(), location: 'ORDER', lines: [lineOf('ORDER', 7)] }, metaFor());
  await follow();
  const [alert] = await alertsOf('ORDER');
  expect(alert).toMatchObject({ kind: 'reorder', location: 'ORDER', value: 3, threshold: 4 });
  expect(await eventsOf(alert?.alertId ?? '')).toEqual(['ReorderPointReached']);
  expect(await one.watching.suggestions({ location: 'ORDER', after: undefined, limit: 5 })).toEqual([
    {
      sku: 'ORDER',
      location: 'ORDER',
      reorderPoint: 4,
      orderUpTo: 12,
      available: 3,
      onOrder: 0,
      suggested: 9,
      minimumQuantity: 1,
      multipleOf: 1,
      decidedBy: 'said',
    },
  ]);
  await one.stocks.receive({ location: 'ORDER', lines: [{ sku: 'ORDER', quantity: 9 }] }, metaFor());
  await follow();
  expect(await alertsOf('ORDER')).toMatchObject([{ endedAt: expect.any(String) }]);
  await one.watching.setReorderPoint({ sku: 'ORDER', location: 'ORDER' }, metaFor());
  expect(await one.watching.suggestions({ after: undefined, limit: 5 })).toEqual([]);
});

const reason = { code: 'recounted', by: 'operator' } as const;

describe('a reorder point that is learned', () => {
  const at = { sku: 'LEARN', location: 'LEARN' };
  const said = { ...at, reorderPoint: 1, orderUpTo: 2 };
  const terms = { serviceLevel: 95, reviewDays: 7, leadDays: 5, supplier: 'ACME', minimumQuantity: 10, multipleOf: 12, decides: true };
  /** Three a day, until yesterday; and as many that had come before. */
  const SOLD = `insert into stock_movement (sku, location, in_network, delta_on_hand, delta_reserved, delta_allocated, delta_safety_stock,
      delta_unavailable, atp_after, kind, reason, event_id, at)
    select 'LEARN', 'LEARN', true, units, 0, 0, 0, 0, 0, kind, 'long ago', gen_random_uuid(), now() - make_interval(days => n)
    from (select -3 as units, 'StockIssued' as kind, n from generate_series(1, 90) n union all select 270, 'StockReceived', 91) m`;
  afterAll(() => one.pool.query(`delete from stock_movement where reason = 'long ago'`));
  const suggested = () => one.watching.suggestions({ location: at.location, after: undefined, limit: 5 });

  it('says from what, decides only where it may, and is said as before when it is learned no more', async () => {
    await stocked(one, at.location, { [at.sku]: 4 });
    await one.pool.query(SOLD);
    await one.watching.setReorderPoint({ ...said, learned: { ...terms, decides: false } }, metaFor());
    expect(await suggested()).toEqual([]);
    const shadow = await one.forecasts.of(at);
    expect(shadow).toMatchObject({ ...at, leadTime: { meanDays: 5, receipts: 0 }, expected: { days: 12 }, terms: { decides: false } });
    expect(shadow.expected.units).toBeCloseTo(36, 0);
    await one.watching.setReorderPoint({ ...said, learned: terms }, metaFor());
    const { proposal } = await one.forecasts.of(at);
    expect(await suggested()).toMatchObject([{ ...at, reorderPoint: proposal?.reorderPoint, decidedBy: 'learned' }]);
    expect(((await suggested())[0]?.suggested ?? 1) % 12).toBe(0);
    await one.watching.setReorderPoint(said, metaFor());
    expect(await suggested()).toEqual([]);
    await expect(one.forecasts.of(at)).rejects.toMatchObject({ code: 'FORECAST_UNKNOWN' });
  });

  it('goes by the days that the supplier took, as soon as enough has come of it', async () => {
    for (const n of [1, 2, 3, 4, 5]) {
      const order = { purchaseOrder: `LEARN-${n}`, reason };
      await one.purchaseOrders.order({ ...order, supplier: 'ACME', lines: [{ ...at, lineId: '1', quantity: 1 }] }, metaFor());
      await one.purchaseOrders.receive({ ...order, lines: [{ lineId: '1', quantity: 1 }], final: false }, metaFor());
    }
    await one.pool.query(`update purchase_order set ordered_at = received_at - interval '9 days' where supplier = 'ACME'`);
    await one.watching.setReorderPoint({ ...said, learned: terms }, metaFor());
    expect((await one.forecasts.of(at)).leadTime).toEqual({ meanDays: 9, varianceDays: 0, receipts: 5 });
  });
});

it('only a location that is there has a reorder point', async () => {
  const nowhere = { sku: 'X', location: 'NOWHERE', reorderPoint: 1, orderUpTo: 2 };
  await expect(one.watching.setReorderPoint(nowhere, metaFor())).rejects.toMatchObject({ code: 'LOCATION_UNKNOWN' });
});

/** An instant after everything that was recorded so far. */
const instant = async (): Promise<string> => {
  const { rows } = await one.pool.query<{ at: Date }>('select max(recorded_at) as at from events');
  return new Date((rows[0]?.at.getTime() ?? 0) + 1).toISOString();
};
const say = async (units: Readonly<Record<string, number>>, head: object) =>
  one.statements.give(
    { source: 'wms', whole: false, asOf: await instant(), ...head },
    Object.entries(units).map(([sku, quantity]) => ({ sku, quantity })),
    metaFor(),
  );
const openAt = (location: string) => one.statements.differences({ location, limit: 10 });
const onHand = async (sku: string, location: string) =>
  (await one.availabilities.of([sku])).items[0]?.locations.find((each) => each.location === location)?.onHand;

describe('what another system says that it has', () => {
  it('raises nothing where we have the same, whatever moved since', async () => {
    await stocked(one, 'S1', { 'S1-A': 5, 'S1-B': 7 });
    const asOf = await instant();
    await one.stocks.receive({ location: 'S1', lines: [{ sku: 'S1-A', quantity: 4 }] }, metaFor());
    expect(await say({ 'S1-A': 5, 'S1-B': 7 }, { location: 'S1', asOf, whole: true })).toMatchObject({
      ...{ status: 'compared', lines: 2, differences: 0, units: 0 },
    });
    expect(await openAt('S1')).toEqual([]);
  });

  it('is compared as of its instant, with the likely cause; beyond what may be different somebody is called, until it is settled', async () => {
    await stocked(one, 'S2', { 'S2-A': 9 });
    const before = await instant();
    await one.stocks.receive({ location: 'S2', reference: 'PO-9', lines: [{ sku: 'S2-A', quantity: 6 }] }, metaFor());
    await say({ 'S2-A': 9 }, { location: 'S2' });
    const [found] = await openAt('S2');
    expect(found).toMatchObject({
      theirs: 9,
      ours: 15,
      cause: { code: 'receipt-not-there-yet', movements: [{ reference: 'PO-9', units: 6 }] },
    });
    expect(await alertsOf('S2-A')).toMatchObject([{ kind: 'drift', location: 'S2', value: -6, threshold: 2, endedAt: null }]);
    expect(await say({ 'S2-A': 1 }, { location: 'S2', asOf: before })).toMatchObject({ differences: 0 });
    await say({ 'S2-A': 15 }, { location: 'S2' });
    expect(await openAt('S2')).toEqual([]);
    expect(await alertsOf('S2-A')).toMatchObject([{ endedAt: expect.any(String) }]);
    expect(await one.statements.difference(found?.differenceId ?? '')).toMatchObject({ status: 'agreed' });
  });

  it('is booked when it is accepted, less what moved or was corrected since, once; the next statement equals ours', async () => {
    await stocked(one, 'S3', { 'S3-A': 10 });
    const during = await say({ 'S3-A': 7 }, { location: 'S3' });
    const between = await instant();
    await one.stocks.receive({ location: 'S3', lines: [{ sku: 'S3-A', quantity: 5 }] }, metaFor());
    await one.stocks.adjust({ location: 'S3', sku: 'S3-A', quantity: -1, cause: 'count' }, metaFor());
    const [found] = await openAt('S3');
    const meta = metaFor();
    const settlement = { differenceId: found?.differenceId ?? '', accept: 'theirs', reason } as const;
    const first = await one.statements.settle(settlement, meta);
    expect(await one.statements.settle(settlement, meta)).toEqual({ ...first, repeated: true });
    expect(await onHand('S3-A', 'S3')).toBe(12);
    expect((await one.store.readMany(['stock-S3/S3-A']))[0]?.events.at(-1)).toMatchObject({
      ...{ type: 'StockAdjusted', data: { quantity: -2, cause: 'drift', reference: during.statementId } },
    });
    expect(await say({ 'S3-A': 7 }, { location: 'S3', asOf: between })).toMatchObject({ differences: 0 });
    expect(await say({ 'S3-A': 12 }, { location: 'S3', whole: true })).toMatchObject({ differences: 0 });
    expect(await alertsOf('S3-A')).toMatchObject([{ kind: 'drift', endedAt: expect.any(String) }]);
    expect(await driftIn(one)).toEqual([]);
  });

  it('may be wrong: ours is kept, with who says so, and stays kept while they differ by as much', async () => {
    await stocked(one, 'S4', { 'S4-A': 10 });
    await say({ 'S4-A': 4 }, { location: 'S4' });
    const [found] = await openAt('S4');
    await one.statements.settle({ differenceId: found?.differenceId ?? '', accept: 'ours', reason }, metaFor());
    expect(await alertsOf('S4-A')).toMatchObject([{ endedAt: expect.any(String) }]);
    await one.stocks.receive({ location: 'S4', lines: [{ sku: 'S4-A', quantity: 2 }] }, metaFor());
    await say({ 'S4-A': 6 }, { location: 'S4' });
    expect(await openAt('S4')).toEqual([]);
    await say({ 'S4-A': 5 }, { location: 'S4' });
    expect(await openAt('S4')).toMatchObject([{ theirs: 5, ours: 12 }]);
    expect(await onHand('S4-A', 'S4')).toBe(12);
  });

  it('has none of what a whole statement leaves out; what was said later is not undone by what comes late', async () => {
    await stocked(one, 'S5', { 'S5-A': 3, 'S5-B': 4 });
    const early = await instant();
    await one.stocks.receive({ location: 'S5', lines: [{ sku: 'S5-A', quantity: 1 }] }, metaFor());
    const whole = { location: 'S5', whole: true };
    expect(await say({ 'S5-A': 4, 'S5-NEW': 2 }, whole)).toMatchObject({ differences: 2, units: 6 });
    const found = await openAt('S5');
    expect(found.map(({ sku, cause }) => [sku, cause.code])).toEqual([
      ['S5-B', 'not-listed'],
      ['S5-NEW', 'unknown-sku'],
    ]);
    expect(await say({ 'S5-A': 1, 'S5-B': 1 }, { ...whole, asOf: early })).toMatchObject({ differences: 0 });
    expect(await openAt('S5')).toEqual(found);
    await one.statements.settle({ differenceId: found[1]?.differenceId ?? '', accept: 'theirs', reason }, metaFor());
    expect(await onHand('S5-NEW', 'S5')).toBe(2);
  });

  it('of a channel is compared with what the channel was told', async () => {
    await stocked(one, 'S6', { 'S6-A': 8 });
    await follow();
    await reserve('S6-A', 3);
    await follow();
    await say({ 'S6-A': 8 }, { source: 'shop', channel: 'shop-x' });
    const [found] = await one.statements.differences({ channel: 'shop-x', limit: 10 });
    expect(found).toMatchObject({ theirs: 8, ours: 5, cause: { code: 'update-in-flight' } });
    const settlement = { differenceId: found?.differenceId ?? '', accept: 'theirs', reason } as const;
    await expect(one.statements.settle(settlement, metaFor())).rejects.toMatchObject({ code: 'CHANNEL_HAS_NO_STOCK' });
    await say({ 'S6-A': 5 }, { source: 'shop', channel: 'shop-x' });
    expect(await one.statements.differences({ channel: 'shop-x', limit: 10 })).toEqual([]);
  });

  it('said twice at once is one statement; of a category more may be different', async () => {
    await stocked(one, 'S7', { 'S7-A': 10 });
    await one.items.describe('S7-A', { title: 'A', status: 'active', returnable: true, category: 'loose' }, metaFor());
    await one.statements.setTolerance({ category: 'loose', tolerance: { units: 4, percent: 0 } }, metaFor());
    const asOf = await instant();
    const [first, second] = await Promise.all([6, 6].map((units) => say({ 'S7-A': units }, { location: 'S7', asOf })));
    expect(first?.statementId).toBe(second?.statementId);
    const [found] = await openAt('S7');
    expect((await one.store.readMany([`difference-${found?.differenceId}`]))[0]?.events).toHaveLength(1);
    expect(await alertsOf('S7-A')).toEqual([]);
    await expect(say({}, { location: 'NOWHERE' })).rejects.toMatchObject({ code: 'LOCATION_UNKNOWN' });
    await expect(say({}, { location: 'S7', asOf: '2020-01-01T00:00:00.000Z' })).rejects.toMatchObject({ code: 'STATEMENT_TOO_OLD' });
  });

  it('is compared by another when whoever took it died', async () => {
    await stocked(one, 'S8', { 'S8-A': 10 });
    const head = { source: 'wms', location: 'S8', asOf: await instant(), whole: false };
    const statementId = await one.statements.begin(head);
    await one.statements.add({ ...head, statementId }, [{ sku: 'S8-A', quantity: 3 }]);
    await one.pool.query('update stock_statement set given_at = now() where statement_id = $1', [statementId]);
    const due = { id: 'x', stream: 'x', name: 'StockStatementDue', dueAt: head.asOf, data: { statementId } };
    await one.statements.onDue(due, metaFor());
    expect(await one.statements.get(statementId)).toMatchObject({ status: 'compared', differences: 1 });
  });
});

describe('what a supplier says that it has', () => {
  const supplier = (location: string) => one.locations.change(location, { ...place, kind: 'supplier' }, metaFor());
  const feed = (location: string, units: Readonly<Record<string, number>>, head: object = {}) =>
    say(units, { source: 'lamp-works', location, ...head });

  it('is what can be sold of it, at once: whoever waits has it, nothing is different, and said again nothing is booked', async () => {
    await supplier('D1');
    const waits = await reserve('D1-A', 2);
    const asOf = await instant();
    const first = await feed('D1', { 'D1-A': 9, 'D1-B': 4 }, { asOf });
    expect(first).toMatchObject({ status: 'compared', differences: 2, units: 13 });
    expect((await one.store.readMany(['stock-D1/D1-A']))[0]?.events).toMatchObject([
      { type: 'StockAdjusted', data: { quantity: 9, cause: 'feed', reference: first.statementId } },
    ]);
    expect((await one.availabilities.of(['D1-A'])).items).toMatchObject([{ atp: 7 }]);
    await end(waits);
    expect(await feed('D1', { 'D1-A': 9, 'D1-B': 4 }, { asOf })).toMatchObject({ differences: 0 });
    expect(await feed('D1', { 'D1-A': 5 }, { whole: true })).toMatchObject({ differences: 2, units: 8 });
    expect([await onHand('D1-A', 'D1'), await onHand('D1-B', 'D1'), await openAt('D1')]).toEqual([5, 0, []]);
    expect([await driftIn(one), await alertsOf('D1-A')]).toEqual([[], []]);
  });

  it('takes nothing back that it was asked to send, and is of its instant', async () => {
    await supplier('D2');
    await feed('D2', { 'D2-A': 6 });
    const before = await instant();
    const [orderId, fulfillmentId, lines] = [await reserve('D2-A', 4), newId(), [lineOf('D2-A', 4)]];
    await one.reservations.allocate({ orderId, fulfillmentId, location: 'D2', lines }, metaFor());
    expect(await feed('D2', { 'D2-A': 1 })).toMatchObject({ differences: 1, units: 2 });
    expect((await one.availabilities.of(['D2-A'])).items).toMatchObject([{ atp: 0, locations: [{ onHand: 4, allocated: 4 }] }]);
    await one.reservations.issue({ orderId, fulfillmentId, shipmentId: newId(), lines }, metaFor());
    expect(await feed('D2', { 'D2-A': 9 }, { asOf: before })).toMatchObject({ differences: 0 });
    await feed('D2', { 'D2-A': 3 });
    expect([await onHand('D2-A', 'D2'), await driftIn(one)]).toEqual([3, []]);
  });

  it('is none of our stock: it does not lie here, is not turned, not moved', async () => {
    await supplier('D3');
    await stocked(one, 'D4', { 'D3-A': 2 });
    await feed('D3', { 'D3-A': 8 });
    const analysis = postgresAnalysis(one.pool);
    const period = { from: '2026-01-01T00:00:00.000Z', to: '2030-01-01T00:00:00.000Z', sku: 'D3-A', limit: 10 };
    expect(await analysis.ages({ at: period.to, sku: 'D3-A', limit: 10 })).toMatchObject([{ location: 'D4', onHand: 2 }]);
    expect(await analysis.turnover(period)).toMatchObject([{ location: 'D4', onHand: 2 }]);
    for (const [from, to, field] of [
      ['D3', 'D4', 'from'],
      ['D4', 'D3', 'to'],
    ] as const)
      await expect(one.transfers.plan({ from, to, lines: [{ sku: 'D3-A', quantity: 1 }] }, metaFor())).rejects.toMatchObject({
        ...{ code: 'STOCK_NOT_OURS', errors: [{ field }] },
      });
  });
});
