import { memoryDeadlines } from '@cartage/eventsourcing';
import { forgetOld, newId } from '@cartage/service-kit';
import type { CountEntry } from '../../app/counting/count-booking';
import { createCounts, type Counts } from '../../app/counting/counts';
import { forgettables } from '../forgetting';
import { driftIn, inventoryForTests, lineOf, metaFor, place, stocked, type InventoryForTests, type Process } from '../inventory.fixture';
import { binRegister } from './postgres-bins';
import { countReading, postgresCountLedger } from './postgres-counts';

// Generous, because suites share the machine.
jest.setTimeout(120_000);

let inventory: InventoryForTests;
let one: Process;
const counters: Counts[] = [];
const deadlines = memoryDeadlines();

const countsOn = ({ store, pool }: Process, fourEyes = false): Counts =>
  createCounts({
    ...{ store, newId, isPublic: (type: string) => type.startsWith('Stock'), now: () => new Date(), deadlines, fourEyes },
    ...{ ledger: postgresCountLedger(store), reading: countReading(pool) },
    worth: { prices: () => Promise.resolve(new Map([['DEAR', 5_000]])), costs: () => Promise.resolve({ pools: [], bases: [] }) },
  });

beforeAll(async () => {
  inventory = await inventoryForTests();
  [one] = inventory.processes;
  counters.push(...inventory.processes.map((process) => countsOn(process)));
});
afterEach(async () => expect(await driftIn(one)).toEqual([]));
afterAll(() => inventory.close());

const counts = (nth = 0): Counts => {
  const found = counters[nth];
  if (!found) throw new Error('There are two.');
  return found;
};
const plan = { blind: true, tolerance: { units: 0, percent: 0 } };
const open = async (location: string, skus: readonly string[], more: object = {}): Promise<string> => {
  const scope = { lines: skus.map((sku) => ({ sku })) };
  return (await counts().open({ ...plan, location, scope, ...more }, metaFor())).answer.sheet.countId;
};
const count = async (countId: string, entries: readonly CountEntry[], nth = 0) =>
  (await counts(nth).count(countId, entries, metaFor())).answer;
const onHand = async (sku: string, location: string) =>
  (await one.availabilities.of([sku])).items[0]?.locations.find((each) => each.location === location)?.onHand;
const eventsOf = async (stream: string) => (await one.store.readMany([stream]))[0]?.events ?? [];
const reserve = async (sku: string, quantity: number): Promise<string> => {
  const orderId = newId();
  await one.reservations.reserve({ orderId, lines: [lineOf(sku, quantity)] }, metaFor());
  return orderId;
};
const ship = async (sku: string, quantity: number, location: string): Promise<void> => {
  const [orderId, fulfillmentId] = [await reserve(sku, quantity), newId()];
  const lines = [lineOf(sku, quantity)];
  await one.reservations.allocate({ orderId, fulfillmentId, location, lines }, metaFor());
  await one.reservations.issue({ orderId, fulfillmentId, shipmentId: newId(), lines }, metaFor());
};

it('a count that is right is told and changes nothing; one that is not is done again, hidden from who counts, and then booked', async () => {
  await stocked(one, 'C1', { RIGHT: 5, WRONG: 8 });
  const countId = await open('C1', ['RIGHT', 'WRONG'], { reference: 'CS-1' });
  const first = await count(countId, [
    { sku: 'RIGHT', quantity: 5, countedBy: 'ann' },
    { sku: 'WRONG', quantity: 6, countedBy: 'ann' },
  ]);
  expect(first.lines).toMatchObject([
    { sku: 'RIGHT', status: 'booked', expected: 5, difference: 0 },
    { sku: 'WRONG', status: 'recount', counted: 6, expected: null, difference: null, recount: 'beyond-tolerance' },
  ]);
  expect(await onHand('WRONG', 'C1')).toBe(8);
  const second = await count(countId, [{ sku: 'WRONG', quantity: 6, countedBy: 'bob' }]);
  expect(second).toMatchObject({
    sheet: { status: 'closed', lines: { booked: 2 } },
    lines: [{ status: 'booked', expected: 8, difference: -2 }],
  });
  expect(await onHand('WRONG', 'C1')).toBe(6);
  expect((await eventsOf('stock-C1/WRONG')).slice(1)).toMatchObject([
    { type: 'StockCounted', data: { countId, quantity: 6, expected: 8, difference: -2, countedBy: 'bob' } },
    { type: 'StockAdjusted', data: { quantity: -2, cause: 'count', reference: 'CS-1' } },
  ]);
  expect((await eventsOf('stock-C1/RIGHT')).slice(1)).toMatchObject([{ type: 'StockCounted', data: { difference: 0 } }]);
});

it('what moves between the sheet, the counting and the booking is reckoned: expected is what the books had when it was counted', async () => {
  await stocked(one, 'C2', { MOVES: 20 });
  const countId = await open('C2', ['MOVES']);
  await ship('MOVES', 3, 'C2');
  const { rows } = await one.pool.query<{ at: Date }>('select max(recorded_at) as at from events');
  const countedAt = new Date((rows[0]?.at.getTime() ?? 0) + 1).toISOString();
  await ship('MOVES', 4, 'C2');
  await one.stocks.receive({ location: 'C2', lines: [{ sku: 'MOVES', quantity: 10 }] }, metaFor());
  const done = await count(countId, [{ sku: 'MOVES', quantity: 17, countedAt }]);
  expect(done.lines).toMatchObject([{ status: 'booked', expected: 17, difference: 0 }]);
  expect(await onHand('MOVES', 'C2')).toBe(23);
});

it('units of a SKU that lies in several places are added; a repeat is answered as the first time', async () => {
  await stocked(one, 'C3', { PARTS: 9 });
  const countId = await open('C3', ['PARTS']);
  const meta = metaFor();
  const entries = [
    { sku: 'PARTS', quantity: 4 },
    { sku: 'PARTS', quantity: 5 },
  ];
  const first = await counts().count(countId, entries, meta);
  expect(first.answer.lines).toMatchObject([{ counted: 9, status: 'booked', counts: 1 }]);
  expect(await counts(1).count(countId, entries, meta)).toEqual({ ...first, repeated: true });
});

it('two who count the same line at once: it is booked once', async () => {
  const skus = Array.from({ length: 12 }, (_, i) => `TWO-${i}`);
  await stocked(one, 'C4', Object.fromEntries(skus.map((sku) => [sku, 5])));
  const countId = await open('C4', skus);
  const entries = skus.map((sku) => ({ sku, quantity: 3 }));
  await Promise.all([0, 1, 0, 1].map((nth) => Promise.all(entries.map((entry) => count(countId, [entry], nth)))));
  expect(await counts().get(countId)).toMatchObject({ status: 'closed', lines: { booked: 12 } });
  for (const sku of skus) {
    expect((await eventsOf(`stock-C4/${sku}`)).map(({ type }) => type)).toEqual(['StockReceived', 'StockCounted', 'StockAdjusted']);
    expect(await onHand(sku, 'C4')).toBe(3);
  }
});

it('a difference that is worth more than may be booked waits for a person', async () => {
  await stocked(one, 'C5', { DEAR: 4, CHEAP: 4 });
  const countId = await open('C5', ['DEAR', 'CHEAP'], {
    approval: { amount: 9_999, currency: 'GBP' },
    tolerance: { units: 2, percent: 0 },
  });
  const done = await count(countId, [{ sku: 'DEAR', quantity: 2 }]);
  expect(done.lines).toMatchObject([
    { status: 'approval', expected: 4, difference: -2, value: { amount: -10_000, currency: 'GBP', by: 'price' } },
  ]);
  expect(await onHand('DEAR', 'C5')).toBe(4);
  await counts().approve({ countId, sku: 'DEAR', approvedBy: 'boss' }, metaFor());
  expect(await onHand('DEAR', 'C5')).toBe(2);
  expect((await eventsOf('stock-C5/DEAR')).at(-2)).toMatchObject({ type: 'StockCounted', data: { approvedBy: 'boss' } });
});

it('fewer than are promised: who ordered last waits again', async () => {
  await stocked(one, 'C6', { LESS: 5 });
  const [first, last] = [await reserve('LESS', 2), await reserve('LESS', 3)];
  const countId = await open('C6', ['LESS'], { tolerance: { units: 5, percent: 0 } });
  await count(countId, [{ sku: 'LESS', quantity: 3 }]);
  const typesOf = async (orderId: string) => (await eventsOf(`reservation-${orderId}`)).map(({ type }) => type);
  expect(await typesOf(first)).toEqual(['StockReserved']);
  expect(await typesOf(last)).toEqual(['StockReserved', 'StockReleased', 'StockShort']);
});

it('more than the books had goes to those who wait', async () => {
  await stocked(one, 'C7', { MORE: 1 });
  const waiter = await reserve('MORE', 3);
  const countId = await open('C7', ['MORE'], { tolerance: { units: 5, percent: 0 } });
  await count(countId, [{ sku: 'MORE', quantity: 4 }]);
  expect((await eventsOf(`reservation-${waiter}`)).map(({ type }) => type)).toEqual(['StockShort', 'StockReserved']);
});

it('a sheet by class has the SKUs that sell most; by age those that were not counted for long, the longest first', async () => {
  await stocked(one, 'C8', { FAST: 100, SLOW: 100, STILL: 100 });
  await ship('FAST', 90, 'C8');
  await ship('SLOW', 10, 'C8');
  const chosen = async (scope: object): Promise<readonly string[]> => {
    const { answer } = await counts().open({ ...plan, location: 'C8', scope: { limit: 10, ...scope } }, metaFor());
    return (await counts().lines({ countId: answer.sheet.countId, limit: 10 })).map(({ sku }) => sku);
  };
  expect(await chosen({ abc: 'A' })).toEqual(['FAST']);
  expect(await chosen({ abc: 'B' })).toEqual(['SLOW']);
  expect(await chosen({ abc: 'C' })).toEqual(['STILL']);
  await count(await open('C8', ['FAST']), [{ sku: 'FAST', quantity: 10 }]);
  expect(await chosen({ olderThanDays: 30 })).toEqual(['SLOW', 'STILL']);
  expect(await chosen({ limit: 2 })).toEqual(['SLOW', 'STILL']);
  await expect(chosen({ abc: 'A', olderThanDays: 30 })).rejects.toMatchObject({ code: 'COUNT_EMPTY' });
});

it('a sheet ends at its time: what was not counted is missed', async () => {
  await stocked(one, 'C9', { LATE: 5 });
  const dueAt = new Date(Date.now() + 60_000).toISOString();
  const countId = await open('C9', ['LATE'], { dueAt });
  const [due] = await deadlines.take({ now: new Date(Date.now() + 120_000), until: new Date(Date.now() + 180_000), limit: 5 });
  expect(due).toMatchObject({ stream: `count-${countId}`, dueAt });
  if (due) await counts().onDue(due, metaFor());
  expect(await counts().get(countId)).toMatchObject({ status: 'expired', lines: { missed: 1, open: 0 } });
  await expect(count(countId, [{ sku: 'LATE', quantity: 5 }])).rejects.toMatchObject({ code: 'COUNT_ENDED' });
  await counts().onDue({ id: 'x', stream: 'count-x', name: 'CountSheetDue', dueAt, data: { countId: newId() } }, metaFor());
});

it('a kit is counted part by part, and a sheet is of a location that is there', async () => {
  await stocked(one, 'C10', { LAMP: 1 });
  await one.items.describe(
    'C10-SET',
    { title: 'Set', status: 'active', returnable: true, kit: [{ sku: 'LAMP', quantity: 1, share: 1 }] },
    metaFor(),
  );
  await expect(open('C10', ['LAMP', 'C10-SET'])).rejects.toMatchObject({ code: 'KIT_HAS_NO_STOCK', errors: [{ field: 'lines[1].sku' }] });
  await expect(open('NOWHERE', ['LAMP'])).rejects.toMatchObject({ code: 'LOCATION_UNKNOWN' });
});

it('a sheet is of the bins that are named, as the warehouse says, in whatever order it says so', async () => {
  await stocked(one, 'C11', { 'BIN-A': 1, 'BIN-B': 1, 'BIN-C': 1, 'BIN-D': 1 });
  const { assign } = binRegister(one.pool);
  const bins = [
    { sku: 'BIN-A', bin: 'A-1' },
    { sku: 'BIN-B', bin: 'A-1-7' },
    { sku: 'BIN-C', bin: 'A-10' },
    { sku: 'BIN-D', bin: 'B-1' },
  ];
  await assign('C11', bins, '2026-11-23T09:00:00.000Z');
  await assign('C11', [{ sku: 'BIN-D' }], '2026-11-23T10:00:00.000Z');
  await assign('C11', bins, '2026-11-23T09:00:00.000Z');
  const linesOf = async (scope: object) => {
    const { answer } = await counts().open({ ...plan, location: 'C11', scope: { limit: 10, ...scope } }, metaFor());
    return (await counts().lines({ countId: answer.sheet.countId, limit: 10 })).map(({ sku, bin }) => [bin, sku]);
  };
  expect(await linesOf({ bins: ['A-1'] })).toEqual([
    ['A-1', 'BIN-A'],
    ['A-1-7', 'BIN-B'],
  ]);
  expect(await linesOf({})).toHaveLength(4);
  expect(await linesOf({ lines: [{ sku: 'BIN-D' }, { sku: 'BIN-C' }, { sku: 'BIN-A', bin: 'Z-9' }] })).toEqual([
    [null, 'BIN-D'],
    ['A-10', 'BIN-C'],
    ['Z-9', 'BIN-A'],
  ]);
  await expect(linesOf({ bins: ['B-1'] })).rejects.toMatchObject({ code: 'COUNT_EMPTY' });
});

it('where four eyes are wanted, whoever sends a count has counted, and cannot approve it', async () => {
  await stocked(one, 'C12', { EYES: 9 });
  const careful = countsOn(one, true);
  const scope = { lines: [{ sku: 'EYES' }] };
  const { answer } = await careful.open(
    { ...plan, tolerance: { units: 9, percent: 0 }, approval: { units: 0 }, location: 'C12', scope },
    metaFor(),
  );
  const { countId } = answer.sheet;
  await careful.count(countId, [{ sku: 'EYES', quantity: 8 }], { ...metaFor(), actor: 'ann' });
  const approve = (approvedBy: string, actor: string) => careful.approve({ countId, sku: 'EYES', approvedBy }, { ...metaFor(), actor });
  await expect(approve('boss', 'ann')).rejects.toMatchObject({ code: 'COUNT_SAME_PERSON' });
  expect((await approve('boss', 'boss')).answer.lines).toMatchObject([{ status: 'booked', countedBy: 'ann', approvedBy: 'boss' }]);
});

it('what is over is forgotten after some days: sheets, statements, settled differences and alerts; what is not stays', async () => {
  await stocked(one, 'C13', { 'OLD-A': 5, 'OLD-B': 5 });
  const statement = { source: 'wms', location: 'C13', whole: false };
  const said = (asOf: Date, quantity: number) =>
    one.statements.give(
      { ...statement, asOf: asOf.toISOString() },
      ['OLD-A', 'OLD-B'].map((sku) => ({ sku, quantity })),
      metaFor(),
    );
  const soon = (): Date => new Date(Date.now() + 1_000);
  await said(soon(), 1);
  const [first] = await one.statements.differences({ location: 'C13', limit: 5 });
  const settlement = { differenceId: first?.differenceId ?? '', accept: 'theirs', reason: { code: 'x', by: 'operator' } } as const;
  await one.statements.settle(settlement, metaFor());
  const over = await open('C13', ['OLD-A'], { tolerance: { units: 9, percent: 0 } });
  await count(over, [{ sku: 'OLD-A', quantity: 5 }]);
  const waits = await open('C13', ['OLD-B'], { approval: { units: 0 }, tolerance: { units: 9, percent: 0 } });
  await count(waits, [{ sku: 'OLD-B', quantity: 4 }]);
  const forget = async (inDays: number): Promise<void> => {
    const then = new Date(Date.now() + inDays * 86_400_000);
    for (const each of forgettables(one.pool, { COUNT_DAYS: 10, STATEMENT_DAYS: 10, STOCK_ALERT_DAYS: 10 }))
      await forgetOld(each, () => then);
  };
  const left = async () => ({
    sheets: (await counts().list({ location: 'C13', limit: 5 })).map(({ countId }) => countId),
    statements: (await one.statements.list({ location: 'C13', limit: 5 })).length,
    open: (await one.statements.differences({ location: 'C13', limit: 5 })).length,
    settled: (await one.statements.differences({ location: 'C13', status: 'theirs', limit: 5 })).length,
    alerts: (await one.watching.alerts({ kind: 'drift', after: undefined, limit: 20 })).length,
  });
  await forget(9);
  expect(await left()).toEqual({ sheets: [over, waits], statements: 1, open: 1, settled: 1, alerts: 2 });
  await forget(11);
  expect(await left()).toEqual({ sheets: [waits], statements: 0, open: 1, settled: 0, alerts: 1 });
});

it('what a supplier has is never ours, and not counted here', async () => {
  await one.locations.change('SUPPLIER', { ...place, kind: 'supplier' }, metaFor());
  await expect(open('SUPPLIER', ['S'])).rejects.toMatchObject({ code: 'STOCK_NOT_OURS', errors: [{ field: 'location' }] });
});
